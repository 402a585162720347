"""Where and when a story plays: its words for times, places and people, found in the plan.

A name that the plan does not have is a fault of the author, told with its line before anything is
played: a misspelt TPS would else be a message that is refused, or an alert that never comes.
"""

from typing import Final

from streams.domain.events import Actor
from streams.domain.ids import AreaCode, Scope, alert_id, area_kind, kabupaten_of
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import AreaKind
from streams.simulation.patrol import officer_name
from streams.simulation.story_document import Document, Path
from streams.territory.plan import Plan
from streams.territory.zone import local_time

__all__ = ["Stage"]

_CLOCK_LENGTH: Final = len("07:10")


class Stage:
    """The plan as the author of a story names it."""

    def __init__(self, plan: Plan, document: Document) -> None:
        """Use the zone of the plan's first kabupaten for all times."""
        self.document = document
        self._plan = plan
        self.offset_minutes = plan.offset_minutes(min(plan.kabupaten))

    def moment(self, clock: str) -> EpochMs:
        """Return a local time of the day of the poll, as `07:10` or `07:10:30`."""
        minute = local_time(self._plan.election.date, clock[:_CLOCK_LENGTH], self.offset_minutes)
        seconds = clock[_CLOCK_LENGTH + 1 :]
        return EpochMs(minute + int(seconds or 0) * SECOND_MS)

    def names_of(self, scope: str, path: Path) -> frozenset[str]:
        """Return what messages are about that come from a TPS, desa, pair or officer.

        Raises:
            InputError: The plan has no such scope.
        """
        kind, colon, name = scope.partition(":")
        kabupaten, _, member = name.partition("/")
        match kind if colon else area_kind(scope):
            case AreaKind.TPS if scope in self._plan.tps:
                return frozenset({scope})
            case AreaKind.DESA if scope in self._plan.tps_of_desa:
                return frozenset({scope})
            case "pair" if (AreaCode(kabupaten), member) in self._plan.pairs:
                return self._of_pair(AreaCode(kabupaten), member)
            case "officer" if (AreaCode(kabupaten), member) in self._plan.officers:
                return frozenset({scope})
            case _:
                expected = "a TPS, a desa that votes, pair:17.02/P01 or officer:17.02/P01A"
                raise self.document.fault(path, f"found {scope!r}, expected {expected} of the plan")

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
        """Return the id of the first alert of `RULE@SCOPE` or `RULE@SCOPE|KEY`.

        Raises:
            InputError: It is not written so, or names a scope that the plan has not.
        """
        rule, at, rest = name.partition("@")
        scope, _, key = rest.partition("|")
        if not (rule and at):
            raise self.document.fault(
                path, f"found {name!r}, expected RULE@SCOPE or RULE@SCOPE|KEY"
            )
        self.names_of(scope, path)
        kabupaten = kabupaten_of(scope.partition(":")[2] or scope)
        case = (self._plan.election.id, rule, Scope(scope), key)
        return alert_id(kabupaten, case, episode=1)
