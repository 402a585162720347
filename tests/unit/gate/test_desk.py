"""The form of the 110 desk."""

import asyncio
import json
from urllib.parse import urlencode

import pytest
from msgspec import UNSET

from streams.domain.events import Place
from streams.gate.desk import Desk
from streams.web.message import Answer, Incoming
from streams.web.phoned import EXPECTED, DeskForm
from streams.web.refusal import STATUS, Reason
from tests.unit.gate.house import Clock, Memory, document, hall_of, incoming, problem, signed

FORM = {
    "id": "110-7",
    "operator": "op-3",
    "relays": "warga",
    "caller": "081234567890",
    "text": "Ada keributan di depan TPS",
    "at": "2024-11-27T06:00:00+07:00",
    "category": "KAM-01",
    "kecamatan": "Carenang",
    "tps_number": "1",
    "people": "20",
    "desa": "",
}


def take(request: Incoming, writer: Memory | None = None) -> Answer:
    """Hand in a form."""
    return asyncio.run(Desk(hall_of(writer=writer)).take(request))


@pytest.mark.parametrize(
    "request_",
    [
        signed(json.dumps({**FORM, "tps_number": 1, "people": 20, "desa": None}).encode()),
        signed(urlencode(FORM).encode(), content_type="application/x-www-form-urlencoded"),
    ],
)
def test_a_form_is_a_report_by_telephone(request_: Incoming) -> None:
    """As JSON or as a browser sends it; the caller is a pseudonym, and relayed by an operator."""
    writer = Memory()
    answer = take(request_, writer)
    assert (202, "110-7", "app") == (answer.status, document(answer)["id"], answer.caller)
    (made,) = writer.reports
    source = made.source
    assert ("operator", "warga", "phone") == (source.role, source.relayed, source.channel)
    assert source.id.startswith("tel-")
    assert Place(kecamatan="Carenang", tps_number=1) == made.place
    assert ("KAM-01", 20) == (made.category, made.people)
    assert FORM["at"] == made.at


def test_without_a_number_the_voice_is_the_operators() -> None:
    """However often he relays, he is one."""
    writer = Memory()
    form = {name: FORM[name] for name in ("id", "operator", "text", "at")}
    take(signed(json.dumps(form).encode()), writer)
    (made,) = writer.reports
    assert ("op-3", UNSET) == (made.source.id, made.place)


def test_every_field_that_is_wrong_is_named_in_both_languages() -> None:
    """One line on the screen for each, at once."""
    form = {"id": "", "text": "x", "tps": "36.04", "people": "many", "relays": "king", "at": "now"}
    errors = problem(take(signed(json.dumps(form).encode()))).errors
    wrong = [one.field for one in errors]
    assert ["id", "operator", "at", "relays", "tps", "people"] == wrong
    assert EXPECTED["tps"] == errors[4].text


@pytest.mark.parametrize("value", [[], ["x"], {}, {"a": 1}])
@pytest.mark.parametrize("field", EXPECTED)
def test_a_field_that_is_no_line_is_named(field: str, value: object) -> None:
    """Lists and objects are no fault of ours."""
    answer = take(signed(json.dumps({**FORM, field: value}).encode()))
    assert 400 == answer.status
    assert [field] == [one.field for one in problem(answer).errors]


def test_when_it_was_said_must_be_there() -> None:
    """The same form is the same report, whenever it is sent again."""
    form = {name: text for name, text in FORM.items() if name != "at"}
    answer = take(signed(json.dumps(form).encode()))
    assert (400, ["at"]) == (answer.status, [one.field for one in problem(answer).errors])
    writer, clock = Memory(), Clock()
    desk = Desk(hall_of(writer=writer, clock=clock))
    for _ in range(2):
        at_s = clock.now_s
        asyncio.run(desk.take(signed(json.dumps(FORM).encode(), at_s=at_s)))
        clock.now_s += 3
    assert 1 == len({one.value for one in writer.records})
    assert 2 == len(writer.records)


def test_a_number_is_one_voice_however_it_is_typed() -> None:
    """And with a name beside it, it is none."""
    writer = Memory()
    typed = ("081234567890", " 081234567890 ", "0812.3456.7890", "0812/3456 7890", "+6281234567890")
    for number in typed:
        take(signed(json.dumps({**FORM, "caller": number}).encode()), writer)
    assert (len(typed), 1) == (len(writer.reports), len({one.source.id for one in writer.reports}))
    for named in ("081234567890 (ibu)", "Ibu Sri", "0812\n"):
        answer = take(signed(json.dumps({**FORM, "caller": named}).encode()))
        assert ["caller"] == [one.field for one in problem(answer).errors]


def test_every_field_says_what_it_must_be() -> None:
    """No field of the form is without words."""
    assert set(DeskForm.__struct_fields__) == set(EXPECTED)


REFUSED: dict[str, tuple[Incoming, Reason]] = {
    "unsigned": (incoming(json.dumps(FORM).encode()), Reason.SIGNATURE),
    "no object": (signed(b"[1]"), Reason.SCHEMA),
    "no JSON": (signed(b"{"), Reason.JSON),
    "no day": (
        signed(json.dumps({**FORM, "at": "2024-02-31T00:00:00Z"}).encode()),
        Reason.BAD_TIME,
    ),
    "no id of a drill": (signed(json.dumps(FORM).encode(), siaga_drill="a b"), Reason.ENVELOPE),
}


@pytest.mark.parametrize(("request_", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_form_is_refused(request_: Incoming, reason: Reason) -> None:
    """By the same words as an event."""
    answer = take(request_)
    assert (STATUS[reason], reason) == (answer.status, answer.reason)


def test_without_kafka_the_desk_is_told() -> None:
    """And the form stays on the screen."""
    writer = Memory()
    writer.is_away = True
    assert 503 == take(signed(json.dumps(FORM).encode()), writer).status
