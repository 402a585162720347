"""The lexicon of a pack: with which words people report what.

It is data. A planner who knows how people write can mend it without knowing Python; what it does is
told in `streams.rules.classifier`, and how words are compared in `streams.rules.spelling`.

A term is words in order. Up to `room` other words may stand between two of them, no end of a clause
and no barrier. A word stands for all its spellings, and for this:

| written     | takes                                                              |
|-------------|--------------------------------------------------------------------|
| `rusak`     | any form of the root: merusak, dirusak, perusakan, rusak           |
| `dirusak`   | that form: dirusak, dirusakin, di rusak, dirusaknya, not merusak   |
| `=rusak`    | the bare root only                                                 |
| `<official>`| any word of the class `official`                                   |
| `a+b`       | b right after a                                                    |
"""

from collections.abc import Collection, Iterator
from typing import Annotated, Final

from msgspec import Meta, Struct

from streams.errors import ConfigError
from streams.rules.classifier import Classifier
from streams.rules.phrases import SLOTS_MAX, Phrase, Phrases
from streams.rules.speaking import converted
from streams.rules.spelling import Vocabulary, squeeze
from streams.rules.verdicts import Kind, Meaning, Nature, Negation, Reach, Sense
from streams.rules.yaml_text import read_yaml

__all__ = ["Entry", "Guard", "Lexicon", "compile_lexicon", "parse_lexicon"]

Code = Annotated[str, Meta(pattern=r"^[A-Z]{3}-[0-9]{2}$(?!\n)")]
Words = tuple[str, ...]
_ROOM_MAX: Final = 4


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of one category."""

    strong: Words = ()
    """Terms of which one is enough."""
    weak: Words = ()
    """Terms that suggest it."""
    unless: Words = ()
    """Terms that, in the same sentence, mean that something else is meant."""
    over: tuple[Code, ...] = ()
    """Categories that say less where both are sure, and whose people are told all the same."""
    despite: Words = ()
    """Guards that say nothing against it."""
    careful: bool = False
    """What must not be missed: no other category is sure where this one may be meant."""


class Guard(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that cast doubt on what is said beside them."""

    terms: Words
    reach: Reach = Reach.SENTENCE


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of a pack."""

    room: Annotated[int, Meta(ge=0, le=_ROOM_MAX)]
    """Other words that may stand between two words of a term."""
    near: Annotated[int, Meta(ge=0, le=10)]
    """A negation this many words before a term, with others between, makes it doubtful."""
    spellings: dict[str, Words]
    """What is meant, and how people type it."""
    roots: dict[str, Words]
    """Words whose forms are known, with other spellings of the root."""
    apart: Words
    """Words that only look like a form of a root."""
    unjoined: Words
    """Roots before which "di" is a preposition."""
    numbered: dict[str, str]
    """Words to which a number behind them belongs, and what they are then: pukul 10, jam."""
    dotted: Words
    """Abbreviations whose full stop ends no sentence."""
    classes: dict[str, Words]
    negations: Words
    fillers: Words
    joiners: Words
    breaks: Words
    """Words that begin a clause."""
    barriers: Words
    """Words over which no term reaches, besides the negations."""
    light: Words
    """Words that take no room between two words of a term."""
    homonyms: Words
    """Phrases whose words mean something else in them."""
    guards: dict[str, Guard]
    categories: dict[Code, Entry]


def parse_lexicon(name: str, text: str) -> Lexicon:
    """Read a lexicon from YAML.

    Raises:
        ConfigError: with file, line, field and what was expected.
    """
    return converted(read_yaml(name, text), Lexicon)


def compile_lexicon(
    lexicon: Lexicon, categories: Collection[str], name: str = "lexicon"
) -> Classifier:
    """Make a lexicon ready to classify texts into `categories`, those of the taxonomy.

    Raises:
        ConfigError: with `name`, the path of the field and what was expected.
    """
    _check_categories(lexicon, categories, name)
    vocabulary = _vocabulary(lexicon, name)
    terms = _Terms(lexicon, vocabulary, name)
    phrases, meanings = terms.phrases()
    negations = terms.keys(lexicon.negations)
    vocabulary.breaks = frozenset(vocabulary.learn(word)[0] for word in lexicon.breaks)
    vocabulary.numbered = {
        vocabulary.learn(word)[0]: vocabulary.learn(meant)[0]
        for word, meant in lexicon.numbered.items()
    }
    vocabulary.dotted = frozenset(squeeze(word) for word in lexicon.dotted)
    found = Phrases(
        phrases,
        negations | terms.keys(lexicon.barriers),
        terms.keys(lexicon.light),
        vocabulary.known(),
    )
    natures = {
        code: Nature(entry.careful, frozenset(entry.over), frozenset(entry.despite))
        for code, entry in lexicon.categories.items()
    }
    negation = Negation(
        words=negations,
        fillers=terms.keys(lexicon.fillers),
        joiners=terms.keys(lexicon.joiners),
        near=lexicon.near,
    )
    return Classifier(vocabulary, found, Sense(meanings, natures, negation))


def _check_categories(lexicon: Lexicon, categories: Collection[str], name: str) -> None:
    for code, entry in lexicon.categories.items():
        where = f"{name}: categories.{code}"
        if code not in categories:
            raise ConfigError(f"{where}: expected a category of the taxonomy")
        for other in entry.over:
            beside = lexicon.categories.get(other)
            if beside is None or other == code:
                raise ConfigError(f"{where}.over: {other}: expected another category of this file")
            if code in beside.over:
                raise ConfigError(f"{where}.over: {other} outranks it too; expected one of the two")
            if beside.careful and not entry.careful:
                raise ConfigError(f"{where}.over: {other} is careful; expected one that is not")
        for guard in entry.despite:
            if guard not in lexicon.guards:
                known = ", ".join(sorted(lexicon.guards))
                raise ConfigError(f"{where}.despite: found {guard}, expected one of {known}")


def _vocabulary(lexicon: Lexicon, name: str) -> Vocabulary:
    """Make the vocabulary, after a look at every word that is listed alone."""
    for where, word in _listed(lexicon):
        if not _is_word(word):
            raise ConfigError(
                f"{name}: {where}: found '{word}', expected one word of small letters"
            )
    typed: dict[str, str] = {}
    for meant, ways in lexicon.spellings.items():
        for way in ways:
            other = typed.setdefault(squeeze(way), meant)
            if other != meant:
                raise ConfigError(
                    f"{name}: spellings.{meant}: '{way}' is typed for '{other}' too; expected one"
                )
    return Vocabulary(lexicon.roots, lexicon.apart, lexicon.unjoined, lexicon.spellings)


def _listed(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Walk the words that stand alone, each with the field that it stands in."""
    for meant, ways in lexicon.spellings.items():
        yield from ((f"spellings.{meant}", word) for word in (*meant.split(), *ways))
    for root, variants in lexicon.roots.items():
        yield from ((f"roots.{root}", word) for word in (root, *variants))
    for group, words in lexicon.classes.items():
        yield from ((f"classes.{group}", word.removeprefix("=")) for word in words)
    for word, meant in lexicon.numbered.items():
        yield from ((f"numbered.{word}", one) for one in (word, meant))
    yield from (("apart", word) for word in lexicon.apart)
    yield from (("unjoined", word) for word in lexicon.unjoined)
    yield from (("dotted", word) for word in lexicon.dotted)
    yield from (("negations", word) for word in lexicon.negations)
    yield from (("fillers", word) for word in lexicon.fillers)
    yield from (("joiners", word) for word in lexicon.joiners)
    yield from (("breaks", word) for word in lexicon.breaks)
    yield from (("barriers", word) for word in lexicon.barriers)
    yield from (("light", word) for word in lexicon.light)


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalnum() and word == word.lower()


