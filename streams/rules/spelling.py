"""How people type Indonesian on a phone, read back to words that can be compared.

A message is cut into words, clauses and sentences; each word is looked up in one table. The table
is made beforehand, by going forward: from a root and its affixes to every form that people type.
Going backward, as a stemmer does, must guess ("perusakan" is read as the deer *rusa*, "relawan" as
*rawan*) and forgets what we need: *dirusak* is a deed, *rusak* a state, *kebakaran* a disaster and
*dibakar* a crime. So a word keeps two keys: its form, and its root.

    "Kotaknya di rusaak org2"  ->  (kotak) (dirusak, rusak) (orang)

Undone on the way: case, accents, letters repeated ("rusuuuh"), digits as letters ("b3ntrok"),
doubling ("orang2", "orang-orang"), "di" written apart, -nya and its like, and the abbreviations
that the lexicon lists. Every double letter is one letter here, so "massa" and "masa" are one word.
Where a clause ends matters: a negation or a companion speaks for its own clause only.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

__all__ = ["TEXT_MAX", "Keys", "Reading", "Vocabulary", "squeeze"]

Keys = tuple[str, ...]
"""What a word can be found by: its form, then its root. A bare root's form is `=root`."""

TEXT_MAX: Final = 4_000
"""Signs of a text that are read; what comes after is not looked at."""
_PIECES: Final = re.compile(r"[a-z0-9@]+|[!?;\n,:()]|\.(?=\s|\.|$)| [-–—]+ ")
_RUNS: Final = re.compile(r"([a-z])\1+")
_UNSEEN: Final = re.compile(
    "[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff'’`]+"
)
"""Accents taken off their letter, signs that only steer the display, and apostrophes."""
_ENDS: Final = frozenset("!?;\n.")
_TWICE: Final = re.compile(r"([a-z]{3,})2([a-z]{0,3})")
_CLITICS: Final = ("nya", "lah", "kah", "pun", "ku", "mu")
_LETTERS: Final = (str.maketrans("0134578@", "oieastba"), str.maketrans("0134578@", "oleastba"))
_DI: Final = ("di",)
_VOWELS: Final = frozenset("aiueo")
_ENDINGS: Final = ("", "kan", "i", "in")


class Reading(NamedTuple):
    """A text as words; the lists run side by side."""

    words: list[Keys]
    clauses: list[int]
    """The number of the clause that each word stands in; they count on through the text."""
    sentences: list[int]
    asked: frozenset[int]
    """Clauses that a question mark ends."""


def squeeze(word: str) -> str:
    """Return a word with every run of one letter as a single letter."""
    return _RUNS.sub(r"\1", word)


class Vocabulary:
    """The words that are known, in every form that people type.

    Args:
        roots: Each root with other spellings of it; all their forms are made here.
        apart: Words that look like a form of a root and are not.
        unjoined: Roots before which "di" is the preposition: "di Serang" is a place.
        spellings: What is meant (one word or more), with the ways in which it is typed.
    """

    def __init__(
        self,
        roots: Mapping[str, Iterable[str]],
        apart: Iterable[str],
        unjoined: Iterable[str],
        spellings: Mapping[str, Iterable[str]],
    ) -> None:
        self._typed: dict[str, tuple[Keys, ...]] = {}
        self._after_di: dict[str, tuple[Keys, ...]] = {}
        self.breaks: frozenset[Keys] = frozenset()
        self.numbered: dict[Keys, Keys] = {}
        self.dotted: frozenset[str] = frozenset()
        stays = {squeeze(root) for root in unjoined}
        for root, variants in roots.items():
            for variant in (root, *variants):
                self._add_root(root, variant, joined=squeeze(root) not in stays)
        for word in apart:
            self._typed[squeeze(word)] = ((squeeze(word),),)
        for meant, ways in spellings.items():
            read = tuple(keys for word in meant.split() for keys in self.learn(word))
            for way in ways:
                self._typed[squeeze(way)] = read

    def _add_root(self, root: str, variant: str, *, joined: bool) -> None:
        canonical = {kind: form for kind, form in _inflections(root) if not kind[1]}
        for kind, form in _inflections(variant):
            group = squeeze(canonical[(kind[0], "")])
            group = f"={group}" if kind[0] == "bare" else group
            known = self._typed.get(squeeze(form), ((),))[0]
            keys = tuple(dict.fromkeys((group, *known, squeeze(root))))
            self._typed[squeeze(form)] = (keys,)
            if kind[0] == "di" and joined:
                self._after_di[squeeze(form.removeprefix("di"))] = (keys,)

    def learn(self, word: str) -> tuple[Keys, ...]:
        """Return what a word is read as; a new word is known from now on, as itself."""
        plain = squeeze(word)
        return self._typed.setdefault(plain, ((plain,),))

    def known(self) -> Iterator[Keys]:
        """Walk the keys of all known words."""
        return (keys for words in self._typed.values() for keys in words)

    def read(self, text: str) -> Reading:
        """Return the words of a text; of a long one, those of the first `TEXT_MAX` signs."""
        reading = _Reader(self)
        pieces: list[str] = _PIECES.findall(squeeze(_plain(text[:TEXT_MAX])))
        after_di = False
        for piece in pieces:
            if not piece[0].isalnum() and piece[0] != "@":
                reading.stop(piece.strip(" ") or "-")
                after_di = False
                continue
            joined = self._after_di.get(piece) if after_di else None
            if joined is not None:
                reading.unsay()
            for keys in joined or self._look_up(piece):
                reading.say(keys, piece)
            after_di = reading.last_is(_DI)
        return reading.result()

    def _look_up(self, piece: str) -> tuple[Keys, ...]:
        if piece.isdigit():
            return ((piece,),)
        found = self._typed.get(piece)
        if found is None and (not piece.isalpha() or piece.endswith(_CLITICS)):
            guesses = (self._typed.get(form) for form in _guesses(piece))
            found = next((known for known in guesses if known), None)
        return found or ((piece,),)


