"""Records of the journal: accepted events and marks of the clocks, in the order of judgment.

The journal is the whole truth of a day (design: "the journal is the day"). Everything that a
judgment needs stands in it: the input itself, when the broker got it, where it came from, what
intake found out about its place. So a fold over it needs no clock, no file but the plan and the
pack, and no luck.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.receipt import Receipt
from streams.domain.times import EpochMs

__all__ = [
    "Accepted",
    "AcceptedCommand",
    "AcceptedCount",
    "AcceptedGateway",
    "AcceptedReceipt",
    "AcceptedReport",
    "AcceptedStatus",
    "Flag",
    "IntakeMark",
    "JournalRecord",
    "Origin",
    "OwnerMark",
]


class Flag(StrEnum):
    """What intake noticed about an event that it took all the same."""

    CLOCK_AHEAD = "clock_ahead"
    """`at` was more than 2 minutes ahead of `received_at`, and was set to it."""
    UNKNOWN_TPS = "unknown_tps"
    """The TPS is not in the plan, its desa votes."""
    PLACE_UNSURE = "place_unsure"
    """The place is the narrowest area that is sure: a matter of triage. Of a command: it names
    none, so it is refused."""


class Origin(Struct, frozen=True, gc=False):
    """The record of an input topic that an event came in."""

    topic: str
    partition: Annotated[int, Meta(ge=0)]
    offset: Annotated[int, Meta(ge=0)]


class Accepted(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """What intake adds to each event it accepts."""

    received_at: EpochMs
    """Append time of the input record by the broker's clock; of a played day by its player's."""
    at: EpochMs
    """When it happened, by the sender's clock, after clamping."""
    origin: Origin
    election: ElectionId
    place: AreaCode
    """The narrowest sure place; its first five characters are the key of the record."""
    digest: str
    """16 hexadecimal digits of a hash of the event's content, for `id_conflict`."""
    flags: tuple[Flag, ...] = ()


class AcceptedStatus(Accepted, frozen=True, gc=False, tag="tps.status", tag_field="record"):
    """An accepted `tps.status`."""

    event: TpsStatus


class AcceptedReport(Accepted, frozen=True, gc=False, tag="crowd.reports", tag_field="record"):
    """An accepted `crowd.reports`; `candidates` are places for triage, the likeliest first."""

    event: CrowdReport
    candidates: tuple[AreaCode, ...] = ()


class AcceptedCount(Accepted, frozen=True, gc=False, tag="vote.counts", tag_field="record"):
    """An accepted `vote.counts`."""

    event: VoteCount


class AcceptedCommand(Accepted, frozen=True, gc=False, tag="operator.commands", tag_field="record"):
    """An accepted `operator.commands`."""

    event: OperatorCommand
    until: EpochMs | None = None
    """The command's own `until`."""
    published: str = ""
    """Of `use_pack`: the pack that was published under the hash it names; empty: none was."""


class AcceptedReceipt(Accepted, frozen=True, gc=False, tag="siaga.receipts", tag_field="record"):
    """An accepted receipt; its place is the kabupaten of its notice.

    Its `at` is its `received_at`. Of a played day both are 0: who sends notices does not know the
    player's clock, so the day's clock counts as it stands.
    """

    event: Receipt


class AcceptedGateway(Accepted, frozen=True, gc=False, tag="siaga.gateways", tag_field="record"):
    """An accepted heartbeat of a gateway: one record for each kabupaten that it serves."""

    event: GatewayHeartbeat
    areas: tuple[AreaCode, ...]
    """Those of its areas that lie in the kabupaten of the record, sorted."""
    pending_since: EpochMs | None = None
    """When the oldest message came to it that it has not handed on; None: none waits."""


class OwnerMark(Struct, frozen=True, gc=False, tag="now", tag_field="record"):
    """Mark of the partition's owner, one a second: its time is the journal's own append time."""


class IntakeMark(
    Struct, frozen=True, gc=False, omit_defaults=True, tag="heard", tag_field="record"
):
    """How far one intake worker has read, and what there is to read.

    A claim `c` of a source partition is a fact that never expires: every record of it with a
    broker time below `c` lies before this mark (contract §4).
    """

    claims: dict[str, EpochMs]
    """By source partition, as `tps.status/3`."""
    sources: dict[str, int]
    """Number of partitions of each source topic."""
    partitions: Annotated[int, Meta(ge=1)] = 1
    """Number of partitions of the journal: which kabupaten a partition watches follows from it."""
    clock: EpochMs | None = None
    """Of a played day: the player's time. None: the append time of this record counts."""
    taken: Annotated[int, Meta(ge=0)] = 0
    """What this worker has taken in since its mark before,"""
    refused: Annotated[int, Meta(ge=0)] = 0
    """and what it has put aside as dead letters."""


JournalRecord = (
    AcceptedStatus
    | AcceptedReport
    | AcceptedCount
    | AcceptedCommand
    | AcceptedReceipt
    | AcceptedGateway
    | OwnerMark
    | IntakeMark
)
"""Anything that stands in the journal."""
