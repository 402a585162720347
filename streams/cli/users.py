"""Say who may come into the control room, as whom, and where.

The users stand in the file that `users_file` names, which only its owner can read. A room reads it
again by itself; workers read it when they start, so who is added, or gets another role or area,
commands after they have been started again. More: docs/reference/users.md
"""

import argparse
from typing import Final

from streams.cli.actions import action_of, add_actions

__all__ = ["ACTIONS", "add_arguments", "run"]

ACTIONS: Final = ("add", "change", "passwd", "list", "disable", "enable", "remove", "token")
"""Each is a module `streams.cli.users_…`."""
_EPILOG: Final = """\
examples:
  siaga users add posko-1 --name "Posko 1" --role operator --area 17.02 --users-file users.toml
  siaga users passwd posko-1                        asks twice, shows nothing
  siaga users list
  siaga users disable posko-1                       ends what he has open, everywhere, in seconds
  siaga users token dinding grafana --scope read --days 7

exit code: 0 done, 1 a user or a password is not as it must be
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga users`."""
    parser.epilog = _EPILOG
    add_actions(parser, "users", ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action asks for, and return the exit code."""
    return action_of("users", arguments.action).run(arguments)
