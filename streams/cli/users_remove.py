"""Take a user out of the file. Who has commanded is better disabled.

Once the workers have been started again, or when the day is replayed, nobody of this id is on the
roster: what he has ordered would be refused there, and the replay would differ from the day.
"""

import argparse

from streams.cli.settings import UsageError
from streams.cli.users_desk import add_user, file_of, found_in
from streams.room.users import Users
from streams.room.users_file import change_users

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users remove`."""
    add_user(parser)
    parser.add_argument(
        "--yes", action="store_true", help="he has ordered nothing that a replay must judge again"
    )


def run(arguments: argparse.Namespace) -> int:
    """Remove the user, and return the exit code."""
    if not arguments.yes:
        raise UsageError("who has commanded is better disabled; --yes removes him all the same")
    file, id_ = file_of(arguments), ""

    def removed(users: Users) -> Users:
        nonlocal id_
        id_, _ = found_in(users, arguments.user, file)
        return users.without(id_)

    change_users(file, removed)
    print(f"removed {id_}")
    return 0
