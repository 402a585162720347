"""Notices as the records of `siaga.notices` that a fold would have written of them."""

from typing import Final

import msgspec

from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.times import EpochMs
from streams.wire.documents import ScopeDocument
from streams.wire.notices import NoticeDocument, RolledUpDocument, TellingDocument
from streams.wire.time import format_time

__all__ = ["record_of"]

_encode: Final = msgspec.json.Encoder().encode


def record_of(notice: Outgoing) -> bytes:
    """Return the value of a notice's record."""
    post, rolled_up = notice.destination.post, notice.rolled_up
    return _encode(
        NoticeDocument(
            id=notice.id,
            destination=str(notice.destination),
            kind=notice.kind,
            ladder=post.ladder,
            level=post.level,
            area=notice.destination.area,
            channel=notice.channel,
            language=notice.language,
            election=notice.election,
            drill=notice.drill,
            restricted_to=notice.restricted_to,
            severity=notice.severity,
            at=format_time(notice.at, notice.offset_minutes),
            due_at=_time(notice.due_at),
            tellings=tuple(_telling(one) for one in notice.alerts),
            message=notice.message,
            rolled_up=None
            if rolled_up is None
            else RolledUpDocument(
                kecamatan=rolled_up.kecamatan,
                name=rolled_up.name,
                since=format_time(rolled_up.since, notice.offset_minutes),
                opened=rolled_up.opened,
                alerts=rolled_up.alerts,
            ),
        )
    )


def _telling(one: OutgoingAlert) -> TellingDocument:
    return TellingDocument(
        alert=one.alert,
        revision=one.revision,
        change=one.change,
        kind=one.kind,
        rule=one.rule,
        scope=ScopeDocument(one.scope_kind, one.scope, one.scope_name, one.path),
        key=one.key,
        severity=one.severity,
        state=one.state,
        ladder=one.ladder,
        level=one.level,
        title=one.title,
        summary=one.summary,
        action=one.action,
        runbook=one.runbook,
        opened_at=format_time(one.opened_at, 420),
        due_at=_time(one.due_at),
        taken_by=one.taken_by,
        told=(),
        instead_of=one.instead_of,
        unreached=one.unreached,
        flapping=one.flapping,
    )


def _time(at: EpochMs | None) -> str | None:
    return None if at is None else format_time(at, 420)
