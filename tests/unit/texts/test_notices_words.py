"""The catalogue of notices: alike in both languages, and calm."""

import re
from string import Formatter

import pytest

from streams.domain.alert import Change, Text
from streams.texts.notices_words import NOTICES, change_words, pick, said


def fields(text: str) -> list[str | None]:
    """Return the names in braces."""
    return [name for _, name, _, _ in Formatter().parse(text)]


@pytest.mark.parametrize("key", NOTICES)
def test_both_languages_say_the_same_things(key: str) -> None:
    """Neither is empty, and the same names are filled in."""
    text = NOTICES[key]
    names = [sorted(filter(None, fields(one))) for one in (text.id, text.en)]
    assert text.id
    assert text.en
    assert names[0] == names[1]


def test_no_text_accuses_or_shouts() -> None:
    """What is not certain is to be checked; a drill alone is written large."""
    texts = [
        one for key, text in NOTICES.items() if key[:5] != "drill" for one in (text.id, text.en)
    ]
    refused = re.compile(r"(?i)curang|fraud|cheat|palsu|pelaku|!")
    assert [] == [text for text in texts if refused.search(text)]


def test_any_language_but_english_is_indonesian() -> None:
    """As the folder's contacts have it, who know of no other."""
    text = Text("perlu dicek", "to be checked")
    assert ["perlu dicek", "to be checked", "perlu dicek"] == [
        pick(text, language) for language in ("id", "en", "fr")
    ]
    assert "besok 07:30" == said("tomorrow", "id", clock="07:30")


def test_every_change_but_the_opening_has_words_of_its_own() -> None:
    """So that a head never says of two different things the same."""
    for language in ("id", "en"):
        words = [change_words(change, language) for change in Change]
        assert "" == change_words(Change.OPENED, language)
        assert len(Change) == len(set(words))
