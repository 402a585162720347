"""What a step decides: effects, as values. The shell carries them out, in this order.

Effects of one journal record are numbered by the lines among them: (journal partition, offset, n)
identifies a line for good, whoever computes it and however often.
"""

from enum import StrEnum

from msgspec import Struct

from streams.domain.alert import Alert, AlertState, Change, Evidence, Ladder
from streams.domain.events import CommandKind
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.journal import Origin
from streams.domain.notice import Notice
from streams.domain.times import EpochMs
from streams.domain.words import Severity

__all__ = [
    "AlertShown",
    "DeadLetterReason",
    "DecidedBy",
    "Effect",
    "Line",
    "Rejected",
    "Reply",
    "ReplyOutcome",
    "RuleFault",
    "Triage",
    "TriageStatus",
]


class DeadLetterReason(StrEnum):
    """Why an input could not be taken (contract §2)."""

    ENCODING = "encoding"
    JSON = "json"
    ENVELOPE = "envelope"
    SCHEMA = "schema"
    UNKNOWN = "unknown"
    PLACE = "place"
    SIZE = "size"
    ID_CONFLICT = "id_conflict"
    BAD_TIME = "bad_time"
    SIGNATURE = "signature"
    FORBIDDEN = "forbidden"


class Line(Struct, frozen=True, gc=False, kw_only=True):
    """One change of an alert: a line of `siaga.transitions`."""

    at: EpochMs
    alert: AlertId
    revision: int
    rule: str
    scope: Scope
    key: str
    change: Change
    state: AlertState
    severity: Severity
    ladder: Ladder
    level: str
    drill: bool
    cause: str
    """`deadline`, `late`, `command:ID`, or the name of the record: `3:8812`, `input:12`."""
    election: ElectionId
    restricted_to: tuple[str, ...] = ()


class AlertShown(Struct, frozen=True, gc=False):
    """The state of an alert after the lines before it, for `siaga.alerts`."""

    alert: Alert


class TriageStatus(StrEnum):
    """What has become of a report that waits for a person."""

    OPEN = "open"
    PLACED = "placed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class DecidedBy(StrEnum):
    """Who has seen to it that a report stands as it does."""

    RULE = "rule"
    PERSON = "person"


class Triage(Struct, frozen=True, gc=False, kw_only=True):
    """What has become of a report: it waits for a person, counts, or was rejected."""

    id: AlertId
    """Tracking id, from (source, report id)."""
    status: TriageStatus
    at: EpochMs
    election: ElectionId
    area: AreaCode
    why: str
    """Why it waits: `place`, `category`, `rule` (none judges it), `late`, `score` (below the
    threshold of its category), or `resolved` (a person has closed what it is evidence of). Of one
    that counts the rule that it counts for; of a rejected one `rejected` or `taken_back`."""
    category: str
    candidates: tuple[AreaCode, ...]
    evidence: Evidence
    suggestions: tuple[str, ...] = ()
    """Categories that its text may be about, the likeliest first."""
    received_at: EpochMs
    channel: str = ""
    """How it came in; empty: nobody said."""
    by: DecidedBy = DecidedBy.RULE
    alert: AlertId | None = None
    """What it became evidence of."""
    restricted_to: tuple[str, ...] = ()
    """Roles that may see it; empty: all."""
    was_open: bool = False
    """Whether all could see it until now, of one that only few may see from now on."""


class ReplyOutcome(StrEnum):
    """Whether a command was carried out."""

    DONE = "done"
    REFUSED = "refused"


class Reply(Struct, frozen=True, gc=False, kw_only=True):
    """The answer to a command."""

    command: str
    outcome: ReplyOutcome
    reason: str
    """Empty if done; else a sentence that says what was expected."""
    at: EpochMs
    kind: CommandKind
    alert: str = ""
    actor: str = ""
    role: str = ""
    """Of the actor, as the roster has it; empty: not on the roster."""
    area: str = ""
    """The place that the command was judged for."""
    restricted_to: tuple[str, ...] = ()
    """Of the alert: who else reads the reply must not learn which it is."""


class Rejected(Struct, frozen=True, gc=False, kw_only=True):
    """An event that only the fold could find to be a dead letter (`id_conflict`)."""

    reason: DeadLetterReason
    detail: str
    origin: Origin


class RuleFault(Struct, frozen=True, gc=False, kw_only=True):
    """A rule failed on one scope: it is put aside there, the rest goes on."""

    rule: str
    scope: Scope
    election: ElectionId
    detail: str
    at: EpochMs


Effect = Line | AlertShown | Notice | Triage | Reply | Rejected | RuleFault
"""Anything that a step decides."""
