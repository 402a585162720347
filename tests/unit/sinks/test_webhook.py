"""Webhooks: signed for the reference library, small enough for every receiver, never confused."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Final

import msgspec
import pytest
from standardwebhooks import Webhook

from streams.sinks.channel_settings import WebhookSettings
from streams.sinks.http import Http
from streams.sinks.sender import Message
from streams.sinks.signing import signing_key
from streams.sinks.sink import Answer, Delivered, Outcome, Refused, TryAgain
from streams.sinks.webhook import (
    BODY_BYTES_MAX,
    WebhookBody,
    WebhookData,
    WebhookSender,
    bodies_of,
)
from tests.conformance.sinks.case import TIMEOUT_S
from tests.conformance.sinks.samples import ALERT, KEY, alert, delivery, exercise, notice, roll_up
from tests.conformance.sinks.server import Asked, Behaviour, Place, serve
from tests.conformance.sinks.speaking_http import http_talk

SECRET: Final = f"whsec_{base64.b64encode(b's' * 32).decode()}"
LONG: Final = "Tidak ada kabar. " * 60
"""About a kilobyte."""


def sent(
    one: Message, folder: Path, status: int = 200, behaviour: Behaviour = Behaviour.TAKES
) -> tuple[Outcome, list[Asked]]:
    """Send a message to a server that answers so; return what came of it and over the wire."""

    async def send() -> tuple[Outcome, list[Asked]]:
        talk = http_talk(lambda _: b"", status)
        async with serve(behaviour, talk, folder) as place:
            sender = WebhookSender(Http(TIMEOUT_S), [signing_key(SECRET)])
            try:
                return await sender.send(at(place, one)), place.asked
            finally:
                await sender.close()

    return asyncio.run(send())


def at(place: Place, one: Message) -> Message:
    """Return a message for the address of a server."""
    make = type(one)
    return make(
        key=one.key,
        target=f"{place.url}/hook",
        notices=one.notices,
        answers=one.answers,
        replaces=one.replaces,
    )


def many(count: int) -> Message:
    """Return a message of so many long alerts, each with an answer."""
    ids = [f"3604-AAAAAAAAAAAAAA{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(count)]
    answers = [Answer(one, "482193", f"https://siaga.example.invalid/a/{one}") for one in ids]
    told = notice(*(alert(one, summary=LONG) for one in ids))
    return delivery("", told, answers=answers)


def parsed(body: bytes) -> WebhookData:
    """Return the data of a body."""
    return msgspec.json.decode(body, type=WebhookBody).data


def test_the_reference_library_takes_what_is_sent(tmp_path: Path) -> None:
    """Signed at the time of the attempt, with the key of the message as its id."""
    outcome, [asked] = sent(delivery(""), tmp_path)
    found = Webhook(SECRET).verify(asked.body, dict(asked.headers))
    assert (Delivered(), KEY) == (outcome, asked.headers["webhook-id"])
    assert ("notice.call", "2024-11-27T07:00:00+07:00") == (found["type"], found["timestamp"])


def test_a_body_says_all_that_a_receiver_needs(tmp_path: Path) -> None:
    """In words for people, and as data; how to answer, and no address."""
    answer = Answer(ALERT, "482193", "https://siaga.example.invalid/a/x")
    one = delivery("https://secret.example.invalid", answers=[answer])
    _, [asked] = sent(one, tmp_path)
    data = parsed(asked.body)
    assert (1, 1, "high", "id") == (data.part, data.parts, data.severity, data.language)
    assert (answer,) == data.answers
    assert b"secret.example" not in asked.body


def test_who_sorts_by_type_never_takes_a_drill_for_real() -> None:
    """It is of another type, whatever else is in it."""
    [body] = bodies_of(exercise(""))
    assert "exercise.call" == json.loads(body)["type"]


def test_receivers_who_want_nothing_more_are_left_alone(tmp_path: Path) -> None:
    """410 says so (Standard Webhooks)."""
    outcome, _ = sent(delivery(""), tmp_path, status=410)
    assert Refused("http 410", closed=True) == outcome


@pytest.mark.parametrize("count", [1, 12, 60])
def test_a_large_message_comes_in_parts(count: int) -> None:
    """Each below the limit, numbered, with the answers of its own alerts; nothing is lost."""
    bodies = bodies_of(many(count))
    data = [parsed(body) for body in bodies]
    assert max(map(len, bodies)) <= BODY_BYTES_MAX
    assert [(n, len(bodies)) for n in range(1, len(bodies) + 1)] == [
        (one.part, one.parts) for one in data
    ]
    told = [one.alert.alert for part in data for one in part.tellings if one.alert is not None]
    answered = [answer.alert for part in data for answer in part.answers]
    assert (count, told) == (len(told), answered)


def test_a_roll_up_of_thousands_fits() -> None:
    """Its ids are told in pieces."""
    bodies = bodies_of(delivery("", notice(rolled_up=roll_up(5_000))))
    assert max(map(len, bodies)) <= BODY_BYTES_MAX
    assert 5_000 == sum(body.count(b"3604-AAAAAAAAAAA") for body in bodies)


def test_each_part_has_an_id_of_its_own(tmp_path: Path) -> None:
    """So a receiver that has seen one part takes the next; a repeat has the same ids."""
    outcome, asked = sent(many(30), tmp_path)
    ids = [one.headers["webhook-id"] for one in asked]
    assert Delivered() == outcome
    assert [f"{KEY}-{n}" for n in range(1, len(asked) + 1)] == ids
    assert len(asked) > 1


def test_what_fails_ends_the_try(tmp_path: Path) -> None:
    """A receiver that is busy is not asked to take the next part."""
    outcome, asked = sent(many(30), tmp_path, behaviour=Behaviour.BUSY)
    assert (TryAgain("http 429", 7.0), 1) == (outcome, len(asked))


def test_a_receiver_has_the_time_that_the_standard_asks_for() -> None:
    """15 to 30 seconds."""
    assert 15 <= WebhookSettings().policy.timeout_s <= 30
