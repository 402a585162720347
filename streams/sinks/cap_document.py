"""Messages of CAP 1.2 (OASIS), one for each alert of a notice.

| of us                             | in CAP                                             |
|-----------------------------------|----------------------------------------------------|
| real; drill                       | `status` Actual; Exercise                          |
| first; later; resolved            | `msgType` Alert; Update; Cancel, with `references` |
| every message                     | Restricted, Security, `certainty` Likely           |
| critical, high, medium, low       | Extreme, Severe, Moderate, Minor                   |
| a call of critical or high; other | `urgency` Immediate; Expected                      |
| returned or resolved              | `urgency` Past, `responseType` AllClear, not Assess |
| a code of Kemendagri              | `geocode` with the name `KEMENDAGRI`               |

`certainty` is never Observed: what Siaga tells is still to be checked. Times have an offset and no
fraction. There are two `info`, Indonesian and English, that differ in texts alone. All messages
about an alert have its id in `incidents`; `references` names the one before, where it is known.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from msgspec import Struct

from streams.domain.alert import AlertState, Text
from streams.domain.ids import area_kind
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.words import Severity
from streams.wire.board import kabupaten_of_alert
from streams.wire.time import format_time

__all__ = ["CapMessage", "CapSource", "cap_messages"]

_NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
_SEVERITIES: Final = {
    Severity.CRITICAL: "Extreme",
    Severity.HIGH: "Severe",
    Severity.MEDIUM: "Moderate",
    Severity.LOW: "Minor",
}
_URGENT: Final = frozenset({Severity.CRITICAL, Severity.HIGH})
_OVER: Final = frozenset({AlertState.RETURNED, AlertState.RESOLVED})
_LANGUAGES: Final[tuple[tuple[str, Callable[[Text], str]], ...]] = (
    ("id-ID", lambda text: text.id),
    ("en-US", lambda text: text.en),
)
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_IDENTIFIER: Final = re.compile(r"[^A-Za-z0-9.:_-]")
_EXERCISE: Final = "LATIHAN / EXERCISE"
_DUTY: Final = "Hanya untuk petugas yang bertugas. For those on duty only."


class CapSource(Struct, frozen=True):
    """Who speaks, and of what."""

    sender: str
    sender_name: str
    key: str
    """Of the delivery: the same for every try."""
    replaces: str
    """The message before, as CAP refers to it: `sender,identifier,sent`; empty: unknown."""


class CapMessage(Struct, frozen=True):
    """One message, and how a later one refers to it."""

    identifier: str
    reference: str
    xml: bytes


class _Told(Struct, frozen=True, kw_only=True):
    """What one message tells: of an alert, of many at once, or of none."""

    part: str
    """What distinguishes it from other messages of the delivery."""
    event: Text
    description: Text
    instruction: Text | None = None
    severity: Severity
    urgency: str
    is_over: bool = False
    is_final: bool = False
    onset: str = ""
    place: str
    code: str
    incident: str = ""
    rule: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


def cap_messages(notice: Outgoing, source: CapSource) -> tuple[CapMessage, ...]:
    """Return the messages of a notice, the same for every try."""
    told = [_alert(notice, one) for one in notice.alerts]
    if notice.rolled_up is not None:
        told.append(_roll_up(notice, notice.rolled_up))
    if notice.message is not None:
        told.append(_message(notice, notice.message))
    # Of several messages nobody knows which one it is that a later one would follow.
    before = source.replaces if len(told) == 1 else ""
    return tuple(_written(notice, one, source, before) for one in told)


def _alert(notice: Outgoing, one: OutgoingAlert) -> _Told:
    is_over = one.state in _OVER
    parameters = {
        "alert": one.alert,
        "revision": str(one.revision),
        "change": one.change,
        "state": one.state,
        "level": f"{one.ladder}/{one.level}",
        "due": "" if one.due_at is None else format_time(one.due_at, notice.offset_minutes),
    }
    return _Told(
        part=one.alert,
        event=one.title,
        description=one.summary,
        instruction=one.action,
        severity=one.severity,
        urgency="Past" if is_over else _urgency(one.kind, one.severity),
        is_over=is_over,
        is_final=one.state is AlertState.RESOLVED,
        onset=format_time(one.opened_at, notice.offset_minutes),
        place=", ".join(reversed(one.path)),
        code=one.scope if area_kind(one.scope) else kabupaten_of_alert(one.alert),
        incident=one.alert,
        rule=one.rule,
        parameters=tuple((name, word) for name, word in parameters.items() if word),
    )


def _roll_up(notice: Outgoing, many: OutgoingRollUp) -> _Told:
    count = len(many.alerts)
    return _Told(
        part="roll-up",
        event=Text(
            f"{count} alarm di kecamatan {many.name}",
            f"{count} alerts in kecamatan {many.name}",
        ),
        description=Text(
            f"{many.opened} alarm baru dalam sepuluh menit; perlu dicek.",
            f"{many.opened} new alerts within ten minutes; to be checked.",
        ),
        severity=notice.severity,
        urgency=_urgency(notice.kind, notice.severity),
        onset=format_time(many.since, notice.offset_minutes),
        place=many.name,
        code=many.kecamatan,
    )


def _message(notice: Outgoing, text: Text) -> _Told:
    return _Told(
        part="message",
        event=Text("Pemberitahuan Siaga", "Message of Siaga"),
        description=text,
        severity=notice.severity,
        urgency=_urgency(notice.kind, notice.severity),
        place=notice.destination.area,
        code=notice.destination.area,
    )


def _urgency(kind: NoticeKind, severity: Severity) -> str:
    return "Immediate" if kind is NoticeKind.CALL and severity in _URGENT else "Expected"


def _written(notice: Outgoing, one: _Told, source: CapSource, before: str) -> CapMessage:
    identifier = _NOT_IN_IDENTIFIER.sub("-", f"{source.key}.{one.part}")
    sent = format_time(notice.at, notice.offset_minutes)
    restriction = " ".join([_DUTY, *notice.restricted_to])
    words = [
        _element("identifier", identifier),
        _element("sender", source.sender),
        _element("sent", sent),
        _element("status", "Exercise" if notice.drill else "Actual"),
        _element("msgType", _kind(one, before)),
        _element("source", "Siaga"),
        _element("scope", "Restricted"),
        _element("restriction", restriction),
        _element("note", _EXERCISE if notice.drill else ""),
        _element("references", before),
        _element("incidents", one.incident),
        *(_info(notice, one, source, language) for language in _LANGUAGES),
    ]
    body = f'<alert xmlns="{_NAMESPACE}">\n{"".join(words)}</alert>\n'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
    return CapMessage(identifier, f"{source.sender},{identifier},{sent}", xml)


def _kind(one: _Told, before: str) -> str:
    if not before:
        return "Alert"
    return "Cancel" if one.is_final else "Update"


def _info(
    notice: Outgoing, one: _Told, source: CapSource, language: tuple[str, Callable[[Text], str]]
) -> str:
    code, said = language
    exercise = f"{_EXERCISE}: " if notice.drill else ""
    words = [
        _element("language", code),
        _element("category", "Security"),
        _element("event", exercise + said(one.event)),
        _element("responseType", "AllClear" if one.is_over else "Assess"),
        _element("urgency", one.urgency),
        _element("severity", _SEVERITIES[one.severity]),
        _element("certainty", "Likely"),
        _pair("eventCode", "SIAGA_RULE", one.rule),
        _element("onset", one.onset),
        _element("senderName", source.sender_name),
        _element("headline", exercise + said(one.event)),
        _element("description", said(one.description)),
        _element("instruction", "" if one.instruction is None else said(one.instruction)),
        *(_pair("parameter", f"siaga:{name}", word) for name, word in one.parameters),
        _area(one),
    ]
    return f"<info>\n{''.join(words)}</info>\n"


def _area(one: _Told) -> str:
    words = _element("areaDesc", one.place or one.code) + _pair("geocode", "KEMENDAGRI", one.code)
    return f"<area>\n{words}</area>\n"


def _element(name: str, text: str) -> str:
    """Return an element, or nothing where there is nothing to say."""
    if not text:
        return ""
    clean = _NOT_IN_XML.sub("\ufffd", text)
    return f"<{name}>{escape(clean, quote=False)}</{name}>\n"


def _pair(name: str, value_name: str, value: str) -> str:
    if not value:
        return ""
    return f"<{name}>\n{_element('valueName', value_name)}{_element('value', value)}</{name}>\n"
