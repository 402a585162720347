"""The arithmetic of counts: what a TPS must receive, which sums must agree, what cannot be.

All of it is exact: whole numbers, shares in permille by integer division, a reserve as the decimal
that was written. A sum is told when each of its terms is; what is not told is never taken as 0.

    Σ votes = valid        valid + invalid = used        used = Σ voters
    used + spoiled + unused = received

A sum that does not agree is usually a slip of the pen, so the texts say what to look at and nothing
about why. What cannot be (more valid votes than ballots, more voters than the list allows) stands
in no total until it is corrected.
"""

from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.forms import Form, votes_sum

__all__ = [
    "FINAL_TOLERANCE",
    "Impossible",
    "Limit",
    "Roll",
    "SumCheck",
    "SumName",
    "Tolerance",
    "ballots_expected",
    "ballots_reserve",
    "cast_votes",
    "impossibilities",
    "permille_of",
    "sum_checks",
    "valid_votes",
]

_INT64: Final = (1 << 63) - 1
_TERMS_MAX: Final = 6
"""Terms that a formula spells out; a pemilu has up to hundreds of choices."""
_PERMILLE: Final = 1000


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
    """As `120 + 98 = 218, sah 219`."""


class Limit(StrEnum):
    """What an impossible number goes beyond."""

    ZERO = "zero"
    RECEIVED = "received"
    DPT = "dpt"
    MAX_VOTERS = "max_voters"


class Impossible(Struct, frozen=True):
    """One number of a form that cannot be, as `SumCheck` shows numbers."""

    limit: Limit
    number: int
    bound: int
    """The largest number that can be; of `zero` the smallest."""
    formula: Text


class Roll(Struct, frozen=True):
    """How many voters a TPS can have."""

    dpt: int | None
    """None: the TPS is not in the plan."""
    reserve: float
    """Share of the DPT, 0–1."""
    max_voters: int
    """Of any TPS: pemilu 300, pilkada 600, pilkades 500. Source: the election folder."""


def ballots_reserve(dpt: int, reserve: float) -> int:
    """Return the ballots beyond the DPT: the share of it, rounded up.

    The share is taken as the decimal that was written, so that 2.5 % of 600 is exactly 15.
    """
    return ceil(Fraction(repr(reserve)) * dpt)


def ballots_expected(dpt: int, reserve: float) -> int:
    """Return the ballots of one contest that a TPS with `dpt` voters must receive.

    Args:
        dpt: Voters on the list, 0 or more.
        reserve: Share of the DPT, 0–1. Source: pilkada 0.025 (KPU: DPT + 2.5 % per TPS, rounded
            up), pemilu 0.02; of a pilkades its Perda or Perbup.
    """
    return dpt + ballots_reserve(dpt, reserve)


def permille_of(number: int, permille: int) -> int:
    """Return a share of a number, rounded down.

    A whole number exceeds the exact share where it exceeds the rounded one, and only there.
    """
    return number * permille // _PERMILLE


def valid_votes(form: Form) -> int:
    """Return the valid votes as the form tells them, else the sum of its votes."""
    return votes_sum(form) if form.valid is None else form.valid


def cast_votes(form: Form) -> int:
    """Return how many have voted, by the largest number that the form tells of it.

    Ballots used, voters, or votes: a form that tells only votes has had at least so many voters.
    """
    voters = _told_sum(form.dpt, form.dptb, form.dpk)
    told = (form.used, voters, form.valid, votes_sum(form))
    return max(one for one in told if one is not None)


def _told_sum(*numbers: int | None) -> int | None:
    """Return the sum of those that are told, None if none is."""
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


# ── V01 ──────────────────────────────────────────────────────────────────────────────────────────


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


_TOLD_AS: Final = {
    SumName.VOTES: Text("sah", "valid"),
    SumName.USED: Text("digunakan", "used"),
    SumName.VOTERS: Text("digunakan", "used"),
    SumName.RECEIVED: Text("diterima", "received"),
}


