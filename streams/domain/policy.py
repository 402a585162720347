"""How fast a ladder is climbed: data of the pack, copied into each alert when it opens.

The numbers of contract §5 are `STANDARD`; the shipped pack says the same in `ladders.yaml`, and an
election folder may change them. An alert keeps those that it opened with, whatever is published
while it is open: what was promised to the people on its ladder stays so.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from streams.domain.words import TPS_CLASSES, Severity, TpsClass

__all__ = ["STANDARD", "Factors", "Index", "Minutes", "Pace", "Policy"]

Index = Annotated[int, Meta(ge=0, le=4)]
"""Of a level, counted from L0."""
Minutes = Annotated[
    tuple[Annotated[float, Meta(ge=0, le=1440)], ...], Meta(min_length=1, max_length=5)
]
"""By level."""
_Factor = Annotated[float, Meta(gt=0, le=10)]
Factors = tuple[_Factor, _Factor, _Factor, _Factor]
"""By class, as `TPS_CLASSES`."""


class Pace(Struct, frozen=True, gc=False, array_like=True):
    """How alerts of one severity climb."""

    start: Index
    """Index of the highest level that is told at opening, counted from L0."""
    minutes: Minutes
    """When L0, L1, … are due, counted from opening; levels beyond them are not reached by time."""
    together: Annotated[int, Meta(ge=1, le=5)] = 1
    """How many levels are told at opening: the start level, and those right below it."""


class Policy(Struct, frozen=True, gc=False, array_like=True):
    """How alerts climb, by severity and by class of TPS."""

    critical: Pace
    high: Pace
    medium: Pace
    low: Pace
    factors: Factors
    """By class, as `TPS_CLASSES`: minutes are multiplied by it."""

    def pace(self, severity: Severity) -> Pace:
        """Return how alerts of a severity climb."""
        match severity:
            case Severity.CRITICAL:
                return self.critical
            case Severity.HIGH:
                return self.high
            case Severity.MEDIUM:
                return self.medium
            case Severity.LOW:
                return self.low

    def factor(self, tps_class: TpsClass) -> float:
        """Return by what the minutes are multiplied for a class."""
        return self.factors[TPS_CLASSES.index(tps_class)]


STANDARD: Final = Policy(
    critical=Pace(2, (0.0, 0.0, 0.0, 3.0, 8.0), together=2),
    high=Pace(1, (0.0, 0.0, 5.0, 15.0)),
    medium=Pace(0, (0.0, 15.0, 45.0)),
    low=Pace(0, (0.0,)),
    factors=(1.0, 0.75, 0.5, 0.75),
)
"""Source: contract §5; proposals that a police planner must confirm."""
