"""Webhooks of PagerDuty: one `ack` for each alert that was open there."""

import asyncio
import hashlib
import hmac
import json

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.words import Severity
from streams.errors import ConfigError
from streams.gate.message import Answer, Incoming
from streams.gate.pagerduty import PagerDuty
from streams.gate.settings import PagerDutySettings
from streams.sinks.pagerduty import dedup_key
from streams.wire.board import Board, Place
from tests.support.shown import ELECTION, KABUPATEN, alert_id, board_of, shown
from tests.unit.gate.house import ENVIRONMENT, MIRRORS, SETTINGS, Memory, document, house_of

SETTING = PagerDutySettings(secret_env="PD", users={"PUSER": "kapolres"})
OPEN = (
    shown(alert_id(1)),
    shown(alert_id(2), state=AlertState.RETURNED),
    shown(alert_id(3), state=AlertState.ACKNOWLEDGED),
    replace(shown(alert_id(4)), opened_at="2024-11-27T09:00:00+07:00"),
    shown(alert_id(5, "32.01")),
)


def webhook(kind: str = "incident.acknowledged", user: str = "PUSER") -> bytes:
    """Return what PagerDuty sends at 08:00."""
    event = {
        "id": "01EVENT",
        "event_type": kind,
        "occurred_at": "2024-11-27T01:00:00.000Z",
        "agent": {"id": user, "type": "user_reference"},
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
    house = house_of(SETTINGS, writer, board or board_of(*OPEN))
    return asyncio.run(
        PagerDuty("polres", settings, house.answering, MIRRORS, ENVIRONMENT).take(request)
    )


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


def test_a_webhook_that_is_not_signed_is_refused() -> None:
    """And a subscription without a secret is not opened."""
    writer = Memory()
    assert (401, []) == (take(webhook(), writer, secret="x").status, writer.records)
    house = house_of(SETTINGS, writer, Board())
    with pytest.raises(ConfigError, match=r"pagerduty\.polres\.secret: expected"):
        PagerDuty("polres", PagerDutySettings(), house.answering, MIRRORS, ENVIRONMENT)


@pytest.mark.parametrize("name", ["polda", "grafana"])
def test_a_subscription_needs_the_mirror_that_says_what_is_shown(name: str) -> None:
    """Of its own name, and of PagerDuty."""
    house = house_of(SETTINGS, Memory(), Board())
    with pytest.raises(ConfigError, match=rf"pagerduty\.{name}: expected a mirror {name} of type"):
        PagerDuty(name, SETTING, house.answering, MIRRORS, ENVIRONMENT)


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
