"""The ordinary day of officers: each checks in again and again, by radio or app.

A pair walks between its TPS, so half of its check-ins name one, in turn. How often follows from the
most vulnerable TPS of the pair: even one officer alone is heard more often than the silence of a
pair that is noticed (T07: 45, 30, 15, 30 minutes by class; proposals of domain §4b). A
Bhabinkamtibmas belongs to a desa and no pair, and is heard by the class of its most vulnerable TPS
within eight tenths of the time after which one is missed (W10: 90, 60, 30, 60 minutes). All are
heard until the last box of their TPS is in.

While there is unrest in a desa the posko calls its officers by radio, within the ten minutes after
which one is missed there (W10). They answer that they are there, and say nothing of the situation:
that is for the story to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle
from random import Random
from types import MappingProxyType
from typing import Final

from msgspec import UNSET, Struct

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import TPS_CLASSES, VULNERABILITY, Channel, Role, Situation, TpsClass
from streams.simulation.post import Post, chance_of, delay_ms, minutes, post_status, whole_second
from streams.simulation.station import boxes_in_at
from streams.territory.plan import Officer, Plan
from streams.wire.time import format_time

__all__ = ["NO_DELAY", "Unrest", "called_posts", "officer_name", "patrol_posts"]

_EVERY_MINUTES: Final = (20, 12, 10, 12)
"""Of an officer of a pair, by class."""
_ALONE_EVERY_MINUTES: Final = (50, 40, 20, 40)
"""Of one without a pair, by class."""
_SHARES: Final = (0.7, 1.2)
_FIRST_HOURS: Final = (-1.0, -0.6)
"""When an officer first checks in, in hours from the opening."""
_RADIO_SHARE: Final = 0.6
_WARY_SHARE: Final = 0.03
NO_DELAY: Final[Mapping[AreaCode, EpochMs]] = MappingProxyType({})
"""No box comes later than on an ordinary day."""
_CALLED_MINUTES: Final = (5, 8)
"""How often an officer is called while there is unrest."""


class Unrest(Struct, frozen=True):
    """A time of unrest in a desa."""

    desa: AreaCode
    starts: EpochMs
    ends: EpochMs


def patrol_posts(
    plan: Plan, officer: Officer, seed: int, late: Mapping[AreaCode, EpochMs] = NO_DELAY
) -> Iterator[Post]:
    """Return the check-ins of an officer; of one who watches no TPS there are none.

    Args:
        plan: The election.
        officer: Who checks in.
        seed: Of the day.
        late: When a box of a TPS comes that comes later than on any ordinary day.
    """
    codes = _beat(plan, officer)
    if not codes or not officer.on_duty:
        return
    chance = chance_of(seed, "officer", officer.kabupaten, officer.officer)
    opens_at = min(plan.tps[code].opens_at for code in codes)
    ends = max(late.get(code, boxes_in_at(plan, plan.tps[code])) for code in codes)
    every = _every_minutes(plan, officer, codes)
    at = opens_at + chance.uniform(*_FIRST_HOURS) * HOUR_MS
    places = cycle(code for tps in codes for code in (tps, None))
    number = 0
    while at < ends:
        number += 1
        moment = whole_second(at)
        channel = Channel.RADIO if chance.random() < _RADIO_SHARE else Channel.APP
        tps, name = next(places), officer_name(officer)
        wary = chance.random() < _WARY_SHARE
        checkin = TpsStatus(
            id=f"{officer.officer}-{number:02}",
            at=format_time(moment, plan.offset_minutes(officer.kabupaten)),
            kind=StatusKind.CHECKIN,
            source=Source(f"{officer.role}-{officer.officer}", officer.role, channel=channel),
            situation=Situation.WASPADA if wary else Situation.AMAN,
            officer=officer.officer,
            tps=UNSET if tps is None else tps,
        )
        about = (name,) if tps is None else (name, tps, desa_of(tps))
        received = EpochMs(moment + delay_ms(chance, channel))
        yield post_status(checkin, moment, received, about)
        at += minutes(chance, *(share * every for share in _SHARES))


def called_posts(
    plan: Plan, officer: Officer, seed: int, unrest: Iterable[Unrest]
) -> Iterator[Post]:
    """Return the answers of an officer who is called during unrest in a desa of his."""
    codes = _beat(plan, officer) if officer.on_duty else ()
    desa = {desa_of(code) for code in codes}
    times = [one for one in unrest if one.desa in desa]
    if not times:
        return
    chance = chance_of(seed, "called", officer.kabupaten, officer.officer)
    done_at = max(boxes_in_at(plan, plan.tps[code]) for code in codes)
    number, heard_at = 0, EpochMs(0)
    for one in sorted(times, key=lambda one: one.starts):
        at = max(one.starts, heard_at) + minutes(chance, *_CALLED_MINUTES)
        while at < min(one.ends, done_at):
            number, heard_at = number + 1, whole_second(at)
            yield _answer(plan, officer, chance, (number, heard_at))
            at += minutes(chance, *_CALLED_MINUTES)


def _answer(plan: Plan, officer: Officer, chance: Random, said: tuple[int, EpochMs]) -> Post:
    number, at = said
    checkin = TpsStatus(
        id=f"{officer.officer}-radio-{number:02}",
        at=format_time(at, plan.offset_minutes(officer.kabupaten)),
        kind=StatusKind.CHECKIN,
        source=Source(f"{officer.role}-{officer.officer}", officer.role, channel=Channel.RADIO),
        officer=officer.officer,
    )
    received = EpochMs(at + delay_ms(chance, Channel.RADIO))
    return post_status(checkin, at, received, (officer_name(officer),))


def officer_name(officer: Officer) -> str:
    """Return an officer as scopes name one: `officer:17.02/P01A`."""
    return f"officer:{officer.kabupaten}/{officer.officer}"


def _beat(plan: Plan, officer: Officer) -> tuple[AreaCode, ...]:
    """Return the TPS that an officer sees on an ordinary day."""
    if officer.pair:
        return plan.pairs.get((officer.kabupaten, officer.pair), ())
    if officer.role is Role.BHABINKAMTIBMAS and officer.desa is not None:
        return plan.tps_of_desa.get(officer.desa, ())
    return ()


def _every_minutes(plan: Plan, officer: Officer, codes: tuple[AreaCode, ...]) -> int:
    classes = (plan.tps[code].tps_class for code in codes)
    most: TpsClass = max(classes, key=VULNERABILITY.__getitem__)
    every = _EVERY_MINUTES if officer.pair else _ALONE_EVERY_MINUTES
    return every[TPS_CLASSES.index(most)]
