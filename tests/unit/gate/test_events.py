"""The door of events: who is taken, what is answered, what is written."""

import asyncio
import json
from datetime import UTC, datetime

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace
from standardwebhooks import Webhook

from streams.engine.topics import Topic
from streams.gate.events import DOORS, Events
from streams.judge.triage import tracking_id
from streams.web.message import Answer, Incoming
from streams.web.refusal import STATUS, Reason
from tests.unit.gate.house import (
    ENVIRONMENT,
    NOW_S,
    REPORT,
    SETTINGS,
    Memory,
    document,
    hall_of,
    incoming,
    problem,
    report,
    signed,
)
from tests.unit.territory.folders import plan_of


class Item(Struct):
    """What is told of one event."""

    status: int


class Batch(Struct):
    """What is told of several."""

    taken: int
    refused: int
    items: list[Item]


def post(request: Incoming, topic: Topic = Topic.CROWD_REPORTS) -> Answer:
    """Knock once at a new gate."""
    return asyncio.run(Events(hall_of()).take(topic, request))


def forged(request: Incoming, **headers: str) -> Incoming:
    """Change headers of a signed request."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return replace(request, headers={**request.headers, **named})


def command(role: str = "commander") -> bytes:
    """Return an order."""
    actor = {"id": "c-1", "role": role}
    value = {"id": "o-1", "at": REPORT["at"], "actor": actor, "command": "ack", "alert": "a"}
    return json.dumps(value).encode()


def as_room(body: bytes) -> Incoming:
    """Sign as the control room does, by the reference library."""
    made = Webhook(ENVIRONMENT["ROOM"]).sign("m-1", _moment(), body.decode())
    shown = {"webhook-id": "m-1", "webhook-timestamp": str(int(NOW_S)), "webhook-signature": made}
    return Incoming(body=body, headers={"siaga-producer": "room", **shown})


def _moment() -> datetime:
    return datetime.fromtimestamp(NOW_S, UTC)


REPORT_BODY = report()
CASES: dict[str, tuple[Incoming, Topic, Reason | None]] = {
    "signed": (signed(REPORT_BODY), Topic.CROWD_REPORTS, None),
    "named by a parameter": (
        replace(
            forged(signed(REPORT_BODY), siaga_producer=""),
            query={"producer": "app"},
        ),
        Topic.CROWD_REPORTS,
        None,
    ),
    "a little early": (signed(REPORT_BODY, at_s=NOW_S + 299), Topic.CROWD_REPORTS, None),
    "unsigned": (incoming(REPORT_BODY), Topic.CROWD_REPORTS, Reason.SIGNATURE),
    "signed by nobody": (
        forged(signed(REPORT_BODY), webhook_signature="v1,AAAA"),
        Topic.CROWD_REPORTS,
        Reason.SIGNATURE,
    ),
    "half signed": (
        forged(signed(REPORT_BODY), webhook_id=""),
        Topic.CROWD_REPORTS,
        Reason.SIGNATURE,
    ),
    "signed by another": (
        forged(signed(REPORT_BODY), siaga_producer="room"),
        Topic.CROWD_REPORTS,
        Reason.SIGNATURE,
    ),
    "of a stranger": (
        forged(signed(REPORT_BODY), siaga_producer="nobody"),
        Topic.CROWD_REPORTS,
        Reason.SIGNATURE,
    ),
    "changed": (
        replace(signed(REPORT_BODY), body=REPORT_BODY + b" "),
        Topic.CROWD_REPORTS,
        Reason.SIGNATURE,
    ),
    "too old": (signed(REPORT_BODY, at_s=NOW_S - 301), Topic.CROWD_REPORTS, Reason.SIGNATURE),
    "a topic that is not his": (
        signed(command()),
        Topic.OPERATOR_COMMANDS,
        Reason.FORBIDDEN,
    ),
    "a topic that is not the room's": (
        as_room(REPORT_BODY),
        Topic.CROWD_REPORTS,
        Reason.FORBIDDEN,
    ),
    "a role that is not his": (
        signed(report(source={"id": "p", "role": "polsek"})),
        Topic.CROWD_REPORTS,
        Reason.FORBIDDEN,
    ),
    "no JSON": (signed(b"{"), Topic.CROWD_REPORTS, Reason.JSON),
    "no UTF-8": (signed(b"\xff"), Topic.CROWD_REPORTS, Reason.ENCODING),
    "deep JSON": (signed(b'{"a":' * 50_000), Topic.CROWD_REPORTS, Reason.JSON),
    "a field too few": (signed(b'{"id": "r"}'), Topic.CROWD_REPORTS, Reason.SCHEMA),
    "no such day": (
        signed(report(at="2024-02-30T06:00:00Z")),
        Topic.CROWD_REPORTS,
        Reason.BAD_TIME,
    ),
    "a broken envelope": (
        signed(report(specversion="9")),
        Topic.CROWD_REPORTS,
        Reason.ENVELOPE,
    ),
    "over a mebibyte": (
        signed(REPORT_BODY + b" " * (1 << 20)),
        Topic.CROWD_REPORTS,
        Reason.SIZE,
    ),
    "a form": (
        forged(signed(b"a=1"), content_type="application/x-www-form-urlencoded"),
        Topic.CROWD_REPORTS,
        Reason.MEDIA_TYPE,
    ),
    "no id of a drill": (
        forged(signed(REPORT_BODY), siaga_drill="a b"),
        Topic.CROWD_REPORTS,
        Reason.ENVELOPE,
    ),
    "a command of the room": (as_room(command()), Topic.OPERATOR_COMMANDS, None),
}


@pytest.mark.parametrize(("request_", "topic", "reason"), CASES.values(), ids=CASES)
def test_each_request_is_answered_by_what_it_is(
    request_: Incoming, topic: Topic, reason: Reason | None
) -> None:
    """202 for what is good, and the status of the reason for what is not."""
    answer = post(request_, topic)
    expected = (202, "") if reason is None else (STATUS[reason], reason)
    assert expected == (answer.status, answer.reason)


def test_wrong_signatures_are_all_refused_in_the_same_words() -> None:
    """Nobody learns which part was wrong, or whether a name is known."""
    names = ("signed by nobody", "half signed", "signed by another", "of a stranger", "too old")
    assert 1 == len({post(CASES[name][0]).body for name in names})


def test_a_good_event_is_written_as_it_came_and_its_id_is_told() -> None:
    """Byte for byte; and the sender gets the id by which his report is followed."""
    writer, body = Memory(), report("r-9")
    events = Events(hall_of(SETTINGS, writer, plans=[plan_of()]))
    answer = asyncio.run(events.take(Topic.CROWD_REPORTS, signed(body)))
    assert [(Topic.CROWD_REPORTS, body, ())] == [
        (one.topic, one.value, one.headers) for one in writer.records
    ]
    assert {
        "status": 202,
        "topic": "crowd.reports",
        "id": "r-9",
        "tracking": tracking_id("36.04", "warga-1", "r-9"),
        "text": {
            "id": "Laporan Anda sudah masuk. Terima kasih.",
            "en": "Your report has come in. Thank you.",
        },
    } == document(answer)
    assert ("app", "crowd.reports", 1) == (answer.caller, answer.topic, answer.taken)


def test_the_field_that_is_wrong_is_named() -> None:
    """A sender can mend what he is told of."""
    found = problem(post(signed(report(source={"id": "x", "role": "king"}))))
    assert (Reason.SCHEMA, "$.source.role") == (found.reason, found.field)
    assert "Invalid enum value 'king'" == found.detail


def test_a_batch_is_answered_one_by_one() -> None:
    """The good are taken, and the bad are named, in their order."""
    writer = Memory()
    events = Events(hall_of(SETTINGS, writer))
    body = b"[" + b",".join((report("a"), b"{}", report("b"))) + b"]"
    answer = asyncio.run(events.take(Topic.CROWD_REPORTS, signed(body)))
    found = msgspec.json.decode(answer.body, type=Batch)
    assert (207, 2, 1) == (answer.status, found.taken, found.refused)
    assert [202, 400, 202] == [one.status for one in found.items]
    assert ["a", "b"] == [json.loads(one.value)["id"] for one in writer.records]


def test_a_batch_that_is_all_good_or_all_bad_says_so() -> None:
    """202 and 400, whatever is in it."""
    assert 202 == post(signed(b"[" + report() + b"]")).status
    assert 400 == post(signed(b"[{},{}]")).status


def test_a_repeat_is_answered_alike_and_written_once() -> None:
    """Its sender did not get the answer; the record is there."""
    writer = Memory()
    events, request = Events(hall_of(SETTINGS, writer)), signed(report())
    answers = [asyncio.run(events.take(Topic.CROWD_REPORTS, request)) for _ in range(3)]
    assert 1 == len({(one.status, one.body) for one in answers})
    assert 1 == len(writer.records)


@pytest.mark.parametrize(
    ("second", "topic"),
    [
        (signed(report("r-2")), Topic.CROWD_REPORTS),
        (forged(signed(report()), siaga_drill="gladi"), Topic.CROWD_REPORTS),
    ],
)
def test_an_id_that_comes_with_other_content_is_refused(second: Incoming, topic: Topic) -> None:
    """Another body, or the same body made a drill of: somebody holds on to a signature."""
    writer = Memory()
    events = Events(hall_of(SETTINGS, writer))
    asyncio.run(events.take(Topic.CROWD_REPORTS, signed(report())))
    assert 409 == asyncio.run(events.take(topic, second)).status
    assert 1 == len(writer.records)


def test_without_kafka_nothing_is_promised_and_a_repeat_is_taken() -> None:
    """503 with a time to wait; then the same request is good."""
    writer = Memory()
    events, request = Events(hall_of(SETTINGS, writer)), signed(report())
    writer.is_away = True
    answer = asyncio.run(events.take(Topic.CROWD_REPORTS, request))
    assert (503, (("retry-after", "2"),)) == (answer.status, answer.headers)
    writer.is_away = False
    assert 202 == asyncio.run(events.take(Topic.CROWD_REPORTS, request)).status
    assert 1 == len(writer.records)


def test_a_drill_is_marked_on_kafka() -> None:
    """By the header that intake reads."""
    writer = Memory()
    events = Events(hall_of(SETTINGS, writer))
    request = forged(signed(report()), siaga_drill="gladi-1")
    asyncio.run(events.take(Topic.CROWD_REPORTS, request))
    assert [(("siaga-drill", b"gladi-1"),)] == [one.headers for one in writer.records]


def test_there_is_a_door_for_each_input_but_our_own_receipts() -> None:
    """Who has delivered what is for the notifier to say."""
    assert {
        "tps.status",
        "crowd.reports",
        "vote.counts",
        "operator.commands",
        "siaga.gateways",
    } == set(DOORS)
