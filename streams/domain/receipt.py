"""A receipt: what delivery became of a notice by one channel (`siaga.receipts`, contract §3).

It names a destination as the notice does, `OPS/polsek@36.04/1`, never a person and never an
address. One receipt ends a channel's attempts at a notice; that it is tried again is in metrics.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.events import Count, Id, TimeText
from streams.domain.notice import DESTINATION_PATTERN

__all__ = ["Receipt", "ReceiptAlert", "ReceiptOutcome"]


class ReceiptOutcome(StrEnum):
    """What became of a notice by a channel."""

    DELIVERED = "delivered"
    """Who runs the channel has taken it on; whether a person has read it nobody knows."""
    FAILED = "failed"
    """Given up on this channel; `next` names the one that is tried now, empty: there is none."""
    BLOCKED = "blocked"
    """Of a drill, and the channel is of real receivers: nothing was sent."""
    UNADDRESSED = "unaddressed"
    """The election folder names nobody for the destination, or no such channel is configured."""


class ReceiptAlert(Struct, frozen=True, gc=False):
    """An alert that the notice told of, at the revision that it told."""

    alert: Annotated[str, Meta(pattern=r"^[0-9]{4}-[A-Z2-7]{16}$", max_length=21)]
    revision: Annotated[int, Meta(ge=1, le=(1 << 63) - 1)]


class Receipt(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """One record of `siaga.receipts`, or of `siaga.restricted.receipts` if its notice is of it."""

    id: Id
    """`NOTICE:CHANNEL:ATTEMPT`: a repeat is the same receipt."""
    at: TimeText
    notice: Annotated[str, Meta(pattern=r"^[0-9]{4}-[A-Z2-7]{16}$", max_length=21)]
    destination: Annotated[str, Meta(pattern=DESTINATION_PATTERN, max_length=100)]
    channel: Annotated[str, Meta(max_length=32)]
    outcome: ReceiptOutcome
    attempt: Annotated[int, Meta(ge=0, le=999)] = 0
    """0 the contact's own channel, from 1 its fallbacks in order; further numbers are those of
    further rounds in the same order."""
    tries: Count = 0
    """How often it was tried on this channel."""
    next: Annotated[str, Meta(max_length=32)] = ""
    """The channel that is tried now; empty: none is needed, or none is left in this round. Another
    may follow."""
    detail: Annotated[str, Meta(max_length=200)] = ""
    """Why it failed, in fixed words: `http 503`, `timeout`, `tls`. Never an address or a text."""
    reference: Annotated[str, Meta(max_length=200)] = ""
    """How the channel names the message, by which it can be edited."""
    alerts: tuple[ReceiptAlert, ...] = ()
    election: str = ""
