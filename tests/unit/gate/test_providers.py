"""Gateways of SMS and WhatsApp: who they are, what they send, what is answered."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from streams.domain.events import Place
from streams.errors import ConfigError
from streams.gate.answering import Answering
from streams.gate.gateways import NO_TEXT
from streams.gate.people import People
from streams.gate.providers import Provider
from streams.gate.settings import parse_settings
from streams.texts.tracking import RECEIVED
from streams.web.message import Answer, Incoming
from streams.wire.board import Board
from tests.unit.gate.answers import plan
from tests.unit.gate.house import ANSWER_KEY, ENVIRONMENT, Clock, Memory, hall_of, incoming

SMS = """\
[gateways.sms]
channel = "sms"
kabupaten = "36.04"
sender = "from"
text = ["message"]
message_id = "id"
time = "date"
answers = ["sms"]
reply = {body = '{"reply": "${text}"}', content_type = "application/json"}
auth = [{by = "token", token_env = "TOKEN", header = "Authorization", prefix = "Bearer "}]
"""
META = """\
[gateways.wa]
channel = "whatsapp"
messages = "entry.*.changes.*.value.messages.*"
sender = "from"
text = ["text.body", "image.caption"]
message_id = "id"
time = "timestamp"
time_form = "unix"
verify_token_env = "HELLO"
auth = [{by = "hmac", secret_env = "META", header = "X-Hub-Signature-256"}]
"""
MESSAGE = {
    "id": "sms-77",
    "from": "081234567890",
    "message": "Ada keributan di TPS 1 Mekarsari",
    "date": "2024-11-27T06:00:00+07:00",
}
TOKEN = {"authorization": "Bearer token-of-the-gateway"}


def provider(text: str = SMS, writer: Memory | None = None, seen: Board | None = None) -> Provider:
    """Return the gateway of these settings."""
    hall = hall_of(text, writer, plans=[plan()])
    answering = Answering(
        seen or Board(), People([plan()], hall.tracker), (ANSWER_KEY,), hall.writer
    )
    ((name, settings),) = parse_settings(text, "gate.toml").gateways.items()
    return Provider(name, settings, (hall, answering), ENVIRONMENT)


def form(fields: Mapping[str, str]) -> Incoming:
    """Return a form as the gateway of SMS sends it."""
    body = urlencode(fields).encode()
    headers = {"content-type": "application/x-www-form-urlencoded", **TOKEN}
    return Incoming(body=body, headers=headers, address="192.0.2.7")


def meta(value: object, secret: str = ENVIRONMENT["META"]) -> Incoming:
    """Return a webhook as WhatsApp's platform signs it."""
    body = json.dumps(value).encode()
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return incoming(body, x_hub_signature_256=f"sha256={made}")


def whatsapp(*messages: object) -> object:
    """Return what a webhook of WhatsApp says."""
    value = {"messaging_product": "whatsapp", "messages": list(messages)}
    return {"object": "whatsapp_business_account", "entry": [{"changes": [{"value": value}]}]}


def send(request: Incoming, text: str = SMS) -> tuple[Answer, Memory]:
    """Knock once at a new gateway."""
    writer = Memory()
    return asyncio.run(provider(text, writer).take(request)), writer


def test_an_sms_is_a_report_of_a_pseudonym() -> None:
    """Its number is nowhere in what is written, and intake takes it."""
    answer, writer = send(form(MESSAGE))
    assert (200, {"reply": RECEIVED.id}) == (answer.status, json.loads(answer.body))
    ((record,), (made,)) = writer.records, writer.reports
    assert (MESSAGE["message"], Place(kabupaten="36.04")) == (made.text, made.place)
    assert ("warga", "sms") == (made.source.role, made.source.channel)
    assert "81234567890" not in record.value.decode()
    assert "2024-11-26T23:00:00.000+00:00" == made.at


def test_one_telephone_is_one_sender_however_it_is_written() -> None:
    """And another gateway's is the same."""
    written = ("081234567890", "+62 812-3456-7890", "6281234567890", "+6281234567890")
    found = [send(form({**MESSAGE, "from": one}))[1].reports[0] for one in written]
    assert 1 == len({one.source.id for one in found})


@pytest.mark.parametrize("sender", ["60123456789", "14155550123", "3636", "TELKOMSEL", "a" * 200])
def test_whatever_a_gateway_calls_a_sender_is_hidden(sender: str) -> None:
    """Foreign numbers without a plus sign, short ones, and names."""
    _, writer = send(form({**MESSAGE, "from": sender}))
    assert 1 == len(writer.reports)
    assert sender not in writer.records[0].value.decode()


