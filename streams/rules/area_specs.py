"""What an author writes of the detectors that look at more than one place, or at who is on duty."""

from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.words import Role, Severity
from streams.rules.fields import Category, Clauses, Duration, DurationByClass, Pauses
from streams.territory.plan import ElectionKind

__all__ = [
    "AreaSpec",
    "BlindSpec",
    "CheckinSpec",
    "DossierSpec",
    "Fact",
    "Ground",
    "OffDutySpec",
    "RatioSpec",
    "SituationSpec",
    "SpreadSpec",
    "StrengthSpec",
    "UnassignedSpec",
]


class RatioSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="ratio", tag_field="type"):
    """Many TPS of a kecamatan are quiet at once; see `streams.rules.detectors.ratio`."""

    begins: Clauses
    """From then on a TPS counts,"""
    ends: Clauses
    """until then,"""
    quiet: Duration
    """and is quiet after so long without a message,"""
    heartbeats: Annotated[float, Meta(gt=0)]
    """or so many times the election's `heartbeat_minutes`, if that is longer."""
    begin_percent: Annotated[int, Meta(ge=1, le=100)]
    affected_min: Annotated[int, Meta(ge=1)]
    """TPS that must be quiet at least."""
    end_percent: Annotated[int, Meta(ge=0, le=100)]
    """It is over below this share."""
    pauses: tuple[Pauses, ...] = ()
    """While any of them lasts, a TPS doesn't count."""
    inhibits: tuple[str, ...] = ()
    """Rules whose alerts in the kecamatan are silent while it holds."""


class CheckinSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="checkin", tag_field="type"):
    """An officer has not checked in; see `streams.rules.detectors.overdue`."""

    limit: DurationByClass
    roles: tuple[Role, ...]
    """Of the officers who are watched."""
    unrest: tuple[Category, ...]
    """While an alert of such a category is open in a desa of theirs,"""
    unrest_limit: Duration
    """the limit is this one."""
    raise_at: Annotated[float, Meta(gt=1)]
    """Multiple of the limit at which the severity rises to `raise_to`."""
    raise_to: Severity


class SpreadSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="spread", tag_field="type"):
    """Alerts of one category in several desa; see `streams.rules.detectors.spread`."""

    desa_min: Annotated[int, Meta(ge=2)]
    """So many desa of a kecamatan, or neighbours, begin it,"""
    window: Duration
    """if an alert opened in each within this time."""
    raise_at: Annotated[int, Meta(ge=2)]
    """From so many desa on, or with a critical alert among them, the severity is `raise_to`."""
    raise_to: Severity


class SituationSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="situation", tag_field="type"
):
    """How grave the alerts of an area are together; see `streams.rules.detectors.situation`."""

    kuning_high: Annotated[int, Meta(ge=1)]
    """So many of high severity, or one critical, make it kuning,"""
    window: Duration
    """if they came within this time."""
    merah_critical: Annotated[int, Meta(ge=1)]
    """So many critical ones make it merah,"""
    raise_to: Severity
    """and the severity is this one."""
    calm: Duration
    """A commander may order it down once it has been calm for so long."""


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """An alert that is a fact of a legal ground."""

    rule: str
    key: str | None = None
    """Of the alert; None: whatever it is."""
    beside: tuple[str, ...] = ()
    """Only while an alert of one of these rules is open in its desa."""


class Ground(Struct, frozen=True, forbid_unknown_fields=True):
    """A legal ground, in words, and the facts that match it."""

    id: str
    en: str
    facts: tuple[Fact, ...]


class DossierSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="dossier", tag_field="type"):
    """Facts that match a ground for voting again, collected by TPS and ground."""

    grounds: dict[str, Ground]
    """By the key of the alert."""
    days: dict[ElectionKind, Annotated[int, Meta(ge=1)]] = {}
    """Days after the poll within which it must be done, by kind of election; as far as known."""


class OffDutySpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="off_duty", tag_field="type"
):
    """Somebody acts who is not on duty by the roster."""


class StrengthSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="strength", tag_field="type"
):
    """A Polsek is asked for more officers than it has free.

    Each critical or high alert about a desa of it asks for a crew, less who is dispatched to it.
    """

    crew: Annotated[int, Meta(ge=1)]
    """Officers that an alert asks for."""
    missing: tuple[str, ...] = ()
    """Rules whose alerts say that an officer, or a pair, is missing: nobody proposes those."""


class UnassignedSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="unassigned", tag_field="type"
):
    """A level must be called, and nobody is on duty for it in `contacts.toml`."""


class UndeliveredSpec(
    Struct, frozen=True, forbid_unknown_fields=True, tag="undelivered", tag_field="type"
):
    """A call has reached nobody of a level, by any way that `contacts.toml` names."""


class BlindSpec(Struct, frozen=True, forbid_unknown_fields=True, tag="blind", tag_field="type"):
    """Siaga itself cannot be trusted to see; see `streams.rules.detectors.blind`."""

    lag: Duration
    """What was heard may lie so far behind now."""
    silent_for: Duration
    """So long a kabupaten that votes may send nothing."""
    letters_percent: Annotated[int, Meta(ge=0, le=100)]
    """More than this share of what comes in cannot be taken,"""
    letters_min: Annotated[int, Meta(ge=1)]
    """and at least so many,"""
    letters_window: Duration
    """within this time."""
    gateway_stuck: Duration
    """So long a message may wait in a gateway."""
    healthy: Duration
    """It is over when all has been well for so long."""


AreaSpec = (
    RatioSpec
    | CheckinSpec
    | SpreadSpec
    | SituationSpec
    | DossierSpec
    | OffDutySpec
    | StrengthSpec
    | UnassignedSpec
    | UndeliveredSpec
    | BlindSpec
)
"""Any of them."""
