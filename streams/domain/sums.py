"""Sums of a form that must agree (V01), each where the form tells both sides of it.

    Σ votes = valid        valid + invalid = used        used = Σ voters
    used + spoiled + unused = received

A sum that does not agree is usually a slip of the pen, so the texts say what to look at and nothing
about why.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.counts import permille_of, shown_number
from streams.domain.forms import Form

__all__ = ["FINAL_TOLERANCE", "SumCheck", "SumName", "Tolerance", "sum_checks"]

_TERMS_MAX: Final = 6
"""Terms that a formula spells out; a pemilu has up to hundreds of choices."""


class Tolerance(Struct, frozen=True):
    """How far two sides of a sum may lie apart: the larger of the two allowances."""

    votes: int = 3
    permille: int = 30
    """Of the larger side."""


FINAL_TOLERANCE: Final = Tolerance(0, 0)
"""A final form must agree. Source: V01 of the table of rules."""
_PROVISIONAL_TOLERANCE: Final = Tolerance()
"""Source: V01 of the table of rules, after Tally-Ho's "value or %"."""


class SumName(StrEnum):
    """The checks of V01, as they stand in its key."""

    VOTES = "votes"
    USED = "used"
    VOTERS = "voters"
    RECEIVED = "received"


class SumCheck(Struct, frozen=True):
    """One check of a form. Numbers beyond signed 64 bits are shown as the last one within."""

    name: SumName
    computed: int
    """What the terms add up to."""
    told: int
    """What the form says they add up to."""
    allowed: int
    """How far apart they may lie."""
    fails: bool
    formula: Text
    """As `sah 218 + tidak sah 6 = 224, digunakan 225`."""


def sum_checks(form: Form, tolerance: Tolerance = _PROVISIONAL_TOLERANCE) -> tuple[SumCheck, ...]:
    """Return the checks of V01 that a form tells both sides of, failed or not, in a fixed order.

    `tolerance` is that of a provisional form; a final one has none.
    """
    votes = tuple(number for _, number in form.votes)
    sums: tuple[tuple[SumName, tuple[int | None, ...], int | None], ...] = (
        (SumName.VOTES, votes, form.valid),
        (SumName.USED, (form.valid, form.invalid), form.used),
        (SumName.VOTERS, (form.dpt, form.dptb, form.dpk), form.used),
        (SumName.RECEIVED, (form.used, form.spoiled, form.unused), form.received),
    )
    allowance = FINAL_TOLERANCE if form.is_final else tolerance
    checks: list[SumCheck] = []
    for name, terms, told in sums:
        known = tuple(term for term in terms if term is not None)
        if told is not None and len(known) == len(terms):
            checks.append(_sum_check(name, known, told, allowance))
    return tuple(checks)


class _Words(Struct, frozen=True):
    """How people call the terms of a sum, and what it is compared with."""

    terms: tuple[Text, ...]
    """One for each term, or one before all of them."""
    told: Text


_WORDS: Final = {
    SumName.VOTES: _Words((Text("suara", "votes"),), Text("sah", "valid")),
    SumName.USED: _Words(
        (Text("sah", "valid"), Text("tidak sah", "invalid")), Text("digunakan", "used")
    ),
    SumName.VOTERS: _Words(
        (Text("DPT", "DPT"), Text("DPTb", "DPTb"), Text("DPK", "DPK")), Text("digunakan", "used")
    ),
    SumName.RECEIVED: _Words(
        (Text("digunakan", "used"), Text("rusak", "spoiled"), Text("tidak digunakan", "unused")),
        Text("diterima", "received"),
    ),
}


def _sum_check(name: SumName, terms: tuple[int, ...], told: int, tolerance: Tolerance) -> SumCheck:
    computed = sum(terms)
    allowed = max(tolerance.votes, permille_of(max(computed, told), tolerance.permille))
    return SumCheck(
        name=name,
        computed=shown_number(computed),
        told=told,
        allowed=shown_number(allowed),
        fails=abs(computed - told) > allowed,
        formula=_formula(_WORDS[name], terms, told),
    )


def _formula(words: _Words, terms: tuple[int, ...], told: int) -> Text:
    left_id = _added([word.id for word in words.terms], terms, "angka")
    left_en = _added([word.en for word in words.terms], terms, "numbers")
    total = sum(terms)
    return Text(
        f"{left_id} = {total}, {words.told.id} {told}",
        f"{left_en} = {total}, {words.told.en} {told}",
    )


def _added(words: Sequence[str], terms: tuple[int, ...], numbers: str) -> str:
    """Spell out a sum; a negative term stands in brackets."""
    if len(terms) > _TERMS_MAX:
        return f"{words[0]}: Σ {len(terms)} {numbers}"
    shown = [f"({term})" if term < 0 else str(term) for term in terms]
    named = (f"{word} {term}" for word, term in zip_longest(words, shown, fillvalue=""))
    return " + ".join(one.strip() for one in named)
