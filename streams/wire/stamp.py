"""What intake adds to an event, and the record of the journal that the two make."""

from msgspec import UNSET, Struct

from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedGateway,
    AcceptedReceipt,
    AcceptedReport,
    AcceptedStatus,
    Flag,
    Origin,
)
from streams.domain.receipt import Receipt
from streams.domain.times import EpochMs
from streams.wire.inputs import Input
from streams.wire.placing import Placed
from streams.wire.time import moment_of

__all__ = ["JournaledEvent", "Stamp", "stamped"]

JournaledEvent = (
    AcceptedStatus
    | AcceptedReport
    | AcceptedCount
    | AcceptedCommand
    | AcceptedGateway
    | AcceptedReceipt
)


class Stamp(Struct, frozen=True, gc=False):
    """What intake adds to an event."""

    received_at: EpochMs
    at: EpochMs
    origin: Origin
    election: ElectionId
    placed: Placed
    digest: str
    flags: tuple[Flag, ...]


def stamped(event: Input, stamp: Stamp) -> JournaledEvent:
    """Return an event as it stands in the journal."""
    match event:
        case TpsStatus():
            return _accepted_status(event, stamp)
        case CrowdReport():
            return _accepted_report(event, stamp)
        case VoteCount():
            return _accepted_count(event, stamp)
        case OperatorCommand():
            return _accepted_command(event, stamp)
        case GatewayHeartbeat():
            return _accepted_gateway(event, stamp)
        case Receipt():
            return _accepted_receipt(event, stamp)


def _accepted_status(event: TpsStatus, stamp: Stamp) -> AcceptedStatus:
    return AcceptedStatus(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
    )


def _accepted_report(event: CrowdReport, stamp: Stamp) -> AcceptedReport:
    return AcceptedReport(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
        candidates=stamp.placed.candidates,
    )


def _accepted_count(event: VoteCount, stamp: Stamp) -> AcceptedCount:
    return AcceptedCount(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
    )


def _accepted_command(event: OperatorCommand, stamp: Stamp) -> AcceptedCommand:
    return AcceptedCommand(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
        until=None if event.until is UNSET else moment_of(event.until),
    )


def _accepted_gateway(event: GatewayHeartbeat, stamp: Stamp) -> AcceptedGateway:
    kabupaten, oldest = stamp.placed.area, event.oldest_pending_at
    areas = {AreaCode(one) for one in event.areas if kabupaten_of(one) == kabupaten}
    return AcceptedGateway(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=kabupaten,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
        areas=tuple(sorted(areas)),
        pending_since=None if oldest is UNSET else moment_of(oldest),
    )


def _accepted_receipt(event: Receipt, stamp: Stamp) -> AcceptedReceipt:
    return AcceptedReceipt(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
        event=event,
    )
