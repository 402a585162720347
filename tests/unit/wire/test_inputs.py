"""Decoding of the inputs: what is taken, and the first reason why not."""

import json

import pytest

from streams.domain.effects import DeadLetterReason
from streams.domain.events import OperatorCommand, TpsStatus
from streams.wire.inputs import INPUT_TYPES, VALUE_BYTES_MAX, decode_input
from streams.wire.records import Headers
from streams.wire.rejection import Rejection
from streams.wire.schemas import Json
from tests.support.example_fields import variant
from tests.support.examples import PLAIN, Example, as_bytes, examples

HEARTBEAT = PLAIN["tps.status"]
EXAMPLES = tuple(examples())


def rejected(topic: str, value: bytes | None, headers: Headers = ()) -> Rejection:
    """Return the verdict on a message that must be refused."""
    with pytest.raises(Rejection) as caught:
        decode_input(topic, value, headers)
    return caught.value


@pytest.mark.parametrize("topic", INPUT_TYPES)
def test_a_plain_message_becomes_its_event(topic: str) -> None:
    """Each topic has one type, and nothing of the message is lost in it."""
    decoded = decode_input(topic, as_bytes(PLAIN[topic]))
    assert INPUT_TYPES[topic] is type(decoded.event)
    assert PLAIN[topic]["id"] == decoded.event.id


def test_the_moment_comes_with_the_event() -> None:
    """`at` is read once, on the way in."""
    assert 1_732_666_200_000 == decode_input("tps.status", as_bytes(HEARTBEAT)).at


def verdict(example: Example) -> type | DeadLetterReason:
    """Return what becomes of an example: an event of a type, or a dead letter with its reason."""
    try:
        return type(decode_input(example.topic, example.body).event)
    except Rejection as rejection:
        return rejection.reason


def verdicts(topic: str, *, good: bool) -> dict[str, type | DeadLetterReason]:
    """Return what becomes of the good or the bad examples of a topic, by their names."""
    mine = (one for one in EXAMPLES if one.topic == topic and one.good is good)
    return {one.name: verdict(one) for one in mine}


@pytest.mark.parametrize("topic", INPUT_TYPES)
def test_good_examples_are_taken(topic: str) -> None:
    """What the contract allows in a field is allowed."""
    found = verdicts(topic, good=True)
    assert found
    assert dict.fromkeys(found, INPUT_TYPES[topic]) == found


@pytest.mark.parametrize("topic", INPUT_TYPES)
def test_bad_examples_are_refused(topic: str) -> None:
    """What the contract forbids in a field is refused for the field's sake, or for its time."""
    found = verdicts(topic, good=False)
    assert found
    reasons = {DeadLetterReason.SCHEMA, DeadLetterReason.BAD_TIME}
    assert {} == {name: came for name, came in found.items() if came not in reasons}


@pytest.mark.parametrize(
    ("topic", "change", "expected"),
    [
        ("tps.status", {"source": {"id": "x", "role": "camat"}}, "$.source.role"),
        ("tps.status", {"queue": 1.0}, "$.queue"),
        ("tps.status", {"queue": 1 << 63}, "$.queue"),
        ("tps.status", {"tps": "36.04.17.2010"}, "$.tps"),
        ("tps.status", {"at": "2024-11-27T07:10:00Z\n"}, "$.at"),
        ("tps.status", {"kind": "checkin"}, "`officer`"),
        ("crowd.reports", {"place": {"lat": 91}}, "$.place.lat"),
        ("crowd.reports", {"evidence": [{"kind": "photo"}, {"kind": "gif"}]}, "$.evidence[1].kind"),
        ("vote.counts", {"votes": {"01": None}}, "$.votes"),
        ("operator.commands", {"actor": {"id": "", "role": "operator"}}, "$.actor.id"),
    ],
)
def test_the_detail_names_the_field(topic: str, change: dict[str, object], expected: str) -> None:
    """A sender finds the fault without asking us."""
    verdict = rejected(topic, json.dumps(PLAIN[topic] | change).encode())
    assert DeadLetterReason.SCHEMA is verdict.reason
    assert expected in verdict.detail


@pytest.mark.parametrize("field", ["at", "until"])
def test_a_time_that_is_no_moment_is_a_bad_time(field: str) -> None:
    """It fits the pattern, so the schema has nothing to say."""
    command = variant(PLAIN["operator.commands"], field, "2024-13-27T07:10:00Z")
    verdict = rejected("operator.commands", as_bytes(command))
    assert DeadLetterReason.BAD_TIME is verdict.reason
    assert f"$.{field}" in verdict.detail


def test_no_value_is_no_json() -> None:
    """A tombstone has no place on an input topic."""
    assert DeadLetterReason.JSON is rejected("tps.status", None).reason


def test_a_mebibyte_is_taken_and_a_byte_more_is_not() -> None:
    """The limit is the contract's, and counts the value as it came."""
    body = as_bytes(HEARTBEAT)
    full = body + b" " * (VALUE_BYTES_MAX - len(body))
    assert "hb-000123" == decode_input("tps.status", full).event.id
    assert DeadLetterReason.SIZE is rejected("tps.status", full + b" ").reason


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"\xff" * (VALUE_BYTES_MAX + 1), DeadLetterReason.SIZE),
        (b'{"id":5,"\xff', DeadLetterReason.ENCODING),
        (b'{"id":5,', DeadLetterReason.JSON),
        (b'{"specversion":"0.3","id":5', DeadLetterReason.JSON),
        (b'{"specversion":"0.3","id":5}', DeadLetterReason.ENVELOPE),
        (b'{"id":5,"at":"2024-13-01T00:00:00Z"}', DeadLetterReason.SCHEMA),
    ],
)
def test_the_first_reason_in_the_order_is_given(value: bytes, expected: str) -> None:
    """A message that is wrong in several ways always gets the same reason."""
    assert expected == rejected("tps.status", value).reason


def test_broken_json_after_a_wrong_field_is_broken_json() -> None:
    """The decoder meets the wrong field first; the reason is that of the order all the same."""
    broken = as_bytes(HEARTBEAT | {"queue": "many"})[:-1]
    assert DeadLetterReason.JSON is rejected("tps.status", broken).reason


def test_a_wrong_value_that_a_later_one_replaces_does_no_harm() -> None:
    """Of a name that comes twice the last value counts, as the schemas see it."""
    body = b'{"queue":"many",' + as_bytes(HEARTBEAT)[1:]
    event = decode_input("tps.status", body).event
    assert isinstance(event, TpsStatus)
    assert 12 == event.queue


@pytest.mark.parametrize("strange", [None, 7, ["sms"], "x" * 33])
def test_a_field_that_the_contract_does_not_name_refuses_nothing(strange: Json) -> None:
    """To a producer by the contract `channel` is an unknown field, and those are ignored."""
    event = decode_input(
        "operator.commands", as_bytes(PLAIN["operator.commands"] | {"channel": strange})
    ).event
    assert isinstance(event, OperatorCommand)
    assert event.channel == ""


def test_deep_nesting_is_refused_and_not_followed() -> None:
    """A message of brackets must not end the process."""
    deep = b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"," + as_bytes(HEARTBEAT)[1:]
    assert DeadLetterReason.JSON is rejected("tps.status", deep).reason
