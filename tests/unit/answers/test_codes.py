"""Codes for an SMS: short, of one alert, hard to mistype; and what counts as an answer."""

import itertools
import time
from typing import Final

import pytest

from streams.answers.asked import Verb
from streams.answers.codes import Reply, alerts_of, codes_for, codes_in, is_code, parse_reply
from streams.domain.ids import AlertId, digest_id

KEY: Final = b"a key of this installation, 32 b."
POLSEK: Final = "OPS/polsek@36.04/1"
ALERTS: Final = tuple(digest_id("36.04", str(number)) for number in range(200))
CODE: Final = codes_for(KEY, POLSEK, ALERTS[:1])[ALERTS[0]]
MANY: Final = tuple(digest_id("36.04", f"many {number}") for number in range(4_000))
"""So many that some share a try."""


def test_a_code_is_six_digits_of_which_the_last_fits_the_others() -> None:
    """None begins with a zero, which people leave out."""
    for code in codes_for(KEY, POLSEK, ALERTS).values():
        assert is_code(code)
        assert "0" != code[0]


def test_a_code_is_the_same_whoever_makes_it() -> None:
    """The sender and the gate share nothing but the key."""
    assert {ALERTS[0]: "605572"} == codes_for(KEY, POLSEK, ALERTS[:1])


@pytest.mark.parametrize(
    ("key", "destination"), [(b"another key", POLSEK), (KEY, "OPS/polsek@36.04/2")]
)
def test_a_code_is_of_use_to_nobody_else(key: bytes, destination: str) -> None:
    """Of another destination, or another installation, the same alert has another code."""
    assert CODE != codes_for(key, destination, ALERTS[:1])[ALERTS[0]]


def test_no_two_alerts_have_one_code() -> None:
    """However many are open; and each code leads back to its alert, and to it alone."""
    codes = codes_for(KEY, POLSEK, MANY[:300])
    assert 300 == len(set(codes.values()))
    some = list(codes)[:20]
    assert [{one} for one in some] == [alerts_of(KEY, POLSEK, codes, codes[one]) for one in some]


def _sharing() -> tuple[AlertId, AlertId]:
    """Find two alerts that would have one code, were they alone."""
    alone: dict[str, AlertId] = {}
    for alert in MANY:
        code = codes_for(KEY, POLSEK, [alert])[alert]
        if code in alone:
            return alone[code], alert
        alone[code] = alert
    raise AssertionError


def test_a_code_that_could_mean_two_alerts_is_nobodys() -> None:
    """It was told when only one of them was open; now both get another one."""
    one, two = _sharing()
    shared = codes_for(KEY, POLSEK, [one])[one]
    assert {one} == alerts_of(KEY, POLSEK, [one], shared)
    assert {one, two} == alerts_of(KEY, POLSEK, [one, two], shared)
    both = codes_for(KEY, POLSEK, [one, two])
    assert shared not in both.values()
    assert both == codes_for(KEY, POLSEK, [two, one])
    for each in (one, two):
        assert {each} == alerts_of(KEY, POLSEK, [two, one], both[each])
    assert {two} == alerts_of(KEY, POLSEK, [two], both[two])


def test_a_code_of_what_is_not_open_means_nothing() -> None:
    """Nor does a text that is no code."""
    assert set() == alerts_of(KEY, POLSEK, ALERTS[1:], CODE)
    assert set() == alerts_of(KEY, POLSEK, ALERTS, "no code")
    assert set() == alerts_of(KEY, POLSEK, [], CODE)


def test_one_digit_mistyped_is_noticed() -> None:
    """Whichever, and whatever it has become."""
    mistyped = [
        CODE[:place] + digit + CODE[place + 1 :]
        for place in range(len(CODE))
        for digit in "0123456789"
        if digit != CODE[place]
    ]
    assert 54 == len(mistyped)
    assert [] == [code for code in mistyped if is_code(code)]


def test_two_digits_exchanged_are_noticed() -> None:
    """Neighbours, in any code."""
    for code in codes_for(KEY, POLSEK, ALERTS).values():
        for place, (left, right) in enumerate(itertools.pairwise(code)):
            if left != right:
                assert not is_code(code[:place] + right + left + code[place + 2 :])


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12345²", " 47843"])
def test_other_texts_are_no_codes(text: str) -> None:
    """Six digits as a telephone writes them."""
    assert not is_code(text)


def test_a_code_is_found_among_other_words() -> None:
    """So that whoever sends it so can be asked to send it alone."""
    text = f"{CODE} pasukan ke lokasi jam 1200, 123456, lagi {CODE} terima kasih"
    assert (CODE,) == codes_in(text)
    assert () == codes_in("x" * 500 + f" {CODE}")


def test_a_text_of_any_length_is_read_in_no_time() -> None:
    """Only its beginning is looked at, and each word of it once."""
    text = " ".join(f"{number:05} w{number}" for number in range(100_000))
    began = time.perf_counter()
    assert None is parse_reply(text)
    assert Reply(Verb.ACK, CODE) == parse_reply(f"AMBIL {CODE}{' ' * 500}{text}")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"AMBIL {CODE}", Reply(Verb.ACK, CODE)),
        (f"ambil:{CODE}.", Reply(Verb.ACK, CODE)),
        (f"Ambil{CODE}", Reply(Verb.ACK, CODE)),
        (f"  {CODE}\n", Reply(Verb.ACK, CODE)),
        (f"{CODE[:3]} {CODE[3:]}", Reply(Verb.ACK, CODE)),
        (f"{CODE} ok", Reply(Verb.ACK, CODE)),
        (f"ACK {CODE}", Reply(Verb.ACK, CODE)),
        (f"terima #{CODE}", Reply(Verb.ACK, CODE)),
        (f"86 {CODE}", Reply(Verb.ACK, CODE)),
        (f"Siap ndan, ambil {CODE}!", Reply(Verb.ACK, CODE)),
        (f"NAIK {CODE}", Reply(Verb.ESCALATE, CODE)),
        (f"naik-{CODE}", Reply(Verb.ESCALATE, CODE)),
        (f"eskalasi kode {CODE}", Reply(Verb.ESCALATE, CODE)),
        ("AMBIL 123456", Reply(Verb.ACK, "123456")),
        ("NAIK 4821", Reply(Verb.ESCALATE, "4821")),
    ],
)
def test_what_people_write_as_an_answer(text: str, expected: Reply) -> None:
    """In any case, with any signs, before or after; mistyped it is an answer all the same."""
    assert expected == parse_reply(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AMBIL",
        "ok",
        "86",
        "123456",
        "0812",
        "Sudah 3 orang antre di TPS 003",
        f"Ada keributan, nomor saya {CODE}",
        f"AMBIL NAIK {CODE}",
        f"jangan ambil {CODE}",
        "Surat suara 455 dari 475",
        "\x00\ud800",
        "ok 2",
        "ambil 123456789",
        "9" * 10_000,
    ],
)
def test_what_is_no_answer(text: str) -> None:
    """A report, a number, a word without a code, an answer that contradicts itself."""
    assert None is parse_reply(text)
