"""What was decided, as the documents of the output topics (contract §3 and §7).

Codes become names and moments become local times here, and both come in as arguments: `Named` from
the plan, the zone from the kabupaten. So a document depends on nothing but what is handed in, and
the same decision always gives the same bytes.

| document     | topic               | key         | shape                                     |
|--------------|---------------------|-------------|-------------------------------------------|
| `transition` | `siaga.transitions` | alert id    | `transition.schema.json`, without spaces  |
| `alert`      | `siaga.alerts`      | alert id    | `alert.schema.json`                       |
| `triage`     | `siaga.triage`      | tracking id | `triage.schema.json`                      |
| `reply`      | `siaga.replies`     | command id  | `reply.schema.json`                       |
| dead letter  | `siaga.deadletter`  | none        | the message as it came, reason in headers |
"""

from typing import Final

import msgspec
from msgspec import UNSET, Struct

from streams.domain.alert import Alert, Evidence, Why
from streams.domain.effects import DeadLetterReason, Line, Reply, Triage
from streams.domain.journal import Origin
from streams.domain.times import EpochMs
from streams.texts.tracking import tracking_text
from streams.wire.documents import (
    AlertDocument,
    ChecklistDocument,
    EvidenceDocument,
    ReplyDocument,
    TransitionDocument,
    TriageDocument,
    WhyDocument,
)
from streams.wire.records import Headers, Inbound
from streams.wire.shown import Named, scope_document, taken_by, told_of
from streams.wire.time import format_time

__all__ = [
    "CUT_BYTES",
    "LETTER_BYTES",
    "RESENT",
    "RESENT_FROM",
    "Letter",
    "alert",
    "dead_letter_headers",
    "letter",
    "provenance",
    "reply",
    "transition",
    "triage",
]

LETTER_BYTES: Final = 5 * 1_048_576 // 2
"""Longest dead letter, key and headers included: below the 3 MiB that its topic takes."""
CUT_BYTES: Final = 1_048_576
RESENT: Final = "resent"
"""Header of a record of `siaga.deadletter` that is no letter: the number of one that was sent
again. Without it a letter that was mended would be open for ever."""
RESENT_FROM: Final = "resent-from"
"""Header of a message that was sent again: the number of its letter."""
_encode: Final = msgspec.json.Encoder().encode


class Letter(Struct, frozen=True):
    """A record of `siaga.deadletter`."""

    key: bytes | None
    value: bytes | None
    headers: Headers


def transition(line: Line, offset_minutes: int) -> bytes:
    """Return a line of `siaga.transitions`, exactly the fields of contract §7 in their order.

    `election` is optional in its schema and not printed: the alert's id already tells it.
    """
    return _encode(
        TransitionDocument(
            at=format_time(line.at, offset_minutes),
            alert=line.alert,
            revision=line.revision,
            rule=line.rule,
            scope=line.scope,
            key=line.key,
            change=line.change,
            state=line.state,
            severity=line.severity,
            ladder=line.ladder,
            level=line.level,
            drill=line.drill,
            cause=line.cause,
        )
    )


def provenance(partition: int, offset: int, n: int) -> tuple[tuple[str, bytes], ...]:
    """Return the headers of a line: the journal record that caused it, and which line of it."""
    return (
        ("partition", b"%d" % partition),
        ("offset", b"%d" % offset),
        ("n", b"%d" % n),
    )


def alert(shown: Alert, offset_minutes: int, named: Named) -> bytes:
    """Return the document of an alert for `siaga.alerts`.

    Args:
        shown: The alert.
        offset_minutes: How far its kabupaten is ahead of UTC.
        named: Its scope as people call it.
    """
    return _encode(_alert(shown, offset_minutes, named))


def _alert(shown: Alert, offset_minutes: int, named: Named) -> AlertDocument:
    def local(at: EpochMs | None) -> str | None:
        return None if at is None else format_time(at, offset_minutes)

    return AlertDocument(
        id=shown.id,
        rule=shown.rule,
        rule_version=shown.rule_version,
        election=shown.election,
        scope=scope_document(shown.scope, named),
        key=shown.key,
        tps_class=shown.tps_class,
        severity=shown.severity,
        state=shown.state,
        ladder=shown.ladder,
        level=shown.level,
        due_at=local(shown.due_at),
        title=shown.title,
        summary=shown.summary,
        action=shown.action,
        runbook=shown.runbook,
        route=shown.route,
        opened_at=format_time(shown.opened_at, offset_minutes),
        updated_at=format_time(shown.updated_at, offset_minutes),
        acknowledged_at=local(shown.acknowledged_at),
        acknowledged_by=shown.acknowledged_by or None,
        taken_by=taken_by(shown),
        act_by_at=local(shown.act_by_at),
        shelved_until=local(shown.shelved_until),
        resolved_at=local(shown.resolved_at),
        parent=shown.parent,
        revision=shown.revision,
        drill=shown.drill,
        restricted_to=shown.restricted_to,
        why=_why(shown),
        evidence=tuple(_evidence(event, offset_minutes) for event in shown.evidence),
        checklist=_checklist(shown, offset_minutes),
        notes=shown.notes,
        told=told_of(shown, offset_minutes),
    )