def _sum_check(name: SumName, terms: tuple[int, ...], told: int, tolerance: Tolerance) -> SumCheck:
    computed = sum(terms)
    allowed = max(tolerance.votes, permille_of(max(computed, told), tolerance.permille))
    words = _TOLD_AS[name]
    return SumCheck(
        name=name,
        computed=_shown(computed),
        told=told,
        allowed=_shown(allowed),
        fails=abs(computed - told) > allowed,
        formula=Text(
            f"{_added(terms, 'angka')} = {computed}, {words.id} {told}",
            f"{_added(terms, 'numbers')} = {computed}, {words.en} {told}",
        ),
    )


def _added(terms: tuple[int, ...], numbers: str) -> str:
    """Spell out a sum; a negative term stands in brackets."""
    if len(terms) > _TERMS_MAX:
        return f"Σ {len(terms)} {numbers}"
    return " + ".join(f"({term})" if term < 0 else str(term) for term in terms)


def _shown(number: int) -> int:
    """Return a number that can be saved: of signed 64 bits."""
    return max(-_INT64 - 1, min(_INT64, number))


# ── V02 ──────────────────────────────────────────────────────────────────────────────────────────


def impossibilities(form: Form, roll: Roll) -> tuple[Impossible, ...]:
    """Return what cannot be in a form, in a fixed order; empty: it may stand in a total.

    Numbers below 0; max(valid, Σ votes) above the ballots received; those who voted above the DPT
    of the plan with the `dptb` and `dpk` of the form (where it tells neither, with the reserve), or
    above the most that any TPS may have, with the reserve. Source: V02, as ADR 18 reads it.
    """
    return (*_below_zero(form), *_too_many_valid(form), *_too_many_voters(form, roll))


def _below_zero(form: Form) -> tuple[Impossible, ...]:
    named: tuple[tuple[str, str, int | None], ...] = (
        *((f"suara {choice}", f"votes of {choice}", votes) for choice, votes in form.votes),
        ("sah", "valid", form.valid),
        ("tidak sah", "invalid", form.invalid),
        ("diterima", "received", form.received),
        ("digunakan", "used", form.used),
        ("rusak", "spoiled", form.spoiled),
        ("tidak digunakan", "unused", form.unused),
        ("pengguna DPT", "voters of the DPT", form.dpt),
        ("pengguna DPTb", "voters of the DPTb", form.dptb),
        ("pengguna DPK", "voters of the DPK", form.dpk),
    )
    return tuple(
        Impossible(Limit.ZERO, told, 0, Text(f"{name_id} {told} < 0", f"{name_en} {told} < 0"))
        for name_id, name_en, told in named
        if told is not None and told < 0
    )


def _too_many_valid(form: Form) -> tuple[Impossible, ...]:
    total = votes_sum(form)
    valid = total if form.valid is None else max(form.valid, total)
    if form.received is None or valid <= form.received:
        return ()
    formula = Text(
        f"sah {valid} > diterima {form.received}", f"valid {valid} > {form.received} received"
    )
    return (Impossible(Limit.RECEIVED, _shown(valid), form.received, formula),)


def _too_many_voters(form: Form, roll: Roll) -> tuple[Impossible, ...]:
    cast = cast_votes(form)
    reserve = ballots_reserve(roll.max_voters, roll.reserve)
    limits = [(Limit.MAX_VOTERS, *_with_reserve("batas", "limit", roll.max_voters, reserve))]
    if roll.dpt is not None:
        limits.insert(0, (Limit.DPT, *_on_the_lists(form, roll.dpt, roll.reserve)))
    return tuple(
        Impossible(
            limit,
            _shown(cast),
            _shown(bound),
            Text(
                f"pengguna {cast} > {words.id} = {bound}", f"voters {cast} > {words.en} = {bound}"
            ),
        )
        for limit, bound, words in limits
        if cast > bound
    )


def _on_the_lists(form: Form, dpt: int, reserve: float) -> tuple[int, Text]:
    others = _told_sum(form.dptb, form.dpk)
    if others is None:
        return _with_reserve("DPT", "DPT", dpt, ballots_reserve(dpt, reserve))
    terms = f"DPT {dpt} + DPTb {form.dptb or 0} + DPK {form.dpk or 0}"
    return dpt + others, Text(terms, terms)


def _with_reserve(name_id: str, name_en: str, voters: int, reserve: int) -> tuple[int, Text]:
    words = Text(
        f"{name_id} {voters} + cadangan {reserve}", f"{name_en} {voters} + reserve {reserve}"
    )
    return voters + reserve, words
