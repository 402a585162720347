"""Messages that cannot be taken: each must become a dead letter, and stop nothing.

Every kind below was seen in the field: a gateway that cuts a message, an app of last year, a phone
that sends a time without an offset, a table with the statisticians' codes. `dead` says the reason
that intake must give; of `id_conflict` only the fold can know, as the first of the two is good.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import CrowdReport, Source, StatusKind, TpsStatus
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import Channel, Role, Situation
from streams.simulation.post import (
    CROWD_REPORTS,
    TPS_STATUS,
    Post,
    chance_of,
    delay_ms,
    minutes,
    post_status,
    whole_second,
)
from streams.territory.plan import Plan, Tps
from streams.wire.time import format_time

__all__ = ["KINDS", "spoiled_posts"]

_OFFSET_LENGTH: Final = len("+07:00")
_NO_DESA: Final = "2999-001"
"""No desa has this number."""
_encode: Final = msgspec.json.Encoder().encode


class _Good(Struct, frozen=True):
    """The message that would have been good."""

    status: TpsStatus
    tps: Tps


class _Kind(Struct, frozen=True):
    """One way to go wrong."""

    reason: DeadLetterReason
    spoil: Callable[[_Good], bytes]
    topic: str = TPS_STATUS


def _cut_off(good: _Good) -> bytes:
    return _encode(good.status)[:-17]


def _plain_text(good: _Good) -> bytes:
    return f"{good.tps.name} aman pak".encode()


def _without_offset(good: _Good) -> bytes:
    return _changed(good, at=good.status.at[:-_OFFSET_LENGTH])


def _bps_code(good: _Good) -> bytes:
    return _changed(good, tps=good.tps.code.replace(".", ""))


def _unknown_desa(good: _Good) -> bytes:
    return _changed(good, tps=f"{good.tps.kecamatan}.{_NO_DESA}")


def _number_in_words(good: _Good) -> bytes:
    return _changed(good, voters="seratus dua")


def _unknown_officer(good: _Good) -> bytes:
    value = msgspec.to_builtins(good.status)
    del value["tps"], value["voters"]
    return _encode({**value, "kind": "checkin", "officer": "TIDAK-ADA"})


def _year_lost(good: _Good) -> bytes:
    return _changed(good, at=f"1970{good.status.at[4:]}")


def _unknown_category(good: _Good) -> bytes:
    source = Source(f"warga-{good.status.id}", Role.WARGA, channel=Channel.APP)
    report = CrowdReport(id=good.status.id, at=good.status.at, source=source, category="KAM-99")
    return _encode(report)


def _changed(good: _Good, **fields: str) -> bytes:
    return _encode({**msgspec.to_builtins(good.status), **fields})


KINDS: Final = (
    _Kind(DeadLetterReason.JSON, _cut_off),
    _Kind(DeadLetterReason.JSON, _plain_text),
    _Kind(DeadLetterReason.SCHEMA, _without_offset),
    _Kind(DeadLetterReason.SCHEMA, _bps_code),
    _Kind(DeadLetterReason.SCHEMA, _number_in_words),
    _Kind(DeadLetterReason.UNKNOWN, _unknown_desa),
    _Kind(DeadLetterReason.UNKNOWN, _unknown_officer),
    _Kind(DeadLetterReason.UNKNOWN, _unknown_category, CROWD_REPORTS),
    _Kind(DeadLetterReason.BAD_TIME, _year_lost),
)
"""All ways to go wrong that intake must notice."""


def spoiled_posts(plan: Plan, seed: int) -> Iterator[Post]:
    """Return one message of each kind, and two of one id that contradict each other."""
    stations = tuple(plan.tps.values())
    for number, kind in enumerate(KINDS):
        chance = chance_of(seed, "spoiled", str(number))
        good, at = _good(plan, chance.choice(stations), chance, f"rusak-{number}")
        received = EpochMs(at + delay_ms(chance, Channel.SMS))
        yield Post(at, received, kind.topic, kind.spoil(good), "spoiled", dead=kind.reason)
    yield from _conflict(plan, chance_of(seed, "conflict"))


def _conflict(plan: Plan, chance: Random) -> Iterator[Post]:
    """Return a good message, and another one that has the same id."""
    tps = chance.choice(tuple(plan.tps.values()))
    good, at = _good(plan, tps, chance, "rusak-ganda")
    received = EpochMs(at + delay_ms(chance, Channel.APP))
    yield post_status(good.status, at, received, ())
    value = _encode({**msgspec.to_builtins(good.status), "voters": 0})
    later = EpochMs(received + minutes(chance, 1, 5))
    conflict = DeadLetterReason.ID_CONFLICT
    yield Post(at, later, TPS_STATUS, value, "spoiled", tps=tps.code, dead=conflict)


def _good(plan: Plan, tps: Tps, chance: Random, name: str) -> tuple[_Good, EpochMs]:
    at = whole_second(chance.uniform(tps.opens_at + HOUR_MS, tps.closes_at - HOUR_MS))
    status = TpsStatus(
        id=name,
        at=format_time(at, plan.offset_minutes(tps.code)),
        kind=StatusKind.HEARTBEAT,
        source=Source(f"gateway-{tps.code}", Role.KPPS, channel=Channel.SMS),
        tps=tps.code,
        situation=Situation.AMAN,
        voters=1 + int(tps.dpt * chance.uniform(0.2, 0.5)),
    )
    return _Good(status, tps), at
