"""The categories that the form finds by words are those of the pack we ship."""

import json

from tests.page.desks_categories import CATEGORIES, made


def test_the_file_is_as_the_pack_says() -> None:
    """After a change of the taxonomy or the lexicon: `python -m tests.page.desks_categories`."""
    assert made() == CATEGORIES.read_text(encoding="utf-8")


def test_every_category_has_both_names_and_words_of_small_letters() -> None:
    """What is typed is compared with small letters; a duress code has no words on purpose."""
    for one in json.loads(made()):
        assert one["id"].strip()
        assert one["en"].strip()
        assert all(word == word.lower() for word in one["words"])
    without = {one["code"] for one in json.loads(made()) if not one["words"]}
    assert "KAM-07" in without
    assert len(without) <= 2, without
