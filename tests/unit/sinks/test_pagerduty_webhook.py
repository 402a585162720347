"""PagerDuty's webhook: only what is signed is believed, only an acknowledgement is one."""

import hmac
from typing import Final

import pytest

from streams.domain.times import MINUTE_MS, EpochMs
from streams.errors import InputError
from streams.sinks.pagerduty_webhook import PagerDutyAck, is_signed, read_ack
from streams.sinks.secret import Secret
from streams.wire.board import Place
from tests.support.shown import ELECTION, KABUPATEN, NOW

PLACE: Final = Place(ELECTION, KABUPATEN)
WEBHOOK: Final = b"""{"event": {"id": "01ABC", "event_type": "incident.acknowledged",
 "resource_type": "incident", "occurred_at": "2024-11-27T00:25:00.169Z",
 "agent": {"id": "PLH1HKV", "type": "user_reference", "summary": "Budi"},
 "client": {"name": "PagerDuty"},
 "data": {"id": "PGR0VU2", "type": "incident", "number": 2, "status": "acknowledged",
          "incident_key": "siaga|serang-2024|36.04", "title": "..."}}}"""


def signature(secret: str, body: bytes = WEBHOOK) -> str:
    """Return a signature as PagerDuty writes it."""
    return f"v1={hmac.digest(secret.encode(), body, 'sha256').hex()}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (signature("new"), True),
        (signature("old"), True),
        (f"{signature('strange')}, {signature('new')}", True),
        (signature("strange"), False),
        (signature("new", b"{}"), False),
        (signature("new").removeprefix("v1="), False),
        (signature("new").replace("v1=", "v0="), False),
        ("v1=é", False),
        ("", False),
    ],
)
def test_only_what_is_signed_is_believed(header: str, *, expected: bool) -> None:
    """By any secret that is in force, by any of the signatures that are shown."""
    assert expected == is_signed([Secret("new"), Secret("old")], header, WEBHOOK)


def test_nobody_signs_with_no_secret() -> None:
    """Without secrets nothing is believed."""
    assert not is_signed([], signature(""), WEBHOOK)


def test_an_acknowledgement_there_says_who_and_where() -> None:
    """By PagerDuty's ids, never by a name."""
    at = EpochMs(NOW - 5 * MINUTE_MS + 169)
    assert PagerDutyAck("01ABC", PLACE, "PLH1HKV", at) == read_ack(WEBHOOK)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"incident.acknowledged", b"incident.triggered"),
        (b"incident.acknowledged", b"service.updated"),
        (b"siaga|", b"zabbix|"),
    ],
)
def test_other_events_are_left_aside(old: bytes, new: bytes) -> None:
    """Whoever subscribes to all gets all."""
    assert read_ack(WEBHOOK.replace(old, new)) is None


def test_a_rule_of_pagerduty_is_nobody() -> None:
    """Only a person can take an alert on."""
    ack = read_ack(WEBHOOK.replace(b"user_reference", b"service_reference"))
    assert ack is not None
    assert ack.actor == ""


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", WEBHOOK.replace(b"2024-11-27T", b"2024-13-27T")]
)
def test_what_is_no_webhook_is_refused(body: bytes) -> None:
    """With a reason that does not repeat it."""
    with pytest.raises(InputError, match="not a webhook of PagerDuty"):
        read_ack(body)
