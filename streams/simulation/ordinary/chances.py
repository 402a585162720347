"""How the day draws: spans of time, picks by weight, small numbers."""

from collections.abc import Callable, Mapping
from math import log
from random import Random
from typing import TypeVar

from streams.domain.times import MINUTE_MS

__all__ = ["about", "around", "below", "pick", "small", "wait"]

_Drawn = TypeVar("_Drawn")


def pick(chance: Random, weights: Mapping[_Drawn, float]) -> _Drawn:
    """Return one of several by weight."""
    return chance.choices(tuple(weights), tuple(weights.values()))[0]


def wait(chance: Random, mean_minutes: float) -> int:
    """Return an exponential span in milliseconds: mostly short, now and then long."""
    return round(chance.expovariate(1 / mean_minutes) * MINUTE_MS)


def around(chance: Random, median_minutes: float, spread: float) -> int:
    """Return a lognormal span in milliseconds: what people take for a piece of work."""
    return round(chance.lognormvariate(log(median_minutes), spread) * MINUTE_MS)


def about(chance: Random, mean_minutes: float, spread_share: float) -> int:
    """Return a normal span in milliseconds, of what is done by the clock; at least a minute."""
    drawn = chance.gauss(mean_minutes, mean_minutes * spread_share)
    return round(max(1.0, drawn) * MINUTE_MS)


def small(chance: Random, mean: float) -> int:
    """Return a small number, mostly none or a few."""
    return int(chance.expovariate(1 / mean))


def below(most: float, draw: Callable[[], float]) -> float:
    """Return what is drawn, drawn again while it is above `most`: the part of it that is below."""
    drawn = draw()
    while drawn > most:
        drawn = draw()
    return drawn
