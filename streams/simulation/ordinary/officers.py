"""Officers who check in by the order of the day, until the last box of their TPS is in.

The posko calls the roll; who is busy forgets to answer. A pair walks between its TPS, so half of
its check-ins name one.
"""

from collections.abc import Iterator, Mapping
from itertools import cycle
from random import Random

from msgspec import UNSET

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, Channel, Role, Situation
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import about
from streams.simulation.patrol import officer_name
from streams.simulation.post import Post, chance_of, delay_ms, post_status, whole_second
from streams.territory.plan import Officer, Plan
from streams.wire.time import format_time

__all__ = ["officer_posts"]


def officer_posts(
    plan: Plan, officer: Officer, seed: int, boxes_in_at: Mapping[AreaCode, EpochMs]
) -> Iterator[Post]:
    """Return the check-ins of an officer; of one who watches no TPS there are none.

    Args:
        plan: The election.
        officer: Who checks in.
        seed: Of the day.
        boxes_in_at: When the boxes of each TPS were in.
    """
    codes = _beat(plan, officer)
    if not codes or not officer.on_duty:
        return
    chance = chance_of(seed, "roll", officer.kabupaten, officer.officer)
    midnight = plan.election.day_start_at(plan.offset_minutes(officer.kabupaten))
    first = chance.gauss(0, rates.FIRST_CHECKIN_SPREAD_MINUTES) * MINUTE_MS
    at: float = midnight + rates.FIRST_CHECKIN_HOUR * HOUR_MS + first
    ends = max(boxes_in_at[code] for code in codes)
    every = _every_minutes(plan, codes)
    places = cycle(code for tps in codes for code in (tps, None))
    number = 0
    while at < ends:
        if chance.random() >= rates.FORGOTTEN_SHARE:
            number += 1
            yield _checkin(plan, officer, chance, (whole_second(at), number, next(places)))
        at += about(chance, every, rates.CHECKIN_SPREAD_SHARE)


def _checkin(
    plan: Plan, officer: Officer, chance: Random, said: tuple[EpochMs, int, AreaCode | None]
) -> Post:
    at, number, tps = said
    wary = chance.random() < rates.WARY_SHARE
    channel = Channel.RADIO if chance.random() < rates.RADIO_SHARE else Channel.APP
    checkin = TpsStatus(
        id=f"{officer.officer}-{number:03}",
        at=format_time(at, plan.offset_minutes(officer.kabupaten)),
        kind=StatusKind.CHECKIN,
        source=Source(f"{officer.role}-{officer.officer}", officer.role, channel=channel),
        situation=Situation.WASPADA if wary else Situation.AMAN,
        officer=officer.officer,
        tps=UNSET if tps is None else tps,
    )
    name = officer_name(officer)
    about_whom = (name,) if tps is None else (name, tps, desa_of(tps))
    return post_status(checkin, at, EpochMs(at + delay_ms(chance, channel)), about_whom)


def _beat(plan: Plan, officer: Officer) -> tuple[AreaCode, ...]:
    """Return the TPS that an officer sees."""
    if officer.pair:
        return plan.pairs.get((officer.kabupaten, officer.pair), ())
    if officer.role is Role.BHABINKAMTIBMAS and officer.desa is not None:
        return plan.tps_of_desa.get(officer.desa, ())
    return ()


def _every_minutes(plan: Plan, codes: tuple[AreaCode, ...]) -> float:
    classes = (plan.tps[code].tps_class for code in codes)
    return rates.CHECKIN_EVERY_MINUTES[max(classes, key=VULNERABILITY.__getitem__)]
