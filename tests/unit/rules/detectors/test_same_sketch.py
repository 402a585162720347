"""The detector `same`: what is kept of a text, and how alike two texts are."""

from typing import Final

import pytest

from streams.rules.detectors.same import LETTERS_MIN, SKETCH_SIZE, likeness, sketch_of

SPELLINGS: Final = {
    "case": "SURAT SUARA SUDAH DICOBLOS",
    "punctuation": "surat-suara, sudah (dicoblos)!!!",
    "digits": "surat 12 suara sudah 3 dicoblos",
    "letters that are repeated": "surattt suaraaa sudaaah dicoblosss",
    "blanks that SMS leave out": "suratsuara sudahdicoblos",
    "blanks that SMS put in": "s u r a t suara su dah di coblos",
    "accents": "sürat suarà sudah dicoblós",
    "wide letters": "\uff53\uff55\uff52\uff41\uff54 suara sudah dicoblos",
    "bold letters of mathematics": "surat \U0001d412\U0001d414\U0001d400ra sudah dicoblos",
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_spelling_is_no_matter(spelling: str) -> None:
    """Only the letters are looked at."""
    assert sketch_of("surat suara sudah dicoblos") == sketch_of(spelling)


def test_a_text_that_says_too_little_has_no_sketch() -> None:
    """Fewer letters than could be told from another text, whatever else is in it."""
    letters = "abcdefghijkl"
    assert LETTERS_MIN == len(letters)
    assert LETTERS_MIN - 4 == len(sketch_of(letters))
    assert () == sketch_of(letters[1:] + " 0123456789 !!!")
    assert () == sketch_of("")


def test_a_sketch_is_the_same_everywhere() -> None:
    """In every process and on every machine: the numbers are written down."""
    assert (874009877, 2067007499) == sketch_of("abcdefghijkl")[:2]


def test_a_sketch_is_never_longer_than_it_may_be() -> None:
    """However long the text: the smallest hashes are kept, in order."""
    long = "".join(chr(ord("a") + n * n % 26) + chr(ord("a") + n % 25) for n in range(2000))
    sketch = sketch_of(long)
    assert SKETCH_SIZE == len(sketch)
    assert tuple(sorted(set(sketch))) == sketch
    assert set(sketch_of(long[:300])) - set(sketch) == {
        one for one in sketch_of(long[:300]) if one > sketch[-1]
    }


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((1, 2, 3), (1, 2, 3), 1.0),
        ((1, 2, 3), (4, 5), 0.0),
        ((1, 2, 3), (2, 3, 4), 0.5),
        ((), (1,), 0.0),
        ((), (), 0.0),
        # Both are full: only the smallest of both together are a fair sample.
        (tuple(range(0, 128, 2)), tuple(range(0, 192, 3)), 16 / 64),
    ],
)
def test_likeness(one: tuple[int, ...], other: tuple[int, ...], share: float) -> None:
    """What both have, of what either has."""
    sample = sorted({*one, *other})[:SKETCH_SIZE]
    assert not sample or share == len({*one} & {*other} & {*sample}) / len(sample)
    assert share == likeness(one, other)
    assert share == likeness(other, one)
