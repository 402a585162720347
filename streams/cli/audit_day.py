"""Collects what happened about an alert, a TPS or an officer, from a day that is judged again.

Everything that anybody did stands in the journal, and everything that Siaga did follows from it.
So nothing is kept for an audit but the journal: here each act is put together again with its
record, whoever was behind it, and what it was answered.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from streams.cli.judging import Outputs
from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.ids import TPS_PATTERN, kabupaten_of
from streams.domain.journal import (
    Accepted,
    AcceptedCommand,
    AcceptedCount,
    AcceptedGateway,
    AcceptedReceipt,
    AcceptedReport,
    AcceptedStatus,
    IntakeMark,
    OwnerMark,
)
from streams.domain.times import EpochMs
from streams.engine.ports import Output
from streams.engine.topics import Topic
from streams.territory.zone import offset_minutes
from streams.wire.documents import AlertDocument, ReplyDocument, TransitionDocument
from streams.wire.pseudonym import without_numbers
from streams.wire.time import format_time, parse_time

__all__ = ["Act", "Audit", "Sender", "audit_of"]

_ALERTS: Final = frozenset({Topic.ALERTS, Topic.RESTRICTED_ALERTS})
_ALERT: Final = re.compile(r"[0-9]{4}-[A-Z2-7]{16}|[A-Z][0-9A-Z]*@.+")
_TPS: Final = re.compile(TPS_PATTERN)
_OFFICER: Final = "officer:"
_Word = AcceptedStatus | AcceptedReport | AcceptedCount
_alert_of: Final = msgspec.json.Decoder(AlertDocument).decode
_line_of: Final = msgspec.json.Decoder(TransitionDocument).decode
_reply_of: Final = msgspec.json.Decoder(ReplyDocument).decode


class Sender(Struct, frozen=True, omit_defaults=True):
    """Who sent a record, and how."""

    id: str
    """A pseudonym, or the actor of a command."""
    role: str
    """As the message claims it."""
    channel: str = ""
    """As the message has it; empty: it does not say."""


class Act(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that happened: a record of the journal, or a line that it caused."""

    at: str
    """When it was received, local time; of a line the moment that it carries."""
    received_at: str = ""
    """Of a line: when the record was received that caused it; empty: time alone did."""
    record: str
    """`PARTITION:OFFSET` in the journal, `input:LINE` of a file; empty: time alone."""
    topic: str = ""
    """Of an input; empty: the clock."""
    what: str = ""
    """Kind of a status, category of a report, a command, or `count`."""
    id: str = ""
    place: str = ""
    sender: Sender | None = None
    reason: str = ""
    """What the sender gave as reason, or as note."""
    alert: str = ""
    """The alert that a command or a line is about."""
    outcome: str = ""
    """Of a command: done or refused; empty: answered elsewhere, or before."""
    refusal: str = ""
    role: str = ""
    """Of the actor, as the roster has it."""
    line: TransitionDocument | None = None
    """The change, if this is one."""


class Audit(Struct, frozen=True):
    """All that was found."""

    subject: str
    alerts: tuple[AlertDocument, ...]
    acts: tuple[Act, ...]


def audit_of(subject: str, judged: Iterable[Outputs]) -> Audit:
    """Collect what concerns a subject: an alert by id or `RULE@SCOPE`, a TPS, else an officer."""
    collector = _Collector(subject)
    for one in judged:
        collector.see(one)
    return collector.audit()


