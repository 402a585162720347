"""Events of tests: written short, filled in to what a producer would send."""

import json
from typing import Final, cast

import pytest

from streams.authoring.events import lines_of, numbers_of
from streams.authoring.places import KABUPATEN, desa_code, moment_text, tps_code
from streams.errors import InputError
from streams.rules.cases import CaseWorld, RuleCase
from streams.wire.inputs import INPUT_TYPES, decode_input
from tests.support.packs import rule_of, with_tests

Json = dict[str, object]


def case(*events: Json, world: CaseWorld | None = None) -> RuleCase:
    """Return a test with these events."""
    return RuleCase(name="a", events=events, until="23:00", expect=(), world=world or CaseWorld())


def lines(*events: Json, world: CaseWorld | None = None) -> list[Json]:
    """Return the lines of an events file."""
    return [cast("Json", json.loads(line)) for line in lines_of(case(*events, world=world))]


def value(event: Json, world: CaseWorld | None = None) -> Json:
    """Return what is sent of one event."""
    [line] = lines({"at": "07:00", **event}, world=world)
    return cast("Json", line["value"])


def source(identity: str, role: str, **more: str) -> Json:
    """Return a sender."""
    return {"id": identity, "role": role, **more}


TPS_1: Final = tps_code("1")
AT: Final[Json] = {"id": "e1", "at": moment_text("07:00")}
SENT: Final[dict[str, tuple[Json, Json]]] = {
    # as it is written, and what is sent beside its id and time
    "a status": (
        {"status": "opened"},
        {"kind": "opened", "tps": TPS_1, "source": source("kpps-1", "kpps")},
    ),
    "a status of another TPS, by somebody else": (
        {"status": "heartbeat", "tps": 5, "from": "x", "role": "ptps", "channel": "sms"},
        {
            "kind": "heartbeat",
            "tps": tps_code("5"),
            "source": source("x", "ptps", channel="sms"),
        },
    ),
    "a status with all that it says": (
        {"status": "box_arrived", "box": "K-1", "place": "ppk", "escort": ["{2}", "x"]},
        {
            "kind": "box_arrived",
            "tps": TPS_1,
            "source": source("kpps-1", "kpps"),
            "box": "K-1",
            "place": "ppk",
            "escort": [tps_code("2"), "x"],
        },
    ),
    "a word of an officer": (
        {"status": "duress"},
        {"kind": "duress", "officer": "petugas-1", "source": source("petugas-1", "pam_tps")},
    ),
    "a word of another officer at a TPS": (
        {"status": "checkin", "officer": "bhabin-1", "tps": 2, "role": "bhabinkamtibmas"},
        {
            "kind": "checkin",
            "officer": "bhabin-1",
            "tps": tps_code("2"),
            "source": source("bhabin-1", "bhabinkamtibmas"),
        },
    ),
    "a report": (
        {"report": "INT-01"},
        {"category": "INT-01", "place": {"tps": TPS_1}, "source": source("warga-1", "warga")},
    ),
    "a report of a desa": (
        {"report": "KAM-01", "desa": "B"},
        {
            "category": "KAM-01",
            "place": {"desa": desa_code("B")},
            "source": source("warga-1", "warga"),
        },
    ),
    "a text without a category": (
        {"report": "", "text": "ricuh di {1}"},
        {
            "text": f"ricuh di {TPS_1}",
            "place": {"tps": TPS_1},
            "source": source("warga-1", "warga"),
        },
    ),
    "a report with a place and an id of its own": (
        {"report": "INT-01", "place": {"name": "pasar {A}"}, "id": "r7"},
        {
            "id": "r7",
            "category": "INT-01",
            "place": {"name": f"pasar {desa_code('A')}"},
            "source": source("warga-1", "warga"),
        },
    ),
    "a count": (
        {"count": "final", "votes": {"01": 200, "02": 190}, "valid": 390},
        {
            "tps": TPS_1,
            "status": "final",
            "contest": "bupati",
            "source": source("kpps-1", "kpps"),
            "votes": {"01": 200, "02": 190},
            "valid": 390,
        },
    ),
    "a count of a witness": (
        {
            "count": "provisional",
            "votes": {"01": 1},
            "tps": 2,
            "from": "s",
            "role": "saksi",
            "camp": "01",
        },
        {
            "tps": tps_code("2"),
            "status": "provisional",
            "contest": "bupati",
            "source": source("s", "saksi", camp="01"),
            "votes": {"01": 1},
        },
    ),
    "a command about an alert": (
        {"command": "ack", "alert": "W04@{1}"},
        {
            "command": "ack",
            "alert": f"W04@{TPS_1}",
            "actor": {"id": "commander-1", "role": "commander"},
        },
    ),
    "a command about a TPS": (
        {"command": "confirm_seal", "tps": 2, "role": "operator"},
        {
            "command": "confirm_seal",
            "tps": tps_code("2"),
            "actor": {"id": "operator-1", "role": "operator"},
        },
    ),
    "a command about nothing else": (
        {"command": "note", "reason": "hujan"},
        {
            "command": "note",
            "area": KABUPATEN,
            "reason": "hujan",
            "actor": {"id": "commander-1", "role": "commander"},
        },
    ),
}


@pytest.mark.parametrize(("written", "sent"), SENT.values(), ids=SENT)
def test_what_is_written_short_is_filled_in(written: Json, sent: Json) -> None:
    """What a test does not care about is as a producer would send it."""
    assert AT | sent == value(written)


