"""Webhooks: signed requests to whoever builds on Siaga (Standard Webhooks 1.0).

    POST the contact's address
    {"type": "notice.call", "timestamp": "…", "data": {"key": …, "tellings": […], …}}

`webhook-id` is the key of the message, so a receiver that has seen it has nothing to do. A body
stays below 20 kB: what is larger comes in parts, numbered in `data`, each with an id of its own. A
drill's messages are of another type (`exercise.call`), so who sorts by type can never take them for
real.
An answer of 410 means: nothing more, ever.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.domain.words import SEVERITIES, Severity
from streams.sinks.document import Telling, kind_of, split, tellings_of
from streams.sinks.http import Http, HttpAnswer, HttpRequest, outcome_of
from streams.sinks.saying import language_of, short_of, subject_of
from streams.sinks.sender import Message
from streams.sinks.signing import sign
from streams.sinks.sink import Answer, Delivered, Exercise, Outcome, Refused
from streams.wire.time import format_time

__all__ = ["BODY_BYTES_MAX", "WebhookBody", "WebhookData", "WebhookSender", "bodies_of"]

BODY_BYTES_MAX: Final = 20_000
_GONE: Final = 410
_PARTS_MAX: Final = 999

_encode: Final = msgspec.json.Encoder().encode


class WebhookData(Struct, frozen=True, kw_only=True):
    """What is told: `subject` and `text` for people, `tellings` for machines."""

    key: str
    part: int
    parts: int
    severity: Severity
    language: str
    subject: str
    text: str
    answers: tuple[Answer, ...]
    """How to answer for the alerts of this part."""
    tellings: tuple[Telling, ...]


class WebhookBody(Struct, frozen=True, kw_only=True):
    """The body of a request."""

    type: str
    timestamp: str
    """When what is told happened; when it was sent stands in a header."""
    data: WebhookData


class WebhookSender:
    """Signs messages by all keys that are in force, and posts them."""

    def __init__(
        self, http: Http, keys: Sequence[bytes], clock: Callable[[], float] = time.time
    ) -> None:
        self._http = http
        self._keys = keys
        self._clock = clock

    async def send(self, one: Message) -> Outcome:
        """Post all parts in order; the first that fails ends it, and a repeat begins anew."""
        outcome: Outcome = Delivered()
        bodies = bodies_of(one)
        for number, body in enumerate(bodies, 1):
            message_id = one.key if len(bodies) == 1 else f"{one.key}-{number}"
            outcome = await self._post(one.target, message_id, body)
            if not isinstance(outcome, Delivered):
                break
        return outcome

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    async def _post(self, url: str, message_id: str, body: bytes) -> Outcome:
        signed = sign(self._keys, message_id, int(self._clock()), body)
        headers = {"Content-Type": "application/json", **signed}
        answer = await self._http.send(HttpRequest(url=url, headers=headers, body=body))
        match answer:
            case HttpAnswer(status=status) if status == _GONE:
                return Refused(f"http {_GONE}", closed=True)
            case HttpAnswer():
                return outcome_of(answer)
            case _:
                return answer


def bodies_of(one: Message) -> tuple[bytes, ...]:
    """Return the bodies of a message: one, or several where it is too large for one."""
    whole = _whole(one)
    costs = {answer.alert: len(_encode(answer)) + 1 for answer in whole.answers}

    def cost(telling: Telling) -> int:
        return len(_encode(telling)) + 1 + costs.get(_alert_of(telling), 0)

    # What stands around the tellings is repeated in each part.
    frame = replace(whole, part=_PARTS_MAX, parts=_PARTS_MAX, tellings=(), answers=())
    room = BODY_BYTES_MAX - len(_encode(_body(one, frame)))
    parts = split(whole.tellings, room, cost)
    return tuple(
        _encode(_body(one, _part(whole, number, len(parts), tellings)))
        for number, tellings in enumerate(parts, 1)
    )


def _whole(one: Message) -> WebhookData:
    return WebhookData(
        key=one.key,
        part=1,
        parts=1,
        severity=max((notice.severity for notice in one.notices), key=SEVERITIES.index),
        language=language_of(one),
        subject=subject_of(one),
        text=short_of(one),
        answers=one.answers,
        tellings=tellings_of(one),
    )


def _part(
    whole: WebhookData, number: int, parts: int, tellings: tuple[Telling, ...]
) -> WebhookData:
    told = {_alert_of(telling) for telling in tellings}
    answers = tuple(answer for answer in whole.answers if answer.alert in told)
    return replace(whole, part=number, parts=parts, tellings=tellings, answers=answers)


def _alert_of(telling: Telling) -> str:
    return "" if telling.alert is None else telling.alert.alert


def _body(one: Message, data: WebhookData) -> WebhookBody:
    word = "exercise" if isinstance(one, Exercise) else "notice"
    newest = max(one.notices, key=lambda notice: notice.at)
    timestamp = format_time(newest.at, newest.offset_minutes)
    return WebhookBody(type=f"{word}.{kind_of(one)}", timestamp=timestamp, data=data)
