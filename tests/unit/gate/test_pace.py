"""Who may send how fast: producers by their name, anybody by his address."""

import asyncio

from msgspec.structs import replace

from streams.engine.topics import Topic
from streams.gate.events import Events
from streams.web.message import Answer, Incoming
from tests.unit.gate.house import SETTINGS, Clock, hall_of, incoming, report, signed

ANYBODY = SETTINGS + '[anybody]\ntopics = ["crowd.reports"]\nevents_per_s = 1\nburst = 2\n'
KPPS = {"id": "k", "role": "kpps"}


def post(request: Incoming, topic: Topic = Topic.CROWD_REPORTS) -> Answer:
    """Knock once at a new gate that is open to anybody."""
    return asyncio.run(Events(hall_of(ANYBODY)).take(topic, request))


def test_a_sender_who_is_too_fast_is_told_when_to_come_again() -> None:
    """The events of a batch count, not the requests."""
    clock = Clock()
    events = Events(hall_of(SETTINGS, clock=clock))
    body = b"[" + b",".join([report()] * 101) + b"]"
    assert 202 == asyncio.run(events.take(Topic.CROWD_REPORTS, signed(body))).status
    answer = asyncio.run(events.take(Topic.CROWD_REPORTS, signed(report(), "m-2")))
    assert (429, (("retry-after", "1"),)) == (answer.status, answer.headers)
    clock.now_s += 1
    assert 202 == asyncio.run(events.take(Topic.CROWD_REPORTS, signed(report(), "m-2"))).status


def test_anybody_may_send_what_is_open_to_anybody_and_at_his_pace() -> None:
    """By address; another address has a pace of its own."""
    events = Events(hall_of(ANYBODY))
    near, far = (replace(incoming(report()), address=one) for one in ("192.0.2.1", "192.0.2.2"))
    answers = [
        asyncio.run(events.take(Topic.CROWD_REPORTS, one)) for one in (near, near, near, far)
    ]
    assert [202, 202, 429, 202] == [one.status for one in answers]
    assert 403 == post(incoming(b"{}"), Topic.OPERATOR_COMMANDS).status
    assert 403 == post(incoming(report(source=KPPS))).status
    assert 401 == post(incoming(report(), siaga_producer="app")).status


def test_whoever_has_a_network_of_ipv6_has_one_pace() -> None:
    """Of a /64 anybody may use all addresses; the next network is another home."""
    addresses = ("2001:db8::1", "2001:db8::2", "2001:db8::3%eth0", "2001:db8:0:1::1")
    events = Events(hall_of(ANYBODY))
    requests = [replace(incoming(report()), address=one) for one in addresses]
    answers = [asyncio.run(events.take(Topic.CROWD_REPORTS, one)) for one in requests]
    assert [202, 202, 429, 202] == [one.status for one in answers]
    mapped = [replace(incoming(report()), address=f"::ffff:192.0.2.{one}") for one in (1, 1, 2)]
    answers = [asyncio.run(events.take(Topic.CROWD_REPORTS, one)) for one in mapped]
    assert [202, 202, 202] == [one.status for one in answers]


def test_a_body_is_not_looked_into_for_who_has_no_token_left() -> None:
    """Even if it is none: looking costs as much."""
    events = Events(hall_of(ANYBODY))
    requests = [replace(incoming(b"[" * 9), address="192.0.2.1")] * 3
    answers = [asyncio.run(events.take(Topic.CROWD_REPORTS, one)) for one in requests]
    assert [400, 400, 429] == [one.status for one in answers]
