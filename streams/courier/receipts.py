"""Receipts as records: what is written of a notice that was delivered, or could not be."""

from typing import Final

import msgspec
from msgspec import Struct

from streams.courier.addressing import Unsendable
from streams.delivery.parcel import Ended, Result
from streams.domain.ids import DRILL_MARK
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Output
from streams.engine.topics import Topic
from streams.wire.accept import DRILL_HEADER
from streams.wire.seal import Seal
from streams.wire.time import format_time

__all__ = ["output_of", "receipt_of", "receipt_unsent"]

_TEXT_MAX: Final = 200

_encode: Final = msgspec.json.Encoder().encode


class _Said(Struct, frozen=True, kw_only=True):
    channel: str
    outcome: ReceiptOutcome
    attempt: int = 0
    tries: int = 0
    next: str = ""
    detail: str = ""
    reference: str = ""


def receipt_of(ended: Ended, now: float) -> Receipt:
    """Return the receipt of an attempt that has ended."""
    parcel = ended.parcel
    is_delivered = ended.result is Result.DELIVERED
    said = _Said(
        channel=parcel.channel,
        outcome=ReceiptOutcome.DELIVERED if is_delivered else ReceiptOutcome.FAILED,
        attempt=parcel.attempt,
        tries=ended.tries,
        next=ended.next,
        detail=ended.reason[:_TEXT_MAX],
        # One that is too long to be kept is of no use cut off.
        reference=ended.reference if len(ended.reference) <= _TEXT_MAX else "",
    )
    return _receipt(parcel.notice, said, now)


def receipt_unsent(notice: Outgoing, why: Unsendable, now: float) -> Receipt:
    """Return the receipt of a notice that goes nowhere."""
    said = _Said(channel=why.channel, outcome=why.outcome, detail=why.detail)
    return _receipt(notice, said, now)


def output_of(receipt: Receipt, notice: Outgoing, seal: Seal) -> Output:
    """Return the record of a receipt; that of a restricted notice is restricted, too."""
    topic = Topic.RESTRICTED_RECEIPTS if notice.restricted_to else Topic.RECEIPTS
    drill = notice.election.partition(DRILL_MARK)[2]
    headers = ((DRILL_HEADER, drill.encode()),) if drill else ()
    value = _encode(receipt)
    return Output(topic, receipt.notice.encode(), value, (*headers, *seal(value)))


def _receipt(notice: Outgoing, said: _Said, now: float) -> Receipt:
    return Receipt(
        id=f"{notice.id}:{said.channel}:{said.attempt}",
        at=format_time(EpochMs(int(now * SECOND_MS)), notice.offset_minutes),
        notice=notice.id,
        destination=str(notice.destination),
        channel=said.channel,
        outcome=said.outcome,
        attempt=said.attempt,
        tries=said.tries,
        next=said.next,
        detail=said.detail,
        reference=said.reference,
        alerts=tuple(ReceiptAlert(one.alert, one.revision) for one in notice.alerts),
        election=notice.election,
    )
