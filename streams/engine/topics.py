"""The topics of an installation as data: which there are, how they are laid out, and why so.

Three facts of the design decide nearly every setting below.

- **The broker's clock is the only clock.** Every topic has `LogAppendTime`, so the time of a record
  is when the broker took it, whatever its sender believes. That makes `received_at` a fact, keeps
  retention and the lag of compaction true when a worker's clock is wrong, and lets a played day
  of last year be written without being deleted at once as too old.
- **A kabupaten is an actor.** The journal and everything that is decided from it have one common
  number of partitions, so that a kabupaten lies on the same number everywhere. That number is
  fixed on the first day: with another one, kabupaten would move away from their state.
- **The journal is the day.** It never expires; who wants it gone deletes it on purpose. Inputs may
  go after a week, because everything in them was journaled or put aside by then.

Nothing here talks to a broker: `streams.engine.admin` makes the plan true and checks that it is.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from streams.errors import ConfigError

__all__ = [
    "SINGLE",
    "SOURCES",
    "UNCLAIMED",
    "Bound",
    "Setting",
    "Topic",
    "TopicLayout",
    "TopicName",
    "TopicRole",
    "TopicSpec",
    "plan_topics",
    "topic_name",
]

TopicName = NewType("TopicName", str)
"""What the broker calls a topic: the prefix of the installation, then the contract's name."""


class Topic(StrEnum):
    """Every topic, by the name that the contract gives it (contract §2 and §3)."""

    TPS_STATUS = "tps.status"
    CROWD_REPORTS = "crowd.reports"
    VOTE_COUNTS = "vote.counts"
    OPERATOR_COMMANDS = "operator.commands"
    GATEWAYS = "siaga.gateways"
    RECEIPTS = "siaga.receipts"
    JOURNAL = "siaga.journal"
    TRANSITIONS = "siaga.transitions"
    ALERTS = "siaga.alerts"
    NOTICES = "siaga.notices"
    TRIAGE = "siaga.triage"
    REPLIES = "siaga.replies"
    PICTURE = "siaga.picture"
    DEADLETTER = "siaga.deadletter"
    STATE = "siaga.state"
    PACKS = "siaga.packs"
    RESTRICTED_ALERTS = "siaga.restricted.alerts"
    RESTRICTED_TRANSITIONS = "siaga.restricted.transitions"
    RESTRICTED_NOTICES = "siaga.restricted.notices"
    RESTRICTED_TRIAGE = "siaga.restricted.triage"
    RESTRICTED_RECEIPTS = "siaga.restricted.receipts"


SOURCES: Final = (
    Topic.TPS_STATUS,
    Topic.CROWD_REPORTS,
    Topic.VOTE_COUNTS,
    Topic.OPERATOR_COMMANDS,
    Topic.GATEWAYS,
)
"""The input topics whose partitions `heard` waits for. A heartbeat excuses silence, so silence must
wait for it as for any message."""
UNCLAIMED: Final = (Topic.RECEIPTS, Topic.RESTRICTED_RECEIPTS)
"""Input topics that are journaled all the same: no TPS is silent while a notice is under way."""


class TopicRole(StrEnum):
    """Who writes a topic and who reads it."""

    INPUT = "input"
    """Written by others (receipts: by `siaga notify`), read by intake."""
    OUTPUT = "output"
    """Written by us, for anybody to read."""
    INTERNAL = "internal"
    """Written and read by us; its content may change with any version."""