class _Reader:
    """Collects words, and counts the clauses and sentences they stand in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: list[Keys] = []
        self._clauses: list[int] = []
        self._sentences: list[int] = []
        self._asked: set[int] = set()
        self._clause = self._sentence = 0
        self._last = ""

    def say(self, keys: Keys, piece: str) -> None:
        """Take in a word; one that only doubles the word before it is not said again."""
        self._last = piece
        if keys in self._vocabulary.breaks:
            self._clause += 1
        if self._words and self._clauses[-1] == self._clause and _doubles(keys, self._words[-1]):
            return
        if piece.isdigit() and (named := self._numbered()):
            self._words[-1] = named
            return
        self._words.append(keys)
        self._clauses.append(self._clause)
        self._sentences.append(self._sentence)

    def _numbered(self) -> Keys | None:
        """Return what the last word of this clause is with a number behind it."""
        if not self._words or self._clauses[-1] != self._clause:
            return None
        return self._vocabulary.numbered.get(self._words[-1])

    def last_is(self, keys: Keys) -> bool:
        """Tell whether this was the last word."""
        return self._words[-1:] == [keys]

    def unsay(self) -> None:
        """Take back the last word."""
        del self._words[-1], self._clauses[-1], self._sentences[-1]

    def stop(self, sign: str) -> None:
        """Take in a sign that ends a clause or a sentence."""
        if sign == "." and self._last in self._vocabulary.dotted:
            return
        if sign == "?":
            self._asked.add(self._clause)
        self._clause += 1
        self._sentence += sign in _ENDS

    def result(self) -> Reading:
        """Return what was read."""
        return Reading(self._words, self._clauses, self._sentences, frozenset(self._asked))


def _doubles(keys: Keys, before: Keys) -> bool:
    """Tell whether a word only doubles the one before it: "orang-orang", "ditakut-takuti"."""
    return keys == before or (keys[0].startswith("=") and keys[-1] == before[-1])


def _plain(text: str) -> str:
    """Return a text in small letters without accents, invisible signs and apostrophes."""
    if not text.isascii():
        # Some signs are many letters when they are taken apart.
        text = unicodedata.normalize("NFKD", text)[:TEXT_MAX]
    return _UNSEEN.sub("", text).casefold()


def _guesses(plain: str) -> Iterator[str]:
    """Yield what an unknown word may be, the likeliest first."""
    forms: Sequence[str] = (plain,)
    if not plain.isalpha():
        doubled = _TWICE.fullmatch(plain)
        edges = plain.strip("0123456789@")
        forms = (
            *((doubled[1] + doubled[2], doubled[1]) if doubled else ()),
            *(squeeze(plain.translate(table)) for table in _LETTERS),
            *(squeeze(edges.translate(table)) for table in _LETTERS),
        )
        yield from forms
    for form in forms:
        for clitic in _CLITICS:
            if form.endswith(clitic) and len(form) > len(clitic) + 2:
                yield form.removesuffix(clitic)


def _inflections(root: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield (group, ending) and form: what can be made of a root with its affixes.

    Source: Tata Bahasa Baku Bahasa Indonesia (1998) on meN-, di-, ter-, ber-, peN-an, ke-an; the
    forms of talk (nyoblos, ngancam, ngerusak, dibakarin) beside them.
    """
    for ending in _ENDINGS:
        yield ("bare", ending), root + ending
        yield ("di", ending), "di" + root + ending
        yield ("ter", ending), "ter" + root + ending
        yield ("me", ending), "me" + _nasal(root) + ending
        for number, spoken in enumerate(_spoken(root)):
            yield ("me", f"{number}{ending}"), spoken + ending
    yield ("ber", ""), "ber" + root
    yield ("an", ""), root + "an"
    yield ("ke-an", ""), "ke" + root + "an"
    yield ("pe", ""), "pe" + _nasal(root)
    yield ("pe-an", ""), "pe" + _nasal(root) + "an"
    # As many write it: pengrusakan, pensegelan.
    yield ("pe-an", "full"), "peng" + root + "an"
    yield ("ber", "an"), "ber" + root + "an"


def _nasal(root: str) -> str:
    """Return a root with the nasal that stands behind me- and pe-."""
    if sum(letter in _VOWELS for letter in root) == 1:
        return "nge" + root
    match root[0]:
        case "b" | "f" | "v":
            return "m" + root
        case "p":
            return "m" + root[1:]
        case "t":
            return "n" + root[1:]
        case "d" | "c" | "j" | "z":
            return "n" + root
        case "s":
            return "ny" + root[1:]
        case "k":
            return "ng" + root[1:]
        case "a" | "i" | "u" | "e" | "o" | "g" | "h":
            return "ng" + root
        case _:
            return root


def _spoken(root: str) -> tuple[str, ...]:
    """Return the active forms of talk: without me-, or with nge-."""
    match root[0]:
        case "c":
            return ("ny" + root[1:], "ng" + root)
        case "h":
            return ("ng" + root[1:], "ng" + root)
        case "b" | "d" | "g" | "j" | "l" | "r":
            return ("nge" + root, "ng" + root)
        case _:
            return (_nasal(root), "nge" + root)
