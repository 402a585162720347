"""From a request's body to its events."""

import json
import tracemalloc

import pytest

from streams.gate.splitting import Item, Items, split
from streams.web.message import Incoming
from streams.web.refusal import Reason, Refusal
from tests.unit.gate.house import incoming

STRUCTURED = (("content-type", b"application/cloudevents+json"),)
BODIES: dict[str, tuple[str, bytes, Items]] = {
    "one event": ("application/json", b' {"a":1}', Items((Item(b' {"a":1}'),), is_batch=False)),
    "no content type is JSON": ("", b"{}", Items((Item(b"{}"),), is_batch=False)),
    "a charset of UTF-8": (
        "application/json; charset=UTF-8",
        b"{}",
        Items((Item(b"{}"),), is_batch=False),
    ),
    "an array": (
        "application/json",
        b'\n[{"a": 1.50},\n {}]',
        Items((Item(b'{"a": 1.50}'), Item(b"{}")), is_batch=True),
    ),
    "an array of one is a batch": (
        "application/json",
        b"[{}]",
        Items((Item(b"{}"),), is_batch=True),
    ),
    "lines": (
        "application/x-ndjson",
        b'{"a":1}\r\n\n  \n{"b":2}',
        Items((Item(b'{"a":1}'), Item(b'{"b":2}')), is_batch=True),
    ),
    "a structured event": (
        "application/cloudevents+json",
        b"{}",
        Items((Item(b"{}", STRUCTURED),), is_batch=False),
    ),
    "a batch of structured events": (
        "application/cloudevents-batch+json",
        b"[{},{}]",
        Items((Item(b"{}", STRUCTURED), Item(b"{}", STRUCTURED)), is_batch=True),
    ),
    "what is no JSON is for later": (
        "application/json",
        b"hello",
        Items((Item(b"hello"),), is_batch=False),
    ),
}


@pytest.mark.parametrize(("content_type", "body", "items"), BODIES.values(), ids=BODIES)
def test_events_are_handed_on_byte_for_byte(content_type: str, body: bytes, items: Items) -> None:
    """Whatever form a request has, each event is what was sent."""
    assert items == split(incoming(body, content_type=content_type), 10)


REFUSED: dict[str, tuple[str, bytes, Reason]] = {
    "a form": ("application/x-www-form-urlencoded", b"a=1", Reason.MEDIA_TYPE),
    "another charset": ("application/json; charset=latin-1", b"{}", Reason.MEDIA_TYPE),
    "an empty array": ("application/json", b"[]", Reason.BATCH),
    "no line": ("application/x-ndjson", b"\n\n", Reason.BATCH),
    "too many": ("application/json", json.dumps([1] * 11).encode(), Reason.SIZE),
    "too many lines": ("application/x-ndjson", b"1\n" * 11, Reason.SIZE),
    "half an array": ("application/json", b"[{}", Reason.JSON),
    "a deep array": ("application/json", b"[" * 100_000, Reason.JSON),
    "a deep array in an array": (
        "application/json",
        b"[" + b"[" * 9_000 + b"]" * 9_001,
        Reason.JSON,
    ),
    "no array of events": ("application/cloudevents-batch+json", b"{}", Reason.JSON),
}


@pytest.mark.parametrize(("content_type", "body", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_split_is_refused_whole(
    content_type: str, body: bytes, reason: Reason
) -> None:
    """Nothing of it is taken."""
    with pytest.raises(Refusal) as caught:
        split(incoming(body, content_type=content_type), 10)
    assert reason is caught.value.reason


def test_binary_mode_becomes_kafkas() -> None:
    """`ce-id` becomes `ce_id`, and what HTTP has escaped is what was meant."""
    request = Incoming(
        body=b"[1]",
        headers={
            "content-type": "application/json",
            "ce-id": "a%20b",
            "ce-subject": "Bengkulu%E2%9C%93",
            "x-other": "1",
        },
    )
    headers = (
        ("ce_id", b"a b"),
        ("ce_subject", "Bengkulu✓".encode()),
        ("content-type", b"application/json"),
    )
    assert Items((Item(b"[1]", headers),), is_batch=False) == split(request, 10)


def test_binary_mode_without_a_content_type_has_none() -> None:
    """What was not said is not made up."""
    request = Incoming(body=b"{}", headers={"ce-id": "1"})
    assert (("ce_id", b"1"),) == split(request, 10).items[0].headers


HUGE: dict[str, tuple[str, bytes]] = {
    "numbers": ("application/json", b"[" + b"1," * (4 << 20) + b"1]"),
    "a huge number first": ("application/json", b"[" + b"9" * 9_000 + b",1" * (4 << 20) + b"]"),
    "lines": ("application/x-ndjson", b"1\n" * (4 << 20)),
    "envelopes": ("application/cloudevents-batch+json", b"[" + b"{} , " * (2 << 20) + b"{}]"),
}


@pytest.mark.parametrize(("media_type", "body"), HUGE.values(), ids=HUGE)
def test_of_a_batch_no_more_is_read_than_may_be_in_it(media_type: str, body: bytes) -> None:
    """Millions of events in one body would be all the memory that there is."""
    request = Incoming(body=body, headers={"content-type": media_type})
    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match="at most 1000 events"):
            split(request, 1_000)
        assert tracemalloc.get_traced_memory()[1] < 4 * len(body)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("values", [["a, b", "]", '"'], [[1, [2, 3]], {"a": [1, 2]}, 3]])
def test_commas_within_events_are_not_between_them(values: list[object]) -> None:
    """As many as may be are taken, and one more is not."""
    request = Incoming(body=json.dumps(values, indent=1).encode())
    assert 3 == len(split(request, 3).items)
    with pytest.raises(Refusal, match="at most 2 events"):
        split(request, 2)
