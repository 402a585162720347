"""Notices as documents of `siaga.notices` and `siaga.restricted.notices` (contract §3).

A sender needs nothing else but the address, which stands in the election folder: names, texts in
both languages, who was told before, until when an answer is waited for. No evidence and no check of
the judgment is in it, so no reporter and no candidate can be.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.events import TimeText
from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.domain.notice import Notice, NoticeKind, RolledUp, Telling
from streams.domain.times import EpochMs
from streams.domain.words import Severity
from streams.wire.documents import AlertIdText, Revision, ScopeDocument, ToldDocument
from streams.wire.shown import Named, scope_document, taken_by, told_of
from streams.wire.time import format_time

__all__ = ["NoticeDocument", "RolledUpDocument", "TellingDocument", "notice"]

_encode: Final = msgspec.json.Encoder().encode


class TellingDocument(Struct, frozen=True, gc=False, kw_only=True):
    """One alert of a notice."""

    alert: AlertIdText
    revision: Revision
    change: Change
    kind: NoticeKind
    rule: str
    scope: ScopeDocument
    key: str
    severity: Severity
    state: AlertState
    ladder: Ladder
    level: str
    title: Text
    summary: Text
    action: Text
    runbook: str
    opened_at: TimeText
    due_at: TimeText | None
    taken_by: Text | None
    told: tuple[ToldDocument, ...]
    instead_of: str
    unreached: tuple[str, ...]
    flapping: bool


class RolledUpDocument(Struct, frozen=True, gc=False, kw_only=True):
    """How many alerts of a kecamatan are told together, and which."""

    kecamatan: AreaCode
    name: str
    since: TimeText
    opened: Annotated[int, Meta(ge=0)]
    alerts: tuple[AlertIdText, ...]


class NoticeDocument(Struct, frozen=True, gc=False, kw_only=True):
    """What one destination must be told now."""

    id: AlertIdText
    destination: str
    kind: NoticeKind
    ladder: str
    level: str
    area: AreaCode
    channel: str
    language: str
    election: ElectionId
    drill: bool
    restricted_to: tuple[str, ...]
    severity: Severity
    at: TimeText
    due_at: TimeText | None
    tellings: tuple[TellingDocument, ...]
    message: Text | None
    rolled_up: RolledUpDocument | None


def notice(
    one: Notice, offset_minutes: int, names: dict[AlertId, Named], kecamatan_name: str
) -> bytes:
    """Return the record of a notice.

    Args:
        one: The notice.
        offset_minutes: How far its kabupaten is ahead of UTC.
        names: What people call the scope of each alert in it.
        kecamatan_name: What they call the kecamatan of a roll-up; empty if it is none.
    """

    def local(at: EpochMs) -> str:
        return format_time(at, offset_minutes)

    post = one.destination.post
    return _encode(
        NoticeDocument(
            id=one.id,
            destination=str(one.destination),
            kind=one.kind,
            ladder=post.ladder,
            level=post.level,
            area=one.destination.area,
            channel=one.channel,
            language=one.language,
            election=one.election,
            drill=one.drill,
            restricted_to=one.restricted_to,
            severity=one.severity,
            at=local(one.at),
            due_at=None if one.due_at is None else local(one.due_at),
            tellings=tuple(
                _telling(each, offset_minutes, names[each.alert.id]) for each in one.tellings
            ),
            message=one.message,
            rolled_up=_rolled_up(one.rolled_up, offset_minutes, kecamatan_name),
        )
    )


def _rolled_up(
    rolled_up: RolledUp | None, offset_minutes: int, name: str
) -> RolledUpDocument | None:
    if rolled_up is None:
        return None
    return RolledUpDocument(
        kecamatan=rolled_up.kecamatan,
        name=name,
        since=format_time(rolled_up.since, offset_minutes),
        opened=rolled_up.opened,
        alerts=rolled_up.alerts,
    )


def _telling(telling: Telling, offset_minutes: int, named: Named) -> TellingDocument:
    alert = telling.alert
    return TellingDocument(
        alert=alert.id,
        revision=alert.revision,
        change=telling.change,
        kind=telling.kind,
        rule=alert.rule,
        scope=scope_document(alert.scope, named),
        key=alert.key,
        severity=alert.severity,
        state=alert.state,
        ladder=alert.ladder,
        level=alert.level,
        title=alert.title,
        summary=alert.summary,
        action=alert.action,
        runbook=alert.runbook,
        opened_at=format_time(alert.opened_at, offset_minutes),
        due_at=None if alert.due_at is None else format_time(alert.due_at, offset_minutes),
        taken_by=taken_by(alert),
        told=told_of(alert, offset_minutes),
        instead_of=telling.instead_of,
        unreached=telling.unreached,
        flapping=telling.flapping,
    )
