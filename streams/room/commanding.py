"""From what a page sends to a command on Kafka, or to why it is not sent.

Who acts, when, by which channel, and in which election what is named stands (a drill's is one of
its own) is said here, never by the page, of which only the fields of a command are taken: an
envelope around them could hold another command. What may be known without the
fold is looked at: the role, the area, the ladder, the severity. So a person hears at once, in
words, what the fold would refuse; whatever the state decides is left to the fold. What one does not
see is not there to be ordered about.

To the fold a second command of one id is a repeat, or a dead letter that nobody is told of. So an
id whose actor has had an answer to another command is refused here, by what every replica reads.
Until there is an answer, and where the answer does not say whether it was another, it is sent.
"""

from collections.abc import Mapping
from typing import Final, cast

import msgspec
from msgspec import UNSET, Struct

from streams.domain.alert import Text
from streams.domain.events import OperatorCommand
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of, kabupaten_of_id
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.engine.topics import Topic
from streams.judge.seen import MEMORY_MS
from streams.room.feed import Feed
from streams.room.house import Day
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.rights import Concern, Person, may_act
from streams.room.sight import Sight
from streams.territory.zone import in_indonesia, offset_minutes
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record
from streams.wire.board import place_of
from streams.wire.documents import ReplyDocument
from streams.wire.inputs import decode_input
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_utf8
from streams.wire.time import format_time, moment_of

__all__ = ["Barred", "Moment", "Ordered", "fields_of", "known", "local_time", "object_of", "order"]

_REMEMBERED_MS: Final = MEMORY_MS - HOUR_MS
"""How long the fold surely knows an id again, whenever exactly it has heard it."""
_AGAIN_MS: Final = 10 * MINUTE_MS
"""A page sends a command again for half a minute; who reloads it, by hand."""
_ENVELOPE: Final = "specversion"
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


def order(body: bytes, person: Person, feed: Feed, moment: Moment) -> Ordered | Barred:
    """Return what a page wants to order, ready to be written.

    Args:
        body: Fields of a command (`operator-command.schema.json`).
        person: Who orders.
        feed: What is known of what it is about.
        moment: When it is, and the id for it if the page has given none.

    Raises:
        Refusal: It is no command, or its id was used for another one.
    """
    day, unique = moment
    said = fields_of(body)
    whole = {
        **known(said, OperatorCommand),
        **_election_of(said, feed.model),
        "id": said.get("id") or unique,
        "at": _first_at(said, person, feed.model, day),
        "actor": person.actor,
        "channel": _CHANNEL,
    }
    value = msgspec.json.encode(whole)
    command = _decoded(value)
    assert command.actor == person.actor, "nobody commands as another"
    found = _concern(command, person, feed)
    if isinstance(found, Barred):
        return found
    why = may_act(person, command.command, found)
    if why is not None:
        return Barred(why, command.command)
    _require_own_id(command, feed.model, day.at)
    return Ordered(command.id, command.command, Record(Topic.OPERATOR_COMMANDS, value, day.headers))


def _first_at(said: Mapping[str, object], person: Person, model: Model, day: Day) -> str:
    """Return when a command is given: sent again for want of an answer, when it was at first.

    With another time it would be another command of that id to the fold, and a dead letter.
    """
    before = model.deeds.told_at(person.user, str(said.get("id")))
    if before and day.at - moment_of(before) <= _AGAIN_MS:
        return before
    return local_time(day, _place_said(said))


def _election_of(said: Mapping[str, object], model: Model) -> dict[str, ElectionId]:
    """Return the election of the alert or report that a command names, as far as there is one."""
    # Intake places a command by its alert, if it names both.
    report = model.reports.get(str(said.get("report")))
    found = model.alerts.get(str(said.get("alert")), report)
    return {} if found is None else {"election": found.election}


def fields_of(body: bytes) -> Mapping[str, object]:
    """Return the fields of a body, without those that are empty.

    Raises:
        Refusal: It is no object of JSON, or an envelope around one.
    """
    given = object_of(body)
    if _ENVELOPE in given:
        raise Refusal(Reason.ENVELOPE, "expected bare fields, without an envelope around them")
    return {name: value for name, value in given.items() if value not in ("", None)}


def object_of(body: bytes) -> Mapping[str, object]:
    """Return the object of JSON that a body is.

    Raises:
        Refusal: It is none.
    """
    try:
        require_utf8(body)
        found = json_value(body)
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict
    if not isinstance(found, Mapping):
        raise Refusal(Reason.SCHEMA, "expected an object of fields")
    return cast("Mapping[str, object]", found)


def known(said: Mapping[str, object], kind: type[Struct]) -> dict[str, object]:
    """Return those of some fields that a kind of event has."""
    names = {one.encode_name for one in msgspec.structs.fields(kind)}
    return {name: value for name, value in said.items() if name in names}


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


def _require_own_id(command: OperatorCommand, model: Model, now: EpochMs) -> None:
    """Refuse an id by which the fold knows another command of this actor.

    Raises:
        Refusal: `id_conflict`.
    """
    reply = model.replies.get(command.id)
    if reply is None or reply.actor != command.actor.id:
        return
    if now - moment_of(reply.at) >= _REMEMBERED_MS or _kabupaten_of(command) != _judged_in(reply):
        return
    # A restricted alert is in no reply.
    alert = "" if command.alert is UNSET else command.alert
    is_of_another = reply.alert not in {"", alert}
    is_other = reply.command_kind is not command.command or is_of_another
    if is_other or model.deeds.has_other(command):
        about = f" of {reply.alert}" if reply.alert else ""
        used = f"id {command.id} was used for another command, {reply.command_kind}{about}"
        raise Refusal(Reason.ID_CONFLICT, f"{used}; expected an id of its own")


def _kabupaten_of(command: OperatorCommand) -> str:
    """Return where a command is judged, as intake finds it; empty: the command does not say."""
    for named in (command.alert, command.report):
        if named is not UNSET:
            return kabupaten_of_id(named)
    for place in (command.tps, command.area):
        if place is not UNSET:
            return kabupaten_of(place)
    return ""


def _judged_in(reply: ReplyDocument) -> str | None:
    """Return where a command was judged; None: its answer does not say."""
    if reply.alert:
        return kabupaten_of_id(reply.alert)
    return kabupaten_of(reply.area) or None


def _concern(command: OperatorCommand, person: Person, feed: Feed) -> Concern | Barred:
    # By all that the person sees: a token that orders need not open the rows themselves.
    sight = Sight(person.role, person.area)
    model = feed.model
    if command.alert is not UNSET:
        if not feed.sees(sight, Kind.ALERTS, command.alert):
            return Barred(_NO_ALERT, is_hidden=True)
        alert = model.alerts[command.alert]
        return Concern(place_of(alert), alert.ladder, alert.severity)
    if command.report is not UNSET:
        if not feed.sees(sight, Kind.TRIAGE, command.report):
            return Barred(_NO_REPORT, is_hidden=True)
        return Concern(model.reports[command.report].area)
    for place in (command.tps, command.area):
        if place is not UNSET:
            return Concern(place)
    return Concern("")
