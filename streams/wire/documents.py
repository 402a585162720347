"""The documents of the output topics, as types: what a consumer may hold on to.

Moments are texts in local time here, and codes have names beside them. The JSON Schemas in
`streams/wire/schemas` are made from these types; `streams.wire.outputs` fills them.
"""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.effects import DecidedBy, ReplyOutcome, TriageStatus
from streams.domain.events import CommandKind, TimeText
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.words import ScopeKind, Severity, TpsClass

__all__ = [
    "AlertDocument",
    "ChecklistDocument",
    "EvidenceDocument",
    "ReplyDocument",
    "ScopeDocument",
    "ToldDocument",
    "TransitionDocument",
    "TriageDocument",
    "WhyDocument",
]

AlertIdText = Annotated[str, Meta(pattern=r"^[0-9]{4}-[A-Z2-7]{16}$", max_length=21)]
Revision = Annotated[int, Meta(ge=1, le=(1 << 63) - 1)]
Value = str | int | float | bool


class TransitionDocument(Struct, frozen=True, gc=False, kw_only=True):
    """One change of an alert: a line of the day."""

    at: TimeText
    alert: AlertIdText
    revision: Revision
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


class ScopeDocument(Struct, frozen=True, gc=False):
    """What an alert is about; `code` as in transitions, `path` from the province down."""

    kind: ScopeKind
    code: Scope
    name: str
    path: tuple[str, ...]


class WhyDocument(Struct, frozen=True, gc=False):
    """One check of a judgment."""

    check: str
    value: Value
    holds: bool
    threshold: Value | UnsetType = UNSET


class EvidenceDocument(Struct, frozen=True, gc=False, omit_defaults=True):
    """An event that a decision rests on; `offset` is `partition:offset` in the journal."""

    topic: str
    id: str
    at: TimeText
    source: str = ""
    offset: str = ""


class ChecklistDocument(Struct, frozen=True, gc=False):
    """One thing to be done in answer to an alert; `done_at` is null until a note has said so."""

    key: str
    id: str
    en: str
    done_at: TimeText | None


class ToldDocument(Struct, frozen=True, gc=False):
    """A level or an agency that was told, and when; `contacts` 0: nobody is named for it.

    `delivered` counts contacts whom something of it has reached since, `failed` every way to one
    of them that was given up.
    """

    ladder: str
    level: str
    at: TimeText
    contacts: Annotated[int, Meta(ge=0)]
    delivered: Annotated[int, Meta(ge=0)]
    failed: Annotated[int, Meta(ge=0)]
    delivered_at: TimeText | None


class AlertDocument(Struct, frozen=True, gc=False, kw_only=True):
    """The whole state of an alert, for people and programs that show it."""

    id: AlertIdText
    rule: str
    rule_version: str
    election: ElectionId
    scope: ScopeDocument
    key: str
    tps_class: TpsClass
    severity: Severity
    state: AlertState
    ladder: Ladder
    level: str
    due_at: TimeText | None
    title: Text
    summary: Text
    action: Text
    runbook: str
    route: tuple[str, ...]
    opened_at: TimeText
    updated_at: TimeText
    acknowledged_at: TimeText | None
    acknowledged_by: str | None
    taken_by: Text | None
    act_by_at: TimeText | None
    shelved_until: TimeText | None
    resolved_at: TimeText | None
    parent: AlertIdText | None
    revision: Revision
    drill: bool
    restricted_to: tuple[str, ...]
    why: Annotated[tuple[WhyDocument, ...], Meta(min_length=1)]
    evidence: tuple[EvidenceDocument, ...]
    checklist: tuple[ChecklistDocument, ...]
    notes: Annotated[int, Meta(ge=0)]
    told: tuple[ToldDocument, ...]


class TriageDocument(Struct, frozen=True, gc=False, kw_only=True):
    """How a report stands: it waits for a person, counts, or was rejected."""

    id: AlertIdText
    status: TriageStatus
    at: TimeText
    election: ElectionId
    area: AreaCode
    why: str
    category: str
    candidates: tuple[AreaCode, ...]
    evidence: EvidenceDocument
    suggestions: tuple[str, ...] = ()
    """Categories that its text may be about, the likeliest first."""
    received_at: TimeText
    channel: str | None
    by: DecidedBy
    alert: AlertIdText | None
    restricted_to: tuple[str, ...]
    answer: Text


class ReplyDocument(Struct, frozen=True, gc=False, kw_only=True):
    """The answer to a command."""

    command: str
    outcome: ReplyOutcome
    reason: str
    at: TimeText
    alert: str
    actor: str
    role: str
    """Of the actor, as the roster has it; empty: not on the roster."""
    command_kind: CommandKind
    area: str
    """The place that the command was judged for; of a restricted alert its kabupaten."""
