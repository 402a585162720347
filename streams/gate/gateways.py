"""Gateways of SMS and WhatsApp: what a provider sends, read by a template of the settings.

    request ─► is it the gateway? ─► its messages ─┬─► a code of somebody who was told ─► a command
               auth                  finding       └─► anything else ─► a report of a citizen

A message is a report, whatever is in it: without words it still says that somebody has sent a
picture. Its sender is a pseudonym from here on; no number gets to Kafka, a log or an answer. The
event is the same however often the provider repeats its request: its id is made of the provider's,
of sender, text and time. So where a provider begins to count anew no message is taken for another.
Without an id and a time it is known by the minute in which it came.

A time far from ours is no time: a report that is years old, or of tomorrow, would be a dead letter.
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import UNSET, Struct

from streams.domain.events import CrowdReport, Place, Source
from streams.domain.times import DAY_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.gate.finding import each, text_at
from streams.gate.settings import GatewaySettings, TimeForm
from streams.wire.time import parse_time

__all__ = ["NO_TEXT", "Message", "messages_of", "report_of", "time_text"]

NO_TEXT: Final = "[pesan tanpa teks]"
"""What a report says whose message has no words."""
_TEXT_MAX: Final = 4_000
_ID_BYTES: Final = 20
_LATE_MS: Final = 2 * DAY_MS
"""How long a message may be under way."""
_EARLY_MS: Final = 2 * MINUTE_MS
"""How far a provider's clock may be ahead of ours."""


class Message(Struct, frozen=True):
    """What somebody has sent, as the gateway says."""

    id: str
    sender: str
    """A telephone number, or what the gateway has instead; never shown."""
    text: str
    at: EpochMs
    is_dated: bool = True
    """Whether it is of its own time; else of the minute in which it came, as its own was wrong."""

    def __repr__(self) -> str:
        """Show which message it is, never whose or what it says."""
        return f"Message({self.id})"


def messages_of(settings: GatewaySettings, body: object, now: EpochMs) -> Iterator[Message]:
    """Yield the messages of a request; what has no sender is none.

    Word of what became of a message that was sent, as providers put to the same address, has no
    sender: it gives nothing.
    """
    for one in each(body, settings.messages):
        sender = text_at(one, settings.sender)
        if sender:
            texts = (text_at(one, path) for path in settings.text)
            text = next(filter(None, texts), "")
            said = text_at(one, settings.time)
            found = _moment(said, settings.time_form, now)
            at = EpochMs(now - now % MINUTE_MS) if found is None else found
            said_id = text_at(one, settings.message_id)
            message_id = _id_of(said_id, sender, text, said if said_id else str(at))
            yield Message(message_id, sender, text, at, found is not None or not said)


def report_of(settings: GatewaySettings, message: Message, pseudonym: str) -> bytes:
    """Return the report that a message is, as `crowd.reports` takes it."""
    place = Place(kabupaten=settings.kabupaten) if settings.kabupaten else UNSET
    report = CrowdReport(
        id=message.id,
        at=time_text(message.at),
        source=Source(id=pseudonym, role=settings.role, channel=settings.channel),
        text=message.text[:_TEXT_MAX] or NO_TEXT,
        place=place,
    )
    return msgspec.json.encode(report)


def time_text(at: EpochMs) -> str:
    """Return a moment as events have it."""
    return datetime.fromtimestamp(at / SECOND_MS, UTC).isoformat(timespec="milliseconds")


def _id_of(*parts: str) -> str:
    """Return an id made of what a message is, the provider's with it; no longer than ids are.

    An id is part of what is logged and told, and some providers make theirs of the number.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).digest()
    return f"msg-{b32encode(digest[:_ID_BYTES]).decode()}"


def _moment(text: str, form: TimeForm, now: EpochMs) -> EpochMs | None:
    """Return when a message was sent; None: that cannot be read, or cannot be."""
    try:
        at = EpochMs(_parsed(text, form))
    except (ValueError, OverflowError):
        return None
    return at if now - _LATE_MS <= at <= now + _EARLY_MS else None


def _parsed(text: str, form: TimeForm) -> int:
    match form:
        case TimeForm.RFC3339:
            return parse_time(text)
        case TimeForm.UNIX:
            return round(float(text) * SECOND_MS)
        case TimeForm.UNIX_MS:
            return round(float(text))
