"""A text in parts: numbered, parted where people would, and whole."""

import pytest

from streams.texts.notices import parts


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 20, ("",)),
        ("satu dua tiga empat", 20, ("satu dua tiga empat",)),
        (
            "satu dua tiga empat lima enam",
            20,
            ("(1/3) satu dua tiga", "(2/3) empat lima", "(3/3) enam"),
        ),
        ("satu dua\ntiga empat dua", 20, ("(1/2) satu dua", "(2/2) tiga empat dua")),
        ("satu dua tigaxy empat", 20, ("(1/2) satu dua", "(2/2) tigaxy empat")),
        ("satu dua tigax empat x", 20, ("(1/2) satu dua tigax", "(2/2) empat x")),
        ("a\nbc de fg hi jk lm no", 20, ("(1/2) a\nbc de fg hi", "(2/2) jk lm no")),
        ("satu dua tiga\n\nempat lima", 20, ("(1/2) satu dua tiga", "(2/2) empat lima")),
        ("a" * 30, 20, ("(1/3) " + "a" * 14, "(2/3) " + "a" * 14, "(3/3) aa")),
    ],
)
def test_a_text_is_parted_at_line_ends_and_between_words(
    text: str, limit: int, expected: tuple[str, ...]
) -> None:
    """A word is cut only if it is longer than a part; what fits is left as it is."""
    assert expected == parts(text, limit)


def test_many_parts_have_room_for_their_numbers() -> None:
    """From ten parts on a number is longer, and every part is still short enough."""
    found = parts("kata " * 100, 20)
    assert "(50/50) kata kata" == found[-1]
    assert 20 >= max(map(len, found))
    assert 100 == sum(part.count("kata") for part in found)


def test_a_limit_leaves_room_for_a_word() -> None:
    """Less is a programmer's error."""
    with pytest.raises(AssertionError):
        parts("satu dua", 19)
