"""Work on dead letters: list what could not be taken, look at it, send it again.

A letter is called by its place in siaga.deadletter, PARTITION:OFFSET. It holds a message as it
came, so a telephone number in it is a telephone number still. `siaga deadletter ACTION --help` says
more about each action; what the reasons mean: docs/reference/dead-letters.md
"""

import argparse
from typing import Final

from streams.cli.actions import action_of, add_actions

__all__ = ["ACTIONS", "add_arguments", "run"]

ACTIONS: Final = ("list", "show", "resend")
"""Each is a module `streams.cli.deadletter_…`."""
_EPILOG: Final = """\
examples:
  siaga deadletter list --since 2024-11-27T00:00:00+07:00
  siaga deadletter show 0:12
  siaga deadletter resend 0:12 --value mended.json

exit code: 0 done, 1 a letter cannot be sent again, or there is none, 3 no broker answers
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga deadletter`."""
    parser.epilog = _EPILOG
    add_actions(parser, "deadletter", ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action asks for, and return the exit code."""
    return action_of("deadletter", arguments.action).run(arguments)
