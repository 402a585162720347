"""What an author writes of the detectors of counts: forms, their order in time, results.

The machines themselves are in `streams.rules.detectors` and, where a form is looked at by itself,
in `streams.domain.counts` and `sums`.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.words import Severity
from streams.rules.fields import Duration, NumberByClass
from streams.territory.plan import ElectionKind

__all__ = [
    "ContradictionOf",
    "ContradictionSpec",
    "CountSpec",
    "EmptyColumnSpec",
    "FormCheck",
    "HeldBackSpec",
    "OutlierSpec",
    "PaceSpec",
    "SameImageSpec",
    "SeriesSpec",
    "TallySpec",
    "TieSpec",
    "TurnoutSpec",
]


class FormCheck(StrEnum):
    """What is checked of a form of counts; see `streams.domain.counts`."""

    SUMS = "sums"
    """What must add up; each sum is judged by itself and is part of the key."""
    IMPOSSIBLE = "impossible"
    """What can't be: less than nothing, more than there are."""


class ContradictionOf(StrEnum):
    """Which sources can disagree."""

    FINALS = "finals"
    """The final counts of organisers, supervisors and witnesses."""


class ContradictionSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="contradiction", tag_field="type"
):
    """See `streams.rules.detectors.contradiction`."""

    of: ContradictionOf
    raise_to: Severity | None = None
    """Of finals with different winners."""


class SeriesSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="series", tag_field="type"):
    """See `streams.rules.detectors.series`."""


class TallySpec(Struct, frozen=True, forbid_unknown_fields=True, tag="tally", tag_field="type"):
    """See `streams.rules.detectors.tally`."""

    margin_votes: Annotated[int, Meta(ge=0)]
    margin_percent: Annotated[int, Meta(ge=0, le=100)]
    """The margin is narrow up to the larger of the two; percent of the valid votes."""
    counted_percent: Annotated[int, Meta(ge=1, le=100)]
    """Of the DPT: from so much on it is judged before all is in."""
    quiet: Duration
    """It is over so long after the last count, once every box is in."""
    posture_for: Duration
    """How long the posture stays raised after it is over."""


class TieSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="tie", tag_field="type"):
    """Several choices share the first place once all is in; see `streams.rules.detectors.tally`."""

    elections: tuple[ElectionKind, ...] = ()
    """Kinds of elections in which it is asked; empty: all."""


class HeldBackSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="held_back", tag_field="type"
):
    """What is held or missing could change who is first; see `streams.rules.detectors.tally`."""


class EmptyColumnSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="empty_column", tag_field="type"
):
    """A single pair is close to half of the votes; see `streams.rules.detectors.tally`."""

    from_percent: Annotated[int, Meta(ge=0, le=100)]
    to_percent: Annotated[int, Meta(ge=0, le=100)]
    """Of the valid votes, both included."""
    counted_percent: Annotated[int, Meta(ge=1, le=100)]
    """Of the DPT: from so much on it is judged before all is in."""
    posture_for: Duration
    """How long the posture stays raised after it is over."""


class TurnoutSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="turnout", tag_field="type"):
    """More of those on the lists than usually come; one alert a TPS, whatever the contest."""

    percent: NumberByClass
    """From so many of the voters on the lists on."""
    listed_min: Annotated[int, Meta(ge=1)] = 1
    """Only of a TPS with so many voters on the lists."""


class PaceSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="pace", tag_field="type"):
    """Counted faster than people can; see `streams.rules.detectors.series`. One alert a TPS."""

    ballots_per_minute: Annotated[int, Meta(ge=1)]
    over: Duration
    """The shortest time that is looked at."""
    final_after: Duration
    """A final form that comes sooner after the count has begun is too soon,"""
    final_ballots: Annotated[int, Meta(ge=1)]
    """if it has so many ballots."""


class OutlierSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="outlier", tag_field="type"):
    """Far more invalid ballots than elsewhere; see `streams.rules.detectors.outlier`."""

    z: Annotated[float, Meta(gt=0)]
    """The modified z-score must be above."""
    share_percent: Annotated[int, Meta(ge=0, le=100)]
    """Of the ballots counted so many must be invalid, and more."""
    siblings_min: Annotated[int, Meta(ge=1)]
    """Final forms there must be in the kecamatan, its own among them."""


class SameImageSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="same_image", tag_field="type"
):
    """One photo in the forms of several TPS; see `streams.rules.detectors.same`."""


CountSpec = (
    ContradictionSpec
    | SeriesSpec
    | TurnoutSpec
    | PaceSpec
    | OutlierSpec
    | SameImageSpec
    | TallySpec
    | TieSpec
    | HeldBackSpec
    | EmptyColumnSpec
)
"""Any of them."""
