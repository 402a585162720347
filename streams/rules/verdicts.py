"""What each term that stands in a text is worth: it holds, is doubted, or is void.

| verdict | when                                                                    |
|---------|-------------------------------------------------------------------------|
| holds   | nothing speaks against it                                               |
| doubted | a guard stands by (if, is it true, last year, they say), the clause is  |
|         | asked, or a negation stands a few words before it                       |
| void    | it is negated ("tidak ada kericuhan"), part of a homonym ("bom ikan"),  |
|         | or its category is ruled out ("rusuh ... main bola")                    |

Of a careful category nothing is void: what would be is doubted.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.rules.phrases import Found, Seen

__all__ = [
    "ASKED",
    "NOT",
    "OTHER",
    "Kind",
    "Meaning",
    "Nature",
    "Negation",
    "Reach",
    "Sense",
    "Term",
    "judge",
]

ASKED: Final = "?"
"""Doubt: it is a question."""
NOT: Final = "not"
"""Doubt: a negation stands by."""
OTHER: Final = "other"
"""Doubt: the words may mean something else here."""
_STEPS_MAX: Final = 12
"""Words looked back over at most, so that a long list costs no more than a short one."""


class Kind(StrEnum):
    """What a phrase of the lexicon is there for."""

    STRONG = "strong"
    WEAK = "weak"
    UNLESS = "unless"
    GUARD = "guard"
    HOMONYM = "homonym"


class Reach(StrEnum):
    """How far a guard speaks."""

    TEXT = "text"
    SENTENCE = "sentence"
    AHEAD = "ahead"
    """What comes after it in its sentence: "kalau rusuh", not "diancam kalau"."""
    CLAUSE = "clause"


class Meaning(Struct, frozen=True):
    """What a phrase stands for: a term of a category, or a guard by name."""

    kind: Kind
    owner: str
    text: str
    reach: Reach = Reach.SENTENCE


class Nature(Struct, frozen=True):
    """How a category stands to others."""

    careful: bool
    over: frozenset[str]
    """The categories that it outranks where both are sure."""
    despite: frozenset[str]
    """Guards that say nothing against it."""


class Negation(Struct, frozen=True):
    """The words by which something is denied, by their keys."""

    words: frozenset[str]
    fillers: frozenset[str]
    """May stand between a negation and what it denies: "tidak ADA LAPORAN ricuh"."""
    joiners: frozenset[str]
    """Carry a negation on to the next of a list: "tidak ada ricuh ATAU bentrok"."""
    near: int
    """A negation this many words before, with others between, is a doubt."""


class Sense(Struct, frozen=True):
    """What the phrases of a lexicon stand for."""

    meanings: tuple[Meaning, ...]
    """By the id of the phrase."""
    natures: Mapping[str, Nature]
    """By category."""
    negation: Negation


class Term(Struct):
    """A term found in a text, and what speaks against it."""

    meaning: Meaning
    found: Found
    doubts: list[str]
    void: bool = False
    denied_at: int = -1
    """The position of the negation that denies it; -1 for none."""

    @property
    def holds(self) -> bool:
        """Whether its category is sure by it."""
        return self.meaning.kind is Kind.STRONG and not self.doubts


def judge(sense: Sense, seen: Seen, found: list[Found]) -> list[Term]:
    """Return the terms of a text that are not void, each with its doubts."""
    return _Judge(sense, seen, found).judged()


class _Judge:
    """Gives each term of one text its verdict."""

    def __init__(self, sense: Sense, seen: Seen, found: list[Found]) -> None:
        self._sense = sense
        self._reading = seen.reading
        by_kind: dict[Kind, list[Found]] = {kind: [] for kind in Kind}
        for one in found:
            by_kind[sense.meanings[one.id].kind].append(one)
        self._homonyms = _by_position(by_kind[Kind.HOMONYM])
        self._terms = [
            Term(sense.meanings[one.id], one, [])
            for one in (*by_kind[Kind.STRONG], *by_kind[Kind.WEAK])
        ]
        spans = (range(term.found.start, term.found.end) for term in self._terms)
        self._covered = {position for span in spans for position in span}
        self._used = {position for term in self._terms for position in term.found.at}
        self._unless = {
            (sense.meanings[one.id].owner, self._reading.sentences[one.start])
            for one in by_kind[Kind.UNLESS]
        }
        self._guards = self._places([g for g in by_kind[Kind.GUARD] if not self._masked(g)])

    def judged(self) -> list[Term]:
        """Return the terms that are not void, each with its doubts."""
        for term in self._terms:
            self._deny(term)
        # A negation that denies one thing is not also part of what another thing is called.
        strong = (term for term in self._terms if term.meaning.kind is Kind.STRONG)
        used = {term.denied_at for term in strong if term.void} - {-1}
        for term in self._terms:
            if not used.isdisjoint(term.found.at):
                term.doubts.append(NOT)
            self._rule_out(term)
            self._doubt(term)
            if term.void and self._sense.natures[term.meaning.owner].careful:
                term.void = False
                term.doubts.append(OTHER if term.denied_at < 0 else NOT)
        return [term for term in self._terms if not term.void]

    def _places(self, guards: list[Found]) -> dict[tuple[Reach, int], list[Found]]:
        """Sort guards by the clause, sentence or text that they speak for."""
        places: dict[tuple[Reach, int], list[Found]] = {}
        for guard in guards:
            reach = self._sense.meanings[guard.id].reach
            places.setdefault((reach, self._where(reach, guard)), []).append(guard)
        return places

    def _where(self, reach: Reach, found: Found) -> int:
        match reach:
            case Reach.TEXT:
                return 0
            case Reach.SENTENCE | Reach.AHEAD:
                return self._reading.sentences[found.start]
            case Reach.CLAUSE:
                return self._reading.clauses[found.start]

    def _masked(self, found: Found) -> bool:
        """Tell whether a word of it belongs to a homonym that it does not hold as a whole."""
        return any(
            not set(homonym.at) <= set(found.at)
            for position in found.at
            for homonym in self._homonyms.get(position, ())
        )

    def _rule_out(self, term: Term) -> None:
        sentence = self._reading.sentences[term.found.start]
        if (term.meaning.owner, sentence) in self._unless or self._masked(term.found):
            term.void = True

    def _doubt(self, term: Term) -> None:
        despite = self._sense.natures[term.meaning.owner].despite
        own = set(term.found.at)
        for reach in Reach:
            for guard in self._guards.get((reach, self._where(reach, term.found)), ()):
                name = self._sense.meanings[guard.id].owner
                behind = reach is Reach.AHEAD and guard.start > term.found.start
                if not behind and name not in despite and own.isdisjoint(guard.at):
                    term.doubts.append(name)
        if self._reading.clauses[term.found.start] in self._reading.asked:
            term.doubts.append(ASKED)

    def _deny(self, term: Term) -> None:
        """Look back from a term for a negation: right before it, in its list, or near."""
        denied_at = self._denied_at(term.found.start)
        if denied_at is None:
            denied_at = self._denied_behind(term.found.end)
        if denied_at is not None:
            term.void, term.denied_at = True, denied_at
        elif self._near(term.found.start) or self._item(term.found):
            term.doubts.append(NOT)

    def _denied_at(self, start: int) -> int | None:
        """Return the negation that stands before `start`, over fillers and over a list's items.

        "tidak ada ricuh, intimidasi atau politik uang" denies all three; "tidak ada polisi, ricuh"
        does not deny the last, for the comma follows nothing that was found.
        """
        negation, in_list = self._sense.negation, False
        for position in range(start - 1, max(-1, start - 1 - _STEPS_MAX), -1):
            keys, covered = self._reading.words[position], position in self._covered
            if self._reading.sentences[position] != self._reading.sentences[start]:
                return None
            if self._reading.clauses[position] != self._reading.clauses[position + 1]:
                if not covered:
                    return None
                in_list = True
            if not negation.words.isdisjoint(keys):
                return None if in_list and position in self._used else position
            if not negation.joiners.isdisjoint(keys):
                in_list = True
            elif negation.fillers.isdisjoint(keys) and not (covered and in_list):
                return None
        return None

    def _denied_behind(self, end: int) -> int | None:
        """Return the negation that follows and ends the clause: "kericuhan tidak ada"."""
        words, clauses = self._reading.words, self._reading.clauses
        negation, denied_at = self._sense.negation, None
        for position in range(end, min(len(words), end + _STEPS_MAX)):
            if clauses[position] != clauses[end - 1]:
                break
            if denied_at is None and not negation.words.isdisjoint(words[position]):
                denied_at = position
            elif denied_at is None or negation.fillers.isdisjoint(words[position]):
                return None
        return denied_at

    def _item(self, found: Found) -> bool:
        """Tell whether it may be an item of a list that is denied: "tidak ada apa, intimidasi".

        It is alone in its clause, and a negation stands before in the sentence. So "tidak ada
        polisi, disini ricuh" holds, and "tidak ada polisi, ricuh" is one that a person must read.
        """
        words, clauses, sentences, _ = self._reading
        negation, clause = self._sense.negation, clauses[found.start]
        if found.end < len(words) and clauses[found.end] == clause:
            return False
        for position in range(found.start - 1, max(-1, found.start - 1 - _STEPS_MAX), -1):
            if sentences[position] != sentences[found.start]:
                return False
            if clauses[position] == clause and negation.joiners.isdisjoint(words[position]):
                return False
            if not negation.words.isdisjoint(words[position]) and position not in self._used:
                return True
        return False

    def _near(self, start: int) -> bool:
        words, clauses = self._reading.words, self._reading.clauses
        negation = self._sense.negation
        return any(
            not negation.words.isdisjoint(words[position]) and clauses[position] == clauses[start]
            for position in range(max(0, start - negation.near), start)
        )


def _by_position(found: Iterable[Found]) -> dict[int, list[Found]]:
    places: dict[int, list[Found]] = {}
    for one in found:
        for position in one.at:
            places.setdefault(position, []).append(one)
    return places
