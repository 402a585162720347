"""What intake adds to an event, and the record of the journal that the two make."""

from typing import TypedDict

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


class _Common(TypedDict):
    """What every record of an event has; `Accepted` says what each means."""

    received_at: EpochMs
    at: EpochMs
    origin: Origin
    election: ElectionId
    place: AreaCode
    digest: str
    flags: tuple[Flag, ...]


def stamped(event: Input, stamp: Stamp) -> JournaledEvent:
    """Return an event as it stands in the journal."""
    common = _Common(
        received_at=stamp.received_at,
        at=stamp.at,
        origin=stamp.origin,
        election=stamp.election,
        place=stamp.placed.area,
        digest=stamp.digest,
        flags=stamp.flags,
    )
    match event:
        case TpsStatus():
            return AcceptedStatus(**common, event=event)
        case CrowdReport():
            return AcceptedReport(**common, event=event, candidates=stamp.placed.candidates)
        case VoteCount():
            return AcceptedCount(**common, event=event)
        case OperatorCommand():
            until = None if event.until is UNSET else moment_of(event.until)
            return AcceptedCommand(**common, event=event, until=until)
        case GatewayHeartbeat():
            return _accepted_gateway(event, common)
        case Receipt():
            return AcceptedReceipt(**common, event=event)


def _accepted_gateway(event: GatewayHeartbeat, common: _Common) -> AcceptedGateway:
    kabupaten = common["place"]
    areas = {AreaCode(one) for one in event.areas if kabupaten_of(one) == kabupaten}
    return AcceptedGateway(
        **common,
        event=event,
        areas=tuple(sorted(areas)),
        pending_since=_pending_since(event, common["received_at"]),
    )


def _pending_since(event: GatewayHeartbeat, received_at: EpochMs) -> EpochMs | None:
    """Return since when something waits; a clock that is fast is fast for what waits, too."""
    if event.oldest_pending_at is UNSET:
        return None
    ahead = max(0, moment_of(event.at) - received_at)
    return EpochMs(moment_of(event.oldest_pending_at) - ahead)
