"""Looks back: what other rules would have told of a recorded day.

    events ──► old rules ──► lines ─┐
          └──► new rules ──► lines ─┴──► what appears, vanishes, moves; pages per hour and level

An alert is the same in both if its id is (contract §4: a new pack does not change it). It has moved
if it opened at another time, or was told at another severity or level; and if it was a shadow's on
one side only, for a shadow calls nobody.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.ids import AlertId
from streams.domain.times import HOUR_MS, EpochMs

__all__ = ["Day", "Difference", "Kind", "Pages", "differences", "pages_of"]

_PAGES = frozenset(
    {Change.OPENED, Change.REOPENED, Change.ESCALATED, Change.RAISED, Change.UNACKNOWLEDGED}
)
"""Changes by which somebody is called."""


ClockOf = Callable[[Line], str]
"""Returns the local time of a line."""


class Day(Struct, frozen=True):
    """What some rules told of a day."""

    lines: tuple[Line, ...]
    shadows: frozenset[str] = frozenset()
    """Ids of the rules that would have told this, and call nobody."""

    @property
    def told(self) -> tuple[Line, ...]:
        """Those lines by which people are called."""
        return tuple(line for line in self.lines if line.rule not in self.shadows)

    @property
    def shown(self) -> tuple[Line, ...]:
        """Those lines that only an author sees."""
        return tuple(line for line in self.lines if line.rule in self.shadows)


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
    """Time, severity and level of opening by the old rules, and what they became; empty: none."""
    new: str


class Pages(Struct, frozen=True):
    """Calls of one level."""

    level: str
    total: int
    busiest: int
    """Calls in the hour that had the most of them."""


def differences(old: Day, new: Day, clock_of: ClockOf) -> tuple[Difference, ...]:
    """Return what differs, in the order of the opening."""
    before, after = _lives(old.lines), _lives(new.lines)
    found: list[tuple[EpochMs, AlertId, Difference]] = []
    for alert in before.keys() | after.keys():
        one, other = before.get(alert, []), after.get(alert, [])
        told = _told(one, old.shadows, clock_of), _told(other, new.shadows, clock_of)
        if told[0] == told[1]:
            continue
        kind = Kind.MOVES if one and other else Kind.VANISHES if one else Kind.APPEARS
        first = (one or other)[0]
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


def _told(life: list[Line], shadows: frozenset[str], clock_of: ClockOf) -> str:
    """Return when an alert opened, how severe and where, and what it became; nothing of none."""
    if not life:
        return ""
    first, last = (f"{line.severity} {line.level}" for line in (life[0], life[-1]))
    mark = " (shadow)" if life[0].rule in shadows else ""
    return f"{clock_of(life[0])} {first}{'' if first == last else f', later {last}'}{mark}"
