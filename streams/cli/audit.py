"""Say who did what, when and from which record; or prove that the lines are as they were told.

`siaga audit SUBJECT ELECTION` tells all that happened about an alert (its id, or RULE@SCOPE), a TPS
or an officer: changes with the record behind each, commands with who gave them, in which role and
by which channel, refused ones with the reason. The day is judged again, so a file is all it needs.
What is restricted is shown, with its mark: keep the output as you keep the journal.

`siaga audit verify` computes the hash chain over the lines of alerts again, of both topics or of an
export with provenance, and names the first line that is missing, changed or out of place.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

import msgspec

from streams.cli.audit_day import audit_of
from streams.cli.audit_verify import verify
from streams.cli.audit_words import Language, told
from streams.cli.judging import judge_events, judge_journal
from streams.cli.settings import UsageError, add_broker, add_roster, config_of
from streams.cli.terminal import lines_of, open_input, shown_name
from streams.domain.effects import DeadLetterReason
from streams.errors import InputError
from streams.replay import Replay
from streams.setup import load_setup, recorded_settings, room_actors

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga audit 1702-Z4AHKU6SKRFUI2RN elections/rejang-lebong-2024 --journal journal.jsonl
  siaga audit 17.02.21.2003-004 elections/rejang-lebong-2024 --events events.jsonl --lang id
  siaga audit officer:17.02/P-0412 elections/rejang-lebong-2024 --journal journal.jsonl --json
  siaga audit verify
  siaga audit verify --file told.jsonl --known 8b1f0c2d4e6a7b8c9d0e1f2a3b4c5d6e

exit code: 0 told, or all is as it was told; 1 it is not, or the input was bad; 3 no broker answers
"""
_VERIFY: Final = "verify"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga audit`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        help="ALERT (id or RULE@SCOPE), TPS, OFFICER (id or officer:KABUPATEN/ID), or `verify`",
    )
    parser.add_argument(
        "folder", metavar="ELECTION", type=Path, nargs="?", help="the election folder"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--events", metavar="FILE", help="events as for `siaga replay`; - is stdin")
    what.add_argument("--journal", metavar="FILE", help="an exported journal")
    parser.add_argument(
        "--lang",
        choices=[*Language],
        default=Language.BOTH,
        help="language of the text (default: Indonesian with English beside it)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
    proof = parser.add_argument_group("siaga audit verify")
    proof.add_argument(
        "--file", metavar="FILE", help="an export of transitions with --provenance (default: Kafka)"
    )
    proof.add_argument(
        "--known",
        metavar="HASH",
        action="append",
        default=[],
        help="a hash that was kept elsewhere, to which the chain must have come; may be repeated",
    )
    add_roster(parser)
    add_broker(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell or verify, and return the exit code."""
    if arguments.subject == _VERIFY:
        return verify(arguments)
    name: str | None = arguments.journal or arguments.events
    if arguments.folder is None or name is None:
        raise UsageError("an audit needs ELECTION, and --events FILE or --journal FILE")
    return _tell(arguments, name)


def _tell(arguments: argparse.Namespace, name: str) -> int:
    config = config_of(arguments)
    setup = load_setup([arguments.folder], recorded_settings(config), room=room_actors(config))
    with open_input(name) as source:
        lines = lines_of(source, name, quiet=sys.stdout.isatty())
        judged = (
            judge_events(Replay(setup.world, setup.acceptor), lines, _pass_over)
            if arguments.journal is None
            else judge_journal(setup, lines, shown_name(name))
        )
        audit = audit_of(arguments.subject, judged)
    if not (audit.alerts or audit.acts):
        raise InputError(
            f"{shown_name(name)}: nothing about {arguments.subject} in it; expected an alert's id, "
            "RULE@SCOPE, a TPS, or an officer's id"
        )
    if arguments.json:
        print(msgspec.json.encode(audit).decode())
    else:
        print("\n".join(told(audit, Language(arguments.lang))))
    return 0


def _pass_over(number: int, reason: DeadLetterReason, detail: str) -> None:
    """Leave dead letters to `siaga replay`."""
