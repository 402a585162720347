"""UTF-8 and JSON, to the letter."""

import json

import pytest

from streams.domain.effects import DeadLetterReason
from streams.wire.rejection import Rejection
from streams.wire.text import json_value, require_json, require_utf8

NO_JSON = [
    b"",
    b" ",
    b"{",
    b"{}{}",
    b"{} x",
    b"[1,]",
    b'{"a":1,}',
    b"{'a':1}",
    b"{a:1}",
    b'{"a" 1}',
    b"NaN",
    b"[Infinity]",
    b"-",
    b"01",
    b"1.",
    b".5",
    b"+1",
    b"1e",
    b"nul",
    b'"\x01"',
    b'"\\q"',
    b'"\\u12g4"',
    b'"\\ud800"',
    b'"\\udc00"',
    b'"\\ud800\\ud800"',
    b"\xef\xbb\xbf{}",
    b"{}\x00",
    b"\x0c{}",
    b"// why\n{}",
    b"[" * 100_000 + b"]" * 100_000,
]


@pytest.mark.parametrize("value", NO_JSON, ids=lambda value: repr(value[:12]))
def test_what_the_standard_refuses_is_no_json(value: bytes) -> None:
    """However much a lenient parser would forgive."""
    with pytest.raises(Rejection) as caught:
        require_json(value)
    assert DeadLetterReason.JSON is caught.value.reason


@pytest.mark.parametrize(
    "value",
    [b"null", b" \t\r\n5 ", b'"\\ud83d\\ude00"', b'"\\u0000"', b"1e999", b"-0", b'{"":[]}'],
)
def test_what_the_standard_takes_is_json(value: bytes) -> None:
    """A scalar, any blank of the four, a pair of surrogates, a number beyond our numbers."""
    require_json(value)


def test_the_last_of_two_equal_names_counts() -> None:
    """As in every other JSON parser that producers test against."""
    text = b'{"a":1,"a":2}'
    assert json.loads(text) == json_value(text)


def test_a_number_without_a_number_of_ours_is_not_a_fault_of_the_text() -> None:
    """The grammar allows any number of digits; what they must fit is the schema's business."""
    with pytest.raises(Rejection) as caught:
        json_value(b"1e999")
    assert DeadLetterReason.SCHEMA is caught.value.reason


@pytest.mark.parametrize(
    ("value", "byte"),
    [(b"a\xff", 1), (b"\xc3", 0), (b"\xed\xa0\x80", 0), (b"\xc0\xaf", 0), (b"ab\xf8\x88", 2)],
)
def test_what_is_not_utf8_is_named_by_its_first_byte(value: bytes, byte: int) -> None:
    """Cut sequences, surrogates, overlong forms."""
    with pytest.raises(Rejection, match=f"byte {byte}:") as caught:
        require_utf8(value)
    assert DeadLetterReason.ENCODING is caught.value.reason
