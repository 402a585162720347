"""Where an event belongs: its election, and the narrowest place that is sure (contract §2).

| event                  | placed by                                                             |
|------------------------|-----------------------------------------------------------------------|
| status, count          | `tps`                                                                 |
| check-in, duress       | `tps`, else the Polsek of the officer                                 |
| report                 | the gazetteer, from all that `place` says                             |
| command                | `alert`, `report`, `tps`, `area`: the first that there is             |
| `use_pack`             | it is of every place, and goes to all partitions                      |
| heartbeat of a gateway | the kabupaten of each of its `areas`: a record for each of them       |

What is well formed and known to nobody is refused as `unknown`. A TPS that is not listed, of a desa
that votes, is taken and flagged: lists are wrong more often than people on the spot.
"""

from collections.abc import Iterable

from msgspec import UNSET, Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import CrowdReport, Place, TpsStatus, VoteCount
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import DRILL_MARK, AreaCode, area_kind, kabupaten_of
from streams.domain.journal import Flag
from streams.domain.times import EpochMs
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.gazetteer import Gazetteer, Nowhere, Resolved, Unsure
from streams.territory.loaded import Territory
from streams.territory.plan import Officer, Plan, covers
from streams.wire.rejection import Rejection

__all__ = ["Placed", "Placer", "unknown"]


class Placed(Struct, frozen=True, gc=False):
    """The election and the place of an event."""

    plan: Plan
    area: AreaCode
    flags: tuple[Flag, ...] = ()
    candidates: tuple[AreaCode, ...] = ()


