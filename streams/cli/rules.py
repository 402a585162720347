"""Work on rules: list, show, test, cover, compare and publish them.

A rule is a record of YAML with its own tests. `siaga rules test` runs those of a pack; `siaga rules
ACTION --help` says more about each action. How to write a rule: docs/how-to/write-a-rule.md
"""

import argparse
from typing import Final

from streams.cli.actions import action_of, add_actions

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
    add_actions(parser, "rules", ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action asks for, and return the exit code."""
    return action_of("rules", arguments.action).run(arguments)
