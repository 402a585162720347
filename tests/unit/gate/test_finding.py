"""Finding what a gateway sent: forms, JSON, and paths into them."""

import pytest

from streams.domain.times import MINUTE_MS, EpochMs
from streams.gate.finding import body_of, each, text_at
from streams.gate.gateways import Message, messages_of, time_text
from streams.gate.settings import GatewaySettings, TimeForm, parse_settings
from streams.web.message import Incoming
from streams.web.refusal import Reason, Refusal

ROOT = {
    "from": " 0812 ",
    "n": 7,
    "x": True,
    "gone": None,
    "deep": {"text": {"body": "Halo"}},
    "list": [{"a": "1"}, {"b": "2"}, {"a": 3.5}],
}
PATHS = {
    "a field": ("from", "0812"),
    "a number": ("n", "7"),
    "a truth is no text": ("x", ""),
    "nothing": ("gone", ""),
    "no such field": ("other", ""),
    "a field of a field": ("deep.text.body", "Halo"),
    "a field of a text": ("from.body", ""),
    "an object is no text": ("deep", ""),
    "the first of an array": ("list.*.a", "1"),
    "an array by a name": ("list.a", ""),
    "no path": ("", ""),
}


@pytest.mark.parametrize(("path", "text"), PATHS.values(), ids=PATHS)
def test_a_path_leads_to_a_text_or_to_none(path: str, text: str) -> None:
    """Nothing that a gateway sends is a fault."""
    assert text == text_at(ROOT, path)


def test_every_entry_is_found_in_its_order() -> None:
    """Those that have what is looked for; an empty path is the whole."""
    assert ["1", 3.5] == list(each(ROOT, "list.*.a"))
    assert [ROOT] == list(each(ROOT, ""))
    assert [] == list(each("text", "*"))


FORM = "application/x-www-form-urlencoded"
BODIES: dict[str, tuple[Incoming, object]] = {
    "JSON": (Incoming(b'{"a": 1}', {"content-type": "application/json"}), {"a": 1}),
    "a form": (
        Incoming(b"a=1&b=%20", {"content-type": FORM}, {"c": "3"}),
        {
            "a": "1",
            "b": " ",
            "c": "3",
        },
    ),
    "parameters": (Incoming(query={"a": "1"}), {"a": "1"}),
}


@pytest.mark.parametrize(("request_", "body"), BODIES.values(), ids=BODIES)
def test_a_body_is_read_as_what_it_says_it_is(request_: Incoming, body: object) -> None:
    """JSON, a form, or the parameters of the address."""
    assert body == body_of(request_)


REFUSED: dict[str, tuple[Incoming, Reason]] = {
    "no UTF-8": (Incoming(b"\xff", {"content-type": FORM}), Reason.ENCODING),
    "no JSON": (Incoming(b"{", {}), Reason.JSON),
    "deep JSON": (Incoming(b"[" * 90_000, {}), Reason.JSON),
    "many fields": (Incoming(b"&".join([b"a=1"] * 201), {"content-type": FORM}), Reason.SIZE),
    "a picture": (Incoming(b"x", {"content-type": "image/png"}), Reason.MEDIA_TYPE),
}


@pytest.mark.parametrize(("request_", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(request_: Incoming, reason: Reason) -> None:
    """By the same words as an event."""
    with pytest.raises(Refusal) as caught:
        body_of(request_)
    assert reason is caught.value.reason


NOW = EpochMs(1_732_662_030_000)
THIS_MINUTE = NOW - NOW % MINUTE_MS
TIMES = {
    "rfc3339": (TimeForm.RFC3339, "2024-11-27T06:00:00+07:00", 1_732_662_000_000),
    "seconds": (TimeForm.UNIX, "1732662001", 1_732_662_001_000),
    "parts of seconds": (TimeForm.UNIX, "1732662001.5", 1_732_662_001_500),
    "milliseconds": (TimeForm.UNIX_MS, "1732662001500", 1_732_662_001_500),
    "milliseconds that were said to be seconds": (TimeForm.UNIX, "1732662001500", THIS_MINUTE),
    "a word": (TimeForm.UNIX, "now", THIS_MINUTE),
    "not a number": (TimeForm.UNIX, "nan", THIS_MINUTE),
    "beyond numbers": (TimeForm.UNIX, "1e999", THIS_MINUTE),
    "below zero": (TimeForm.UNIX, "-5", THIS_MINUTE),
    "no offset": (TimeForm.RFC3339, "2024-11-27T06:00:00", THIS_MINUTE),
    "none": (TimeForm.RFC3339, "", THIS_MINUTE),
}


def settings(form: TimeForm) -> GatewaySettings:
    """Return a gateway that writes times in a form."""
    text = f"""\
[gateways.a]
channel = "sms"
sender = "from"
text = ["text"]
time = "at"
time_form = "{form}"
auth = []
"""
    return parse_settings(text, "gate.toml").gateways["a"]


@pytest.mark.parametrize(("form", "text", "at"), TIMES.values(), ids=TIMES)
def test_a_time_is_read_or_is_this_minute(form: TimeForm, text: str, at: int) -> None:
    """So that a repeat of the next second is the same message."""
    (message,) = messages_of(settings(form), {"from": "1", "text": "x", "at": text}, NOW)
    assert at == message.at
    assert time_text(message.at).endswith("+00:00")


def test_a_message_shows_neither_its_sender_nor_its_words() -> None:
    """In no log, and in no test that fails."""
    assert "Message(msg-1)" == repr(Message("msg-1", "0812", "words", NOW))
