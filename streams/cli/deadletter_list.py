"""Count the dead letters by reason and topic, and show each.

Shown are those that nobody has sent again; the newest stand last. Times are the broker's, in UTC.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.cli.deadletter_desk import Wanted, read_desk
from streams.cli.settings import UsageError, add_broker, config_of
from streams.cli.terminal import moment, one_line
from streams.domain.effects import DeadLetterReason
from streams.domain.times import EpochMs
from streams.engine.letters import DeskLetter
from streams.wire.inputs import INPUT_TYPES
from streams.wire.time import format_time

__all__ = ["add_arguments", "add_filters", "desk_lines", "run", "wanted_of"]

_DETAIL_SHOWN: Final = 120
_EPILOG: Final = """\
examples:
  siaga deadletter list --reason schema --topic vote.counts
  siaga deadletter list --json | jq .detail
"""


class _Row(Struct, frozen=True):
    """A letter for programs."""

    number: str
    at: str
    reason: str
    detail: str
    origin: str
    bytes: int
    resent: int
    resent_from: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga deadletter list`."""
    parser.epilog = _EPILOG
    add_filters(parser)
    parser.add_argument(
        "--limit", metavar="N", type=int, default=50, help="show the newest N (default: 50)"
    )
    parser.add_argument("--done", action="store_true", help="also those that were sent again")
    parser.add_argument("--json", action="store_true", help="one JSON object a letter")
    add_broker(parser)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the flags that choose letters."""
    parser.add_argument("--reason", choices=[*DeadLetterReason], help="only these")
    parser.add_argument("--topic", choices=[*INPUT_TYPES], help="only from this input topic")
    parser.add_argument(
        "--since", metavar="TIME", type=moment, default=EpochMs(0), help="only put aside from then"
    )


def wanted_of(arguments: argparse.Namespace, *, done: bool) -> Wanted:
    """Return which letters the filters ask for."""
    return Wanted(arguments.reason or "", arguments.topic or "", arguments.since, done)


def run(arguments: argparse.Namespace) -> int:
    """Show the letters, and return the exit code."""
    if arguments.limit < 0:
        raise UsageError(f"--limit: expected 0 or more, got {arguments.limit}")
    wanted = wanted_of(arguments, done=arguments.done)
    letters = [one for one in asyncio.run(read_desk(config_of(arguments))) if wanted.has(one)]
    if arguments.json:
        for letter in _newest(letters, arguments.limit):
            print(msgspec.json.encode(_row(letter)).decode())
        return 0
    print("\n".join(desk_lines(letters, arguments.limit)))
    return 0


def desk_lines(letters: Sequence[DeskLetter], limit: int) -> Iterator[str]:
    """Yield the count of letters, and the newest of them."""
    yield f"{len(letters)} dead letters"
    counts = Counter((one.words.get("reason", "?"), one.words.get("topic", "?")) for one in letters)
    for (reason, topic), count in sorted(counts.items()):
        yield f"  {count:>6}  {one_line(f'{reason:<12} {topic}')}"
    for letter in _newest(letters, limit):
        yield one_line(_shown(letter))


def _newest(letters: Sequence[DeskLetter], limit: int) -> Sequence[DeskLetter]:
    return letters[max(0, len(letters) - limit) :]


def _shown(letter: DeskLetter) -> str:
    detail = letter.words.get("detail", "")
    if len(detail) > _DETAIL_SHOWN:
        detail = f"{detail[:_DETAIL_SHOWN]}…"
    again = f"  [sent again {letter.resent} times]" if letter.resent else ""
    before = f"  [sent again from {letter.resent_from}]" if letter.resent_from else ""
    at, reason = format_time(letter.at, 0), letter.words.get("reason", "?")
    return f"{letter.name:<8} {at}  {reason:<12} {detail} ({letter.origin}){again}{before}"


def _row(letter: DeskLetter) -> _Row:
    return _Row(
        number=letter.name,
        at=format_time(letter.at, 0),
        reason=letter.words.get("reason", ""),
        detail=letter.words.get("detail", ""),
        origin=letter.origin,
        bytes=len(letter.value or b"") if letter.whole_bytes is None else letter.whole_bytes,
        resent=letter.resent,
        resent_from=letter.resent_from,
    )
