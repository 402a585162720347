"""From the command line to a verb, and from what a verb raises to an exit code.

| exit code | what has happened                                                      |
|-----------|------------------------------------------------------------------------|
| 0         | done                                                                   |
| 1         | the input or a setting was bad                                         |
| 2         | the command line was misspelt                                          |
| 3         | a needed service cannot be reached                                     |
| 130       | Ctrl-C                                                                 |
| 141       | whoever read the output has gone, as `head` does                       |

What an operator can mend is one clear message, `siaga: …`, on standard error. A traceback is a
fault of this program, and nothing else ever is.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final, NoReturn, cast

from streams import __version__
from streams.cli.settings import add_everywhere, log_format_of
from streams.cli.verbs import Verb
from streams.errors import SiagaError
from streams.telemetry.logs import set_up_logging

__all__ = ["INTERRUPTED", "READER_GONE", "VERBS", "main", "parser_of", "verb_of"]

VERBS: Final = (
    "demo",
    "check",
    "replay",
    "worker",
    "notify",
    "gate",
    "room",
    "users",
    "topics",
    "send",
    "tail",
    "export",
    "rules",
    "explain",
    "audit",
    "deadletter",
    "report",
)
"""In the order in which somebody new meets them; each is a module of `streams.cli`."""

INTERRUPTED: Final = 130
READER_GONE: Final = 141
_USAGE: Final = 2
_DESCRIPTION: Final = (
    "Siaga watches an Indonesian election day: reports come in by Kafka, alerts go out.\n"
    "Siaga menjaga hari pemungutan suara: laporan masuk lewat Kafka, siaga keluar."
)
_EPILOG: Final = """\
examples:
  siaga demo                                       play an election day on this machine
  siaga check elections/rejang-lebong-2024         is this election folder usable?
  siaga replay elections/rejang-lebong-2024 events.jsonl
  siaga VERB --help                                examples for each verb

settings: flags, before SIAGA_* in the environment, before siaga.toml, before the defaults
exit code: 0 done, 1 bad input, 2 misspelt command, 3 a service cannot be reached, 130 Ctrl-C
"""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints look like all others, and name what to do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit 2."""
        self.exit(_USAGE, f"siaga: {message} ({self.prog} --help shows how)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line `words`, without the program's name; None: this process's own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a sign shows another one, and the day goes on.
            stream.reconfigure(errors="replace")
    try:
        code = _run(sys.argv[1:] if words is None else words)
        sys.stdout.flush()
    except SiagaError as error:
        print(f"siaga: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more when it ends, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    return code


def verb_of(name: str) -> Verb:
    """Import the module of a verb."""
    return cast("Verb", import_module(f"streams.cli.{name}"))


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of one verb."""
    verb = verb_of(name)
    parser = Parser(
        prog=f"siaga {name}",
        description=verb.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_arguments(parser)
    add_everywhere(parser)
    return parser


def _run(words: Sequence[str]) -> int:
    if not words or words[0] not in VERBS:
        _root().parse_args(words)
        raise AssertionError("the parser knows no other verbs than ours")
    arguments = parser_of(words[0]).parse_args(words[1:])
    set_up_logging(log_format_of(arguments, os.environ))
    return verb_of(words[0]).run(arguments)


def _root() -> argparse.ArgumentParser:
    """Return the parser that explains the verbs, and refuses what is none."""
    parser = Parser(
        prog="siaga",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"siaga {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    for name in VERBS:
        help_text = (verb_of(name).__doc__ or "").splitlines()[0].rstrip(".")
        verbs.add_parser(name, help=help_text)
    return parser
