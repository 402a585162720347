"""Single words for people: there is one for everything that can be said."""

import pytest

from streams.domain.alert import LADDERS, PILKADES_LADDERS, AlertState, Change, Text
from streams.domain.happenings import Happening
from streams.domain.words import SourceClass
from streams.texts.words import (
    change_text,
    happening_text,
    level_text,
    number_text,
    source_class_text,
    state_text,
)


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (7.5, "7,5", "7.5"),
        (2.0, "2", "2"),
        (0, "0", "0"),
        (100, "100", "100"),
        (1_234_567, "1234567", "1234567"),
        (2 / 3, "0,67", "0.67"),
        (0.0000568, "0,000057", "0.000057"),
        (-1.25, "-1,25", "-1.25"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    number: float, indonesian: str, english: str
) -> None:
    """Never as 5.68e-05; what is small keeps its digits."""
    assert Text(indonesian, english) == number_text(number)


def test_there_is_a_word_for_everything() -> None:
    """In both languages, and for different things different ones."""
    for words in (
        [happening_text(one) for one in Happening],
        [source_class_text(one) for one in SourceClass],
        [change_text(one) for one in Change],
        [state_text(one) for one in AlertState],
    ):
        assert len(words) == len({one.id for one in words}) == len({one.en for one in words})
        assert all(one.id and one.en for one in words)


def test_every_level_of_every_ladder_has_a_name() -> None:
    """No two are called alike, and none by its code where that has an underscore."""
    levels = {
        level
        for ladders in (LADDERS, PILKADES_LADDERS)
        for of_ladder in ladders.values()
        for level in of_ladder
    }
    names = [level_text(level) for level in sorted(levels)]
    assert len(levels) == len({name.id for name in names}) == len({name.en for name in names})
    assert not [name for name in names if "_" in name.id + name.en]
    assert Text("lain", "lain") == level_text("lain")
