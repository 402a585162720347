"""Detector `contradiction`: two sources say what cannot both be so.

Nobody is averaged and nobody is believed more: what differs is named, with both who said it.

*Counts* (V06): the final forms of two sides give a choice different votes. It holds while any two
of them do, and weighs more where the two name different winners; a tie has several.

    organisers     01: 321   02: 318       winners {01}
    witnesses B    01: 321   02: 321       winners {01, 02}   02 differs, and so do the winners

*Words* (W07): one side of a thing is told ("out of hand"), and within a window the other ("calm"),
whichever came first and whichever was sent first.

Both are pure functions of what was said, so nothing is remembered beside it. Bound: forms of sides,
so n² pairs of at most the sides that a ledger keeps; words are bounded by who keeps them.
"""

from bisect import bisect_left, bisect_right
from itertools import combinations
from typing import Final

from msgspec import Struct

from streams.domain.forms import Form, Ledger, latest_forms
from streams.domain.times import EpochMs
from streams.domain.words import SourceClass

__all__ = ["Clash", "Opposition", "Word", "clash", "clashes", "finals", "opposed"]

_COMPARED: Final = frozenset(
    {SourceClass.ORGANISERS, SourceClass.SUPERVISORS, SourceClass.WITNESSES}
)
"""Whose finals must agree. Source: V06, as ADR 18 reads it."""


class Clash(Struct, frozen=True):
    """Two forms that differ."""

    one: Form
    other: Form
    choices: tuple[str, ...]
    """Those whose votes differ, sorted; never empty."""
    winners: tuple[str, ...]
    """Of `one`, sorted: who has the most votes among the choices that both forms name."""
    other_winners: tuple[str, ...]

    @property
    def changes_winner(self) -> bool:
        """Whether the two name different winners."""
        return self.winners != self.other_winners


class Word(Struct, frozen=True, gc=False, array_like=True, order=True):
    """Something said at a moment."""

    at: EpochMs
    id: str
    source: str = ""


class Opposition(Struct, frozen=True):
    """Two words that oppose each other."""

    one: Word
    other: Word


def finals(ledger: Ledger) -> tuple[Form, ...]:
    """Return the latest form of each side whose finals must agree, where it is final."""
    latest = latest_forms(ledger)
    return tuple(form for form in latest if form.is_final and form.side.of in _COMPARED)


def clashes(forms: tuple[Form, ...]) -> tuple[Clash, ...]:
    """Return every two forms that differ, in the order of `forms`."""
    found = (clash(one, other) for one, other in combinations(forms, 2))
    return tuple(one for one in found if one is not None)


def clash(one: Form, other: Form) -> Clash | None:
    """Compare two forms of one contest at one TPS by the choices that both of them name."""
    left, right = dict(one.votes), dict(other.votes)
    common = sorted(left.keys() & right.keys())
    differing = tuple(choice for choice in common if left[choice] != right[choice])
    if not differing:
        return None
    return Clash(one, other, differing, _winners(left, common), _winners(right, common))


def _winners(votes: dict[str, int], choices: list[str]) -> tuple[str, ...]:
    most = max(votes[choice] for choice in choices)
    return tuple(choice for choice in choices if votes[choice] == most)


def opposed(ones: tuple[Word, ...], others: tuple[Word, ...], window_ms: int) -> Opposition | None:
    """Return the newest two words, one of each kind, at most `window_ms` apart; None: no such.

    The newest: whose later word is the latest, then whose earlier is. Neither order of saying nor
    of arrival matters.
    """
    sorted_others = sorted(others)
    found: list[Opposition] = []
    for one in ones:
        first = bisect_left(sorted_others, one.at - window_ms, key=_at)
        last = bisect_right(sorted_others, one.at + window_ms, key=_at)
        found += [Opposition(one, other) for other in sorted_others[first:last][-1:]]
    return max(found, key=_newness, default=None)


def _at(word: Word) -> EpochMs:
    return word.at


def _newness(pair: Opposition) -> tuple[EpochMs, EpochMs, Word, Word]:
    earlier, later = sorted((pair.one.at, pair.other.at))
    return later, earlier, pair.one, pair.other
