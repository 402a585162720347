"""What was known before the day: the elections that are watched, their plans and rules."""

from collections.abc import Mapping

from msgspec import Struct

from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId, Scope
from streams.domain.times import EpochMs
from streams.errors import ConfigError
from streams.judge.roster import DutyKey, Pair, on_duty_by_post, pairs_by_scope
from streams.judge.stations import Station, stations_of
from streams.rules.compiled import CompiledPack
from streams.territory.directory import Directory
from streams.territory.plan import Plan

__all__ = ["Hours", "Watched", "World"]


class Hours(Struct, frozen=True, gc=False):
    """When a kabupaten votes: from its first opening to its last closing."""

    opens_at: EpochMs
    closes_at: EpochMs
    tps: int
    """How many vote there."""


class Watched(Struct, frozen=True):
    """An election that is watched: its plan and its rules."""

    plan: Plan
    rules: CompiledPack
    pairs: Mapping[Scope, Pair]
    on_duty: Mapping[DutyKey, tuple[str, ...]]
    """Officers by post."""
    hours: Mapping[AreaCode, Hours]
    """By kabupaten."""
    directory: Directory
    """Who is told."""
    stations: Mapping[AreaCode, Mapping[str, Station]]
    """Polsek by kabupaten and name. These five follow from the plan."""

    @classmethod
    def of(cls, plan: Plan, rules: CompiledPack) -> "Watched":
        """Put a plan and its rules together."""
        hours = {code: _hours_of(plan, code) for code in plan.kabupaten_codes}
        directory = Directory.of(plan.contacts)
        pairs, on_duty = pairs_by_scope(plan), on_duty_by_post(plan)
        return cls(plan, rules, pairs, on_duty, hours, directory, stations_of(plan))


def _hours_of(plan: Plan, kabupaten: AreaCode) -> Hours:
    tps = [plan.tps[code] for code in plan.tps_of_kabupaten[kabupaten]]
    opens, closes = (one.opens_at for one in tps), (one.closes_at for one in tps)
    return Hours(min(opens), max(closes), len(tps))


class World(Struct, frozen=True):
    """What was known before the day: the elections, by id."""

    elections: Mapping[ElectionId, Watched]

    def of(self, election: ElectionId) -> Watched:
        """Return the election, or the one that a drill is held of.

        Raises:
            ConfigError: It is not loaded here. Intake knew it, so another worker has loaded it.
        """
        real = self.elections.get(election)
        known = real or self.elections.get(ElectionId(election.partition(DRILL_MARK)[0]))
        if known is None:
            loaded = ", ".join(sorted(self.elections)) or "none"
            raise ConfigError(
                f"the journal or the saved state speaks of election {election}, which is not "
                f"loaded here; loaded: {loaded}. Give every worker the same --election folders"
            )
        return known
