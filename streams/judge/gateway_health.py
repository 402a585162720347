"""Tells of a gateway that is stuck, silent, or has a wrong clock: a part of X05, by its name.

Silence is judged again where a gateway has stopped to speak, and is not where it is stuck or its
clock is slow; either way those who rely on it must know. A gateway that is switched off outside
the hours of voting is missed by nobody.
"""

from typing import Final

from streams.alerts.case import Case
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import EpochMs
from streams.judge.health import HEALTH_WAKE
from streams.judge.health_grounds import of_silent_gateway, of_stuck_gateway, of_wrong_clock
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState
from streams.judge.telling import Grounds, Teller
from streams.judge.world import Hours
from streams.rules.compiled_areas import BlindRule
from streams.rules.detectors import blind
from streams.rules.detectors.vouched import (
    Beat,
    Gateway,
    Silent,
    Stuck,
    Trouble,
    WrongClock,
    next_wake,
    trouble_of,
)
from streams.rules.wording import clock_text

__all__ = ["judge", "next_look"]

_GATEWAY: Final = "gateway"


def judge(teller: Teller, home: tuple[ElectionId, AreaCode], name: str, known: Beat) -> None:
    """Look at what is known of a gateway now, and tell it if it is in trouble or well again."""
    state, (election, kabupaten) = teller.state, home
    watched = state.world.of(election)
    for rule in watched.rules.areas.blind:
        found = _trouble(known, state.clocks.heard, rule, watched.hours.get(kabupaten))
        scope = scope_of(kabupaten, "pipeline", _GATEWAY)
        key = (election, rule.head.rule.id, scope, name)
        before = state.health.get(key)
        at = known.received_at if found is None else found.since
        after = blind.turn(before, at, bad=found is not None)
        if after is None or after == before:
            continue
        state.health.put(key, after)
        if found is not None and before is None:
            case = Case(election, rule.head.rule.id, scope, name, kabupaten)
            grounds = _grounds(teller, rule, case, found)
            teller.hold(rule.head, case, grounds, teller.by_deadline(at))
        state.by_now.arm((HEALTH_WAKE, *key), blind.next_wake(after, rule.healthy_ms))


def next_look(
    state: PartitionState, home: tuple[ElectionId, AreaCode], gateway: Gateway
) -> EpochMs | None:
    """Return the next moment that matters, once `heard` has passed it; None: there is none."""
    watched = state.world.of(home[0])
    heard = state.clocks.heard
    stuck_ms = [rule.gateway_stuck_ms for rule in watched.rules.areas.blind] or [0]
    looks = [next_wake(gateway, heard, one) for one in stuck_ms]
    # One that was tried out in the morning and switched off is missed when the vote begins.
    hours = watched.hours.get(home[1])
    if hours is not None and hours.opens_at >= heard:
        looks.append(hours.opens_at)
    return min((one for one in looks if one is not None), default=None)


def _trouble(known: Beat, heard: EpochMs, rule: BlindRule, hours: Hours | None) -> Trouble | None:
    found = trouble_of(known, heard, rule.gateway_stuck_ms)
    if hours is None or not isinstance(found, Silent):
        return found
    since = max(found.since, hours.opens_at)
    return Silent(since) if since < min(heard, hours.closes_at) else None


def _grounds(teller: Teller, rule: BlindRule, case: Case, found: Trouble) -> Grounds:
    offset = teller.state.world.of(case.election).plan.offset_minutes(case.place)
    match found:
        case Stuck(oldest_at=oldest_at):
            return of_stuck_gateway(rule, case.key, clock_text(oldest_at, offset))
        case Silent(since=since):
            return of_silent_gateway(case.key, clock_text(since, offset))
        case WrongClock(since=since, behind_ms=behind_ms):
            return of_wrong_clock(case.key, clock_text(since, offset), behind_ms)
