"""Records of the journal that tests let evidence rest on, at `0:NUMBER`."""

from typing import Final

from streams.domain.events import (
    Attachment,
    CrowdReport,
    Source,
    StatusKind,
    TpsStatus,
)
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.journal import AcceptedReport, AcceptedStatus, Origin
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import EvidenceKind, Role
from streams.wire.documents import EvidenceDocument
from streams.wire.journal import encode_record
from streams.wire.time import format_time

__all__ = ["START", "TEXT", "evidence", "report_record", "status_record"]

START: Final = EpochMs(1_732_665_600_000)
"""2024-11-27T07:00:00+07:00."""
TEXT: Final = "Ada yang membagi amplop, hubungi 0812-3456-7890"
_WIB: Final = 420
_TPS: Final = AreaCode("36.04.17.2010-001")


def evidence(number: int, minutes: int = 0, topic: str = "crowd.reports") -> EvidenceDocument:
    """Return what an alert or a report says of its evidence; `minutes` after `START`."""
    at = format_time(EpochMs(START + minutes * MINUTE_MS), _WIB)
    return EvidenceDocument(topic, f"r-{number}", at, f"source-{number}", f"0:{number}")


def report_record(number: int, role: Role = Role.WARGA, **fields: str) -> bytes:
    """Return the record of a report, received 30 s after `START`; fields are `text` and others.

    Args:
        number: Of its evidence.
        role: Of who reports.
        fields: `text`, `source`, `camp`, `photo`, `id`; each has a value of its own without.
    """
    source = fields.get("source", f"source-{number}")
    photo = fields.get("photo", "")
    event = CrowdReport(
        id=fields.get("id", f"r-{number}"),
        at=format_time(START, _WIB),
        source=Source(source, role, fields.get("camp", "")),
        text=fields.get("text", f"laporan nomor {number}"),
        evidence=(Attachment(EvidenceKind.PHOTO, photo),) if photo else (),
    )
    return encode_record(
        AcceptedReport(
            received_at=EpochMs(START + 30 * SECOND_MS),
            at=START,
            origin=Origin("crowd.reports", 0, number),
            election=ElectionId("serang-2024"),
            place=_TPS,
            digest="0" * 16,
            event=event,
        )
    )


def status_record(number: int, role: Role = Role.PAM_TPS) -> bytes:
    """Return the record of a status, received 30 s after `START`."""
    source = Source(f"source-{number}", role)
    at = format_time(START, _WIB)
    return encode_record(
        AcceptedStatus(
            received_at=EpochMs(START + 30 * SECOND_MS),
            at=START,
            origin=Origin("tps.status", 0, number),
            election=ElectionId("serang-2024"),
            place=_TPS,
            digest="0" * 16,
            event=TpsStatus(id=f"r-{number}", at=at, kind=StatusKind.OPENED, source=source),
        )
    )