def _checklist(shown: Alert, offset_minutes: int) -> tuple[ChecklistDocument, ...]:
    def done(at: EpochMs | None) -> str | None:
        return None if at is None else format_time(at, offset_minutes)

    return tuple(
        ChecklistDocument(item.key, item.id, item.en, done(item.done_at))
        for item in shown.checklist
    )


def triage(report: Triage, offset_minutes: int) -> bytes:
    """Return the document of a report for `siaga.triage`."""
    return _encode(
        TriageDocument(
            id=report.id,
            status=report.status,
            at=format_time(report.at, offset_minutes),
            election=report.election,
            area=report.area,
            why=report.why,
            category=report.category,
            candidates=report.candidates,
            evidence=_evidence(report.evidence, offset_minutes),
            suggestions=report.suggestions,
            received_at=format_time(report.received_at, offset_minutes),
            channel=report.channel or None,
            by=report.by,
            alert=report.alert,
            restricted_to=report.restricted_to,
            answer=tracking_text(report.status, report.why),
        )
    )


def reply(answer: Reply, offset_minutes: int) -> bytes:
    """Return the answer to a command for `siaga.replies`."""
    return _encode(
        ReplyDocument(
            command=answer.command,
            outcome=answer.outcome,
            reason=answer.reason,
            at=format_time(answer.at, offset_minutes),
            alert=answer.alert,
            actor=answer.actor,
            role=answer.role,
            command_kind=answer.kind,
            area=answer.area,
        )
    )


def dead_letter_headers(
    reason: DeadLetterReason, detail: str, origin: Origin, original: Headers = ()
) -> Headers:
    """Return the headers of a dead letter; its value is the message's, byte for byte.

    The message's own headers follow, so that it can be sent again as it came: without its
    envelope, drill and clock it would be another message.
    """
    ours = (
        ("reason", reason.encode()),
        ("detail", detail.encode()),
        ("topic", origin.topic.encode()),
        ("partition", b"%d" % origin.partition),
        ("offset", b"%d" % origin.offset),
    )
    names = frozenset(name for name, _ in ours)
    return (*ours, *((name, value) for name, value in original if name not in names))


def letter(record: Inbound, reason: DeadLetterReason, detail: str) -> Letter:
    """Return the dead letter of a message; its topic takes it, whatever was sent.

    A message of 2 MiB may be a thousand times as long unpacked. Of one that is too long the letter
    has the first MiB and none of its own headers; the header `size` says how many bytes its value
    has. Whole it stays at its origin, as long as the input topic keeps it.
    """
    origin = Origin(record.topic, record.partition, record.offset)
    headers = dead_letter_headers(reason, detail, origin, record.headers)
    told = sum(len(name) + len(value or b"") for name, value in headers)
    if len(record.value or b"") + len(record.key or b"") + told <= LETTER_BYTES:
        return Letter(record.key, record.value, headers)
    size = ("size", b"%d" % len(record.value or b""))
    cut = (record.value or b"")[:CUT_BYTES]
    return Letter(None, cut, (*dead_letter_headers(reason, detail, origin), size))


def _why(shown: Alert) -> tuple[WhyDocument, ...]:
    """Return the checks of a judgment; one that has none rests on its rule alone."""
    checks = shown.why or (Why(check=shown.rule, value=shown.holds, holds=shown.holds),)
    return tuple(
        WhyDocument(
            check=check.check,
            value=check.value,
            holds=check.holds,
            threshold=UNSET if check.threshold is None else check.threshold,
        )
        for check in checks
    )


def _evidence(event: Evidence, offset_minutes: int) -> EvidenceDocument:
    at = format_time(event.at, offset_minutes)
    return EvidenceDocument(event.topic, event.id, at, event.source, event.offset)
