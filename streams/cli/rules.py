"""Work on rules: list, show, test, cover, compare and publish them.

A rule is a record of YAML with its own tests. `siaga rules test` runs those of a pack; `siaga rules
ACTION --help` says more about each action. How to write a rule: docs/how-to/write-a-rule.md
"""

import argparse
from importlib import import_module
from typing import Final, cast

from streams.cli.settings import add_everywhere
from streams.cli.verbs import Verb

__all__ = ["ACTIONS", "add_arguments", "run"]

ACTIONS: Final = ("list", "show", "test", "coverage", "mutate", "diff", "publish")
"""Each is a module `streams.cli.rules_…`."""
_EPILOG: Final = """\
examples:
  siaga rules list
  siaga rules show T03
  siaga rules test                                 the shipped pack
  siaga rules test elections/rejang-lebong-2024    with the overrides of the folder
  siaga rules diff siaga my-pack --election elections/rejang-lebong-2024 --events day.jsonl

exit code: 0 done, 1 a test failed, something is not covered, or the input was bad
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules`."""
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
    return cast("Verb", import_module(f"streams.cli.rules_{name}"))
