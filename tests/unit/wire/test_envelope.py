"""CloudEvents around a message; the project's own Python package is the second opinion."""

import json
from base64 import b64encode
from collections.abc import Callable

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, to_binary, to_structured
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from streams.domain.effects import DeadLetterReason
from streams.wire.envelope import unwrap
from streams.wire.records import Headers
from streams.wire.rejection import Rejection
from streams.wire.schemas import Json
from tests.support.examples import PLAIN

HEARTBEAT = PLAIN["tps.status"]
BODY = json.dumps(HEARTBEAT).encode()
ATTRIBUTES: dict[str, str] = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "/gateway/sms",
    "type": "id.siaga.tps.status",
}
JSON_TYPE = ("content-type", b"application/json; charset=utf-8")
STRUCTURED = (("content-type", b"application/cloudevents+json"),)


def binary(**changes: bytes | None) -> Headers:
    """Return the headers of an event in binary mode with some attributes changed."""
    plain: dict[str, bytes | None] = {name: text.encode() for name, text in ATTRIBUTES.items()}
    return tuple((f"ce_{name}", value) for name, value in (plain | changes).items())


def structured(**changes: Json) -> bytes:
    """Return an event in structured mode with some attributes changed; "" leaves one out."""
    plain: dict[str, Json] = {**ATTRIBUTES, "data": dict(HEARTBEAT)}
    return json.dumps({k: v for k, v in (plain | changes).items() if v != ""}).encode()


def refused(value: bytes, headers: Headers = ()) -> Rejection:
    """Return the verdict on an envelope that must be refused."""
    with pytest.raises(Rejection) as caught:
        unwrap(value, headers)
    return caught.value


def headers_of(message: KafkaMessage) -> Headers:
    """Return the headers of the other package's message as ours."""
    return tuple(message.headers.items())


def test_a_bare_message_is_its_own_event() -> None:
    """Without an envelope nothing is looked at, and nothing copied."""
    assert BODY is unwrap(BODY, (("siaga-drill", b"gladi-1"), JSON_TYPE))


@pytest.mark.parametrize("datacontenttype", ["application/json", "text/json", "application/x+json"])
@pytest.mark.parametrize("write", [to_binary, to_structured])
def test_what_the_official_package_writes_is_taken(
    write: Callable[[CloudEvent, JSONFormat], KafkaMessage], datacontenttype: str
) -> None:
    """Both modes, with every attribute there is and an extension."""
    attributes = ATTRIBUTES | {
        "subject": "17.02.09.1001-003",
        "dataschema": "https://example.org/tps-status",
        "datacontenttype": datacontenttype,
        "traceparent": "00-0af7-b7ad-01",
    }
    message = write(CloudEvent(dict(attributes), dict(HEARTBEAT)), JSONFormat())
    assert HEARTBEAT == json.loads(unwrap(message.value, headers_of(message)))


def test_data_of_bytes_is_taken() -> None:
    """The package writes bytes as `data_base64`."""
    message = to_structured(CloudEvent(dict(ATTRIBUTES), BODY), JSONFormat())
    assert b"data_base64" in message.value
    assert BODY == unwrap(message.value, headers_of(message))


@pytest.mark.parametrize(
    "attribute", ["id", "source", "type", "specversion", "subject", "dataschema", "datacontenttype"]
)
def test_what_the_official_package_finds_empty_is_broken(attribute: str) -> None:
    """An attribute that is there must say something, in either mode."""
    with pytest.raises(CloudEventValidationError):
        CloudEvent(ATTRIBUTES | {attribute: ""}, dict(HEARTBEAT))
    assert (
        DeadLetterReason.ENVELOPE
        is refused(
            json.dumps({**ATTRIBUTES, attribute: "", "data": HEARTBEAT}).encode(), STRUCTURED
        ).reason
    )
    if attribute != "datacontenttype":  # In binary mode that is a header of its own.
        assert DeadLetterReason.ENVELOPE is refused(BODY, binary(**{attribute: b""})).reason


def test_a_body_that_shows_specversion_is_structured() -> None:
    """Gateways forget the content type; the body tells."""
    assert HEARTBEAT == json.loads(unwrap(structured(), ()))


