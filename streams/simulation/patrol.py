"""The ordinary day of officers: each checks in again and again, by radio or app.

A pair walks between its TPS, so half of its check-ins name one, in turn. How often follows from the
most vulnerable TPS of the pair: even one officer alone is heard more often than the silence of a
pair that is noticed (T07: 45, 30, 15, 30 minutes by class; proposals of domain §4b). A
Bhabinkamtibmas belongs to a desa and no pair, and is heard about every 50 minutes. All are heard
until the last box of their TPS is in (W10).
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Final

from msgspec import UNSET

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import TPS_CLASSES, VULNERABILITY, Channel, Role, Situation, TpsClass
from streams.simulation.post import Post, chance_of, delay_ms, minutes, post_status, whole_second
from streams.simulation.station import boxes_in_at
from streams.territory.plan import Officer, Plan
from streams.wire.time import format_time

__all__ = ["officer_name", "patrol_posts"]

_EVERY_MINUTES: Final = (20, 12, 10, 12)
"""By class."""
_ALONE_EVERY_MINUTES: Final = 50
_SHARES: Final = (0.7, 1.2)
_FIRST_HOURS: Final = (-1.0, -0.6)
"""When an officer first checks in, in hours from the opening."""
_RADIO_SHARE: Final = 0.6
_WARY_SHARE: Final = 0.03


def patrol_posts(plan: Plan, officer: Officer, seed: int) -> Iterator[Post]:
    """Return the check-ins of an officer; of one who watches no TPS there are none."""
    codes = _beat(plan, officer)
    if not codes or not officer.on_duty:
        return
    chance = chance_of(seed, "officer", officer.kabupaten, officer.officer)
    opens_at = min(plan.tps[code].opens_at for code in codes)
    ends = max(boxes_in_at(plan, plan.tps[code]) for code in codes)
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
    if not officer.pair:
        return _ALONE_EVERY_MINUTES
    classes = (plan.tps[code].tps_class for code in codes)
    most: TpsClass = max(classes, key=VULNERABILITY.__getitem__)
    return _EVERY_MINUTES[TPS_CLASSES.index(most)]
