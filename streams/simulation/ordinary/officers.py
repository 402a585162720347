"""Officers who check in by the order of the day, until the last box of their TPS is in.

The posko calls the roll; who is busy forgets to answer, on an ordinary day not so long that he is
missed. A pair walks between its TPS, so half of its check-ins name one.
"""

from collections.abc import Iterator, Mapping
from itertools import cycle
from random import Random

from msgspec import UNSET

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, Channel, Role, Situation, TpsClass
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import about
from streams.simulation.ordinary.kinds import Day
from streams.simulation.ordinary.signal import clock_error_ms
from streams.simulation.patrol import officer_name
from streams.simulation.post import Post, chance_of, delay_ms, post_status, whole_second
from streams.territory.plan import Officer, Plan
from streams.wire.time import format_time

__all__ = ["officer_posts"]


def officer_posts(
    day: Day, officer: Officer, boxes_in_at: Mapping[AreaCode, EpochMs]
) -> Iterator[Post]:
    """Return the check-ins of an officer; of one who watches no TPS there are none.

    Args:
        day: The day.
        officer: Who checks in.
        boxes_in_at: When the boxes of each TPS were in.
    """
    plan = day.plan
    codes = _beat(plan, officer)
    if not codes or not officer.on_duty:
        return
    chance = chance_of(day.seed, "roll", officer.kabupaten, officer.officer)
    midnight = plan.election.day_start_at(plan.offset_minutes(officer.kabupaten))
    first = chance.gauss(0, rates.FIRST_CHECKIN_SPREAD_MINUTES) * MINUTE_MS
    at: float = midnight + rates.FIRST_CHECKIN_HOUR * HOUR_MS + first
    ends = max(boxes_in_at[code] for code in codes)
    every, longest = _every_minutes(plan, codes), _longest_ms(day, codes)
    places = cycle(code for tps in codes for code in (tps, None))
    number, heard_at = 0, at
    while at < ends:
        forgets = chance.random() < rates.FORGOTTEN_SHARE
        next_at = at + about(chance, every, rates.CHECKIN_SPREAD_SHARE)
        if not forgets or next_at - heard_at > longest:
            number, heard_at = number + 1, at
            yield _checkin(day, officer, chance, (whole_second(at), number, next(places)))
        at = next_at


def _checkin(
    day: Day, officer: Officer, chance: Random, said: tuple[EpochMs, int, AreaCode | None]
) -> Post:
    at, number, tps = said
    source = f"{officer.role}-{officer.officer}"
    told = whole_second(at + clock_error_ms(day.seed, source))
    wary = chance.random() < rates.WARY_SHARE
    channel = Channel.RADIO if chance.random() < rates.RADIO_SHARE else Channel.APP
    checkin = TpsStatus(
        id=f"{officer.officer}-{number:03}",
        at=format_time(told, day.plan.offset_minutes(officer.kabupaten)),
        kind=StatusKind.CHECKIN,
        source=Source(source, officer.role, channel=channel),
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
    return rates.CHECKIN_EVERY_MINUTES[_class_of(plan, codes)]


def _longest_ms(day: Day, codes: tuple[AreaCode, ...]) -> float:
    """Return how long he is not heard at most."""
    limit = rates.CHECKIN_LIMITS_MINUTES[_class_of(day.plan, codes)]
    return limit * MINUTE_MS * day.kind.of_limit


def _class_of(plan: Plan, codes: tuple[AreaCode, ...]) -> TpsClass:
    classes = (plan.tps[code].tps_class for code in codes)
    return max(classes, key=VULNERABILITY.__getitem__)
