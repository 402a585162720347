"""The desk of dead letters: what lies on it, how it looks, and what would be sent again."""

import argparse

import pytest

from streams.cli.deadletter_desk import Wanted, letter_number
from streams.cli.deadletter_list import desk_lines
from streams.cli.deadletter_show import letter_lines, letters_by_number
from streams.domain.times import EpochMs
from streams.engine.letters import desk_of, message_of
from streams.engine.ports import Headers
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.wire.outputs import CUT_BYTES
from tests.support.letters import AT, DESK, LetterRecord, one, put_aside, sent_again


def test_a_letter_is_known_by_its_place() -> None:
    """And says where its message lay, and why it was put aside."""
    found = one(put_aside(12))
    assert ("0:12", "tps.status/3:8812", "json") == (
        found.name,
        found.origin,
        found.words["reason"],
    )


@pytest.mark.parametrize(
    ("value", "headers", "key"),
    [
        (b'{"id":', (), b"k"),
        (None, (), None),
        (b"", (("siaga-drill", b"d1"),), None),
        (b"\xff\x00", (("ce_id", b"\xfe"), ("ce_id", None)), b""),
        (b"{}", (("size", b"2"), ("x", b"y")), None),
        (b"{}", (("size", b"9" * 5_000),), None),
        (b"{}", (("size", "²".encode()),), None),
    ],
)
def test_a_message_is_sent_again_as_it_came(
    value: bytes | None, headers: Headers, key: bytes | None
) -> None:
    """Value, key and headers byte for byte; where it is from is added."""
    message = message_of(one(put_aside(12, value, headers=headers, key=key)))
    assert (Topic.TPS_STATUS, key, value) == (message.topic, message.key, message.value)
    assert (*headers, ("resent-from", b"0:12")) == message.headers


def test_a_mended_message_has_another_value_and_no_signature() -> None:
    """Its producer has not signed that."""
    headers = (("siaga-signature", b"k:00"), ("siaga-drill", b"d1"))
    message = message_of(one(put_aside(12, headers=headers)), b"{}")
    assert (b"{}", (("siaga-drill", b"d1"), ("resent-from", b"0:12"))) == (
        message.value,
        message.headers,
    )


def test_a_letter_of_a_message_that_was_sent_again_names_the_first() -> None:
    """And when it is sent once more, only the last."""
    found = one(put_aside(14, headers=(("resent-from", b"0:12"),)))
    assert "0:12" == found.resent_from
    assert (("resent-from", b"0:14"),) == message_of(found).headers


def test_what_was_cut_is_not_sent_again() -> None:
    """Its end is missing, and its headers: the message says where the whole lies."""
    found = one(put_aside(12, b"x" * 3_000_000, "size", (("siaga-drill", b"d1"),)))
    assert (CUT_BYTES, 3_000_000) == (len(found.value or b""), found.whole_bytes)
    for mended in (None, b"{}"):
        with pytest.raises(InputError, match=r"0:12: of its 3000000 bytes .* at tps.status/3:8812"):
            message_of(found, mended)


def test_a_message_without_headers_of_its_own_that_were_too_long_is_cut_as_well() -> None:
    """Its value is whole, but what belonged to it is gone."""
    found = one(put_aside(12, b"{}", headers=(("x", b"y" * 3_000_000),)))
    with pytest.raises(InputError, match="no headers"):
        message_of(found)


def test_what_came_from_no_input_topic_is_not_sent() -> None:
    """Somebody else has written to the topic."""
    stranger = one((DESK, LetterRecord(3, b"{}", headers=(("topic", b"siaga.journal"),))))
    with pytest.raises(InputError, match=r"0:3: came from siaga.journal; expected one of"):
        message_of(stranger)