class Placer:
    """Places events in the loaded elections."""

    def __init__(self, territory: Territory, areas: Areas, categories: frozenset[str]) -> None:
        """Index the loaded elections.

        Args:
            territory: The loaded elections.
            areas: The register of areas.
            categories: Codes of the taxonomy that the loaded packs know.
        """
        self.categories = categories
        self.territory = territory
        plans = territory.plans.values()
        self._gazetteer = Gazetteer(plans, areas)
        self._gazetteers = {
            plan.election.id: self._gazetteer if len(plans) == 1 else Gazetteer((plan,), areas)
            for plan in plans
        }
        self._sole = _sole(plans)

    def status(self, event: TpsStatus, at: EpochMs) -> Placed:
        """Place a status."""
        if event.tps is UNSET:
            assert event.officer is not UNSET, "the decoder asks for one of the two"
            return self._at_polsek(event.officer, event.election, at)
        placed = self.at_tps(AreaCode(event.tps), event.election, at)
        if event.contest:
            _contest(placed, event.contest)
        return placed

    def count(self, event: VoteCount, at: EpochMs) -> Placed:
        """Place a count, whose contest and choices must be those of its TPS."""
        placed = self.at_tps(AreaCode(event.tps), event.election, at)
        choices = _contest(placed, event.contest)
        for choice in event.votes:
            if choice not in choices:
                expected = ", ".join(choices)
                raise unknown(f"{event.contest} has no choice {choice!r}, expected {expected}")
        return placed

    def report(self, event: CrowdReport, at: EpochMs) -> Placed:
        """Place a report, or find the narrowest area for a person to look at."""
        if event.category is not UNSET:
            self.require_category(event.category)
        gazetteer = self._gazetteer
        if event.election:
            gazetteer = self._gazetteers[self.named(event.election).election.id]
        place = Place() if event.place is UNSET else event.place
        match gazetteer.resolve(place):
            case Resolved(area, unknown_tps):
                flags = (Flag.UNKNOWN_TPS,) if unknown_tps else ()
                return Placed(self.plan_of(area, event.election, at), area, flags)
            case Unsure(area, candidates):
                plan = self.plan_of(area, event.election, at)
                return Placed(plan, area, (Flag.PLACE_UNSURE,), candidates)
            case Nowhere(reason, detail):
                raise Rejection(reason, detail)

    def at_tps(self, tps: AreaCode, election: str, at: EpochMs) -> Placed:
        """Place what names a TPS; one that is not listed is taken if its desa votes."""
        plan = self.plan_of(tps, election, at)
        if tps in plan.tps:
            return Placed(plan, tps)
        if plan.votes(tps):
            return Placed(plan, tps, (Flag.UNKNOWN_TPS,))
        raise unknown(f"the desa of TPS {tps} does not vote in {plan.election.id}")

    def in_area(self, area: str, election: str, at: EpochMs) -> Placed:
        """Place what concerns an area; a province must have one kabupaten that is watched."""
        match area_kind(area):
            case None:
                raise unknown(f"expected the code of an area, got {area!r}")
            case AreaKind.TPS:
                return self.at_tps(AreaCode(area), election, at)
            case AreaKind.PROVINSI:
                home = self._only_home(area)
                return Placed(self.plan_of(home, election, at), home)
            case AreaKind.KABUPATEN | AreaKind.KECAMATAN | AreaKind.DESA:
                plan = self.plan_of(AreaCode(area), election, at)
                if kabupaten_of(area) in plan.complete and not _is_known(plan, AreaCode(area)):
                    raise unknown(f"nobody knows the area {area}")
                return Placed(plan, AreaCode(area))

    def heartbeat(self, event: GatewayHeartbeat, at: EpochMs) -> tuple[Placed, ...]:
        """Place the heartbeat of a gateway in each kabupaten that it serves."""
        plans: dict[AreaCode, Plan] = {}
        for area in sorted(event.areas):
            plans.setdefault(kabupaten_of(area), self.in_area(area, event.election, at).plan)
        return tuple(Placed(plan, kabupaten) for kabupaten, plan in plans.items())

    def plan_of(self, area: AreaCode, election: str, at: EpochMs) -> Plan:
        """Return the election that an event names, else the nearest that has its place."""
        if election:
            plan = self.named(election)
            if not plan.watches(area):
                raise unknown(f"the election {plan.election.id} is not held in {area}")
            return plan
        found = self._sole.get(kabupaten_of(area)) or self.territory.of_place(area, at)
        if found is None:
            raise unknown(f"no loaded election is held in {area}")
        return found

    def named(self, election: str) -> Plan:
        """Return the election of an id; a drill's is that which it is a drill of."""
        plan = self.territory.by_id(election.partition(DRILL_MARK)[0])
        if plan is None:
            raise unknown(f"no election {election!r} is loaded")
        return plan

    def require_category(self, category: str) -> None:
        """Refuse a category that no loaded pack knows."""
        if category not in self.categories:
            raise unknown(f"nobody knows the category {category!r}")

    def _only_home(self, provinsi: str) -> AreaCode:
        watched = {code for plan in self.territory.plans.values() for code in plan.kabupaten}
        homes = sorted(code for code in watched if covers(provinsi, code))
        if len(homes) > 1:
            detail = f"{provinsi} has several kabupaten that are watched: name one"
            raise Rejection(DeadLetterReason.PLACE, detail)
        if not homes:
            raise unknown(f"no loaded election is held in {provinsi}")
        return homes[0]

    def _at_polsek(self, officer: str, election: str, at: EpochMs) -> Placed:
        """Place an officer who names no TPS: where his Polsek is."""
        plans = [self.named(election)] if election else self.territory.plans.values()
        found = [
            (plan, plan.officers[kabupaten, officer])
            for plan in plans
            for kabupaten in plan.kabupaten
            if (kabupaten, officer) in plan.officers
        ]
        homes = sorted({one.kabupaten for _, one in found})
        if not homes:
            raise unknown(f"nobody knows the officer {officer!r}; name the TPS as well")
        if len(homes) > 1:
            detail = f"{' and '.join(homes)} have an officer {officer!r}: name the TPS as well"
            raise Rejection(DeadLetterReason.PLACE, detail)
        listing = Territory(plans={plan.election.id: plan for plan, _ in found})
        plan = listing.of_place(homes[0], at)
        assert plan is not None, "a plan watches the kabupaten of its officers"
        return Placed(plan, _area_of(plan, plan.officers[homes[0], officer]))


def _is_known(plan: Plan, area: AreaCode) -> bool:
    return area in plan.kabupaten or area in plan.kecamatan or area in plan.desa


def unknown(detail: str) -> Rejection:
    """Return the verdict on what is well formed and known to nobody."""
    return Rejection(DeadLetterReason.UNKNOWN, detail)


def _contest(placed: Placed, contest_id: str) -> tuple[str, ...]:
    """Return the choices of a contest that covers a place."""
    election = placed.plan.election
    for contest in election.contests:
        if contest.id == contest_id:
            if covers(contest.area, placed.area):
                return contest.choices
            raise unknown(f"the contest {contest_id} is not held in {placed.area}")
    raise unknown(f"{election.id} has no contest {contest_id!r}")


def _area_of(plan: Plan, officer: Officer) -> AreaCode:
    """Return the kecamatan of an officer's Polsek, or the kabupaten if it spans several."""
    within = plan.polsek_kecamatan(officer.kabupaten, officer.polsek)
    return within[0] if len(within) == 1 else officer.kabupaten


def _sole(plans: Iterable[Plan]) -> dict[AreaCode, Plan]:
    """Return, by kabupaten, the plan that is the only one there, so that no date need decide."""
    found: dict[AreaCode, list[Plan]] = {}
    for plan in plans:
        for kabupaten in plan.kabupaten:
            found.setdefault(kabupaten, []).append(plan)
    return {kabupaten: having[0] for kabupaten, having in found.items() if len(having) == 1}
