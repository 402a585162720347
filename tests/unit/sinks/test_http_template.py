"""Templates of requests: whatever a text says, it stays where it was put."""

import json
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import ConfigError
from streams.sinks.channel_settings import BodyForm, HttpSettings
from streams.sinks.http_template import Values, check_template, filled

URL = "https://sms.example.invalid/send"
VALUES = Values(
    target="+62 812-0000-1111",
    text="TINGGI: TPS 003 belum buka",
    subject="TPS 003",
    key="3604-A:sms:0",
    secret="it opens everything",
)
ANYTHING = st.text(st.characters(codec="utf-8"))


def settings(**said: object) -> HttpSettings:
    """Return the settings of a gateway."""
    return msgspec.convert({"type": "http", "url": URL, **said}, HttpSettings)


def test_a_body_of_json_is_filled_in_at_every_depth() -> None:
    """As WhatsApp's Cloud API wants it; what is no text stays as it is."""
    template = {
        "to": "${digits}",
        "preview": False,
        "template": {"name": "siaga", "components": [{"text": "${subject}: ${text}"}, 7]},
    }
    request = filled(settings(body=template), VALUES)
    assert {
        "to": "6281200001111",
        "preview": False,
        "template": {
            "name": "siaga",
            "components": [{"text": "TPS 003: TINGGI: TPS 003 belum buka"}, 7],
        },
    } == json.loads(request.body)
    assert "application/json" == request.headers["Content-Type"]


@given(ANYTHING, ANYTHING)
def test_no_text_becomes_a_second_field(text: str, target: str) -> None:
    """Neither in a form, nor in JSON, nor in an address, nor in a header."""
    values = Values(target=target, text=text, subject="s", key="k", secret=text)
    both = {"to": "${target}", "text": "a ${text} b"}
    form = filled(settings(body=both, content_type="form"), values)
    in_json = filled(settings(body=both), values)
    link = filled(settings(url=f"{URL}?to=${{target}}&text=${{text}}", method="GET"), values)
    assert {"to": [target], "text": [f"a {text} b"]} == parse_qs(
        form.body.decode(), keep_blank_values=True
    )
    assert {"to": target, "text": f"a {text} b"} == json.loads(in_json.body)
    assert {"to": [target], "text": [text]} == parse_qs(
        urlsplit(link.url).query, keep_blank_values=True
    )


@given(ANYTHING)
def test_no_text_ends_a_header(text: str) -> None:
    """What follows a line break would be a header of its own."""
    values = Values(target="t", text="t", subject="s", key="k", secret=text)
    request = filled(settings(headers={"Authorization": "Bearer ${secret}"}), values)
    assert request.headers["Authorization"].isascii()
    assert request.headers["Authorization"].isprintable()


def test_what_was_filled_in_is_not_filled_again() -> None:
    """A report that writes of a `secret` in braces gets none."""
    values = msgspec.structs.replace(VALUES, text="${secret}")
    assert b'{"text":"${secret}"}' == filled(settings(body={"text": "${text}"}), values).body


def test_a_request_without_a_body_has_no_type_of_one() -> None:
    """Some gateways take everything in the address."""
    request = filled(settings(method="GET", url=f"{URL}?id=${{key}}"), VALUES)
    assert ("GET", f"{URL}?id=3604-A%3Asms%3A0", b"", {}) == (
        request.method,
        request.url,
        request.body,
        request.headers,
    )


def test_a_type_of_its_own_wins() -> None:
    """Where a gateway wants another word for it."""
    said = settings(body={"a": "b"}, headers={"Content-Type": "application/vnd.sms+json"})
    assert "application/vnd.sms+json" == filled(said, VALUES).headers["Content-Type"]


@pytest.mark.parametrize(
    "said",
    [
        {"url": f"{URL}/${{phone}}"},
        {"headers": {"X": "${phone}"}},
        {"body": {"a": [{"b": "${phone}"}]}},
    ],
)
def test_a_place_that_nothing_can_fill_is_refused(said: dict[str, object]) -> None:
    """Before the first message, with those that there are."""
    with pytest.raises(ConfigError) as raised:
        check_template("channels.sms", settings(**said))
    assert (
        "channels.sms: ${phone} means nothing; known are target, digits, text, subject, key, secret"
        == str(raised.value)
    )


def test_a_form_has_no_tables_in_it() -> None:
    """And JSON may have."""
    nested = {"a": {"b": "c"}}
    check_template("c", settings(body=nested))
    with pytest.raises(ConfigError, match=r"^c.body: expected texts alone"):
        check_template("c", settings(body=nested, content_type=BodyForm.FORM))


def test_values_show_nothing() -> None:
    """All of them are secrets, or of persons."""
    assert "Values()" == repr(VALUES)
