"""Codes that come in by a gateway of SMS: answers of those who were told, and nobody else's."""

import asyncio
import json
from urllib.parse import urlencode

from streams.gate.answering import Answering
from streams.gate.people import People
from streams.gate.providers import (
    ANSWERED,
    NO_SUCH_CODE,
    ONLY_TOLD,
    TOO_MANY,
    Provider,
    only_code,
)
from streams.gate.settings import parse_settings
from streams.territory.plan import Plan
from streams.web.message import Incoming
from tests.unit.gate.answers import CODE, NUMBER, board, plan
from tests.unit.gate.house import ANSWER_KEY, ENVIRONMENT, Clock, Memory, hall_of

SMS = """\
[gateways.sms]
channel = "sms"
sender = "from"
text = ["message"]
message_id = "id"
answers = ["sms"]
reply = {body = '{"reply": "${text}"}', content_type = "application/json"}
auth = [{by = "token", token_env = "TOKEN", header = "x-token"}]
"""


def provider(writer: Memory, folder: Plan | None = None, clock: Clock | None = None) -> Provider:
    """Return a gateway whose board has the alert."""
    hall = hall_of(SMS, writer, clock)
    people = People([folder or plan()], hall.tracker)
    answering = Answering(board(), people, (ANSWER_KEY,), hall.writer)
    settings = parse_settings(SMS, "gate.toml").gateways["sms"]
    return Provider("sms", settings, (hall, answering), ENVIRONMENT)


def sms(words: str, sender: str = NUMBER, name: str = "77") -> Incoming:
    """Return an SMS as the gateway sends it."""
    body = urlencode({"from": sender, "message": words, "id": name}).encode()
    content_type = "application/x-www-form-urlencoded"
    return Incoming(body, {"content-type": content_type, "x-token": ENVIRONMENT["TOKEN"]})


def test_a_code_from_a_telephone_that_was_told_is_an_answer() -> None:
    """One command, whose id is the message's; a repeat is the same."""
    writer = Memory()
    gateway = provider(writer)
    request = sms(f"ambil {CODE}")
    answer = asyncio.run(gateway.take(request))
    assert {"reply": ANSWERED.id} == json.loads(answer.body)
    assert [("ack", "sms")] == [(one.command, one.channel) for one in writer.commands]
    again = asyncio.run(provider(writer).take(request))
    assert (answer, 1) == (again, len({one.value for one in writer.records}))


def test_a_code_that_means_nothing_is_said_to_mean_nothing() -> None:
    """No report is made of it, and no command."""
    writer = Memory()
    request = sms("AMBIL 123456")
    answer = asyncio.run(provider(writer).take(request))
    assert ({"reply": NO_SUCH_CODE.id}, []) == (json.loads(answer.body), writer.records)


def test_other_words_of_a_contact_and_codes_of_others_are_reports() -> None:
    """Who was told can report as well, and a citizen's number is a number."""
    for sender, words in ((NUMBER, "Ada keributan"), ("0811999999", f"AMBIL {CODE}")):
        writer = Memory()
        request = sms(words, sender)
        asyncio.run(provider(writer).take(request))
        assert ["crowd.reports"] == [one.topic for one in writer.records]


def test_a_contact_that_may_only_be_told_hears_it() -> None:
    """No command is made of its answer."""
    writer = Memory()
    gateway = provider(writer, plan(actor=""))
    request = sms(f"AMBIL {CODE}")
    answer = asyncio.run(gateway.take(request))
    assert ({"reply": ONLY_TOLD.id}, []) == (json.loads(answer.body), writer.records)


def test_a_code_among_other_words_is_asked_for_alone() -> None:
    """Its sender believes that he has answered; a report of a citizen would tell him nothing."""
    for words in (f"AMBIL {CODE} segera meluncur", f"jangan ambil {CODE}"):
        writer = Memory()
        answer = asyncio.run(provider(writer).take(sms(words)))
        assert ({"reply": only_code(CODE).id}, []) == (json.loads(answer.body), writer.records)


def test_whoever_guesses_is_not_heard_for_a_while() -> None:
    """A code that is right is not looked at then; what he reports is taken."""
    writer, clock = Memory(), Clock()
    gateway = provider(writer, clock=clock)

    def reply(words: str, name: str) -> object:
        answer = asyncio.run(gateway.take(sms(words, name=name)))
        return json.loads(answer.body)["reply"]

    assert {NO_SUCH_CODE.id} == {reply("AMBIL 123456", f"wrong-{number}") for number in range(5)}
    assert TOO_MANY.id == reply(f"AMBIL {CODE}", "right")
    reply(f"Ada keributan {CODE}", "report")
    assert ["crowd.reports"] == [one.topic for one in writer.records]
    clock.now_s += 15 * 60
    assert ANSWERED.id == reply(f"AMBIL {CODE}", "later")
