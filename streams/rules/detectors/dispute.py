"""Detector `dispute`: many say that something is wrong, and an officer says that all is well.

    IDLE --the crowd's score was reached, and an officer said "aman", within one window--> HOLDING
    HOLDING --another officer gives word since it began--> what was said until then is forgotten
    HOLDING --the word or the reports are taken back-->    what is left of it is judged
                                                           nothing is left of it--> IDLE

Who is right is never averaged: it takes a second officer who looks. The crowd is everybody but the
police. Its score is reached at the moment of the newest evidence by which it is; the word may have
been given before or after, in the desa or at a TPS that the evidence is about. Of an officer the
newest word on a place counts, and is kept by who calls: one row a place.

Bound: `EVIDENCE_MAX` items a desa and category, `WORDS_MAX` words a place. A word is compared with
what was reached by each item near it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.domain.words import Situation
from streams.rules.evidence import EVIDENCE_MAX, Cluster, Item, clusters_of

__all__ = [
    "WORDS_MAX",
    "Dispute",
    "DisputeLimits",
    "DisputeState",
    "Word",
    "Words",
    "begin",
    "concerns",
    "decides",
    "forget",
    "hear",
    "judge",
    "over",
    "said",
    "unsaid",
    "withdraw",
]

WORDS_MAX: Final = 8
"""Officers whose newest word on one place is kept."""


class Word(Struct, frozen=True, gc=False, array_like=True):
    """What an officer said of a place."""

    at: EpochMs
    place: AreaCode
    situation: Situation
    source: str
    id: str
    topic: str
    offset: str
    """Where it stands in the journal."""


class Words(Struct, frozen=True, gc=False, array_like=True):
    """The newest word of each officer on one place, in order of time."""

    words: tuple[Word, ...] = ()


class DisputeState(Struct, frozen=True, gc=False, array_like=True):
    """What the crowd says of one desa and category, and whether an officer contradicts it."""

    items: tuple[Item, ...] = ()
    """In order of time."""
    source: str = ""
    """The officer who contradicts; empty: nobody does."""
    word: str = ""
    """Id of what he said."""
    since: EpochMs = EpochMs(0)
    """When it was received that it holds."""
    places: tuple[AreaCode, ...] = ()
    """TPS that the evidence is about; none: the desa."""
    decided_at: EpochMs = EpochMs(-1)
    """Until when it was decided last: what was said by then is over, whenever it comes."""

    @property
    def holding(self) -> bool:
        """Whether it is undecided."""
        return bool(self.source)


class DisputeLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the crowd."""

    score: float
    """Above 0: the evidence of one window must reach it."""
    window_ms: int
    """Of the evidence, and between it and the word."""


class Dispute(Struct, frozen=True, gc=False):
    """Two who contradict each other."""

    word: Word
    crowd: Cluster


def said(words: Words, word: Word) -> Words:
    """Return the words on a place with one more; of an officer the newest stays."""
    own = [one for one in words.words if one.source == word.source]
    newest = max((*own, word), key=lambda one: (one.at, one.id))
    others = (one for one in words.words if one.source != word.source)
    ordered = sorted((*others, newest), key=lambda one: (one.at, one.source))
    return Words(tuple(ordered[-WORDS_MAX:]))


def unsaid(words: Words, source: str, word_id: str) -> Words:
    """Return the words on a place without one that was taken back."""
    left = (one for one in words.words if (one.source, one.id) != (source, word_id))
    return Words(tuple(left))


def hear(state: DisputeState, item: Item) -> DisputeState:
    """Take in what one more of the crowd says; what holds already is about its TPS as well."""
    if item.at <= state.decided_at:
        return state
    items = sorted((*state.items[1 - EVIDENCE_MAX :], item), key=lambda one: one.at)
    grown = state.holding and item.tps is not None
    places = tuple(sorted({*state.places, item.tps or ""})) if grown else state.places
    return replace(state, items=tuple(items), places=tuple(map(AreaCode, places)))


def withdraw(state: DisputeState, source: str, event: str) -> DisputeState:
    """Take back what was said by one of the crowd."""
    left = (one for one in state.items if (one.source, one.id) != (source, event))
    return replace(state, items=tuple(left))


def judge(state: DisputeState, words: Iterable[Word], limits: DisputeLimits) -> Dispute | None:
    """Return who contradicts whom by all that is known and not decided; None: nobody does.

    Of several the newest crowd and the newest word near it speak.
    """
    undecided = (one for one in words if one.at >= state.decided_at)
    calm = sorted((one for one in undecided if one.situation is Situation.AMAN), key=_newest_first)
    reached = _reached(state.items, limits) if calm else ()
    for crowd in sorted(reached, key=_end, reverse=True):
        for word in calm:
            near = abs(word.at - _end(crowd)) <= limits.window_ms
            if near and concerns(word.place, _tps_of(crowd)):
                return Dispute(word, crowd)
    return None


def _newest_first(word: Word) -> tuple[int, str, str]:
    return -word.at, word.source, word.id


def _reached(items: tuple[Item, ...], limits: DisputeLimits) -> Iterator[Cluster]:
    """Yield what reached the score, up to whatever item."""
    for place, item in enumerate(items, start=1):
        [crowd] = clusters_of(items[:place], item, limits.window_ms, None)
        if crowd.score >= limits.score:
            yield crowd


def _end(crowd: Cluster) -> EpochMs:
    return crowd.items[-1].at


def _tps_of(crowd: Cluster) -> tuple[AreaCode, ...]:
    return tuple(sorted({one.tps for one in crowd.items if one.tps is not None}))


def begin(state: DisputeState, found: Dispute, since: EpochMs) -> DisputeState:
    """Return the state in which it holds since then; of what holds already only the places grow.

    The officer with whom it began is the one who must be confirmed by another.
    """
    places = tuple(sorted({*state.places, *_tps_of(found.crowd)}))
    if state.holding:
        return replace(state, places=places)
    word = found.word
    return DisputeState(state.items, word.source, word.id, since, places, state.decided_at)


def concerns(place: AreaCode, tps: Iterable[AreaCode]) -> bool:
    """Tell whether a word on a place speaks of evidence about some TPS of its desa, or of none."""
    about = tuple(tps)
    return not about or place in about or all(one.startswith(f"{place}-") for one in about)


def decides(state: DisputeState, word: Word) -> bool:
    """Tell whether a word is that of a second officer who has looked since."""
    second = state.holding and word.source != state.source and word.at >= state.since
    return second and concerns(word.place, state.places)


def forget(state: DisputeState, until: EpochMs) -> DisputeState:
    """Return what is left once it was decided: what was said after `until`."""
    items = tuple(one for one in state.items if one.at > until)
    return DisputeState(items, decided_at=EpochMs(max(state.decided_at, until)))


def over(state: DisputeState) -> DisputeState:
    """Return what is left once nobody contradicts anybody any more."""
    return DisputeState(state.items, decided_at=state.decided_at)
