"""The arithmetic of counts: what a TPS must receive, and what cannot be.

All of it is exact: whole numbers, shares in permille by integer division, a reserve as the decimal
that was written. What is not told is never taken as 0. What cannot be, as more valid votes than
ballots or more voters than the list allows, stands in no total until it is corrected.
"""

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Final

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.forms import Form, votes_sum

__all__ = [
    "Impossible",
    "Limit",
    "Roll",
    "ballots_expected",
    "ballots_reserve",
    "cast_votes",
    "impossibilities",
    "listed_voters",
    "permille_of",
    "shown_number",
    "valid_votes",
]

_INT64: Final = (1 << 63) - 1
_PERMILLE: Final = 1000


class Limit(StrEnum):
    """What an impossible number goes beyond."""

    ZERO = "below_zero"
    RECEIVED = "above_received"
    DPT = "above_dpt"
    MAX_VOTERS = "above_max_voters"


class Impossible(Struct, frozen=True):
    """One number of a form that cannot be; beyond signed 64 bits the last one within."""

    limit: Limit
    number: int
    bound: int
    """The largest number that can be; of `below_zero` the smallest."""
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
    return ceil(_as_written(reserve) * dpt)


@lru_cache
def _as_written(share: float) -> Fraction:
    return Fraction(repr(share))


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


def listed_voters(form: Form, dpt: int) -> int:
    """Return how many are on the lists of a TPS: its DPT, and whom the form tells of the others."""
    return dpt + (_told_sum(form.dptb, form.dpk) or 0)


def _told_sum(*numbers: int | None) -> int | None:
    """Return the sum of those that are told, None if none is."""
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


def shown_number(number: int) -> int:
    """Return a number that can be saved: of signed 64 bits."""
    return max(-_INT64 - 1, min(_INT64, number))


def impossibilities(form: Form, roll: Roll) -> tuple[Impossible, ...]:
    """Return what cannot be in a form, in a fixed order; empty: it may stand in a total.

    Numbers below 0; max(valid, Σ votes) above the ballots received; those who voted above the DPT
    of the plan with the `dptb` and `dpk` of the form (where it tells neither, with the reserve), or
    above the most that any TPS may have, with the reserve. Source: V02, as ADR 18 reads it.
    """
    return (*_below_zero(form), *_too_many_valid(form), *_too_many_voters(form, roll))


def _below_zero(form: Form) -> tuple[Impossible, ...]:
    named: tuple[tuple[str, str, int | None], ...] = (
        *(("suara satu pilihan", "votes of one choice", votes) for _, votes in form.votes),
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
    return (Impossible(Limit.RECEIVED, shown_number(valid), form.received, formula),)


def _too_many_voters(form: Form, roll: Roll) -> tuple[Impossible, ...]:
    cast = cast_votes(form)
    reserve = ballots_reserve(roll.max_voters, roll.reserve)
    limits = [(Limit.MAX_VOTERS, *_with_reserve("batas", "limit", roll.max_voters, reserve))]
    if roll.dpt is not None:
        limits.insert(0, (Limit.DPT, *_on_the_lists(form, roll.dpt, roll.reserve)))
    return tuple(
        Impossible(
            limit,
            shown_number(cast),
            shown_number(bound),
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
