"""Let a user in no more; what he has open ends, everywhere, in seconds, and so do his tokens.

He stays on the roster: what he has ordered before is judged in every replay as it was on the day.
"""

import argparse

from msgspec.structs import replace

from streams.cli.users_desk import add_user, change_user, file_of

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users disable`."""
    add_user(parser)


def run(arguments: argparse.Namespace) -> int:
    """Disable the user, and return the exit code."""
    id_ = change_user(
        file_of(arguments), arguments.user, lambda user: replace(user, disabled=True).turned()
    )
    print(f"disabled {id_}; all sessions have ended")
    return 0
