"""Detector `contradiction`: two sources say what cannot both be so.

Nobody is averaged and nobody is believed more: what differs is named, with both who said it.

The final forms of two sides give a choice different votes. It holds while any two
of them do, and weighs more where the two name different winners; a tie has several.

    organisers     01: 321   02: 318       winners {01}
    witnesses B    01: 321   02: 321       winners {01, 02}   02 differs, and so do the winners

It is a pure function of the forms, so nothing is remembered beside it. Bound: n² pairs of at most
the sides that a ledger keeps.
"""

from itertools import combinations
from typing import Final

from msgspec import Struct

from streams.domain.forms import Form, Ledger, latest_forms
from streams.domain.words import SourceClass

__all__ = ["Clash", "clash", "clashes", "finals"]

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
