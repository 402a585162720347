"""What comes by phone or radio, from a form to an event on Kafka: reports, and statuses of a TPS.

Whoever sits in the room relays: the event is his, with the role of whom he relays, so the fold
weighs it by that. Every field that is wrong is named.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.events import CrowdReport, TpsStatus
from streams.domain.ids import AlertId, AreaCode
from streams.domain.journal import Flag
from streams.domain.times import EpochMs
from streams.domain.words import Channel, Role
from streams.engine.topics import Topic
from streams.room.commanding import Moment, fields_of, known
from streams.room.rights import Person
from streams.territory.plan import Plan, covers
from streams.texts.tracking import RECEIVED
from streams.web.phoned import EXPECTED, form_of, report_of
from streams.web.refusal import FieldProblem, Problem, Reason, Refusal, problem_of
from streams.web.tracking import Tracker
from streams.web.writer import Record
from streams.wire.accept import AcceptSettings
from streams.wire.clock import Years
from streams.wire.inputs import Decoded, decode_input
from streams.wire.placing import Placed
from streams.wire.rejection import Rejection

__all__ = ["Desk", "Noted", "Ready"]

_UNPROCESSABLE: Final = 422
_FORBIDDEN: Final = 403
_OUTSIDE: Final = Text(
    "Tempat itu berada di luar wilayah tugas Anda.", "This place lies outside your area."
)


_FIELD: Final = {
    "id": EXPECTED["id"],
    "at": EXPECTED["at"],
    "tps": EXPECTED["tps"],
    "kind": Text("Pilih apa yang terjadi di TPS.", "Choose what has happened at the TPS."),
    "corrects": Text(
        "Isi nomor kabar yang diralat, paling banyak 64 huruf.",
        "Give the id of the message that it corrects, of up to 64.",
    ),
    "relays": EXPECTED["relays"],
}
_MISSING: Final = re.compile(r"missing required field `([^`]+)`")
_ANY_FIELD: Final = Text("Isian ini belum benar.", "This field is not right yet.")
_RELAYS: Final = "source.for"
_NOBODY: Final = Text(
    "Petugas ini tidak ada di daftar. Isi nomornya yang benar, atau pilih TPS.",
    "Nobody of this id is on a roster. Give the officer's id, or choose a TPS.",
)
_NO_DAY: Final = Text(
    "Waktu ini lebih dari setahun dari hari pemungutan suara.",
    "This time is more than a year from the day of any election.",
)


class Noted(Struct, frozen=True, omit_defaults=True):
    """What is told of an event that Kafka has."""

    id: str
    text: Text
    tracking: AlertId | None = None
    """By which a report is followed; missing where its kabupaten is not sure."""


class Ready(Struct, frozen=True):
    """An event that can be written, and what is told of it then."""

    record: Record
    told: Noted


class Desk:
    """Takes what is told, and knows the elections that it may be about."""

    def __init__(self, tracker: Tracker, plans: Sequence[Plan]) -> None:
        """Share what finds whose a report is; know when the elections are."""
        self._tracker = tracker
        self._elections = tuple(plan.election for plan in plans)
        self._years = Years(self._elections, AcceptSettings().years_max)

    def report(self, body: bytes, person: Person, moment: Moment) -> Ready | Problem:
        """Return a report that somebody has phoned in, ready to be written, or what is wrong.

        Raises:
            Refusal: It is no object of JSON, or in an envelope.
        """
        day, unique = moment
        said = fields_of(body)
        form = form_of({**said, "id": said.get("id") or unique, "operator": person.user})
        if isinstance(form, Problem):
            return replace(form, status=_UNPROCESSABLE)
        value = msgspec.json.encode(report_of(form, self._tracker, _channel(said)))
        decoded = self._decoded(Topic.CROWD_REPORTS, value)
        if isinstance(decoded, Problem):
            return decoded
        assert isinstance(decoded.event, CrowdReport), "the topic has nothing else"
        tracking = self._tracker.tracking_id(decoded.event, decoded.at)
        places = [one for one in (form.tps, form.desa) if one is not UNSET]
        if not _is_inside(person, places, self._tracker.placed(decoded.event, decoded.at)):
            return _outside()
        record = Record(Topic.CROWD_REPORTS, value, day.headers)
        return Ready(record, Noted(form.id, RECEIVED, tracking))

    def status(self, body: bytes, person: Person, moment: Moment) -> Ready | Problem:
        """Return a status that somebody has told, ready to be written, or what is wrong with it.

        Raises:
            Refusal: It is no object of JSON, or in an envelope.
        """
        day, unique = moment
        said = fields_of(body)
        source = {
            "id": person.user,
            "role": Role.OPERATOR,
            "for": said.get("relays", Role.PAM_TPS),
            "channel": _channel(said),
        }
        whole = {**known(said, TpsStatus), "id": said.get("id") or unique, "source": source}
        value = msgspec.json.encode(whole)
        decoded = self._decoded(Topic.TPS_STATUS, value)
        if isinstance(decoded, Problem):
            return decoded
        status = decoded.event
        assert isinstance(status, TpsStatus), "the topic has nothing else"
        assert status.source.id == person.user, "nobody relays as another"
        place = self._place_of(status, decoded.at)
        if place is None and self._elections:
            return _wrong("officer", _NOBODY, Reason.UNKNOWN)
        if person.area and not (place and covers(person.area, place)):
            return _outside()
        return Ready(Record(Topic.TPS_STATUS, value, day.headers), Noted(status.id, RECEIVED))

    def _place_of(self, status: TpsStatus, at: EpochMs) -> AreaCode | None:
        """Return where a status belongs: without a TPS the Polsek of its officer, if he has one."""
        if status.tps is not UNSET:
            return AreaCode(status.tps)
        placed = self._tracker.placed(status, at)
        return None if placed is None else placed.area

    def _decoded(self, topic: Topic, value: bytes) -> Decoded | Problem:
        """Return an event as intake would, or the first field that it would not take."""
        try:
            decoded = decode_input(topic, value, ())
        except Rejection as verdict:
            problem = problem_of(Refusal(Reason(verdict.reason), verdict.detail))
            return replace(problem, status=_UNPROCESSABLE, errors=_wrong_fields(problem))
        return decoded if self._is_of_a_day(decoded.at) else _out_of_time()

    def _is_of_a_day(self, at: EpochMs) -> bool:
        """Tell whether a time may be one of an election, as far as any is known."""
        for election in self._elections:
            try:
                self._years.check(at, election)
            except Rejection:
                continue
            return True
        return not self._elections


def _channel(said: Mapping[str, object]) -> Channel:
    return Channel.RADIO if said.get("channel") == Channel.RADIO else Channel.PHONE


def _wrong_fields(problem: Problem) -> tuple[FieldProblem, ...]:
    """Return which field of the form that is, and what it must be, for who fills it in."""
    missing = _MISSING.search(problem.detail)
    path = problem.field.removeprefix("$").removeprefix(".") or (missing[1] if missing else "")
    if not path:
        return ()
    name = "relays" if path == _RELAYS else path.partition(".")[0]
    return (FieldProblem(name, _FIELD.get(name, _ANY_FIELD)),)


def _is_inside(person: Person, coded: Sequence[str], placed: Placed | None) -> bool:
    """Tell whether a report is of a person's area.

    Of several places that are given by code none may lie outside. What is only named lies where
    intake will find it; of what is not sure a person decides, who may be of this area.
    """
    area = AreaCode(person.area)
    if not area:
        return True
    if not all(covers(area, one) for one in coded):
        return False
    if placed is None:
        return bool(coded)
    if Flag.PLACE_UNSURE in placed.flags:
        return bool(coded) or covers(area, placed.area) or covers(placed.area, area)
    return covers(area, placed.area)


def _out_of_time() -> Problem:
    return _wrong("at", _NO_DAY, Reason.BAD_TIME)


def _wrong(field: str, text: Text, reason: Reason) -> Problem:
    return replace(
        problem_of(Refusal(reason, f"{text.en} - at `$.{field}`")),
        status=_UNPROCESSABLE,
        errors=(FieldProblem(field, text),),
    )


def _outside() -> Problem:
    return Problem(_FORBIDDEN, Reason.FORBIDDEN, _OUTSIDE.en, _OUTSIDE)
