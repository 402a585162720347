"""What only rises: how many there are from which whole minute on."""

from collections.abc import Mapping
from itertools import accumulate

from streams.domain.times import MINUTE_MS, EpochMs

__all__ = ["Points", "points_of", "whole_minute"]

Points = tuple[tuple[EpochMs, int], ...]
"""How many there are from which whole minute on, in milliseconds since 1970."""


def whole_minute(at: EpochMs) -> EpochMs:
    """Return the first whole minute that is not before a moment."""
    return EpochMs(-(-at // MINUTE_MS) * MINUTE_MS)


def points_of(more: Mapping[EpochMs, int]) -> Points:
    """Return how many there are, given how many more there are at which minute."""
    minutes = sorted(more)
    return tuple(zip(minutes, accumulate(more[one] for one in minutes), strict=True))
