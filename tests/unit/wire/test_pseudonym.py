"""Telephone numbers become pseudonyms; nothing else does."""

import pytest

from streams.wire.pseudonym import pseudonym_of, without_numbers

KEY = b"a secret of this installation"


@pytest.mark.parametrize(
    "source_id",
    [
        "+6281234567890",
        "6281234567890",
        "081234567890",
        "81234567890",
        "+62 812-3456-7890",
        "0812 3456 7890",
        "(0812) 3456.7890",
        "tel:+6281234567890",
        "sms:081234567890",
        "WhatsApp:+6281234567890",
        "6281234567890@c.us",
        "6281234567890@s.whatsapp.net",
    ],
)
def test_one_telephone_is_one_voice(source_id: str) -> None:
    """However the gateway writes its number."""
    assert pseudonym_of("+6281234567890", KEY) == pseudonym_of(source_id, KEY)


@pytest.mark.parametrize(
    "source_id", ["+6281234567890", "0732 21234", "+14155550123", "(021) 5550123"]
)
def test_no_digit_of_the_number_is_left(source_id: str) -> None:
    """A town's number and a foreign one are numbers as well; the pseudonym fits the schema."""
    shown = pseudonym_of(source_id, KEY)
    assert shown.startswith("tel-")
    assert 36 == len(shown)
    assert source_id[-6:] not in shown


@pytest.mark.parametrize(
    "source_id",
    [
        "kpps-170209-003",
        "P01A",
        "78031234",
        "17.02.09.1001-003",
        "36.04.17.2010-001",
        "1702091503780001",
        "197803122006041001",
        "14155550123",
        "warga-081234567890",
        "081234567890x",
        "081234567890\n",
        "0",
        "+",
        "+0812345678901234567",
        "2024-11-27",
        "telegram",
        "123e4567-e89b-12d3-a456-426614174000",
    ],
)
def test_what_is_not_a_telephone_keeps_its_id(source_id: str) -> None:
    """Officers' personal numbers, codes of TPS, NIK, NIP, other ids: a roster must find them."""
    assert source_id == pseudonym_of(source_id, KEY)


def test_another_key_is_another_pseudonym() -> None:
    """All numbers of the country can be tried; the key is what hides them."""
    assert pseudonym_of("081234567890", KEY) != pseudonym_of("081234567890", b"other")


def test_a_pseudonym_is_not_hashed_again() -> None:
    """So that a dead letter that is sent again stays the same voice."""
    once = pseudonym_of("081234567890", KEY)
    assert once == pseudonym_of(once, KEY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hubungi 0812-3456-7890 segera", "hubungi … segera"),
        ("telp +62 812 3456 7890, lalu 081234567890", "telp …, lalu …"),
        ("wa 6281234567890 jam 10:30", "wa … jam 10:30"),
        ("81234567890", "…"),
        ("TPS 62.01.02.1001-003 dan 81.01.02", "TPS 62.01.02.1001-003 dan 81.01.02"),
        ("LP/12/2024, 2024-11-27, 12 orang", "LP/12/2024, 2024-11-27, 12 orang"),
    ],
)
def test_no_number_is_left_in_a_text_for_people(text: str, expected: str) -> None:
    """However it is written; codes, days and file numbers stay."""
    assert expected == without_numbers(text)
