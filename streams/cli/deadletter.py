"""Work on dead letters: list what could not be taken, look at it, send it again.

A letter is called by its place in siaga.deadletter, PARTITION:OFFSET. It holds a message as it
came, so a telephone number in it is a telephone number still. `siaga deadletter ACTION --help` says
more about each action; what the reasons mean: docs/reference/dead-letters.md
"""

import argparse
from importlib import import_module
from typing import Final, cast

from streams.cli.settings import add_everywhere
from streams.cli.verbs import Verb

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
    actions = parser.add_subparsers(metavar="ACTION", dest="action", required=True)
    for name in ACTIONS:
        action = _action(name)
        words = action.__doc__ or ""
        made = actions.add_parser(
            name,
            help=words.splitlines()[0].rstrip("."),
            description=words,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        action.add_arguments(made)
        # A flag may stand before the action or behind it: one that is not given here says nothing.
        made.argument_default = argparse.SUPPRESS
        add_everywhere(made)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action asks for, and return the exit code."""
    return _action(arguments.action).run(arguments)


def _action(name: str) -> Verb:
    return cast("Verb", import_module(f"streams.cli.deadletter_{name}"))
