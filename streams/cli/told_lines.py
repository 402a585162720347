"""Reads the lines that were told, with their provenance: from the topics, or from a file."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.cli.broker import Reader, Span
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.wire.chain import CHAIN_HEADER
from streams.wire.told import ToldLine, decode_told

__all__ = ["LINE_TOPICS", "FoundLine", "lines_in_file", "lines_in_topics"]

LINE_TOPICS: Final = (Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS)
"""Together they hold every change."""


class FoundLine(Struct, frozen=True):
    """A line, and where it was found."""

    told: ToldLine
    series: str
    """The file, or the topic: in each of them lines stand in their order."""
    where: str
    """For messages: `day.jsonl:12`, or `siaga.transitions/3:120`."""


async def lines_in_topics(reader: Reader, slots: Sequence[Slot]) -> list[FoundLine]:
    """Return what is kept of one partition, repeats and all, as it stands in its topics.

    Raises:
        InputError: A record is no line of ours.
    """
    return [
        FoundLine(_told(slot, record), slot.topic, _where(slot, record))
        async for slot, record in reader.read(slots, Span.KEPT)
    ]


def lines_in_file(lines: Iterable[tuple[int, bytes]], name: str) -> Iterator[FoundLine]:
    """Yield what an export with provenance holds.

    Raises:
        InputError: A line of the file is none of an export.
    """
    for number, text in lines:
        where = f"{name}:{number}"
        try:
            yield FoundLine(decode_told(text), name, where)
        except InputError as error:
            raise InputError(f"{where}: {error}") from error


def _told(slot: Slot, record: RecordView) -> ToldLine:
    words = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
    try:
        place = int(words["partition"]), int(words["offset"]), int(words["n"])
    except (KeyError, ValueError) as error:
        raise _not_ours(slot, record) from error
    if place[0] != slot.partition or record.value is None or b"\n" in record.value:
        raise _not_ours(slot, record)
    restricted = slot.topic == Topic.RESTRICTED_TRANSITIONS
    line = msgspec.Raw(record.value)
    return ToldLine(*place, words.get(CHAIN_HEADER, ""), restricted, line)


def _where(slot: Slot, record: RecordView) -> str:
    return f"{slot.topic}/{slot.partition}:{record.offset}"


def _not_ours(slot: Slot, record: RecordView) -> InputError:
    return InputError(
        f"{_where(slot, record)}: no line of ours, its headers do not say which journal record of "
        "this partition caused it: somebody else has written there"
    )