def test_what_was_sent_again_is_done() -> None:
    """A record behind it says so; it is no letter itself."""
    desk = desk_of([put_aside(1), put_aside(2), sent_again(3, "0:1"), sent_again(4, "0:1")])
    assert [("0:1", 2), ("0:2", 0)] == [(found.name, found.resent) for found in desk]
    assert ["0:2"] == [found.name for found in desk if Wanted().has(found)]
    assert ["0:1", "0:2"] == [found.name for found in desk if Wanted(done=True).has(found)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "0:1 0:2"),
        (Wanted(reason="schema"), "0:2"),
        (Wanted(topic="tps.status"), "0:1 0:2"),
        (Wanted(topic="vote.counts"), ""),
        (Wanted(since=EpochMs(AT + 2)), "0:2"),
        (Wanted(reason="json", since=EpochMs(AT + 2)), ""),
    ],
)
def test_letters_are_filtered(wanted: Wanted, expected: str) -> None:
    """By reason, topic and time, all of them together."""
    desk = desk_of([put_aside(1), put_aside(2, reason="schema")])
    assert expected.split() == [found.name for found in desk if wanted.has(found)]


def test_the_list_counts_and_shows_the_newest() -> None:
    """By reason and topic; then each with its number, time, reason and detail."""
    desk = desk_of([put_aside(1), put_aside(2), put_aside(3, reason="schema")])
    assert [
        "3 dead letters",
        "       2  json         tps.status",
        "       1  schema       tps.status",
        "0:3      2024-11-27T00:00:00+00:00  schema       $.id: half a value (tps.status/3:8803)",
    ] == [*desk_lines(desk, 1)]


def test_a_long_detail_is_shortened_and_cannot_move_the_cursor() -> None:
    """A sender's words are shown to a person."""
    headers = (("reason", b"json"), ("detail", b"\x1b[2J" + b"x" * 500), ("topic", b"a\nb"))
    [_, count, shown] = desk_lines(desk_of([(DESK, LetterRecord(1, b"", headers=headers))]), 9)
    assert "\x1b" not in count + shown
    assert "\n" not in count + shown
    assert len(shown) < 250


def test_a_letter_is_shown_with_what_was_expected() -> None:
    """Reason in both languages, detail, headers, and the JSON laid out."""
    headers = (("siaga-drill", b"d1"), ("x", None))
    shown = list(letter_lines(one(put_aside(12, b'{"id":1,"a":[]}', "schema", headers))))
    for line in (
        "0:12  2024-11-27T00:00:00+00:00",
        "  schema: ada isian yang kurang atau salah bentuk / a field is missing or of another form",
        "  $.id: half a value",
        "  dari / from tps.status/3:8812",
        "kunci / key: k",
        "siaga-drill: d1",
        "x: (null)",
        '  "id": 1,',
    ):
        assert line in shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ["(null)"]),
        (b"", ["(kosong / empty)"]),
        (b"\x1b[2Jhalf\n\xff{", ["\\x1b[2Jhalf", "\\xff{"]),
        (b'"a\\u001b"', ['"a\\u001b"']),
    ],
)
def test_every_value_can_be_shown(value: bytes | None, expected: list[str]) -> None:
    """Empty, null, not UTF-8, with control characters: nothing moves the cursor."""
    shown = list(letter_lines(one(put_aside(12, value))))
    assert expected == shown[shown.index("") + 1 :]


def test_a_cut_letter_says_so() -> None:
    """Before its first MiB."""
    shown = letter_lines(one(put_aside(12, b"x" * 3_000_000, "size")))
    assert "dipotong dari / cut from 3000000 bytes:" in shown


def test_a_number_is_partition_and_offset() -> None:
    """Nothing else."""
    assert (0, 12) == letter_number("0:12")
    for text in ("12", "0:", "0:x", "0:1:2", "-1:2"):
        with pytest.raises(argparse.ArgumentTypeError, match="PARTITION:OFFSET"):
            letter_number(text)


def test_a_number_of_no_letter_is_bad_input() -> None:
    """Also that of a record that is none."""
    desk = desk_of([put_aside(1), sent_again(2, "0:1")])
    for number in ((0, 2), (0, 9)):
        with pytest.raises(InputError, match=f"no dead letter 0:{number[1]}"):
            letters_by_number(desk, [number])
