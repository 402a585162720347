"""Give a user a new password; what he has open ends, everywhere, in seconds."""

import argparse

from msgspec.structs import replace

from streams.cli.users_desk import add_password, add_user, change_user, file_of, found_in
from streams.cli.users_desk import new_password as asked_for
from streams.room.users_file import read_users

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users passwd`."""
    add_user(parser)
    add_password(parser)


def run(arguments: argparse.Namespace) -> int:
    """Change the password, and return the exit code."""
    file = file_of(arguments)
    # Asked for before the file is locked: others need not wait for somebody who types.
    id_, user = found_in(read_users(file), arguments.user, file)
    kept = asked_for(arguments, id_, user.name)
    change_user(file, id_, lambda one: replace(one, password=kept).turned())
    print(f"{id_} has a new password; all sessions have ended")
    return 0
