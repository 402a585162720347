"""Signal: a TPS that has none for a time writes on, and all of it comes afterwards.

    written      h     h      h  .   h        h
    no signal          |=============|
    received     h         (nothing)  hh   h  h        the kept ones in any order

Some lose it alone, some with their whole desa. How long follows no rule: `rates` has the mean. A
few phones have a wrong clock, and tell all their times by it.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import wait
from streams.simulation.post import chance_of
from streams.territory.plan import Plan

__all__ = ["ALWAYS", "Spell", "clock_error_ms", "spells"]


class Spell(Struct, frozen=True, gc=False):
    """A time without signal."""

    starts: EpochMs
    ends: EpochMs

    def received_at(self, chance: Random, at: EpochMs) -> EpochMs | None:
        """Return when a message is received that was written in it; None: it is not held back."""
        if self.starts <= at < self.ends:
            return EpochMs(self.ends + chance.randint(1, rates.BURST_SECONDS * SECOND_MS))
        return None


ALWAYS: Final = Spell(EpochMs(0), EpochMs(0))
"""Of a TPS that is lucky."""


def spells(plan: Plan, seed: int) -> Mapping[AreaCode, Spell]:
    """Return who is offline and when; a TPS without an entry has its signal all day."""
    return dict(_drawn(plan, seed))


def clock_error_ms(seed: int, source: str) -> int:
    """Return by how much the clock of somebody's phone is ahead; below zero, behind."""
    chance = chance_of(seed, "clock", source)
    if chance.random() >= rates.CLOCK_WRONG_SHARE:
        return 0
    return round(chance.gauss(0, rates.CLOCK_WRONG_SPREAD_MINUTES) * MINUTE_MS)


def _drawn(plan: Plan, seed: int) -> Iterator[tuple[AreaCode, Spell]]:
    for code in plan.tps:
        chance = chance_of(seed, "offline", code)
        if chance.random() < rates.OFFLINE_ALONE_SHARE:
            yield code, _spell(plan, code, chance)
    for desa, codes in plan.tps_of_desa.items():
        chance = chance_of(seed, "mast", desa)
        if chance.random() < rates.OFFLINE_DESA_SHARE:
            spell = _spell(plan, desa, chance)
            yield from ((code, spell) for code in codes)


def _spell(plan: Plan, code: AreaCode, chance: Random) -> Spell:
    midnight = plan.election.day_start_at(plan.offset_minutes(code))
    starts = EpochMs(midnight + round(chance.uniform(*rates.OFFLINE_HOURS) * HOUR_MS))
    return Spell(starts, EpochMs(starts + wait(chance, rates.OFFLINE_MEAN_MINUTES)))
