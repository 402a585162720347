"""What a text is about: a category of the taxonomy if that is sure, else what it may be.

A category is *sure* if one of its strong terms holds (`streams.rules.verdicts`), and no other
category is sure that it does not outrank. Weak terms only ever suggest.

A *careful* category (bomb, weapon, the police's own conduct) forgets nothing: where it is found in
any way, no category is sure that does not outrank it. So a bomb that may be one is never filed as
something else; a person looks at it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.rules.phrases import Phrases
from streams.rules.spelling import Vocabulary
from streams.rules.verdicts import NOT, Kind, Nature, Sense, Term, judge

__all__ = ["SUGGESTIONS_MAX", "Classification", "Classifier", "Reason", "Suggestion"]

SUGGESTIONS_MAX: Final = 5
_STRONG, _DOUBTED, _WEAK = 4, 2, 1


class Reason(StrEnum):
    """Why a text is or is not sure."""

    SURE = "sure"
    SEVERAL = "several"
    """Several categories are sure and none outranks the others."""
    CAREFUL = "careful"
    """One is sure, but something that must not be missed may be meant."""
    DOUBT = "doubt"
    """Strong words, each of them doubted."""
    WEAK = "weak"
    """Only words that many things are said with."""
    NOTHING = "nothing"


class Suggestion(Struct, frozen=True):
    """A category that a text may be about."""

    category: str
    words: tuple[str, ...]
    """The terms that were found, as the lexicon writes them: never the reporter's own words."""
    doubts: tuple[str, ...]
    """Names of the guards that stand by; or `?`, `not`, `other`."""
    score: int
    """4 a strong term, 2 one that is doubted, 1 a weak one."""


class Classification(Struct, frozen=True):
    """What came out of a text."""

    category: str
    """Empty if none is sure."""
    suggestions: tuple[Suggestion, ...]
    """The likeliest first, and the sure one before all; `SUGGESTIONS_MAX` at most."""
    why: Reason


class Classifier:
    """A lexicon made ready: pure, and the same for the same text."""

    def __init__(self, vocabulary: Vocabulary, phrases: Phrases, sense: Sense) -> None:
        self._vocabulary = vocabulary
        self._phrases = phrases
        self._sense = sense

    def classify(self, text: str) -> Classification:
        """Return what a text is about; of a long one, its first 4,000 signs are read."""
        seen = self._phrases.see(self._vocabulary.read(text))
        terms = judge(self._sense, seen, self._phrases.find(seen))
        return _conclude(terms, self._sense.natures)


def _conclude(terms: list[Term], natures: Mapping[str, Nature]) -> Classification:
    """Weigh the terms of each category, and the categories against each other."""
    by_category: dict[str, list[Term]] = {}
    for term in terms:
        # A weak word in doubt says nothing, unless what it may say must not be missed; that a
        # negation stands near is no doubt, for people leave out the commas.
        careful = natures[term.meaning.owner].careful
        if term.meaning.kind is Kind.STRONG or careful or set(term.doubts) <= {NOT}:
            by_category.setdefault(term.meaning.owner, []).append(term)
    holding = {
        category for category, found in by_category.items() if any(term.holds for term in found)
    }
    category, why = _choose(holding, by_category, natures)
    suggestions = [_suggestion(name, found) for name, found in by_category.items()]
    suggestions.sort(
        key=lambda one: (
            one.category != category,
            not natures[one.category].careful,
            -one.score,
            one.category,
        )
    )
    return Classification(category, tuple(suggestions[:SUGGESTIONS_MAX]), why)


def _choose(
    holding: set[str], heard: Mapping[str, list[Term]], natures: Mapping[str, Nature]
) -> tuple[str, Reason]:
    """Return the category that is sure, if any, and why."""
    if not holding:
        strong = any(t.meaning.kind is Kind.STRONG for terms in heard.values() for t in terms)
        return "", (Reason.DOUBT if strong else Reason.WEAK) if heard else Reason.NOTHING
    winners = [one for one in sorted(holding) if holding - {one} <= natures[one].over]
    if not winners:
        return "", Reason.SEVERAL
    beside = heard.keys() - holding - natures[winners[0]].over
    if any(natures[one].careful for one in beside):
        return "", Reason.CAREFUL
    return winners[0], Reason.SURE


def _suggestion(category: str, terms: list[Term]) -> Suggestion:
    scores: dict[str, int] = {}
    for term in sorted(terms, key=lambda one: (one.found.at, one.meaning.text)):
        worth = _WEAK if term.meaning.kind is Kind.WEAK else _STRONG
        worth = _DOUBTED if worth == _STRONG and term.doubts else worth
        scores[term.meaning.text] = max(worth, scores.get(term.meaning.text, 0))
    doubts = sorted({doubt for term in terms for doubt in term.doubts})
    return Suggestion(category, tuple(scores), tuple(doubts), sum(scores.values()))