def test_several_messages_of_one_webhook_are_several_reports() -> None:
    """With captions of pictures, and pictures without a word."""
    request = meta(
        whatsapp(
            {"from": "62811", "id": "wamid.1", "timestamp": "1732662000", "text": {"body": "Satu"}},
            {"from": "62812", "id": "wamid.2", "timestamp": "x", "image": {"caption": "Dua"}},
            {"from": "62813", "id": "wamid.3", "image": {"id": "7"}},
        )
    )
    answer, writer = send(request, META)
    assert 200 == answer.status
    assert ["Satu", "Dua", NO_TEXT] == [one.text for one in writer.reports]


def test_word_of_a_delivery_is_no_message() -> None:
    """It is thanked for, and nothing is written."""
    value = {"entry": [{"changes": [{"value": {"statuses": [{"id": "wamid.1"}]}}]}]}
    answer, writer = send(meta(value), META)
    assert (200, []) == (answer.status, writer.records)


def test_a_repeat_is_written_once_and_answered_alike() -> None:
    """A provider that got no answer asks again."""
    writer = Memory()
    gateway = provider(SMS, writer)
    answers = [asyncio.run(gateway.take(form(MESSAGE))) for _ in range(2)]
    assert answers[0] == answers[1]
    assert 1 == len(writer.records)


def test_an_id_that_comes_again_with_other_content_is_another_report() -> None:
    """A provider that counts from 1 again after a restart loses nobody's words."""
    others = ({"from": "0811000001"}, {"message": "Lain"}, {"date": "2024-11-27T06:01:00+07:00"})
    writer = Memory()
    gateway = provider(SMS, writer)
    for other in ({}, *others, {}):
        assert 200 == asyncio.run(gateway.take(form({**MESSAGE, **other}))).status
    assert 4 == len({one.id for one in writer.reports}) == len(writer.records)


TIMES: dict[str, tuple[str, str, str]] = {
    "a day under way": ("rfc3339", "2024-11-25T23:00:01Z", "2024-11-25T23:00:01.000+00:00"),
    "years old": ("rfc3339", "2004-01-01T00:00:00Z", "2024-11-26T23:00:00.000+00:00"),
    "of 1970": ("unix", "86400", "2024-11-26T23:00:00.000+00:00"),
    "seconds said to be milliseconds": ("unix_ms", "1732662000", "2024-11-26T23:00:00.000+00:00"),
    "milliseconds said to be seconds": ("unix", "1732662000000", "2024-11-26T23:00:00.000+00:00"),
    "of tomorrow": ("rfc3339", "2024-11-27T23:00:00Z", "2024-11-26T23:00:00.000+00:00"),
    "a minute ahead": ("rfc3339", "2024-11-26T23:01:00Z", "2024-11-26T23:01:00.000+00:00"),
}


@pytest.mark.parametrize(("time_form", "said", "at"), TIMES.values(), ids=TIMES)
def test_a_time_far_from_ours_is_that_of_receipt(time_form: str, said: str, at: str) -> None:
    """Intake would refuse the report for it, and nobody would hear of the message."""
    text = SMS.replace('time = "date"', f'time = "date"\ntime_form = "{time_form}"')
    _, writer = send(form({**MESSAGE, "date": said}), text)
    assert [at] == [one.at for one in writer.reports]


def test_a_gateway_whose_times_are_wrong_is_named_once(caplog: pytest.LogCaptureFixture) -> None:
    """With what to look at, and no number."""
    gateway = provider()
    for one in ("a", "b"):
        asyncio.run(gateway.take(form({**MESSAGE, "id": one, "date": "yesterday"})))
    asyncio.run(provider().take(form(MESSAGE)))
    (line,) = caplog.messages
    assert "gateways.sms: a time cannot be read" in line
    assert "time_form" in line
    assert "81234567890" not in line


def test_without_an_id_a_message_is_known_by_sender_text_and_minute() -> None:
    """Sent again in the minute it is the same; another sender's words are another message."""
    text = SMS.replace('message_id = "id"\n', "").replace('time = "date"\n', "")
    writer = Memory()
    gateway = provider(text, writer)
    for sender in ("0811000001", "0811000001", "0811000002"):
        asyncio.run(gateway.take(form({**MESSAGE, "from": sender})))
    assert 2 == len(writer.records)


