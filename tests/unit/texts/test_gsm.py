"""The alphabet of an SMS: what stays, what becomes another sign, and how long it is."""

import unicodedata

import pytest

from streams.texts.gsm import fitted, plain, septets

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = "\f^{}\\[~]|€"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TPS 003 Padang Leban", "TPS 003 Padang Leban"),
        ("Ra\u2019as, Ma\u02bcrang, Da\u2018wah", "Ra'as, Ma'rang, Da'wah"),
        ("\u201cgangguan\u201d \u2013 perlu dicek\u2026", '"gangguan" - perlu dicek...'),
        ("Désa Köta Ñusa à", "Désa Köta Ñusa à"),
        ("Sêruyan Ĝunung Çukur çukur", "Seruyan Gunung Çukur cukur"),
        ("455 ≠ 475 ≥ 1 → 2 × 3", "455 <> 475 >= 1 -> 2 x 3"),
        ("Kotak \U0001f4e6 tiba \u2705", "Kotak  tiba "),
        ("a\tb\u00a0c\u2028d", "a b c d"),
        ("\x00\x07\ud800", ""),
        ("½ Ⅷ ﬁ", "1/2 VIII fi"),
        ("العربية 漢字", " "),
    ],
)
def test_a_text_keeps_what_an_sms_can_say(text: str, expected: str) -> None:
    """Accents are lost where the alphabet lacks them, signs become plain ones, the rest goes."""
    assert expected == plain(text)


def test_the_alphabet_stays_as_it_is() -> None:
    """All 127 signs of the default alphabet, and the ten of its extension, which count double."""
    assert (127, 10) == (len(BASIC), len(DOUBLE))
    assert BASIC + DOUBLE == plain(BASIC + DOUBLE)
    assert (127, 20) == (septets(BASIC), septets(DOUBLE))


def test_every_sign_of_unicode_becomes_signs_of_the_alphabet() -> None:
    """None of them fails, and a letter with an accent is never lost."""
    for code in range(0x2FFF):
        sign = chr(code)
        assert set(plain(sign)) <= set(BASIC + DOUBLE)
        bare = unicodedata.normalize("NFKD", sign)[:1]
        if bare.isascii() and bare.isalpha():
            assert plain(sign), sign


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcde"),
        ("ab€cd", 4, "ab€"),
        ("ab€cd", 3, "ab"),
        ("€", 1, ""),
        ("", 0, ""),
    ],
)
def test_what_is_too_long_ends_before_the_limit(text: str, limit: int, expected: str) -> None:
    """A sign that counts double is left out whole."""
    assert expected == fitted(text, limit)
