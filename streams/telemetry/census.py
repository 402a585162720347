"""Counts the open alerts of the owned partitions, all that is asked of them in one walk.

An alert that only some may see is not counted: whoever reads Prometheus may be anybody. That one of
them is late is told like any other, for then the engine is at fault. Drills are counted with the
installation, and not by area.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from operator import attrgetter
from typing import Final

from msgspec import Struct

from streams.alerts.book import next_wake
from streams.domain.alert import LADDERS, PILKADES_LADDERS, Alert, AlertState
from streams.domain.ids import AreaCode
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.judge.state import PartitionState
from streams.telemetry.copied import copied

__all__ = ["ALERT_PLACES", "LEVELS", "OPEN_STATES", "Census", "opened_at", "take_census"]

LEVELS: Final = tuple(
    dict.fromkeys(
        level
        for ladders in (LADDERS, PILKADES_LADDERS)
        for levels in ladders.values()
        for level in levels
    )
)
"""Every level, so that a metric that should be 0 says so."""
OPEN_STATES: Final = tuple(state for state in AlertState if state is not AlertState.RESOLVED)
ALERT_PLACES: Final = tuple(product(SEVERITIES, OPEN_STATES))
"""Where the alerts of a kabupaten are counted."""
_PLACES: Final = range(len(ALERT_PLACES))
_Levels = Sequence[defaultdict[str, int]]
"""How many alerts there are of a level, at `ALERT_PLACES`."""
_UNACKNOWLEDGED: Final = AlertState.UNACKNOWLEDGED
_RESOLVED: Final = AlertState.RESOLVED
_SEVERITY_AT: Final = {one: len(OPEN_STATES) * number for number, one in enumerate(SEVERITIES)}
_STATE_AT: Final = {one: number for number, one in enumerate(OPEN_STATES)}
"""Together the number of a place among `ALERT_PLACES`."""
_WAIT: Final[Mapping[AlertState, Callable[[Alert], EpochMs | None]]] = {
    AlertState.UNACKNOWLEDGED: attrgetter("due_at"),
    AlertState.ACKNOWLEDGED: attrgetter("act_by_at"),
    AlertState.SHELVED: attrgetter("shelved_until"),
    AlertState.RETURNED: attrgetter("ended_at"),
    AlertState.INHIBITED: attrgetter("due_at"),
}
"""What an alert waits for, at the earliest: `next_wake` knows more."""


class Census(Struct):
    """What was counted."""

    counted: dict[tuple[Severity, str, AlertState], int]
    """What everybody may see, drills included, by severity, level and state."""
    late: Counter[str]
    """All whose deadline was missed, by level."""
    oldest: dict[Severity, EpochMs]
    """Since when somebody is waited for, of what everybody may see of the day; 0: for nobody."""
    areas: dict[AreaCode, list[int]]
    """By kabupaten, at `ALERT_PLACES`, what everybody may see of the day."""


def take_census(states: Iterable[PartitionState]) -> Census:
    """Walk through all open alerts; without a partition there is not even a 0."""
    owned = tuple(states)
    if not owned:
        return Census({}, Counter(), {}, {})
    census, levels = _of_nothing(), _no_levels()
    for state in owned:
        limit = EpochMs(state.clocks.now - SECOND_MS)
        for (_, kabupaten), near in copied(state.open_in.items):
            area = census.areas.setdefault(kabupaten, [0] * len(ALERT_PLACES))
            alerts = map(state.alerts.get, zip(copied(near.copy)))
            _count(census, (area, levels), alerts, limit)
    census.counted = {
        (severity, level, state): count
        for (severity, state), found in zip(ALERT_PLACES, levels, strict=True)
        for level, count in found.items()
    }
    return census


def opened_at(alert: Alert) -> EpochMs:
    """Return since when an alert asks for somebody: it has opened then, or come back."""
    return alert.reopened[-1] if alert.reopened else alert.opened_at


def _of_nothing() -> Census:
    return Census(
        counted={},
        late=Counter(dict.fromkeys(LEVELS, 0)),
        oldest=dict.fromkeys(SEVERITIES, EpochMs(0)),
        areas={},
    )


def _no_levels() -> _Levels:
    """Every severity, level and state is there, so that a sum of nothing is 0."""
    return [defaultdict(int, dict.fromkeys(LEVELS if not n else LEVELS[:1], 0)) for n in _PLACES]


def _count(
    census: Census,
    into: tuple[list[int], _Levels],
    alerts: Iterable[Alert | None],
    limit: EpochMs,
) -> None:
    """Count the alerts of a kabupaten, in one loop: there are thousands, and Prometheus waits."""
    (area, levels), oldest = into, census.oldest
    for one in alerts:
        # One of them may have been resolved a moment ago.
        if one is None or (state := one.state) is _RESOLVED:
            continue
        wait = _WAIT[state](one)
        # What waits for a moment that is far off is not late: most of them, so this is asked first.
        if wait is not None and wait < limit and next_wake(one) < limit:
            census.late[one.level] += 1
        if one.restricted_to:
            continue
        severity = one.severity
        place = _SEVERITY_AT[severity] + _STATE_AT[state]
        levels[place][one.level] += 1
        if one.drill:
            continue
        area[place] += 1
        if state is _UNACKNOWLEDGED:
            since = opened_at(one)
            if not oldest[severity] or since < oldest[severity]:
                oldest[severity] = since
