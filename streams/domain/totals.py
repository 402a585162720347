"""Totals of one contest over an area, kept by taking out and putting in one TPS at a time.

Of every TPS one form stands, or none yet. It is *counted*, or *held* where its numbers cannot be
(V02): such a form is in no total, and its TPS counts neither as counted nor as final.

    all TPS = counted + held + missing                     (each also by the DPT of its TPS)

A change of one TPS takes out what stood for it and puts in what stands now, so it costs O(choices)
and the totals are those that counting everything anew would give. Nothing is projected: the TPS
that are in are no sample of the others.

Bound: the choices of a contest. A form adds at most `FORM_VOTES_MAX` to any number, so that totals
stay within 64 bits, whatever is sent.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.counts import valid_votes
from streams.domain.forms import Form, Votes, votes_sum
from streams.domain.ids import AreaCode

__all__ = [
    "FORM_VOTES_MAX",
    "Entry",
    "Row",
    "Totals",
    "Worksheet",
    "nothing_counted",
    "replace",
    "single",
    "worksheet",
]

FORM_VOTES_MAX: Final = 1_000_000_000
"""Most votes, or fewest below 0, that one form adds to a total: more than Indonesia has voters."""


class Entry(Struct, frozen=True):
    """The form that stands for a TPS."""

    form: Form
    held: bool
    """Whether its numbers cannot be."""


class Totals(Struct, frozen=True, gc=False, array_like=True):
    """What is counted of one contest in an area. Only TPS in the plan are in it."""

    votes: Votes
    """Of every choice of the contest."""
    valid: int
    tps_all: int
    dpt_all: int
    tps_counted: int = 0
    dpt_counted: int = 0
    tps_final: int = 0
    """Counted, and by a final form."""
    dpt_final: int = 0
    tps_held: int = 0
    dpt_held: int = 0
    votes_held: int = 0
    """Valid votes that the held forms claim, none of them below 0."""

    @property
    def tps_missing(self) -> int:
        """TPS without a form."""
        return self.tps_all - self.tps_counted - self.tps_held

    @property
    def dpt_missing(self) -> int:
        """Voters of the TPS without a form."""
        return self.dpt_all - self.dpt_counted - self.dpt_held

    @property
    def is_final(self) -> bool:
        """Whether every TPS is counted by a final form."""
        return self.tps_final == self.tps_all > 0


def nothing_counted(choices: Iterable[str], dpts: Iterable[int]) -> Totals:
    """Return the totals of a contest before its first form.

    Args:
        choices: The choices of the contest.
        dpts: DPT of each TPS of the area that the plan lists.
    """
    voters = tuple(dpts)
    votes = tuple((choice, 0) for choice in sorted(choices))
    return Totals(votes, 0, tps_all=len(voters), dpt_all=sum(voters))


def single(entry: Entry, dpt: int) -> Totals:
    """Return the totals of one TPS alone."""
    choices = (choice for choice, _ in entry.form.votes)
    return replace(nothing_counted(choices, (dpt,)), dpt, None, entry)


def replace(totals: Totals, dpt: int, old: Entry | None, new: Entry | None) -> Totals:
    """Put what now stands for a TPS in the place of what stood for it; None: nothing does.

    `old` must be what was put last, and `dpt` that of the TPS; it must be one of the plan.
    """
    for entry, sign in ((old, -1), (new, 1)):
        if entry is not None:
            totals = _moved(totals, dpt, entry, sign)
    assert totals.tps_missing >= 0, "the old form is the one put last, and the TPS is in the plan"
    return totals


def _moved(totals: Totals, dpt: int, entry: Entry, sign: int) -> Totals:
    form, held, counted = entry.form, int(entry.held), int(not entry.held)
    of_form = dict(form.votes) if counted else {}
    return Totals(
        votes=tuple(
            (choice, votes + sign * _bounded(of_form.get(choice, 0)))
            for choice, votes in totals.votes
        ),
        valid=totals.valid + sign * counted * _bounded(valid_votes(form)),
        tps_all=totals.tps_all,
        dpt_all=totals.dpt_all,
        tps_counted=totals.tps_counted + sign * counted,
        dpt_counted=totals.dpt_counted + sign * counted * dpt,
        tps_final=totals.tps_final + sign * counted * int(form.is_final),
        dpt_final=totals.dpt_final + sign * counted * int(form.is_final) * dpt,
        tps_held=totals.tps_held + sign * held,
        dpt_held=totals.dpt_held + sign * held * dpt,
        votes_held=totals.votes_held + sign * held * _claimed(form),
    )


def _claimed(form: Form) -> int:
    return max(0, _bounded(max(valid_votes(form), votes_sum(form))))


def _bounded(votes: int) -> int:
    return max(-FORM_VOTES_MAX, min(FORM_VOTES_MAX, votes))


# ── The worksheet of a tie ───────────────────────────────────────────────────────────────────────


class Row(Struct, frozen=True):
    """One TPS in the worksheet of a tie."""

    tps: AreaCode
    dpt: int
    votes: Votes
    """Of those who are tied, as the form that stands tells them; who is not named has none."""
    decides: bool
    """Whether it has the most voters."""


class Worksheet(Struct, frozen=True):
    """What the organisers of a tied pilkades look at; the decision is theirs."""

    tied: tuple[str, ...]
    rows: tuple[Row, ...]
    """From the TPS with the most voters, then by code."""
    first: str
    """Who leads in the deciding TPS; empty where the rule does not say: a desa with one TPS,
    several TPS with as many voters, or a tie in the deciding one."""


def worksheet(tied: tuple[str, ...], stations: Iterable[tuple[AreaCode, int, Form]]) -> Worksheet:
    """Lay out a tie over the TPS of a desa, each with its DPT and the form that stands for it.

    Source: Permendagri 112/2014 art. 42(2): of a tie, whoever has more votes in the TPS with the
    most voters. With a single TPS a rule of the kabupaten holds.
    """
    ordered = sorted(stations, key=lambda station: (-station[1], station[0]))
    most = ordered[0][1] if ordered else 0
    rows = tuple(
        Row(
            tps,
            dpt,
            tuple((choice, dict(form.votes).get(choice, 0)) for choice in tied),
            dpt == most,
        )
        for tps, dpt, form in ordered
    )
    deciding = [row for row in rows if row.decides]
    lone = deciding[0] if len(deciding) == 1 and len(rows) > 1 else None
    return Worksheet(tied, rows, "" if lone is None else _leader(lone.votes))


def _leader(votes: Votes) -> str:
    most = max(number for _, number in votes)
    leaders = [choice for choice, number in votes if number == most]
    return leaders[0] if len(leaders) == 1 else ""
