"""Webhooks of PagerDuty: one `ack` for each alert that was open there."""

import asyncio
import hashlib
import hmac
import json

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.times import MINUTE_MS, SECOND_MS
from streams.domain.words import Severity
from streams.errors import ConfigError
from streams.gate.pagerduty import PagerDuty
from streams.gate.settings import PagerDutySettings
from streams.sinks.pagerduty import dedup_key
from streams.web.message import Answer, Incoming
from streams.wire.board import Board, Place
from streams.wire.documents import ToldDocument
from tests.support.shown import ELECTION, KABUPATEN, alert_id, board_of, shown
from tests.unit.gate.house import (
    ENVIRONMENT,
    MIRRORS,
    NOW_S,
    SETTINGS,
    Clock,
    Memory,
    document,
    house_of,
)

MINUTE_S = MINUTE_MS / SECOND_MS
SETTING = PagerDutySettings(secret_env="PD", users={"PUSER": "kapolres"})
OPEN = (
    shown(alert_id(1)),
    shown(alert_id(2), state=AlertState.RETURNED),
    shown(alert_id(3), state=AlertState.ACKNOWLEDGED),
    replace(shown(alert_id(4)), opened_at="2024-11-27T09:00:00+07:00"),
    shown(alert_id(5, "32.01")),
)


def told(at: str, level: str = "polsek") -> ToldDocument:
    """Return that a level was told at a time of the day."""
    return ToldDocument("OPS", level, f"2024-11-27T{at}:00+07:00", 1, 0, 0, None)


def webhook(
    kind: str = "incident.acknowledged",
    user: str = "PUSER",
    agent: str = "user_reference",
    at: str = "01:00",
) -> bytes:
    """Return what PagerDuty sends a minute after 08:00, which it writes as 01:00."""
    event = {
        "id": "01EVENT",
        "event_type": kind,
        "occurred_at": f"2024-11-27T{at}:00.000Z",
        "agent": {"id": user, "type": agent},
        "data": {"incident_key": dedup_key(Place(ELECTION, KABUPATEN))},
    }
    return json.dumps({"event": event}).encode()


def take(
    body: bytes,
    writer: Memory,
    settings: PagerDutySettings = SETTING,
    secret: str = ENVIRONMENT["PD"],
    board: Board | None = None,
) -> Answer:
    """Send a webhook."""
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    request = Incoming(body=body, headers={"x-pagerduty-signature": f"v1=00,v1={made}"})
    clock = Clock()
    clock.now_s = NOW_S + 121 * MINUTE_S
    house = house_of(SETTINGS, writer, board or board_of(*OPEN), clock=clock)
    shared = (house.hall, house.answering)
    return asyncio.run(PagerDuty("polres", settings, shared, MIRRORS, ENVIRONMENT).take(request))


def test_an_acknowledgement_takes_on_what_was_open_there_and_nobody_had() -> None:
    """Not what opened later, what somebody has, or what lies in another kabupaten."""
    writer = Memory()
    answer = take(webhook(), writer)
    assert (202, {"alerts": 2}) == (answer.status, document(answer))
    assert [(alert_id(one), "ack", "kapolres", "pagerduty") for one in (1, 2)] == [
        (one.alert, one.command, one.actor.id, one.channel) for one in writer.commands
    ]


def test_a_repeat_is_the_same_commands() -> None:
    """PagerDuty sends again what it got no answer for."""
    writer = Memory()
    take(webhook(), writer)
    take(webhook(), writer)
    assert writer.records[:2] == writer.records[2:]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (webhook("incident.resolved"), 202),
        (webhook(user="PSTRANGER"), 202),
        (b"{}", 400),
        (b"hello", 400),
        (webhook()[:-2] + b',"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}", 400),
    ],
)
def test_what_is_no_acknowledgement_of_ours_does_nothing(body: bytes, status: int) -> None:
    """Other events, people who do not count here, and what is no webhook."""
    writer = Memory()
    assert (status, []) == (take(body, writer).status, writer.records)


def test_everybody_else_may_count_as_one() -> None:
    """If the settings say so."""
    writer = Memory()
    settings = PagerDutySettings(secret_env="PD", actor="posko")
    take(webhook(user="PSTRANGER"), writer, settings)
    assert 2 == len(writer.records)


def test_a_rule_of_pagerduty_takes_nothing_on() -> None:
    """Not even where everybody else counts as somebody: nobody has seen it."""
    writer = Memory()
    settings = PagerDutySettings(secret_env="PD", users={"PUSER": "kapolres"}, actor="posko")
    answer = take(webhook(agent="service_reference"), writer, settings)
    assert (202, []) == (answer.status, writer.records)


@pytest.mark.parametrize(
    ("at", "taken"), [("01:04", 0), ("01:02", 2), ("00:47", 2), ("00:45", 0), ("00:15", 0)]
)
def test_only_what_has_just_been_said_counts(at: str, taken: int) -> None:
    """A webhook that was kept and sent again would take on what nobody there has seen."""
    writer = Memory()
    answer = take(webhook(at=at), writer)
    assert (202, taken) == (answer.status, len(writer.records))


CALLS: dict[str, tuple[tuple[ToldDocument, ...], int]] = {
    "told before": ((told("07:10"),), 1),
    "told anew after it was said": ((told("07:10"), told("08:10")), 0),
    "another level was told later": ((told("07:10"), told("08:10", "polda")), 1),
    "told to nobody, and last changed later": ((), 0),
}


@pytest.mark.parametrize(("calls", "taken"), CALLS.values(), ids=CALLS)
def test_what_began_to_call_after_it_was_said_is_not_taken_on(
    calls: tuple[ToldDocument, ...], taken: int
) -> None:
    """It opened in time by its own account, and yet nobody can have meant it."""
    writer = Memory()
    late = replace(shown(alert_id(9)), updated_at="2024-11-27T08:10:00+07:00", told=calls)
    take(webhook(), writer, board=board_of(late))
    assert taken == len(writer.records)


def test_a_webhook_that_is_not_signed_is_refused() -> None:
    """And a subscription without a secret is not opened."""
    writer = Memory()
    assert (401, []) == (take(webhook(), writer, secret="x").status, writer.records)
    house = house_of(SETTINGS, writer, Board())
    shared = (house.hall, house.answering)
    with pytest.raises(ConfigError, match=r"pagerduty\.polres\.secret: expected"):
        PagerDuty("polres", PagerDutySettings(), shared, MIRRORS, ENVIRONMENT)


@pytest.mark.parametrize("name", ["polda", "grafana"])
def test_a_subscription_needs_the_mirror_that_says_what_is_shown(name: str) -> None:
    """Of its own name, and of PagerDuty."""
    house = house_of(SETTINGS, Memory(), Board())
    with pytest.raises(ConfigError, match=rf"pagerduty\.{name}: expected a mirror {name} of type"):
        PagerDuty(name, SETTING, (house.hall, house.answering), MIRRORS, ENVIRONMENT)


def test_nobody_takes_on_what_he_was_never_shown() -> None:
    """Too low for the mirror, or restricted to others: they stay open."""
    writer = Memory()
    hidden = (
        replace(shown(alert_id(6)), severity=Severity.LOW),
        replace(shown(alert_id(7)), restricted_to=("propam",)),
    )
    take(webhook(), writer, board=board_of(*OPEN, *hidden))
    assert [alert_id(1), alert_id(2)] == [one.alert for one in writer.commands]


def test_without_kafka_it_is_asked_to_repeat() -> None:
    """503, which PagerDuty tries again."""
    writer = Memory()
    writer.is_away = True
    assert 503 == take(webhook(), writer).status
