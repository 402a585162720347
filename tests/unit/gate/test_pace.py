"""Who may send how fast: producers by their name, anybody by his address."""

import asyncio

from msgspec.structs import replace

from streams.engine.topics import Topic
from streams.gate.events import Events
from streams.gate.message import Answer, Incoming
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