@pytest.mark.parametrize("written", [written for written, _ in SENT.values()], ids=list(SENT))
def test_what_is_sent_can_be_taken(written: Json) -> None:
    """As intake would take it from Kafka."""
    [line] = lines({"at": "07:00", **written})
    topic = cast("str", line["topic"])
    decoded = decode_input(topic, json.dumps(line["value"]).encode())
    assert INPUT_TYPES[topic] is type(decoded.event)


def test_a_kind_of_event_has_its_topic() -> None:
    """Four words, four topics."""
    written: list[Json] = [
        {"at": "07:00", "status": "opened"},
        {"at": "07:00", "report": "INT-01"},
        {"at": "07:00", "count": "final", "votes": {"01": 1}},
        {"at": "07:00", "command": "note"},
    ]
    expected = ["tps.status", "crowd.reports", "vote.counts", "operator.commands"]
    assert expected == [line["topic"] for line in lines(*written)]


def test_it_is_received_when_it_happened() -> None:
    """Unless the test says that it came late."""
    [first, second] = lines(
        {"at": "07:00", "status": "opened"},
        {"at": "07:05", "received": "07:26:30", "status": "opened"},
    )
    assert moment_text("07:00") == first["received_at"]
    assert moment_text("07:26:30") == second["received_at"]
    assert moment_text("07:05") == cast("Json", second["value"])["at"]


def test_every_event_and_every_citizen_is_another() -> None:
    """By its number, so that an event can be called `e2`."""
    written: list[Json] = [{"at": "07:00", "report": "INT-01"}] * 3
    values = [cast("Json", line["value"]) for line in lines(*written)]
    assert ["e1", "e2", "e3"] == [one["id"] for one in values]
    senders = [cast("Json", one["source"])["id"] for one in values]
    assert ["warga-1", "warga-2", "warga-3"] == senders


def test_a_count_is_of_the_first_contest_of_the_world() -> None:
    """In a pilkades of that of the desa of its TPS."""
    two = CaseWorld(contests={"gubernur": ("01",), "bupati": ("01",)})
    count: Json = {"count": "final", "votes": {"01": 1}}
    assert "gubernur" == value(count, two)["contest"]
    village = CaseWorld(kind="pilkades", contests={"kades": ("01",)})
    assert "kades-A" == value(count, village)["contest"]
    assert "kades-B" == value(count | {"tps": 5}, village)["contest"]
    assert "kades-C" == value(count | {"tps": 5, "contest": "kades-C"}, village)["contest"]


def test_the_tps_of_a_test_are_those_that_it_speaks_of() -> None:
    """In events, braces, classes and what it expects."""
    tests = """\
  - name: a
    classes: {3: khusus}
    events:
      - {at: "07:00", status: opened, tps: 2}
      - {at: "07:00", command: ack, alert: "T03@{4}"}
    until: "08:00"
    expect:
      - {at: "07:30", change: opened, scope: "5"}
      - {at: "07:30", change: opened, scope: "12"}
      - {at: "07:30", change: opened, scope: "box:36.04/{6}#1"}
"""
    [found] = rule_of(with_tests(tests)).tests
    assert {"2", "3", "4", "5", "6"} == numbers_of(found)
    assert {"4"} == numbers_of(case(world=CaseWorld(dpts={"4": 100})))
    assert set() == numbers_of(case({"at": "07:00", "status": "opened"}))


REFUSED: Final[dict[str, tuple[Json, str]]] = {
    "no time": ({"status": "opened"}, "expected `at` and one of status, report, count, command"),
    "no kind": ({"at": "07:00"}, "expected `at` and one of status, report, count, command"),
    "two kinds": (
        {"at": "07:00", "status": "opened", "report": "INT-01"},
        "expected `at` and one of status, report, count, command",
    ),
    "a field that such an event has not": (
        {"at": "07:00", "status": "opened", "situatoin": "aman"},
        "found 'situatoin', expected of a status: all_voted, at, ",
    ),
    "a field of another kind of event": (
        {"at": "07:00", "command": "ack", "from": "x"},
        "found 'from', expected of a command: actor, alert, area, at, box, ",
    ),
    "a desa of a status": (
        {"at": "07:00", "status": "opened", "desa": "A"},
        "found 'desa', expected of a status: ",
    ),
    "a desa that there is not": (
        {"at": "07:00", "report": "INT-01", "desa": "X"},
        "found desa 'X', expected one of A, B, C, D, E, F",
    ),
    "TPS that are no numbers": (
        {"at": "07:00", "status": "opened", "tps": ["1-B"]},
        "found TPS '1-B', expected a number or two as 101-116",
    ),
    "more TPS than there are": (
        {"at": "07:00", "status": "opened", "tps": ["101-999999999"]},
        "found TPS '101-999999999', expected a number or two as 101-116",
    ),
    "a TPS of more digits than Python reads": (
        {"at": "07:00", "status": "opened", "tps": [1, 5000 * "9"]},
        f"found TPS '{60 * '9'}', expected a number or two as 101-116",
    ),
    "a time that there is not": ({"at": "noon", "status": "opened"}, "found time 'noon', expected"),
}


@pytest.mark.parametrize(("event", "told"), REFUSED.values(), ids=REFUSED)
def test_an_event_that_cannot_be_sent_is_told(event: Json, told: str) -> None:
    """With its number: a slip of the pen must not make a test hold that says nothing."""
    with pytest.raises(InputError) as refused:
        lines({"at": "06:30", "status": "heartbeat"}, event)
    assert str(refused.value).startswith(f"events[1]: {told}")