class Bound(StrEnum):
    """How a setting that a broker has must relate to the planned one."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Setting(Struct, frozen=True):
    """One setting of a topic, and what goes wrong without it."""

    name: str
    value: str
    why: str
    bound: Bound = Bound.EXACTLY

    def is_met_by(self, value: str | None) -> bool:
        """Say whether `value` will do; None is a setting that the broker does not tell."""
        if value is None or self.bound is Bound.EXACTLY:
            return value == self.value
        have, want = _number(value), _number(self.value)
        return have >= want if self.bound is Bound.AT_LEAST else have <= want


class TopicLayout(Struct, frozen=True, kw_only=True):
    """What an installation chooses about its topics."""

    prefix: str = ""
    """Before every name, so that several installations can share a broker: `drill.`."""
    partitions: int = 8
    """Of the journal and of all that is decided from it; never changes afterwards."""
    input_partitions: int = 4
    replication_factor: int = 1
    state_batch_mib: int = 16
    """Largest checkpoint that is one record batch."""


class TopicSpec(Struct, frozen=True, kw_only=True):
    """One topic as it must be."""

    topic: Topic
    name: TopicName
    role: TopicRole
    partitions: int
    replication_factor: int
    settings: tuple[Setting, ...]


SINGLE: Final = (Topic.DEADLETTER, Topic.PACKS)
"""Topics of one partition: little is written to them, and read in one order by whoever reads."""

_DAY_MS: Final = 86_400_000
_MIB: Final = 1_048_576
_SAFE_REPLICATION: Final = 3  # One broker may be down for work while another one fails.
_NAME_PATTERN: Final = re.compile(r"[A-Za-z0-9._-]*")
_NAME_LENGTH_MAX: Final = 249  # The broker's own limit: a folder is named after each partition.

_BROKER_TIME: Final = Setting(
    "message.timestamp.type", "LogAppendTime", "the time of a record is the broker's"
)
_DELETE: Final = Setting("cleanup.policy", "delete", "every record is kept, not the last of a key")
_COMPACT: Final = Setting(
    "cleanup.policy", "compact", "the last record of each key is kept for good"
)
_NO_SIZE_LIMIT: Final = Setting(
    "retention.bytes", "-1", "a busy day must not push out its own morning"
)
_KEPT_FOR_GOOD: Final = Setting(
    "retention.ms", "-1", "the journal is the evidence until disputes end"
)


def _kept_days(days: int, why: str) -> Setting:
    return Setting("retention.ms", str(days * _DAY_MS), why, Bound.AT_LEAST)


def _takes_mib(mebibytes: int, why: str) -> Setting:
    return Setting("max.message.bytes", str(mebibytes * _MIB), why, Bound.AT_LEAST)


def _cleaned_often(segment_mib: int, segment_minutes: int, dirty_ratio: str) -> tuple[Setting, ...]:
    # The segment being written is never compacted, so it must end soon.
    why = "readers at start read everything, so little may be out of date"
    return (
        _COMPACT,
        Setting("segment.bytes", str(segment_mib * _MIB), why, Bound.AT_MOST),
        Setting("segment.ms", str(segment_minutes * 60_000), why, Bound.AT_MOST),
        Setting("min.cleanable.dirty.ratio", dirty_ratio, why, Bound.AT_MOST),
    )


_INPUT: Final = (
    _DELETE,
    _kept_days(7, "intake may be down for a week and lose nothing"),
    # The contract's limit of an event is 1 MiB; a message beyond it must still arrive.
    _takes_mib(2, "a message over 1 MiB is put aside as `size`, which only we can do"),
)
_JOURNAL: Final = (
    _DELETE,
    _KEPT_FOR_GOOD,
    _NO_SIZE_LIMIT,
    _takes_mib(2, "an event of 1 MiB is journaled with what intake adds to it"),
)
_TRANSITIONS: Final = (
    _DELETE,
    _kept_days(400, "the audit of an election outlives its disputes"),
    _NO_SIZE_LIMIT,
)
_LATEST: Final = _cleaned_often(64, 60, "0.2")
_PASSING: Final = (_DELETE, _kept_days(30, "deliveries and replies are looked up for a month"))
_DEADLETTER: Final = (
    _DELETE,
    _kept_days(90, "who was turned away may ask why"),
    _takes_mib(3, "what cannot be taken is put aside whole, with its reasons"),
)
_PACKS: Final = (
    *_cleaned_often(64, 60, "0.2"),
    _takes_mib(8, "the folder of a whole province is one record"),
)
_REPLICATED: Final = (
    Setting("min.insync.replicas", "2", "acknowledged means on two brokers", Bound.AT_LEAST),
    Setting("unclean.leader.election.enable", "false", "a broker that missed records never leads"),
)

_INPUTS: Final = (*SOURCES, *UNCLAIMED)
_INTERNAL: Final = (Topic.STATE, Topic.PACKS)

_SETTINGS: Final[Mapping[Topic, tuple[Setting, ...]]] = {
    **dict.fromkeys(_INPUTS, _INPUT),
    Topic.JOURNAL: _JOURNAL,
    Topic.TRANSITIONS: _TRANSITIONS,
    Topic.ALERTS: _LATEST,
    Topic.NOTICES: _PASSING,
    Topic.TRIAGE: _LATEST,
    Topic.REPLIES: _PASSING,
    Topic.PICTURE: _LATEST,
    Topic.DEADLETTER: _DEADLETTER,
    Topic.PACKS: _PACKS,
    Topic.RESTRICTED_ALERTS: _LATEST,
    Topic.RESTRICTED_TRANSITIONS: _TRANSITIONS,
    Topic.RESTRICTED_NOTICES: _PASSING,
    Topic.RESTRICTED_TRIAGE: _LATEST,
}


def _state(batch_mib: int) -> tuple[Setting, ...]:
    # A broker refuses a batch that is larger than a segment.
    return (
        *_cleaned_often(2 * batch_mib, 10, "0.1"),
        _takes_mib(batch_mib, "a checkpoint is one batch, so that it is there whole or not at all"),
        # Above session timeout plus takeover: an owner that dies just after a foreign write is
        # replaced while the rows that were written over are still there (design, idea 5).
        Setting(
            "min.compaction.lag.ms",
            "60000",
            "a new owner repairs a zombie's writes",
            Bound.AT_LEAST,
        ),
    )


def topic_name(prefix: str, topic: Topic) -> TopicName:
    """Return what the broker calls `topic` in the installation with this prefix."""
    return TopicName(prefix + topic)


def plan_topics(layout: TopicLayout) -> tuple[TopicSpec, ...]:
    """Return every topic of an installation, in the order of `Topic`.

    Raises:
        ConfigError: The prefix cannot begin the name of a topic.
    """
    assert min(layout.partitions, layout.input_partitions, layout.replication_factor) >= 1
    longest = _NAME_LENGTH_MAX - max(map(len, Topic))
    if not _NAME_PATTERN.fullmatch(layout.prefix) or len(layout.prefix) > longest:
        raise ConfigError(
            f"prefix of topics: expected at most {longest} ASCII letters, digits, `.`, `_` or `-`, "
            f"got {layout.prefix!r}"
        )
    return tuple(_spec(layout, topic) for topic in Topic)


def _spec(layout: TopicLayout, topic: Topic) -> TopicSpec:
    role, partitions = TopicRole.OUTPUT, layout.partitions
    if topic in _INPUTS:
        role, partitions = TopicRole.INPUT, layout.input_partitions
    if topic in SINGLE:
        partitions = 1
    if topic in _INTERNAL:
        role = TopicRole.INTERNAL
    settings = _state(layout.state_batch_mib) if topic is Topic.STATE else _SETTINGS[topic]
    replicated = _REPLICATED if layout.replication_factor >= _SAFE_REPLICATION else ()
    return TopicSpec(
        topic=topic,
        name=topic_name(layout.prefix, topic),
        role=role,
        partitions=partitions,
        replication_factor=layout.replication_factor,
        settings=(_BROKER_TIME, *settings, *replicated),
    )


def _number(value: str) -> float:
    """Read a setting's number; the broker writes "no limit" as -1."""
    return float("inf") if value == "-1" else float(value)