class _Terms:
    """Reads the terms of a lexicon into phrases."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, name: str) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._name = name
        self._classes = {group: self.keys(words) for group, words in lexicon.classes.items()}

    def keys(self, words: Words) -> frozenset[str]:
        """Return the keys that find any of `words`."""
        return frozenset(key for word in words for key in self._keys_of(word))

    def phrases(self) -> tuple[list[Phrase], tuple[Meaning, ...]]:
        """Return every term as a phrase, and what each stands for."""
        phrases: list[Phrase] = []
        meanings: list[Meaning] = []
        taken: dict[tuple[object, ...], str] = {}
        for where, meaning in self._meanings():
            slots, rooms = self._slots(where, meaning)
            # A strong term belongs to one category; all others are each their owner's.
            owner = "" if meaning.kind is Kind.STRONG else meaning.owner
            other = taken.setdefault((meaning.kind, owner, slots, rooms), where)
            if other != where:
                raise ConfigError(
                    f"{self._name}: {where}: '{meaning.text}' stands in {other} too; expected once"
                )
            phrases.append(Phrase(len(phrases), slots, rooms))
            meanings.append(meaning)
        return phrases, tuple(meanings)

    def _meanings(self) -> Iterator[tuple[str, Meaning]]:
        for code, entry in self._lexicon.categories.items():
            kinds = (
                (Kind.STRONG, entry.strong),
                (Kind.WEAK, entry.weak),
                (Kind.UNLESS, entry.unless),
            )
            for kind, terms in kinds:
                for number, term in enumerate(terms):
                    yield f"categories.{code}.{kind}[{number}]", Meaning(kind, code, term)
        for owner, guard in self._lexicon.guards.items():
            for number, term in enumerate(guard.terms):
                yield (
                    f"guards.{owner}.terms[{number}]",
                    Meaning(Kind.GUARD, owner, term, guard.reach),
                )
        for number, term in enumerate(self._lexicon.homonyms):
            yield f"homonyms[{number}]", Meaning(Kind.HOMONYM, "", term)

    def _slots(
        self, where: str, meaning: Meaning
    ) -> tuple[tuple[frozenset[str], ...], tuple[int, ...]]:
        """Return the slots of a term, and the room before each."""
        wide = 0 if meaning.kind is Kind.HOMONYM else self._lexicon.room
        slots: list[frozenset[str]] = []
        rooms: list[int] = []
        for words in meaning.text.split():
            for number, word in enumerate(words.split("+")):
                filled = list(self._slots_of(where, word))
                slots += filled
                rooms += [0 if number else wide, *[wide] * len(filled)][: len(filled)]
        if not slots or len(slots) > SLOTS_MAX:
            raise ConfigError(
                f"{self._name}: {where}: found '{meaning.text}', expected 1 to {SLOTS_MAX} words"
            )
        return tuple(slots), tuple(rooms)

    def _slots_of(self, where: str, word: str) -> Iterator[frozenset[str]]:
        if word.startswith("<"):
            group = self._classes.get(word[1:-1])
            if group is None:
                known = ", ".join(sorted(self._classes))
                raise ConfigError(f"{self._name}: {where}: found {word}, expected one of {known}")
            yield group
        elif _is_word(word.removeprefix("=")):
            yield from (frozenset((key,)) for key in self._keys_of(word))
        else:
            raise ConfigError(
                f"{self._name}: {where}: found '{word}', expected words of small letters"
            )

    def _keys_of(self, word: str) -> Iterator[str]:
        """Yield the key of each word that this one is read as: the form, or the root for all."""
        for keys in self._vocabulary.learn(word.removeprefix("=")):
            every = keys[0].startswith("=") and not word.startswith("=")
            yield keys[-1] if every else keys[0]
