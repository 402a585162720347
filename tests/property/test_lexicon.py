"""What holds of every text that is classified, and of every order in which a lexicon is written."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml
from hypothesis import given
from hypothesis import strategies as st

from streams.rules.classifier import SUGGESTIONS_MAX, Classifier, Reason
from streams.rules.lexicon import Entry, Lexicon, compile_lexicon, parse_lexicon

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "streams" / "rules" / "packs" / "siaga" / "lexicon.yaml"
CORPUS: Final = ROOT / "tests" / "unit" / "rules" / "lexicon_corpus.yaml"


@cache
def shipped() -> Lexicon:
    """Return the shipped lexicon as data."""
    return parse_lexicon("lexicon.yaml", SOURCE.read_text("utf-8"))


@cache
def classifier() -> Classifier:
    """Return the shipped lexicon made ready."""
    return compile_lexicon(shipped(), shipped().categories)


@cache
def texts() -> tuple[str, ...]:
    """Return every text of the corpus, whatever comes of it."""
    corpus = msgspec.convert(
        yaml.safe_load(CORPUS.read_text("utf-8")), dict[str, dict[str, list[str]] | list[str]]
    )
    found: set[str] = set()
    for group in corpus.values():
        lists = group.values() if isinstance(group, dict) else [group]
        found.update(text for one in lists for text in one)
    return tuple(sorted(found))


@cache
def strong_terms() -> tuple[tuple[str, str], ...]:
    """Return what is sure alone: its category, and each strong term with words for its classes."""
    written = (
        (code, spelt(term)) for code, entry in shipped().categories.items() for term in entry.strong
    )
    return tuple(
        (code, text) for code, text in written if classifier().classify(text).category == code
    )


def spelt(term: str) -> str:
    """Return a term as text: the first word of each of its classes stands for the class."""
    words = term.replace("+", " ").replace("=", "").split()
    return " ".join(
        shipped().classes[word[1:-1]][0].removeprefix("=") if word.startswith("<") else word
        for word in words
    )


@cache
def words() -> tuple[str, ...]:
    """Return the words that occur in the corpus."""
    return tuple(sorted({word for text in texts() for word in text.split()}))


def reports() -> st.SearchStrategy[str]:
    """Make texts of the words that people use, in any order."""
    separators = st.sampled_from([" ", " ", " ", ", ", ". ", "? ", "\n"])
    pieces = st.tuples(st.sampled_from(words()), separators).map("".join)
    return st.lists(pieces, max_size=25).map("".join)


@given(st.text(max_size=300) | reports())
def test_any_text_is_classified(text: str) -> None:
    """Nothing raises; what is sure comes first, and the reason fits."""
    found = classifier().classify(text)
    assert (found.why is Reason.SURE) == bool(found.category)
    assert (found.why is Reason.NOTHING) == (not found.suggestions)
    assert len(found.suggestions) <= SUGGESTIONS_MAX
    assert not found.category or found.suggestions[0].category == found.category
    assert all(one.words and one.score > 0 for one in found.suggestions)


@given(st.sampled_from(texts()) | reports(), st.data())
def test_case_blanks_and_long_letters_change_nothing(text: str, data: st.DataObject) -> None:
    """People shout, lean on keys, and tap the blank twice."""
    written: list[str] = []
    for sign in text:
        if sign.isascii() and sign.isalpha():
            shout = data.draw(st.booleans())
            written.append((sign.upper() if shout else sign) * data.draw(st.integers(1, 4)))
        else:
            written.append(sign * data.draw(st.integers(1, 3)) if sign == " " else sign)
    assert classifier().classify(text) == classifier().classify("".join(written))


def test_most_strong_terms_are_sure_alone() -> None:
    """So that what the next two say, they say of nearly all of them."""
    strong = sum(len(entry.strong) for entry in shipped().categories.values())
    assert len(strong_terms()) > 0.9 * strong


def test_a_denied_term_is_not_sure() -> None:
    """Whatever is sure alone is not sure of that after "tidak ada"."""
    for category, term in strong_terms():
        assert category != classifier().classify(f"tidak ada {term}").category, term


def test_an_asked_or_supposed_term_is_not_sure() -> None:
    """Nor is it sure of anything as a question, or after "kalau"."""
    for _, term in strong_terms():
        assert "" == classifier().classify(f"{term}?").category, term
        assert "" == classifier().classify(f"kalau {term}").category, term


@given(reports(), reports())
def test_a_bomb_is_never_lost(before: str, after: str) -> None:
    """Whatever stands around it, a bomb is sure or suggested, and nothing else is sure."""
    found = classifier().classify(f"{before}\nada bom\n{after}")
    assert found.category in {"", "KAM-06"}
    assert "KAM-06" in {one.category for one in found.suggestions}


def turned(lexicon: Lexicon) -> Lexicon:
    """Return a lexicon with all its lists and records the other way round."""

    def entry(one: Entry) -> Entry:
        return msgspec.structs.replace(
            one,
            strong=one.strong[::-1],
            weak=one.weak[::-1],
            unless=one.unless[::-1],
            over=one.over[::-1],
        )

    return msgspec.structs.replace(
        lexicon,
        spellings=dict(reversed(lexicon.spellings.items())),
        roots=dict(reversed(lexicon.roots.items())),
        classes={name: group[::-1] for name, group in reversed(lexicon.classes.items())},
        homonyms=lexicon.homonyms[::-1],
        guards=dict(reversed(lexicon.guards.items())),
        categories={code: entry(one) for code, one in reversed(lexicon.categories.items())},
    )


@cache
def turned_round() -> Classifier:
    """Return the shipped lexicon, read from behind and made ready."""
    return compile_lexicon(turned(shipped()), shipped().categories)


@given(st.sampled_from(texts()) | reports())
def test_the_order_of_the_lexicon_does_not_matter(text: str) -> None:
    """Nobody has to know where in the file to put a word."""
    assert classifier().classify(text) == turned_round().classify(text)