@pytest.mark.parametrize(
    "body",
    [
        b'{"text":"\\"specversion\\""}',
        b'{"place":{"specversion":"1.0"}}',
        b'["specversion"]',
        b'[["specversion"]]',
        b'"\\"specversion\\""',
        b'{"specversion',
        b'{"a":"\\"specversion\\"",',
    ],
)
def test_a_message_that_only_speaks_of_specversion_is_bare(body: bytes) -> None:
    """Only a name at the top makes an envelope; what is no JSON is the decoder's to refuse."""
    assert body == unwrap(body, ())


def test_binary_mode_leaves_the_value_alone() -> None:
    """A content type with parameters is still JSON, and without one JSON is meant."""
    assert BODY is unwrap(BODY, (*binary(time=b"2024-11-27T00:00:00Z"), JSON_TYPE))
    assert BODY is unwrap(BODY, binary())


def test_in_binary_mode_the_data_may_have_a_specversion() -> None:
    """The headers have said what the envelope is."""
    assert b'{"specversion":"0.1"}' == unwrap(b'{"specversion":"0.1"}', binary())


def test_the_last_of_two_equal_headers_counts() -> None:
    """Kafka allows both; its own clients read the last."""
    assert BODY is unwrap(BODY, (("ce_specversion", b"0.3"), *binary()))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("ce_id", b"1"),), "specversion"),
        (binary(specversion=b"0.3"), "1.0"),
        (binary(id=None), "`id`"),
        (binary(source=b""), "`source`"),
        (binary(type=b"\xff"), "UTF-8"),
        (binary(time=b"yesterday"), "`time`"),
        (binary(time=b"2024-13-01T00:00:00Z"), "`time`"),
        (binary(subject=b""), "`subject`"),
        ((*binary(), ("content-type", b"application/xml")), "application/xml"),
        ((*binary(), ("Content-Type", b"text/plain")), "text/plain"),
    ],
)
def test_a_broken_binary_envelope_says_why(headers: Headers, expected: str) -> None:
    """The event inside may be perfect; its envelope promised something else."""
    verdict = refused(BODY, headers)
    assert DeadLetterReason.ENVELOPE is verdict.reason
    assert expected in verdict.detail


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (structured(specversion="0.3"), "1.0"),
        (structured(id=7), "$.id"),
        (structured(id=""), "`id`"),
        (structured(time="2024-11-27"), "`time`"),
        (structured(datacontenttype="text/plain"), "text/plain"),
        (structured(data=""), "`data`"),
        (structured(data_base64="e30="), "`data`"),
        (structured(data="", data_base64="%%"), "data_base64"),
        (structured(data="", data_base64="é"), "data_base64"),
        (structured(data="", data_base64=5), "$.data_base64"),
        (b'"specversion"', "object"),
    ],
)
def test_a_broken_structured_envelope_says_why(value: bytes, expected: str) -> None:
    """Whoever wraps events learns which attribute is wrong."""
    verdict = refused(value, STRUCTURED)
    assert DeadLetterReason.ENVELOPE is verdict.reason
    assert expected in verdict.detail


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (b"[%b]" % structured(), (("content-type", b"application/cloudevents-batch+json"),)),
        (b" [%b]" % structured(), STRUCTURED),
        (b"\n[%b]" % structured(), ()),
    ],
)
def test_a_batch_is_refused_and_says_so(value: bytes, headers: Headers) -> None:
    """One event a message: a batch has no one key, offset or fate."""
    verdict = refused(value, headers)
    assert DeadLetterReason.ENVELOPE is verdict.reason
    assert "one event a message" in verdict.detail


def test_another_format_than_json_is_refused() -> None:
    """Avro and protobuf have registered names; we take neither."""
    verdict = refused(b"{}", (("content-type", b"application/cloudevents+avro"),))
    assert "application/cloudevents+avro" in verdict.detail


@pytest.mark.parametrize(
    ("value", "headers", "expected"),
    [
        (b"{", STRUCTURED, DeadLetterReason.JSON),
        (b"{", binary(specversion=b"0.3"), DeadLetterReason.JSON),
        (
            structured(data="", data_base64=b64encode(b"\xff").decode()),
            STRUCTURED,
            DeadLetterReason.ENCODING,
        ),
    ],
)
def test_what_comes_before_the_envelope_is_told_first(
    value: bytes, headers: Headers, expected: DeadLetterReason
) -> None:
    """Encoding, then JSON, then the envelope."""
    assert expected is refused(value, headers).reason
