"""What the journal keeps of the events that alerts and reports rest on, read when it is asked for.

    an alert, a report ─► its evidence ─► `partition:offset` ─► the journal's record ─► `Kept`

The topics that the room follows say of evidence when it happened and who said it. When it came in,
in whose role, and in what words stands in the journal alone, and rightly so: words may be about
anybody. So they are fetched for the few who look, and held nowhere but in a small cache.

An offset is a place in a log. A log that was made anew has other records there, so a record counts
only if it is the event that the evidence names (`is_meant`).
"""

from collections.abc import Collection, Mapping
from typing import Protocol

from msgspec import UNSET, Struct

from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.ids import AreaCode
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedReport,
    AcceptedStatus,
)
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.errors import InputError
from streams.judge.reports import voices_of
from streams.wire.documents import EvidenceDocument
from streams.wire.journal import decode_record

__all__ = ["Journal", "Kept", "is_meant", "kept_of"]


class Kept(Struct, frozen=True, gc=False, kw_only=True):
    """An event as the journal has it, as far as people may be shown it."""

    id: str
    source: str
    """Pseudonym of the sender, or id of who commanded."""
    received_at: EpochMs
    place: AreaCode
    role: Role | None
    """Whose weight it has; None: it is a command, which is no voice."""
    voices: frozenset[str]
    """What makes it the same voice as another: sender or camp, photos, text (contract §4)."""
    text: str
    attached: int
    """Photos and the like that came with it."""


class Journal(Protocol):
    """Where single records of the journal are read."""

    async def kept(self, offsets: Collection[str]) -> Mapping[str, Kept]:
        """Return the events at some offsets (`partition:offset`); those that are gone are missing.

        Raises:
            Refusal: `unavailable`; Kafka has not answered in time.
        """
        ...


def kept_of(value: bytes) -> Kept | None:
    """Return the event of a record of the journal; None: it is a mark, or none that we know."""
    try:
        record = decode_record(value)
    except InputError:
        return None
    if not isinstance(record, AcceptedStatus | AcceptedReport | AcceptedCount | AcceptedCommand):
        return None
    event = record.event
    return Kept(
        id=event.id,
        source=event.actor.id if isinstance(event, OperatorCommand) else event.source.id,
        received_at=record.received_at,
        place=record.place,
        role=None if isinstance(event, OperatorCommand) else event.source.speaks_as,
        voices=frozenset(() if isinstance(event, OperatorCommand) else voices_of(event)),
        text=_text(event),
        attached=len(event.evidence) if isinstance(event, CrowdReport) else 0,
    )


def is_meant(evidence: EvidenceDocument, kept: Kept) -> bool:
    """Tell whether a record is the event that evidence names."""
    return (evidence.id, evidence.source) == (kept.id, kept.source)


def _text(event: TpsStatus | CrowdReport | VoteCount | OperatorCommand) -> str:
    return event.text if isinstance(event, CrowdReport) and event.text is not UNSET else ""