def test_without_kafka_a_provider_is_asked_to_repeat() -> None:
    """And then it is taken."""
    writer = Memory()
    gateway = provider(SMS, writer)
    writer.is_away = True
    assert 503 == asyncio.run(gateway.take(form(MESSAGE))).status
    writer.is_away = False
    assert 200 == asyncio.run(gateway.take(form(MESSAGE))).status
    assert 1 == len(writer.records)


STRANGERS: dict[str, tuple[str, Incoming]] = {
    "no token": (SMS, replace(form(MESSAGE), headers={"content-type": "application/json"})),
    "another token": (SMS, replace(form(MESSAGE), headers={"authorization": "Bearer nope"})),
    "a token without its prefix": (
        SMS,
        replace(form(MESSAGE), headers={"authorization": ENVIRONMENT["TOKEN"]}),
    ),
    "another secret": (META, meta(whatsapp(), "nope")),
    "no signature": (META, incoming(b"{}")),
    "another address": (
        SMS.replace("auth = [", 'auth = [{by = "address", networks = ["198.51.100.0/24"]}, '),
        form(MESSAGE),
    ),
    "an address that is none": (
        SMS.replace("auth = [", 'auth = [{by = "address", networks = ["198.51.100.0/24"]}, '),
        replace(form(MESSAGE), address="unix"),
    ),
}


@pytest.mark.parametrize(("text", "request_"), STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_is_refused(text: str, request_: Incoming) -> None:
    """All that a gateway must show it must show."""
    answer, writer = send(request_, text)
    assert (401, []) == (answer.status, writer.records)


def test_a_token_may_be_a_parameter_and_an_address_may_be_enough() -> None:
    """Not every provider can set a header."""
    by_parameter = 'header = "Authorization", prefix = "Bearer "'
    text = SMS.replace(by_parameter, 'parameter = "key"')
    request = replace(form(MESSAGE), headers={}, query={**MESSAGE, "key": ENVIRONMENT["TOKEN"]})
    assert 200 == send(replace(request, body=b""), text)[0].status
    text = SMS[: SMS.index("auth")] + 'auth = [{by = "address", networks = ["192.0.2.0/24"]}]'
    assert 200 == send(replace(form(MESSAGE), query={}), text)[0].status


def test_whatsapp_is_told_that_this_is_us() -> None:
    """With the challenge that it sent; to another token nothing is told."""
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    good = Incoming(query={**asked, "hub.verify_token": ENVIRONMENT["HELLO"]})
    answer = asyncio.run(provider(META).shake_hands(good))
    assert (200, b"1158201444") == (answer.status, answer.body)
    bad = Incoming(query={**asked, "hub.verify_token": "x"})
    assert 401 == asyncio.run(provider(META).shake_hands(bad)).status
    assert 404 == asyncio.run(provider(SMS).shake_hands(good)).status


UNUSABLE = {
    "nothing is shown": (SMS[: SMS.index("auth")] + "auth = []", "gateways.sms.auth: expected at"),
    "two places of a token": (
        SMS.replace("header =", 'parameter = "k", header ='),
        "gateways.sms.auth: expected header or parameter",
    ),
    "no network": (
        SMS[: SMS.index("auth")] + 'auth = [{by = "address", networks = ["192.0.2.7/24"]}]',
        "gateways.sms.auth.networks: ",
    ),
    "no secret": (META.replace('"META"', '"NO"'), "gateways.wa.auth.secret_env: "),
}


@pytest.mark.parametrize(("text", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_gateway_that_proves_nothing_is_not_opened(text: str, message: str) -> None:
    """Else anybody could speak as anybody's telephone."""
    with pytest.raises(ConfigError, match=message):
        provider(text)


def test_a_gateway_has_a_pace() -> None:
    """Whoever has taken it over cannot flood the day."""
    clock = Clock()
    hall = hall_of(SMS, clock=clock)
    settings = replace(parse_settings(SMS, "gate.toml").gateways["sms"], events_per_s=1.0, burst=1)
    answering = Answering(Board(), People((), hall.tracker), (), hall.writer)
    gateway = Provider("sms", settings, (hall, answering), ENVIRONMENT)
    answers = [asyncio.run(gateway.take(form({**MESSAGE, "id": one}))) for one in "ab"]
    assert [200, 429] == [one.status for one in answers]