class _Collector:
    """Takes a day in, and keeps what may concern the subject."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._officer = subject.removeprefix(_OFFICER).rpartition("/")[2]
        self._is_alert = _ALERT.fullmatch(subject) is not None
        self._is_tps = _TPS.fullmatch(subject) is not None
        self._alerts = dict[str, AlertDocument]()
        self._acts: list[tuple[EpochMs, Act, OperatorCommand | None]] = []
        self._clocks = dict[int, EpochMs]()
        self._events = set[str]()
        """Records that concern the subject by themselves."""

    def see(self, judged: Outputs) -> None:
        """Take in one record with what it brought about."""
        shown = [_alert_of(one.value or b"") for one in judged.outputs if one.topic in _ALERTS]
        self._alerts.update((one.id, one) for one in shown)
        cause = _act_of(judged)
        command = judged.record.event if isinstance(judged.record, AcceptedCommand) else None
        if command is not None:
            self._keep(judged.partition, cause, command)
        elif isinstance(judged.record, _Word) and self._concerns(judged.record):
            self._events.add(judged.name)
            self._keep(judged.partition, cause, None)
        for output in judged.outputs:
            if output.line:
                self._keep(judged.partition, _changed(cause, output), None)

    def audit(self) -> Audit:
        """Return what concerns the subject, in the order in which it happened."""
        ids = {one.id for one in self._alerts.values() if self._is_about(one)}
        acts = [
            (when, act) for when, act, command in self._acts if self._has_part(act, command, ids)
        ]
        alerts = sorted((self._alerts[one] for one in ids), key=lambda one: (one.opened_at, one.id))
        # Sorting keeps the order of what happened in the same moment of one partition.
        ordered = tuple(act for _, act in sorted(acts, key=lambda one: one[0]))
        return Audit(self._subject, tuple(alerts), ordered)

    def _keep(self, partition: int, act: Act, command: OperatorCommand | None) -> None:
        at = parse_time(act.at)
        when = max(at, self._clocks.get(partition, at))
        self._clocks[partition] = when
        self._acts.append((when, act, command))

    def _concerns(self, accepted: _Word) -> bool:
        """Tell whether an event that is no command concerns the subject by itself."""
        event = accepted.event
        if self._is_alert:
            return False
        if self._is_tps:
            return accepted.place == self._subject
        named = {event.source.id}
        if isinstance(event, TpsStatus):
            named.add(event.officer or "")
        elif isinstance(event, CrowdReport) and event.subject is not UNSET:
            named.add(event.subject.officer)
        return self._officer in named

    def _is_about(self, alert: AlertDocument) -> bool:
        """Tell whether an alert is about the subject, or rests on word from this TPS."""
        code = alert.scope.code
        if self._is_alert:
            case = f"{alert.rule}@{code}"
            return self._subject in {alert.id, case, f"{case}|{alert.key}"}
        if self._is_tps:
            return code == self._subject or any(
                one.offset in self._events for one in alert.evidence
            )
        return code.startswith(_OFFICER) and code.rpartition("/")[2] == self._officer

    def _has_part(self, act: Act, command: OperatorCommand | None, ids: set[str]) -> bool:
        if act.alert in ids or (act.line is None and act.record in self._events):
            return True
        if command is None:
            return False
        if self._is_alert:
            return command.alert == self._subject
        if self._is_tps:
            return self._subject in {command.tps, command.area}
        return self._officer in {command.actor.id, command.officer}


def _act_of(judged: Outputs) -> Act:
    """Return a record of the journal as an act."""
    record = judged.record
    match record:
        case OwnerMark() | IntakeMark():
            return Act(at="", record=judged.name)
        case AcceptedCommand():
            return _ordered(judged, record)
        case AcceptedStatus() | AcceptedReport() | AcceptedCount():
            return _spoken(judged, record)
        case AcceptedReceipt(event=event):
            return Act(
                at=_local(record),
                record=judged.name,
                topic=record.origin.topic,
                what=event.outcome,
                id=event.id,
                place=record.place,
            )
        case AcceptedGateway():
            return _carried(judged, record)


def _carried(judged: Outputs, record: AcceptedGateway) -> Act:
    """Return a heartbeat of a gateway as an act."""
    event = record.event
    channel = event.source.channel
    return Act(
        at=_local(record),
        record=judged.name,
        topic=record.origin.topic,
        what="pending" if record.pending_since is not None else "empty",
        id=event.id,
        place=record.place,
        sender=Sender(event.source.id, event.source.role, "" if channel is UNSET else channel),
    )


def _spoken(judged: Outputs, record: _Word) -> Act:
    """Return word of somebody as an act."""
    event = record.event
    channel = event.source.channel
    sender = Sender(event.source.id, event.source.speaks_as, "" if channel is UNSET else channel)
    return Act(
        at=_local(record),
        record=judged.name,
        topic=record.origin.topic,
        what=_what(event),
        id=event.id,
        place=record.place,
        sender=sender,
        reason=without_numbers(event.reason) if isinstance(event, TpsStatus) else "",
    )


def _ordered(judged: Outputs, record: AcceptedCommand) -> Act:
    """Return a command with the answer that it got."""
    command = record.event
    replies = [_reply_of(one.value or b"") for one in judged.outputs if one.topic == Topic.REPLIES]
    reply = replies[0] if replies else None
    return Act(
        at=_local(record),
        record=judged.name,
        topic=record.origin.topic,
        what=command.command,
        id=command.id,
        place=reply.area if reply else record.place,
        sender=Sender(without_numbers(command.actor.id), command.actor.role, command.channel),
        reason=without_numbers(command.reason),
        alert=reply.alert if reply else command.alert or "",
        outcome=reply.outcome if reply else "",
        refusal=reply.reason if reply else "",
        role=reply.role if reply else "",
    )


def _changed(cause: Act, output: Output) -> Act:
    """Return a line with the record that caused it."""
    line = _line_of(output.value or b"")
    received_at = cause.at if cause.topic else ""
    return replace(cause, at=line.at, received_at=received_at, alert=line.alert, line=line)


def _local(record: Accepted) -> str:
    return format_time(record.received_at, offset_minutes(kabupaten_of(record.place)))


def _what(event: TpsStatus | CrowdReport | VoteCount) -> str:
    match event:
        case TpsStatus():
            return event.kind
        case CrowdReport():
            return event.category or "-"
        case VoteCount():
            return f"{event.contest} {event.status}"
