"""PagerDuty's webhook (v3): somebody has acknowledged an incident there.

It is signed with a secret of its own: `X-PagerDuty-Signature: v1=HEX,v1=HEX`, an HMAC-SHA256 of the
body by each secret that is in force. An incident stands for all alerts of a kabupaten that were
open when it was acknowledged; which these are is the reader's to say (`Board.open_at`).
"""

import hmac
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.sinks.pagerduty import place_of_key
from streams.sinks.secret import Secret
from streams.wire.board import Place
from streams.wire.time import TimeTextError, parse_time

__all__ = ["SIGNATURE_HEADER", "PagerDutyAck", "is_signed", "read_ack"]

SIGNATURE_HEADER: Final = "X-PagerDuty-Signature"
_ACKNOWLEDGED: Final = "incident.acknowledged"
_VERSION: Final = "v1="


class PagerDutyAck(Struct, frozen=True):
    """Somebody has acknowledged the incident of a place."""

    event: str
    """PagerDuty's id of the event: a repeat has the same."""
    place: Place
    actor: str
    """PagerDuty's id of the user; empty: it was not a person."""
    occurred_at: EpochMs


class _Agent(Struct, frozen=True):
    id: str = ""
    type: str = ""


class _Incident(Struct, frozen=True):
    incident_key: str = ""


class _Event(Struct, frozen=True):
    id: str
    event_type: str
    occurred_at: str
    agent: _Agent | None = None
    data: _Incident = _Incident()


class _Kind(Struct, frozen=True):
    event_type: str


class _KindOnly(Struct, frozen=True):
    event: _Kind


class _Webhook(Struct, frozen=True):
    event: _Event


def is_signed(secrets: Sequence[Secret], header: str, body: bytes) -> bool:
    """Tell whether one of the signatures of a header is that of the body by one of our secrets."""
    words = [one.strip() for one in header.split(",")]
    shown = [one.removeprefix(_VERSION).encode() for one in words if one.startswith(_VERSION)]
    made = [hmac.digest(one.reveal().encode(), body, "sha256").hex().encode() for one in secrets]
    # All are compared, so that how long it takes says nothing.
    return sum(hmac.compare_digest(one, other) for one in made for other in shown) > 0


def read_ack(body: bytes) -> PagerDutyAck | None:
    """Return who has acknowledged what; None: the event is of something else, or of no one of ours.

    Raises:
        InputError: It is no webhook of PagerDuty.
    """
    try:
        if msgspec.json.decode(body, type=_KindOnly).event.event_type != _ACKNOWLEDGED:
            return None
        event = msgspec.json.decode(body, type=_Webhook).event
        occurred_at = parse_time(event.occurred_at)
    except (msgspec.DecodeError, UnicodeDecodeError, TimeTextError) as error:
        raise InputError(f"not a webhook of PagerDuty: {error}") from error
    except RecursionError as error:
        raise InputError("not a webhook of PagerDuty: it is too deeply nested") from error
    place = place_of_key(event.data.incident_key)
    if place is None:
        return None
    agent = event.agent or _Agent()
    actor = agent.id if agent.type.startswith("user") else ""
    return PagerDutyAck(event.id, place, actor, occurred_at)
