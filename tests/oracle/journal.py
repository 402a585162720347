"""Lines of an exported journal made into events and marks: intake has judged them already."""

import json
from dataclasses import dataclass
from typing import cast

from tests.oracle.events import Event, Place, make_event
from tests.oracle.values import Json, number, part, text

__all__ = ["Heard", "JournalLine", "Now", "read_journal_line"]


@dataclass(frozen=True)
class Now:
    """Mark of the partition's owner: §4 "a mark carries no time of its own"."""

    appended_at: int


@dataclass(frozen=True)
class Heard:
    """Mark of an intake worker: how far it has read, and how many source partitions there are."""

    at: int
    """The mark's own append time; of a played day the player's clock."""
    played: bool
    """§2 "the player puts one clock message a played second": then it is the time of the day."""
    claims: dict[str, int]
    sources: dict[str, int]


@dataclass(frozen=True)
class JournalLine:
    """One record of the journal."""

    partition: int
    offset: int
    election: str
    """Empty of a mark: it counts for all."""
    origin: tuple[str, int]
    """Topic and partition of the input record; empty of a mark."""
    origin_offset: int
    what: Event | Now | Heard


def read_journal_line(line: str) -> JournalLine:
    """Read one line of an exported journal; it is taken to be good."""
    outer = cast("Json", json.loads(line))
    record = part(outer, "record")
    partition, offset = _integer(outer, "partition"), _integer(outer, "offset")
    topic, appended_at = text(record, "record"), _integer(outer, "appended_at")
    if topic == "now":
        return JournalLine(partition, offset, "", ("", 0), 0, Now(appended_at))
    if topic == "heard":
        clock = number(record, "clock")
        at = appended_at if clock is None else int(clock)
        claims, sources = (_integers(part(record, name)) for name in ("claims", "sources"))
        heard = Heard(at, clock is not None, claims, sources)
        return JournalLine(partition, offset, "", ("", 0), 0, heard)
    origin = part(record, "origin")
    event = make_event(
        topic,
        part(record, "event"),
        (_integer(record, "at"), _integer(record, "received_at")),
        f"{partition}:{offset}",
        (_place(topic, record), text(record, "digest")),
    )
    return JournalLine(
        partition,
        offset,
        text(record, "election"),
        (text(origin, "topic"), _integer(origin, "partition")),
        _integer(origin, "offset"),
        event,
    )


def _integer(value: Json, name: str) -> int:
    got = value[name]
    assert isinstance(got, int), f"{name} must be an integer"
    return got


def _integers(value: Json) -> dict[str, int]:
    return {name: _integer(value, name) for name in value}


def _place(topic: str, record: Json) -> Place:
    """`place` is the narrowest sure place: its length says what it is."""
    code = text(record, "place")
    named = text(part(record, "event"), "tps")
    tps = named if topic in {"tps.status", "vote.counts"} else code if "-" in code else ""
    desa = (tps or code)[:13]
    return Place(code[:5], desa if len(desa) == 13 else "", tps)
