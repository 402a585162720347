"""From what a page sends to a command on Kafka, or to why it is not sent.

Who acts, when, and by which channel is said here, never by the page. What may be known without the
fold is looked at: the role, the area, the ladder, the severity. So a person hears at once, in
words, what the fold would refuse; whatever the state decides is left to the fold.
"""

from collections.abc import Mapping
from typing import Final, cast

import msgspec
from msgspec import UNSET, Struct

from streams.domain.alert import Text
from streams.domain.events import OperatorCommand
from streams.domain.ids import AreaCode
from streams.engine.topics import Topic
from streams.room.house import Day
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.rights import Concern, Person, may_act
from streams.territory.zone import in_indonesia, offset_minutes
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument
from streams.wire.inputs import decode_input
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8
from streams.wire.time import format_time

__all__ = ["Barred", "Moment", "Ordered", "fields_of", "local_time", "order"]

_CHANNEL: Final = "room"
_WIB_MINUTES: Final = 420
_NO_ALERT: Final = Text("Tidak ada alarm dengan nomor itu.", "There is no alert of this id.")
_NO_REPORT: Final = Text("Tidak ada laporan dengan nomor itu.", "There is no report of this id.")


Moment = tuple[Day, str]
"""When something is sent, and an id that nothing else has."""


class Barred(Struct, frozen=True):
    """Why a person may not order this."""

    text: Text
    kind: str = ""
    is_hidden: bool = False
    """It is as if what it is about were not there."""


class Ordered(Struct, frozen=True):
    """A command that can be written."""

    id: str
    kind: str
    record: Record


def order(body: bytes, person: Person, model: Model, moment: Moment) -> Ordered | Barred:
    """Return what a page wants to order, ready to be written.

    Args:
        body: Fields of a command (`operator-command.schema.json`).
        person: Who orders.
        model: What is known of what it is about.
        moment: When it is, and the id for it if the page has given none.

    Raises:
        Refusal: It is no command.
    """
    day, unique = moment
    said = fields_of(body)
    actor = {"id": person.user, "role": person.role, "area": person.area}
    whole = {
        **said,
        "id": said.get("id") or unique,
        "at": local_time(day, _place_said(said)),
        "actor": actor,
        "channel": _CHANNEL,
    }
    value = msgspec.json.encode(whole)
    command = _decoded(value)
    found = _concern(command, person, model)
    if isinstance(found, Barred):
        return found
    why = may_act(person, command.command, found)
    if why is not None:
        return Barred(why, command.command)
    return Ordered(command.id, command.command, Record(Topic.OPERATOR_COMMANDS, value, day.headers))


def fields_of(body: bytes) -> Mapping[str, object]:
    """Return the fields of a body, without those that are empty.

    Raises:
        Refusal: It is no object of JSON.
    """
    try:
        require_utf8(body)
        found = json_value(body)
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict
    if not isinstance(found, Mapping):
        raise Refusal(Reason.SCHEMA, "expected an object of fields")
    given = cast("Mapping[str, object]", found)
    return {name: value for name, value in given.items() if value not in ("", None)}


def local_time(day: Day, place: str) -> str:
    """Return when it is, in the local time of a place; of none it is that of Jakarta."""
    is_known = len(place) > 1 and in_indonesia(place)
    return format_time(day.at, offset_minutes(AreaCode(place)) if is_known else _WIB_MINUTES)


def _decoded(value: bytes) -> OperatorCommand:
    try:
        event = decode_input(Topic.OPERATOR_COMMANDS, value, ()).event
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict
    assert isinstance(event, OperatorCommand), "the topic has nothing else"
    return event


def _place_said(said: Mapping[str, object]) -> str:
    """Return the code of a place that a command says first, however it says it."""
    for name in ("tps", "area", "alert", "report"):
        value = said.get(name)
        if isinstance(value, str) and value[:2].isdecimal() and value.isascii():
            return value if "." in value else f"{value[:2]}.{value[2:4]}"
    return ""


def _concern(command: OperatorCommand, person: Person, model: Model) -> Concern | Barred:
    if command.alert is not UNSET:
        alert = model.alerts.get(command.alert)
        return Barred(_NO_ALERT, is_hidden=True) if alert is None else _of_alert(alert, person)
    if command.report is not UNSET:
        report = model.reports.get(command.report)
        shade = model.shade(Kind.TRIAGE, command.report)
        if report is None or shade is None or (shade.roles and person.role not in shade.roles):
            return Barred(_NO_REPORT, is_hidden=True)
        return Concern(report.area)
    for place in (command.tps, command.area):
        if place is not UNSET:
            return Concern(place)
    return Concern("")


def _of_alert(alert: AlertDocument, person: Person) -> Concern | Barred:
    if alert.restricted_to and person.role not in alert.restricted_to:
        # As if it were not there: that there is something would be told by any other sentence.
        return Barred(_NO_ALERT, is_hidden=True)
    return Concern(place_of(alert), alert.ladder, alert.severity, alert.restricted_to)
