"""Gateways: what their answers mean, and long texts in parts."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from streams.errors import ConfigError
from streams.sinks.channel_settings import HttpSettings
from streams.sinks.http import Http
from streams.sinks.http_sink import HttpSender
from streams.sinks.secret import Secret
from streams.sinks.sink import Answer, Delivered, Delivery, Outcome, Refused, TryAgain
from streams.texts.gsm import SMS_SEPTETS, plain, septets
from tests.conformance.sinks.case import TIMEOUT_S
from tests.conformance.sinks.samples import ALERT, alert, delivery, exercise, notice
from tests.conformance.sinks.server import Asked, Behaviour, Place, serve
from tests.conformance.sinks.speaking_http import http_talk

PHONE = "+628120001111"
BODY = {"to": "${target}", "text": "${text}"}
LONG = "Tidak ada kabar dari petugas. " * 40


def sender_of(place: Place, said: dict[str, object]) -> HttpSender:
    """Return a sink for a gateway at a place."""
    table = {"type": "http", "url": place.url, "body": BODY, **said}
    settings = msgspec.convert(table, HttpSettings)
    return HttpSender("channels.sms", settings, Http(TIMEOUT_S), Secret(""))


def sent(
    one: Delivery,
    folder: Path,
    said: dict[str, object] | None = None,
    *,
    answer: Callable[[Asked], bytes] = lambda _: b"",
    tries: int = 1,
) -> tuple[list[Outcome], list[str]]:
    """Try to send a message; return what came of each try, and the texts that were taken."""

    async def send() -> tuple[list[Outcome], list[str]]:
        async with serve(Behaviour.TAKES, http_talk(answer), folder) as place:
            sender = sender_of(place, said or {})
            try:
                outcomes = [await sender.send(one) for _ in range(tries)]
            finally:
                await sender.close()
            return outcomes, [json.loads(asked.body)["text"] for asked in place.asked]

    return asyncio.run(send())


def test_a_text_message_fits_into_one(tmp_path: Path) -> None:
    """In the alphabet of text messages, with the code by which it is answered."""
    one = delivery(PHONE, answers=[Answer(ALERT, "482193", "")])
    outcomes, [text] = sent(one, tmp_path)
    assert [Delivered()] == outcomes
    assert (text, "482193" in text) == (plain(text), True)
    assert septets(text) <= SMS_SEPTETS


@pytest.mark.parametrize(
    ("said", "answer", "expected"),
    [
        ({}, b"error: no credit", Delivered()),
        ({"success": [200]}, b"", Delivered()),
        ({"success": [201, 202]}, b"", Refused("http 200")),
        ({"success_pattern": '"status": *1'}, b'{"status": 1}', Delivered()),
        ({"success_pattern": '"status": *1'}, b'{"status": 0}', TryAgain("answer")),
        ({"refused_pattern": "invalid number"}, b"invalid number", Refused("answer")),
        ({"refused_pattern": "invalid number"}, b"queued", Delivered()),
        ({"success_pattern": "ok", "refused_pattern": "bad"}, b"ok but bad", Refused("answer")),
        ({"success_pattern": "ok"}, b"\xff ok", Delivered()),
    ],
)
def test_a_body_can_say_what_a_status_does_not(
    said: dict[str, object], answer: bytes, expected: Outcome, tmp_path: Path
) -> None:
    """Many gateways answer 200 whatever came of it."""
    outcomes, _ = sent(delivery(PHONE), tmp_path, said, answer=lambda _: answer)
    assert [expected] == outcomes


def test_a_long_text_comes_in_numbered_parts(tmp_path: Path) -> None:
    """None longer than was said, and all of them to one target."""
    one = delivery(PHONE, notice(alert(summary=LONG)))
    outcomes, texts = sent(one, tmp_path, {"text": "full", "length": 300})
    assert [Delivered()] == outcomes
    assert [f"({n}/{len(texts)})" for n in range(1, len(texts) + 1)] == [
        text.split()[0] for text in texts
    ]
    assert max(map(len, texts)) <= 300


def refusing_once(refused: list[str], part: str, asked: Asked) -> bytes:
    """Refuse one part the first time it comes."""
    if part in asked.body.decode() and part not in refused:
        refused.append(part)
        return b"later"
    return b"ok"


def test_a_repeat_begins_with_the_part_that_failed(tmp_path: Path) -> None:
    """Nobody reads the first part twice because the second one was lost."""
    one = delivery(PHONE, notice(alert(summary=LONG)))
    answer = partial(refusing_once, [], "(2/")
    said: dict[str, object] = {"text": "full", "length": 400, "success_pattern": "ok"}
    outcomes, texts = sent(one, tmp_path, said, answer=answer, tries=3)
    numbers = [text.split("/")[0] for text in texts]
    assert [TryAgain("answer"), Delivered(), Delivered()] == outcomes
    whole = numbers[3 : 3 + len(set(numbers))]
    assert ["(1", "(2", "(2", "(3"] == numbers[:4]
    assert numbers.count("(1") == 2, f"the third try is a message of its own: {whole}"


def test_a_try_that_is_called_off_is_gone_on_with(tmp_path: Path) -> None:
    """Whoever sends may lose patience in the middle; the parts that went out stay sent."""
    one = delivery(PHONE, notice(alert(summary=LONG)))

    async def send() -> list[str]:
        tries: list[asyncio.Task[Outcome]] = []

        def call_off_at_the_second(asked: Asked) -> bytes:
            if b"(2/" in asked.body and len(tries) == 1:
                tries[0].cancel()
            return b""

        async with serve(Behaviour.TAKES, http_talk(call_off_at_the_second), tmp_path) as place:
            sender = sender_of(place, {"text": "full", "length": 600})
            for _ in range(2):
                tries.append(asyncio.create_task(sender.send(one)))
                await asyncio.wait(tries)
            await sender.close()
            assert [True, False] == [one.cancelled() for one in tries]
            return [json.loads(asked.body)["text"].split("/")[0] for asked in place.asked]

    assert ["(1", "(2", "(2", "(3"] == asyncio.run(send())


def test_an_exercise_says_so_at_both_ends(tmp_path: Path) -> None:
    """Whoever reads only the beginning or only the end knows."""

    async def send() -> str:
        async with serve(Behaviour.TAKES, http_talk(lambda _: b""), tmp_path) as place:
            sender = sender_of(place, {"text": "full", "length": 2_000})
            await sender.send(exercise(PHONE))
            await sender.close()
            text: str = json.loads(place.asked[0].body)["text"]
            return text

    lines = asyncio.run(send()).splitlines()
    assert "LATIHAN" in lines[0]
    assert "LATIHAN" in lines[-1]


@pytest.mark.parametrize("field", ["success_pattern", "refused_pattern"])
def test_a_pattern_that_is_none_is_refused_at_the_start(field: str) -> None:
    """Not with the first answer."""
    place = Place(port=1, is_tls=False, ca_file="", asked=[])
    with pytest.raises(ConfigError, match=rf"^channels.sms.{field}: not a regular expression"):
        sender_of(place, {field: "("})
