"""Let a user in again who was disabled; sessions from before stay ended."""

import argparse

from msgspec.structs import replace

from streams.cli.users_desk import add_user, change_user, file_of

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users enable`."""
    add_user(parser)


def run(arguments: argparse.Namespace) -> int:
    """Enable the user, and return the exit code."""
    id_ = change_user(
        file_of(arguments), arguments.user, lambda user: replace(user, disabled=False)
    )
    print(f"enabled {id_}")
    return 0
