"""From `ladders.yaml` of a pack to how fast ladders are climbed.

    source: "…"
    critical: {start: 2, together: 2, minutes: [0, 0, 0, 3, 8]}
    high: {start: 1, minutes: [0, 0, 5, 15]}
    medium: {start: 0, minutes: [0, 15, 45]}
    low: {start: 0, minutes: [0]}
    factors: [1, 0.75, 0.5, 0.75]

`start` and the places of `minutes` count levels from L0, on whatever ladder. What is told at
opening is due at once, and no level is due before the one below it.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.policy import Factors, Index, Minutes, Pace, Policy
from streams.domain.words import SEVERITIES
from streams.rules.speaking import converted
from streams.rules.yaml_text import Path, Tree

__all__ = ["LaddersText", "PaceText", "policy_of"]


class PaceText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How alerts of one severity climb."""

    start: Index
    """Index of the highest level that is told at opening, counted from L0."""
    minutes: Minutes
    """When L0, L1, … are due, counted from opening; later levels are not reached by time."""
    together: Annotated[int, Meta(ge=1, le=5)] = 1
    """How many levels are told at opening: the start level, and those right below it."""


class LaddersText(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How fast ladders are climbed, by severity and class."""

    source: str
    """Which document or experience the numbers are from."""
    critical: PaceText
    high: PaceText
    medium: PaceText
    low: PaceText
    factors: Factors
    """By class of the TPS, as `TPS_CLASSES`: minutes are multiplied by it."""


def policy_of(tree: Tree) -> Policy:
    """Return how fast ladders are climbed.

    Raises:
        PackError: with file, line, field and what was found or expected, of all that is wrong.
    """
    text = converted(tree, LaddersText)
    paces = (text.critical, text.high, text.medium, text.low)
    critical, high, medium, low = (Pace(one.start, one.minutes, one.together) for one in paces)
    policy = Policy(critical, high, medium, low, text.factors)
    misfits: list[tuple[Path, str]] = [
        ((severity.value, field), what)
        for severity in SEVERITIES
        for field, what in _misfits(policy.pace(severity))
    ]
    if misfits:
        raise tree.faults(misfits)
    return policy


def _misfits(pace: Pace) -> Iterator[tuple[str, str]]:
    """Yield what of a pace contradicts itself, by field."""
    if pace.together > pace.start + 1:
        yield "together", f"there are {pace.start + 1} levels up to the start level"
    if any(pace.minutes[: pace.start + 1]):
        yield "minutes", "what is told at opening is due at 0 minutes"
    if any(later < earlier for earlier, later in pairwise(pace.minutes)):
        yield "minutes", "no level is due before the one below it"
