"""What codes are called: areas, TPS, categories of reports; and which categories are for few.

Names come from the election folders that the room was started with, then from the register of
areas that is shipped. A code that nobody has a name for is its own name: a page with a bare code is
better than one with a hole.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.ids import AreaCode, ElectionId
from streams.judge.stations import Station, stations_of
from streams.room.letters import CONDUCT
from streams.rules.pack import Pack
from streams.rules.report_specs import ScoreSpec
from streams.territory.areas import NO_AREAS, Areas
from streams.territory.plan import Plan

__all__ = ["Names"]

_NOTHING = Text("tanpa kategori", "no category")


class Names:
    """Names of codes; knows what it was made of."""

    def __init__(
        self, plans: Iterable[Plan] = (), packs: Sequence[Pack] = (), areas: Areas = NO_AREAS
    ) -> None:
        """Remember the plans, their packs, and the register."""
        self.plans = tuple(plans)
        self.areas = areas
        """The register."""
        self._stations: dict[tuple[ElectionId, AreaCode], Mapping[str, Station]] = {}
        self.restricted: Mapping[str, tuple[str, ...]] = _restricted_by(packs) if packs else CONDUCT
        """Categories of reports that only some roles may know of, and which."""
        self._categories: dict[str, Text] = {}
        for pack in packs:
            for code, route in pack.taxonomy.items():
                self._categories.setdefault(code, Text(route.id, route.en))

    def of(self, code: str) -> str:
        """Return what an area or a TPS is called."""
        for plan in self.plans:
            name = plan.name_of(AreaCode(code))
            if name != code:
                return name
        return self.areas.names.get(AreaCode(code)) or code

    def stations(self, plan: Plan, kabupaten: AreaCode) -> Mapping[str, Station]:
        """Return the Polsek of a kabupaten by name; worked out once, when somebody asks."""
        key = plan.election.id, kabupaten
        if key not in self._stations:
            own = replace(
                plan,
                polsek={at: codes for at, codes in plan.polsek.items() if at[0] == kabupaten},
                officers={at: one for at, one in plan.officers.items() if at[0] == kabupaten},
            )
            self._stations[key] = stations_of(own).get(kabupaten, {})
        return self._stations[key]

    def category(self, code: str) -> Text:
        """Return what a category of reports is called."""
        return self._categories.get(code, Text(code, code)) if code else _NOTHING

    @property
    def categories(self) -> Mapping[str, Text]:
        """All categories, by code."""
        return self._categories


def _restricted_by(packs: Iterable[Pack]) -> Mapping[str, tuple[str, ...]]:
    """Return the categories that no rule weighs which all may know of, with who may."""
    found: dict[str, tuple[str, ...]] = {}
    for pack in packs:
        weighed: dict[str, list[tuple[str, ...]]] = {}
        for rule in pack.rules:
            if isinstance(rule.detector, ScoreSpec):
                for category in rule.detector.categories:
                    weighed.setdefault(category, []).append(rule.restricted_to)
        for category, roles in weighed.items():
            if all(roles):
                found[category] = tuple(sorted({one for some in roles for one in some}))
    return found
