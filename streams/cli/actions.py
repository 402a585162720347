"""Verbs that have actions of their own: `siaga rules test`, `siaga deadletter list`.

Each action is a module `streams.cli.VERB_ACTION`, imported when it is asked for.
"""

import argparse
from collections.abc import Iterable
from importlib import import_module
from typing import cast

from streams.cli.settings import add_everywhere
from streams.cli.verbs import Verb

__all__ = ["action_of", "add_actions"]


def add_actions(
    parser: argparse.ArgumentParser, verb: str, names: Iterable[str], *, required: bool = True
) -> None:
    """Describe the actions of a verb; which one was chosen stands in `arguments.action`.

    Args:
        parser: Of the verb.
        verb: Its name.
        names: Of its actions.
        required: Whether one must be chosen; else the verb does something by itself.
    """
    actions = parser.add_subparsers(metavar="ACTION", dest="action", required=required)
    for name in names:
        action = action_of(verb, name)
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


def action_of(verb: str, name: str) -> Verb:
    """Return the module of an action."""
    return cast("Verb", import_module(f"streams.cli.{verb}_{name}"))
