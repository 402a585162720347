"""Counts the open alerts of the owned partitions, all that is asked of them in one walk.

An alert that only some may see is not counted: whoever reads Prometheus may be anybody. That one of
them is late is told like any other, for then the engine is at fault. Drills are counted with the
installation, and not by area.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from operator import attrgetter
from typing import Final

from msgspec import Struct

from streams.alerts.book import next_wake
from streams.domain.alert import LADDERS, PILKADES_LADDERS, Alert, AlertState
from streams.domain.ids import AreaCode
from streams.domain.times import NEVER, SECOND_MS, EpochMs
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
_EVERY_WORD: Final = (
    *((severity, LEVELS[0], state) for severity, state in ALERT_PLACES),
    *((SEVERITIES[0], level, OPEN_STATES[0]) for level in LEVELS),
)
"""So that every severity, level and state is there, and a sum of nothing is 0."""
_UNACKNOWLEDGED: Final = AlertState.UNACKNOWLEDGED
_RESOLVED: Final = AlertState.RESOLVED
_words_of: Final[Callable[[Alert], tuple[Severity, str, AlertState]]] = attrgetter(
    "severity", "level", "state"
)
_place_of: Final[Callable[[Alert], tuple[Severity, AlertState]]] = attrgetter("severity", "state")
_PLACE: Final[dict[tuple[Severity, AlertState], int]] = {
    place: number for number, place in enumerate(ALERT_PLACES)
}


class Census(Struct):
    """What was counted."""

    counted: Counter[tuple[Severity, str, AlertState]]
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
    census = _of_nothing() if owned else Census(Counter(), Counter(), {}, {})
    for state in owned:
        everything: list[Alert] = []
        for (_, kabupaten), near in copied(state.open_in.items):
            rows = [state.alerts.get((one,)) for one in copied(near.copy)]
            # One of them may have been resolved a moment ago.
            alerts = [one for one in rows if one is not None and one.state is not _RESOLVED]
            everything += alerts
            area = census.areas.setdefault(kabupaten, [0] * len(ALERT_PLACES))
            _count_area(census, area, [a for a in alerts if not a.drill and not a.restricted_to])
        _count(census, everything, EpochMs(state.clocks.now - SECOND_MS))
    return census


def opened_at(alert: Alert) -> EpochMs:
    """Return since when an alert asks for somebody: it has opened then, or come back."""
    return alert.reopened[-1] if alert.reopened else alert.opened_at


def _of_nothing() -> Census:
    return Census(
        counted=Counter(dict.fromkeys(_EVERY_WORD, 0)),
        late=Counter(dict.fromkeys(LEVELS, 0)),
        oldest=dict.fromkeys(SEVERITIES, EpochMs(0)),
        areas={},
    )


def _count(census: Census, alerts: Sequence[Alert], limit: EpochMs) -> None:
    """Count all of them for the installation."""
    census.counted.update(_words_of(one) for one in alerts if not one.restricted_to)
    # What waits for a moment that is far off is not late: most of them, so they are asked first.
    due = [
        one
        for one in alerts
        if (one.due_at or NEVER) < limit
        or (one.act_by_at or NEVER) < limit
        or (one.shelved_until or NEVER) < limit
        or (one.ended_at or NEVER) < limit
    ]
    census.late.update(one.level for one in due if next_wake(one) < limit)


def _count_area(census: Census, area: list[int], alerts: Sequence[Alert]) -> None:
    """Count what everybody may see of the day, for its kabupaten too."""
    for place in map(_place_of, alerts):
        area[_PLACE[place]] += 1
    for one in alerts:
        if one.state is _UNACKNOWLEDGED:
            at, oldest = opened_at(one), census.oldest[one.severity]
            if not oldest or at < oldest:
                census.oldest[one.severity] = at
