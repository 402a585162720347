"""Write the journal, or the changes of alerts, as JSON lines: the day for the files.

`transitions` merges the open and the restricted topic into the one order in which the lines were
told: journal partition, offset, number of the line. An export of the whole `journal` is what
`siaga replay --journal` judges again, with the same lines as its result.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from streams.cli.broker import Span, find_topics, open_reader
from streams.cli.settings import UsageError, add_broker, config_of
from streams.cli.terminal import moment, open_output
from streams.cli.told_lines import LINE_TOPICS, FoundLine, lines_in_topics
from streams.config import Config
from streams.domain.times import NEVER, EpochMs
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.wire.journal import JournalLine, decode_record, encode_line
from streams.wire.time import TimeTextError, parse_time
from streams.wire.told import ToldLine, encode_told

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga export journal --out journal.jsonl
  siaga replay elections/rejang-lebong-2024 --journal journal.jsonl
  siaga export transitions --from 2024-11-27T07:00:00+07:00 --to 2024-11-27T08:00:00+07:00
  siaga export transitions --provenance --out told.jsonl    for `siaga audit verify --file`

exit code: 0 done, 1 a record is not what it should be, 3 no broker answers
"""


class _Told(Struct):
    at: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga export`."""
    parser.epilog = _EPILOG
    parser.add_argument("what", choices=["journal", "transitions"], help="what to write")
    add_broker(parser)
    parser.add_argument(
        "--from",
        dest="begin",
        metavar="TIME",
        type=moment,
        default=EpochMs(0),
        help="leave out what is before: of the journal by its append time, of lines by their `at`",
    )
    parser.add_argument(
        "--to", dest="end", metavar="TIME", type=moment, default=NEVER, help="and from then on"
    )
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="of transitions: put each into an object, beside its journal record and its hash",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write what is kept at present, and return the exit code."""
    config = config_of(arguments)
    if arguments.provenance and arguments.what == "journal":
        raise UsageError("--provenance is for transitions: a line of the journal has its own")
    write = _journal if arguments.what == "journal" else _transitions
    if arguments.provenance:
        write = _told
    with ExitStack() as files:
        out = sys.stdout.buffer
        if arguments.out is not None:
            out = files.enter_context(open_output(arguments.out))
        asyncio.run(write(config, (arguments.begin, arguments.end), out))
        out.flush()
    return 0


async def _journal(config: Config, between: tuple[EpochMs, EpochMs], out: BinaryIO) -> None:
    found = await find_topics(config, [Topic.JOURNAL])
    async with open_reader(found) as reader:
        for slot in found.slots():
            async for _, record in reader.read([slot], Span.KEPT):
                if between[0] <= record.timestamp < between[1]:
                    out.write(_journal_line(slot, record) + b"\n")


def _journal_line(slot: Slot, record: RecordView) -> bytes:
    try:
        decoded = decode_record(record.value or b"")
    except InputError as error:
        raise InputError(f"{slot.topic}/{slot.partition}:{record.offset}: {error}") from error
    at = EpochMs(record.timestamp)
    return encode_line(JournalLine(slot.partition, record.offset, at, decoded))


async def _transitions(config: Config, between: tuple[EpochMs, EpochMs], out: BinaryIO) -> None:
    async for told in _lines(config, between):
        out.write(told.value + b"\n")


async def _told(config: Config, between: tuple[EpochMs, EpochMs], out: BinaryIO) -> None:
    async for told in _lines(config, between):
        out.write(encode_told(told) + b"\n")


async def _lines(config: Config, between: tuple[EpochMs, EpochMs]) -> AsyncGenerator[ToldLine]:
    """Yield the lines of each journal partition in their order, each once."""
    found = await find_topics(config, LINE_TOPICS)
    async with open_reader(found) as reader:
        for partition in range(max(found.partitions.values())):
            lines = await lines_in_topics(reader, found.slots(partition))
            once = {line.told.place: line for line in reversed(lines)}
            for _, line in sorted(once.items()):
                if between[0] <= _at(line) < between[1]:
                    yield line.told


def _at(line: FoundLine) -> EpochMs:
    try:
        return parse_time(msgspec.json.decode(line.told.value, type=_Told).at)
    except (msgspec.DecodeError, UnicodeDecodeError, TimeTextError) as error:
        raise InputError(f"{line.where}: no line of ours ({error})") from error
