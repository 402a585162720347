"""Add a user; without a file, make one.

He gets a password, which is asked for twice, unless --no-password says that he has none: then he
comes in by the identity provider, or programs do by his tokens.
"""

import argparse

from msgspec.structs import replace

from streams.cli.settings import config_of
from streams.cli.users_desk import (
    add_given,
    add_password,
    add_user,
    check_area,
    checked,
    file_of,
    given_of,
    new_password,
)
from streams.domain.events import ActorRole
from streams.errors import InputError
from streams.room.users import User, Users
from streams.room.users_file import change_users, read_users

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users add`."""
    add_user(parser)
    add_given(parser, required=True)
    add_password(parser)
    parser.add_argument("--no-password", action="store_true", help="no password opens")


def run(arguments: argparse.Namespace) -> int:
    """Add the user, and return the exit code."""
    file, id_ = file_of(arguments), arguments.user
    user = given_of(arguments).put_on(User(name=arguments.name, role=ActorRole.VIEWER))
    checked(id_, user)
    check_area(id_, user.area, config_of(arguments))
    if file.exists():
        # Before somebody types a password for nothing.
        _with_new(read_users(file), id_, user)
    made = user if arguments.no_password else _with_password(arguments, user)
    change_users(file, lambda users: _with_new(users, id_, made))
    where = user.area or "everywhere"
    print(f"added {id_}: {user.role} of {where}; start the workers again before he commands")
    return 0


def _with_new(users: Users, id_: str, user: User) -> Users:
    known = users.find(id_)
    if known is not None:
        raise InputError(f"there is a user {known[0]}; `siaga users change` changes him")
    return users.with_user(id_, user)


def _with_password(arguments: argparse.Namespace, user: User) -> User:
    kept = new_password(arguments, arguments.user, user.name)
    return replace(user, password=kept)
