"""Detector `tally`: totals of one contest over an area, and when they are close.

The totals themselves are arithmetic (`streams.domain.totals`). Four questions are asked of them:

- *narrow* (V07): enough is counted (every TPS final, or 80 % of the DPT), and the first two are
  at most max(3, 1 % of valid) apart;
- *tie* (V08): every TPS is final, and several have the most votes;
- *empty column* (V09): a single pair, enough counted, between 48 and 52 % of the valid votes;
- *quarantine decides* (V13): what is held or missing could close the gap between the first two.

What is narrow goes on holding until it is over:

    IDLE --narrow--> HOLDING --not narrow any more--> IDLE
    HOLDING --every box is in, and 12 hours without a count have passed--> IDLE
    IDLE --a further count, still narrow; or a box left again--> HOLDING

Whether it holds is a function of facts and `now`, so the order of arrival cannot matter. Bound: one
time and one bit a contest. All comparisons are of whole numbers.
"""

from typing import Final

from msgspec import Struct

from streams.domain.counts import permille_of
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.domain.totals import Entry, Totals, single

__all__ = [
    "Custody",
    "Margin",
    "NarrowState",
    "PairShare",
    "Quarantine",
    "TallyLimits",
    "due",
    "is_enough",
    "is_narrow",
    "is_narrow_alone",
    "judge",
    "margin_of",
    "next_wake",
    "pair_share",
    "quarantine",
    "tie",
]

_EMPTY_COLUMN: Final = "kosong"
"""The choice that stands for nobody. Source: contract §6."""
_PAIR_CHOICES: Final = 2


class TallyLimits(Struct, frozen=True):
    """When a result is close. Source: V07 and V09 of the table of rules, proposals."""

    margin_votes: int = 3
    margin_permille: int = 10
    """Of the valid votes; the larger of the two counts."""
    counted_permille: int = 800
    """Of the DPT."""
    pair_permille_min: int = 480
    pair_permille_max: int = 520
    quiet_ms: int = 12 * HOUR_MS
    """Without a count, once every box is in."""


class Margin(Struct, frozen=True):
    """How far the first two lie apart."""

    votes: int
    limit: int
    """It is narrow up to here."""
    leaders: tuple[str, ...]
    """Who has the most votes, sorted."""

    @property
    def is_narrow(self) -> bool:
        """Whether the first two lie no further apart than the limit."""
        return self.votes <= self.limit


class PairShare(Struct, frozen=True):
    """The votes of a single pair against the empty column."""

    pair: int
    valid: int
    is_close: bool


class Quarantine(Struct, frozen=True):
    """What is held back, and whether it could change who leads."""

    reach: int
    """Voters of the TPS that are held or missing."""
    margin: int
    decides: bool


class Custody(Struct, frozen=True, gc=False):
    """What the end of a narrow result waits for."""

    last_count_at: EpochMs
    """Of any TPS of the area, whoever sent it."""
    boxes_in_at: EpochMs = NEVER
    """When the last box came in; `NEVER` while one is still out."""


class NarrowState(Struct, frozen=True, gc=False, array_like=True):
    """Whether a narrow result is being watched, and until when."""

    holding: bool = False
    ends_at: EpochMs = NEVER
    """When it will be over if nothing more is counted."""


def is_enough(totals: Totals, limits: TallyLimits) -> bool:
    """Tell whether enough is counted to speak of a result: all final, or most by DPT.

    Only final forms are counted: the first votes of many TPS say nothing of their result.
    """
    most = totals.dpt_final * 1000 >= limits.counted_permille * totals.dpt_all
    return totals.is_final or (totals.tps_final > 0 and most)


def margin_of(totals: Totals, limits: TallyLimits) -> Margin | None:
    """Return how far the first two lie apart; None: there are no two, or nobody has a vote."""
    ranked = sorted((votes for _, votes in totals.votes), reverse=True)
    if len(ranked) < _PAIR_CHOICES or ranked[0] <= 0:
        return None
    limit = max(limits.margin_votes, permille_of(totals.valid, limits.margin_permille))
    leaders = tuple(choice for choice, votes in totals.votes if votes == ranked[0])
    return Margin(ranked[0] - ranked[1], limit, leaders)


def is_narrow(totals: Totals, limits: TallyLimits) -> bool:
    """Tell whether enough is counted and the first two lie close together."""
    margin = margin_of(totals, limits)
    return margin is not None and margin.is_narrow and is_enough(totals, limits)


def is_narrow_alone(entry: Entry, dpt: int, limits: TallyLimits) -> bool:
    """Tell whether a single TPS has a narrow result: by a final form that can be."""
    return entry.form.is_final and is_narrow(single(entry, dpt), limits)


def tie(totals: Totals) -> tuple[str, ...]:
    """Return who shares the first place when every TPS is final, sorted; empty: nobody does."""
    margin = margin_of(totals, TallyLimits())
    tied = margin is not None and totals.is_final and margin.votes == 0
    return margin.leaders if margin is not None and tied else ()


def pair_share(totals: Totals, limits: TallyLimits) -> PairShare | None:
    """Return the share of a single pair; None: it does not stand against the empty column.

    It needs more than 50 % of the valid votes. Source: UU 10/2016 art. 54D.
    """
    votes = dict(totals.votes)
    if len(votes) != _PAIR_CHOICES or _EMPTY_COLUMN not in votes:
        return None
    pair = sum(number for choice, number in votes.items() if choice != _EMPTY_COLUMN)
    low, high = limits.pair_permille_min * totals.valid, limits.pair_permille_max * totals.valid
    close = totals.valid > 0 and low <= 1000 * pair <= high
    return PairShare(pair, totals.valid, close and is_enough(totals, limits))


def quarantine(totals: Totals) -> Quarantine | None:
    """Return what is held back and what it could do; None: nothing is held.

    A held or missing TPS can bring its DPT, whatever its form claims. Source: V13 "by DPT".
    """
    if not totals.tps_held:
        return None
    margin = margin_of(totals, TallyLimits())
    votes = 0 if margin is None else margin.votes
    reach = totals.dpt_held + totals.dpt_missing
    return Quarantine(reach, votes, reach >= votes)


def judge(custody: Custody, now: EpochMs, limits: TallyLimits, *, narrow: bool) -> NarrowState:
    """Return whether a narrow result is watched now, whatever was known before."""
    since = max(custody.boxes_in_at, custody.last_count_at + limits.quiet_ms)
    ends_at = NEVER if custody.boxes_in_at == NEVER else EpochMs(since)
    return NarrowState(narrow and now < ends_at, ends_at)


def next_wake(state: NarrowState) -> EpochMs | None:
    """Return when `now` alone will end it, if it will."""
    return state.ends_at if state.holding and state.ends_at != NEVER else None


def due(state: NarrowState, now: EpochMs) -> tuple[NarrowState, EpochMs | None]:
    """Let time pass; return when the quiet time ended that it was waiting for, if it did."""
    wake = next_wake(state)
    if wake is None or now < wake:
        return state, None
    return NarrowState(ends_at=state.ends_at), wake
