"""Reading `siaga.notices`: the document that a fold wrote, back into a notice to be sent."""

import re
from typing import Final

import msgspec

from streams.domain.alert import Told
from streams.domain.ids import DRILL_MARK, AlertId, AreaCode
from streams.domain.notice import Destination, Post
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.wire.documents import ToldDocument
from streams.wire.notices import NoticeDocument, RolledUpDocument, TellingDocument
from streams.wire.text import NOT_READABLE
from streams.wire.time import moment_of

__all__ = ["parse_destination", "read_notice"]

_decode: Final = msgspec.json.Decoder(NoticeDocument).decode
_OFFSET: Final = re.compile(r"([+-])([0-9]{2}):([0-9]{2})\Z")
_NUMBER: Final = re.compile(r"/([0-9]+)\Z")


def read_notice(value: bytes) -> Outgoing:
    """Return the notice of a record.

    Raises:
        InputError: It is none; only a writer that is not ours makes such a record.
    """
    try:
        document = _decode(value)
        found = _outgoing(document)
    except NOT_READABLE as error:
        raise InputError(f"not a notice: {error}") from error
    if not (found.alerts or found.message or found.rolled_up):
        raise InputError("not a notice: expected tellings, a message or a roll-up, found nothing")
    if found.drill != (DRILL_MARK in found.election):
        raise InputError("not a notice: expected the election of a drill if and only if it is one")
    return found


def parse_destination(name: str, ladder: str, level: str, area: str) -> Destination:
    """Return the destination of a name as `OPS/polsek@36.04/1`; without a number it is nobody."""
    numbered = _NUMBER.search(name.removeprefix(f"{ladder}/{level}@{area}"))
    return Destination(Post(ladder, level), AreaCode(area), int(numbered[1]) if numbered else 0)


def _outgoing(document: NoticeDocument) -> Outgoing:
    rolled_up = document.rolled_up
    return Outgoing(
        id=AlertId(document.id),
        destination=parse_destination(
            document.destination, document.ladder, document.level, document.area
        ),
        kind=document.kind,
        channel=document.channel,
        language=document.language,
        election=document.election,
        drill=document.drill,
        restricted_to=document.restricted_to,
        severity=document.severity,
        at=moment_of(document.at),
        due_at=_moment(document.due_at),
        offset_minutes=_offset_of(document.at),
        alerts=tuple(_alert(one) for one in document.tellings),
        message=document.message,
        rolled_up=None if rolled_up is None else _roll_up(rolled_up),
    )


def _roll_up(rolled_up: RolledUpDocument) -> OutgoingRollUp:
    return OutgoingRollUp(
        kecamatan=rolled_up.kecamatan,
        name=rolled_up.name,
        since=moment_of(rolled_up.since),
        opened=rolled_up.opened,
        alerts=tuple(AlertId(one) for one in rolled_up.alerts),
    )


def _alert(telling: TellingDocument) -> OutgoingAlert:
    return OutgoingAlert(
        alert=AlertId(telling.alert),
        revision=telling.revision,
        change=telling.change,
        kind=telling.kind,
        rule=telling.rule,
        scope=telling.scope.code,
        scope_kind=telling.scope.kind,
        scope_name=telling.scope.name,
        path=telling.scope.path,
        key=telling.key,
        severity=telling.severity,
        state=telling.state,
        ladder=telling.ladder,
        level=telling.level,
        title=telling.title,
        summary=telling.summary,
        action=telling.action,
        runbook=telling.runbook,
        opened_at=moment_of(telling.opened_at),
        due_at=_moment(telling.due_at),
        taken_by=telling.taken_by,
        told=tuple(_told(one) for one in telling.told),
        instead_of=telling.instead_of,
        unreached=telling.unreached,
        flapping=telling.flapping,
    )


def _told(told: ToldDocument) -> Told:
    return Told(
        told.ladder,
        told.level,
        moment_of(told.at),
        told.contacts,
        told.delivered,
        told.failed,
        _moment(told.delivered_at),
    )


def _moment(text: str | None) -> EpochMs | None:
    return None if text is None else moment_of(text)


def _offset_of(text: str) -> int:
    """Return how far a time's clock is ahead of UTC, in minutes."""
    found = _OFFSET.search(text)
    if found is None:
        return 0
    minutes = int(found[2]) * 60 + int(found[3])
    return -minutes if found[1] == "-" else minutes
