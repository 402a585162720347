"""Change what is said of a user; another role or area ends the sessions that are open.

Only what is named is changed. The password is changed by `siaga users passwd`.
"""

import argparse

from streams.cli.settings import UsageError, config_of
from streams.cli.users_desk import (
    Given,
    add_given,
    add_user,
    change_user,
    check_area,
    file_of,
    given_of,
)
from streams.room.users import User

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users change`."""
    add_user(parser)
    add_given(parser, required=False)


def run(arguments: argparse.Namespace) -> int:
    """Change the user, and return the exit code."""
    given = given_of(arguments)
    if given == Given():
        raise UsageError("say what to change: --name, --role, --area, and so on")

    if isinstance(given.area, str):
        check_area(arguments.user, given.area, config_of(arguments))

    def changed(user: User) -> User:
        made = given.put_on(user)
        return made if (made.role, made.area) == (user.role, user.area) else made.turned()

    id_ = change_user(file_of(arguments), arguments.user, changed)
    print(f"changed {id_}; workers know of another role or area once they are started again")
    return 0
