"""The strength of the Polsek that have TPS in an area."""

from collections.abc import Mapping

from msgspec import Struct

from streams.domain.ids import AreaCode
from streams.domain.strength import Balance
from streams.judge.state import PartitionState
from streams.judge.strength import balances, strengths
from streams.views.asked import Asked

__all__ = ["PolsekStrength", "strength_of"]


class PolsekStrength(Struct, frozen=True):
    """What a Polsek has, and what it is asked for."""

    kabupaten: AreaCode
    balance: Balance


def strength_of(state: PartitionState, asked: Asked) -> tuple[PolsekStrength, ...]:
    """Return the strength of each Polsek with a TPS in the area, by kabupaten and name."""
    plan = state.world.of(asked.election).plan
    names: dict[AreaCode, list[str]] = {}
    for (kabupaten, polsek), stations in sorted(plan.polsek.items()):
        if any(asked.covers(code) for code in stations):
            names.setdefault(kabupaten, []).append(polsek)
    found: list[PolsekStrength] = []
    for kabupaten, wanted in names.items():
        known = _balances(state, asked, kabupaten)
        found += (PolsekStrength(kabupaten, known[name]) for name in wanted if name in known)
    return tuple(found)


def _balances(state: PartitionState, asked: Asked, kabupaten: AreaCode) -> Mapping[str, Balance]:
    rules = state.world.of(asked.election).rules.areas.strength
    if rules:
        return balances(state, rules[0], asked.election, kabupaten, asked.now)
    found = strengths(state, asked.election, kabupaten, asked.now)
    return {name: Balance(strength) for name, strength in found.items()}
