"""Looks back: what other rules would have told of a recorded day.

    events ──► old rules ──► lines ─┐
          └──► new rules ──► lines ─┴──► what appears, vanishes, moves; pages per hour and level

An alert is the same in both if its id is (contract §4: a new pack does not change it). It has moved
if it opened at another time, or was told at another severity or level.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.ids import AlertId
from streams.domain.times import HOUR_MS, EpochMs

__all__ = ["Difference", "Kind", "Pages", "differences", "pages_of"]

_PAGES = frozenset(
    {Change.OPENED, Change.REOPENED, Change.ESCALATED, Change.RAISED, Change.UNACKNOWLEDGED}
)
"""Changes by which somebody is called."""


ClockOf = Callable[[Line], str]
"""Returns the local time of a line."""


class Kind(StrEnum):
    """What has become of an alert under the new rules."""

    APPEARS = "appears"
    VANISHES = "vanishes"
    MOVES = "moves"


class Difference(Struct, frozen=True):
    """An alert that the two sets of rules do not tell alike."""

    kind: Kind
    rule: str
    scope: str
    key: str
    old: str
    """Time, severity and highest level by the old rules; empty: it did not open."""
    new: str


class Pages(Struct, frozen=True):
    """Calls of one level."""

    level: str
    total: int
    busiest: int
    """Calls in the hour that had the most of them."""


def differences(
    old: Iterable[Line], new: Iterable[Line], clock_of: ClockOf
) -> tuple[Difference, ...]:
    """Return what differs, in the order of the opening."""
    before, after = _lives(old), _lives(new)
    found: list[tuple[EpochMs, AlertId, Difference]] = []
    for alert in before.keys() | after.keys():
        one, other = before.get(alert), after.get(alert)
        told = tuple("" if life is None else _told(life, clock_of) for life in (one, other))
        if told[0] == told[1]:
            continue
        life = one or other
        assert life is not None, "the alert is in one of the two"
        kind = Kind.APPEARS if one is None else Kind.VANISHES if other is None else Kind.MOVES
        first = life[0]
        difference = Difference(kind, first.rule, first.scope, first.key, *told)
        found.append((first.at, alert, difference))
    return tuple(difference for _, _, difference in sorted(found, key=lambda one: one[:2]))


def pages_of(lines: Iterable[Line]) -> tuple[Pages, ...]:
    """Count calls by level, the busiest level first."""
    calls = [line for line in lines if line.change in _PAGES]
    total = Counter(line.level for line in calls)
    by_hour = Counter((line.level, line.at // HOUR_MS) for line in calls)
    busiest = {level: max(n for (one, _), n in by_hour.items() if one == level) for level in total}
    return tuple(
        Pages(level, count, busiest[level])
        for level, count in sorted(total.items(), key=lambda one: (-one[1], one[0]))
    )


def _lives(lines: Iterable[Line]) -> dict[AlertId, list[Line]]:
    lives: dict[AlertId, list[Line]] = {}
    for line in lines:
        lives.setdefault(line.alert, []).append(line)
    return lives


def _told(life: list[Line], clock_of: ClockOf) -> str:
    """Return when an alert opened, and how severe and how high it became."""
    return f"{clock_of(life[0])} {life[-1].severity} {life[-1].level}"
