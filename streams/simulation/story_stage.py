"""Where and when a story plays: its words for times, places and people, found in the plan.

A name that the plan does not have is a fault of the author, told with its line before anything is
played: a misspelt TPS would else be a message that is refused, or an alert that never comes.
"""

import re
from typing import Final

from streams.domain.events import Actor
from streams.domain.ids import AreaCode, Scope, alert_id, area_kind, kabupaten_of
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import AreaKind, ScopeKind
from streams.simulation.patrol import officer_name
from streams.simulation.story_document import Document, Path
from streams.territory.plan import Plan, covers
from streams.territory.zone import Zone, local_time, zone_of

__all__ = ["Stage"]

_CLOCK_LENGTH: Final = len("07:10")
_ALERT: Final = re.compile(
    r"(?P<rule>[^@]+)@(?P<scope>[^|]+?)(?:\|(?P<key>.*?))?(?: \((?P<episode>[1-9][0-9]?)\))?"
)


class Stage:
    """The plan as the author of a story names it."""

    def __init__(self, plan: Plan, document: Document) -> None:
        """Use the zone of the plan's first kabupaten for all times."""
        self.document = document
        self._plan = plan
        self.offset_minutes = plan.offset_minutes(min(plan.kabupaten))

    def by_clocks_of(self, zone: Zone, path: Path) -> "Stage":
        """Return this stage with all times in the zone of another kabupaten of the plan.

        Raises:
            InputError: The plan has no TPS in that zone.
        """
        offsets = {zone_of(code): self._plan.offset_minutes(code) for code in self._plan.kabupaten}
        if zone not in offsets:
            expected = " or ".join(sorted(offsets))
            raise self.document.fault(path, f"found {zone.value!r}, expected {expected}")
        other = Stage(self._plan, self.document)
        other.offset_minutes = offsets[zone]
        return other

    def moment(self, clock: str) -> EpochMs:
        """Return a local time of the day of the poll, as `07:10` or `07:10:30`."""
        minute = local_time(self._plan.election.date, clock[:_CLOCK_LENGTH], self.offset_minutes)
        seconds = clock[_CLOCK_LENGTH + 1 :]
        return EpochMs(minute + int(seconds or 0) * SECOND_MS)

    def names_of(self, scope: str, path: Path) -> frozenset[str]:
        """Return what messages are about that come from a TPS, desa, pair, officer or box.

        Raises:
            InputError: The plan has no such scope.
        """
        kind, kabupaten, member = _parts(scope)
        match kind:
            case AreaKind.TPS if scope in self._plan.tps:
                return frozenset({scope})
            case AreaKind.DESA if scope in self._plan.tps_of_desa:
                return frozenset({scope})
            case ScopeKind.PAIR if (kabupaten, member) in self._plan.pairs:
                return self._of_pair(kabupaten, member)
            case ScopeKind.OFFICER if (kabupaten, member) in self._plan.officers:
                return frozenset({scope})
            case ScopeKind.BOX if self._has_box(member):
                return frozenset({scope})
            case _:
                expected = (
                    "a TPS, a desa that votes, pair:17.02/P01, officer:17.02/P01A or"
                    " box:17.02/TPS#1"
                )
                raise self.document.fault(path, f"found {scope!r}, expected {expected} of the plan")

    def check_scope(self, scope: str, path: Path) -> None:
        """Refuse a scope that no alert of this election can have.

        Raises:
            InputError: The plan has no such scope.
        """
        kind, kabupaten, member = _parts(scope)
        match kind:
            case AreaKind.KECAMATAN if scope in self._plan.kecamatan:
                return
            case AreaKind.KABUPATEN if scope in self._plan.kabupaten:
                return
            case ScopeKind.POLSEK if (kabupaten, member) in self._plan.polsek:
                return
            case ScopeKind.CONTEST if self._has_contest(scope):
                return
            case ScopeKind.SOURCE | ScopeKind.CLAIM | ScopeKind.IMAGE if member:
                return
            case _:
                self.names_of(scope, path)

    def check_area(self, area: str, path: Path) -> None:
        """Refuse an area, of whatever size, in which nobody votes.

        Raises:
            InputError: The plan has no TPS in it.
        """
        if area_kind(area) is None or not any(covers(area, tps) for tps in self._plan.tps):
            raise self.document.fault(path, f"found {area!r}, expected an area or TPS of the plan")

    def _has_box(self, box: str) -> bool:
        """Tell whether an ordinary day has a box of this name: they are numbered by contest."""
        tps, _, number = box.partition("#")
        contests = self._plan.election.contests_of(tps)
        return tps in self._plan.tps and number in {str(n + 1) for n in range(len(contests))}

    def _has_contest(self, scope: str) -> bool:
        name, _, area = scope.partition(":")[2].rpartition("@")
        return any(
            one.id == name and (covers(one.area, area) or covers(area, one.area))
            for one in self._plan.election.contests
            if self._plan.watches(area)
        )

    def _of_pair(self, kabupaten: AreaCode, pair: str) -> frozenset[str]:
        officers = (
            officer_name(one)
            for one in self._plan.officers.values()
            if (one.kabupaten, one.pair) == (kabupaten, pair)
        )
        return frozenset((*officers, *self._plan.pairs[kabupaten, pair]))

    def officer_about(self, officer: str, path: Path) -> str:
        """Return an officer whom a message names, as `Post.about` has officers.

        Raises:
            InputError: The plan has no such officer.
        """
        for one in self._plan.officers.values():
            if one.officer == officer:
                return officer_name(one)
        raise self.document.fault(path, f"found {officer!r}, expected an officer of personnel.csv")

    def choices(self, area: str, contest: str, path: Path) -> tuple[str, ...]:
        """Return who stands in a contest in which a TPS, or a whole area, votes.

        Raises:
            InputError: It votes in no such contest.
        """
        held = self._plan.election.contests_of(area)
        for one in held:
            if one.id == contest:
                return one.choices
        expected = " or ".join(one.id for one in held) or "an area that votes"
        raise self.document.fault(path, f"found {contest!r}, expected {expected}")

    def actor(self, name: str, path: Path) -> Actor:
        """Return an actor by id, with role and area as the roster has them.

        Raises:
            InputError: The roster has no such actor, or the election has no roster.
        """
        for one in self._plan.actors or ():
            if one.actor == name:
                return Actor(one.actor, one.role, one.area)
        raise self.document.fault(path, f"found {name!r}, expected an actor of actors.csv")

    def alert_id(self, name: str, path: Path) -> str:
        """Return the id of the alert of `RULE@SCOPE` or `RULE@SCOPE|KEY`; ` (2)`: of its second.

        Raises:
            InputError: It is not written so, or names a scope that the plan has not.
        """
        found = _ALERT.fullmatch(name)
        if found is None:
            expected = "RULE@SCOPE or RULE@SCOPE|KEY, with (2) behind it for the second episode"
            raise self.document.fault(path, f"found {name!r}, expected {expected}")
        scope = Scope(found["scope"])
        self.check_scope(scope, path)
        _, kabupaten, _ = _parts(scope)
        case = (self._plan.election.id, found["rule"], scope, found["key"] or "")
        return alert_id(kabupaten, case, episode=int(found["episode"] or 1))


def _parts(scope: str) -> tuple[str | None, AreaCode, str]:
    """Return the kind of a scope, its kabupaten, and the name that follows, if any."""
    kind, colon, rest = scope.partition(":")
    if not colon:
        return area_kind(scope), kabupaten_of(scope), ""
    if kind == ScopeKind.CONTEST:
        name, _, area = rest.rpartition("@")
        return kind, kabupaten_of(area), name
    kabupaten, _, member = rest.partition("/")
    return kind, AreaCode(kabupaten), member
