"""Evidence as people see it: when it came in, in whose role, and what it weighs; all is pure.

The alert's document has what the evidence is, the journal's record (`streams.room.journal`) the
rest. What a voice weighs is its role's weight, in full for 15 minutes before the newest evidence,
then halving every 15; a voice that has spoken already adds nothing (contract §4). So the column
adds up to the score, but where a source that sends too much was turned down (W14): that is told by
an alert of its own.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.events import ActorRole
from streams.domain.words import BASE_WEIGHT, Role
from streams.room.journal import Kept, is_meant
from streams.room.sight import COUNT_ROLES
from streams.rules.evidence import faded
from streams.territory.zone import offset_minutes
from streams.wire.documents import AlertDocument, EvidenceDocument, TriageDocument
from streams.wire.pseudonym import without_numbers
from streams.wire.time import format_time, moment_of

__all__ = ["FIGURES", "EvidenceRow", "SaidRow", "Standing", "evidence_rows", "said_row"]

_WEIGHING: Final = "score"
"""The check of a rule that weighs what it hears."""
FIGURES: Final = "HIT-02"
"""Reports of this category are about counts of votes."""


class EvidenceRow(Struct, frozen=True, kw_only=True):
    """What the journal adds to one piece of an alert's evidence, in the alert's order."""

    received_at: str | None
    """None: the journal does not keep it any more."""
    role: Role | None
    """Who spoke; None: nobody, or it is not known any more."""
    weight: float | None
    """What it weighs by the newest evidence, 0 of a voice that is heard already; None: nothing is
    weighed here, or it is not known any more."""
    is_repeat: bool
    """It is a voice that counts already."""


class Standing(StrEnum):
    """Whether the words of a report can be shown."""

    KEPT = "kept"
    WITHHELD = "withheld"
    """It is about counts of votes, which this role does not see."""
    GONE = "gone"
    """The journal does not keep it any more."""


class SaidRow(Struct, frozen=True, kw_only=True):
    """What somebody has reported, in his words."""

    id: str
    """Tracking id of the report."""
    standing: Standing
    text: str
    """Whatever may be a telephone number is an ellipsis; empty: there were no words."""
    role: Role | None
    attached: int
    """Photos and the like that came with it."""


def evidence_rows(alert: AlertDocument, kept: Mapping[str, Kept]) -> tuple[EvidenceRow, ...]:
    """Return what the journal adds to each piece of evidence; `kept` is by offset."""
    found = [_meant(one, kept) for one in alert.evidence]
    weighs = any(one.check == _WEIGHING for one in alert.why)
    weights = _weights(alert.evidence, found) if weighs else [None] * len(found)
    repeats = [weight == 0 and _base(one) > 0 for weight, one in zip(weights, found, strict=True)]
    return tuple(
        EvidenceRow(
            received_at=None if one is None else _local(one),
            role=None if one is None else one.role,
            weight=weight,
            is_repeat=is_repeat,
        )
        for one, weight, is_repeat in zip(found, weights, repeats, strict=True)
    )


def said_row(report: TriageDocument, kept: Mapping[str, Kept], role: ActorRole) -> SaidRow:
    """Return what somebody has reported, as far as a role may read it."""
    found = _meant(report.evidence, kept)
    if found is None:
        return SaidRow(id=report.id, standing=Standing.GONE, text="", role=None, attached=0)
    is_open = report.category != FIGURES or role in COUNT_ROLES
    return SaidRow(
        id=report.id,
        standing=Standing.KEPT if is_open else Standing.WITHHELD,
        text=without_numbers(found.text) if is_open else "",
        role=found.role,
        attached=found.attached,
    )


def _meant(evidence: EvidenceDocument, kept: Mapping[str, Kept]) -> Kept | None:
    found = kept.get(evidence.offset)
    return found if found is not None and is_meant(evidence, found) else None


def _local(one: Kept) -> str:
    return format_time(one.received_at, offset_minutes(one.place))


def _base(one: Kept | None) -> float:
    return 0.0 if one is None or one.role is None else BASE_WEIGHT[one.role]


def _weights(
    evidence: tuple[EvidenceDocument, ...], found: list[Kept | None]
) -> list[float | None]:
    """Return what each weighs, the weightiest of a voice alone."""
    times = [moment_of(one.at) for one in evidence]
    newest = max(times, default=0)
    left = [faded(_base(one), newest - at) for one, at in zip(found, times, strict=True)]
    heard: set[str] = set()
    weights: list[float | None] = [None] * len(found)
    for at in sorted(range(len(found)), key=lambda index: (-left[index], times[index])):
        one = found[at]
        if one is None or one.role is None:
            continue
        weights[at] = left[at] if heard.isdisjoint(one.voices) else 0.0
        heard |= one.voices
    return weights
