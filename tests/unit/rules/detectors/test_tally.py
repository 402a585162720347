"""The detector `tally`: what is close, and until when."""

import pytest
from msgspec.structs import replace as changed

from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.domain.totals import Entry, Totals, nothing_counted, replace
from streams.rules.detectors.tally import (
    Custody,
    Margin,
    NarrowState,
    PairShare,
    Quarantine,
    TallyLimits,
    due,
    is_enough,
    is_narrow,
    is_narrow_alone,
    judge,
    margin_of,
    next_wake,
    pair_share,
    quarantine,
    tie,
)
from tests.support.forms import form

LIMITS = TallyLimits()


def counted(*votes: int, names: tuple[str, ...] = ("01", "02", "03")) -> Totals:
    """Return the totals of an area of one TPS that is final."""
    named = dict(zip(names, votes, strict=False))
    area = nothing_counted(named, (1000,))
    return replace(area, 1000, None, Entry(form(named), held=False))


def hours(number: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(number * HOUR_MS))


# ── V07 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("votes", "margin"),
    [
        ((490, 489), Margin(1, 9, ("01",))),
        ((489, 490, 3), Margin(1, 9, ("02",))),
        ((321, 321), Margin(0, 6, ("01", "02"))),
        ((5, 5, 5), Margin(0, 3, ("01", "02", "03"))),
        ((100, 97), Margin(3, 3, ("01",))),
        ((100, 96), Margin(4, 3, ("01",))),
        ((250, 246), Margin(4, 4, ("01",))),
        ((247, 242), Margin(5, 4, ("01",))),
    ],
)
def test_a_margin_is_narrow_up_to_three_votes_or_one_per_cent(
    votes: tuple[int, ...], margin: Margin
) -> None:
    """Dairi 490:489; 1 % of 496 is 4.96, so 4 is narrow there and 5 is not."""
    assert margin == margin_of(counted(*votes), LIMITS)
    assert margin.is_narrow == (margin.votes <= margin.limit) == is_narrow(counted(*votes), LIMITS)


@pytest.mark.parametrize("votes", [(0, 0), (7,), (-1, -2)])
def test_without_votes_or_a_second_there_is_no_margin(votes: tuple[int, ...]) -> None:
    """Nobody leads; and a lone candidate leads nobody."""
    assert margin_of(counted(*votes), LIMITS) is None
    assert not is_narrow(counted(*votes), LIMITS)
    assert () == tie(counted(*votes))


@pytest.mark.parametrize(
    ("dpts", "first", "enough"),
    [
        ((800, 200), Entry(form({"01": 5, "02": 5}), held=False), True),
        ((800, 200), Entry(form({"01": 5, "02": 5}, final=False), held=False), False),
        ((799, 201), Entry(form({"01": 5, "02": 5}), held=False), False),
        ((800, 200), Entry(form({"01": 5, "02": 5}), held=True), False),
        ((0, 0), Entry(form({"01": 5, "02": 5}), held=False), True),
        ((0, 0), Entry(form({"01": 5, "02": 5}, final=False), held=False), False),
    ],
)
def test_four_fifths_of_the_voters_are_enough(
    dpts: tuple[int, int], first: Entry, *, enough: bool
) -> None:
    """By DPT, exactly, of final forms that can be."""
    totals = replace(nothing_counted(("01", "02"), dpts), dpts[0], None, first)
    assert enough == is_enough(totals, LIMITS) == is_narrow(totals, LIMITS)


def test_nothing_counted_is_not_enough() -> None:
    """Also where nobody is on the list."""
    assert [False, False] == [
        is_enough(nothing_counted(("01", "02"), dpts), LIMITS) for dpts in ((), (0,))
    ]


def test_all_final_is_enough() -> None:
    """Whatever the lists say."""
    totals = changed(counted(5, 5), dpt_counted=0)
    assert is_enough(totals, LIMITS)
    assert not is_enough(changed(totals, tps_final=0), LIMITS)


@pytest.mark.parametrize(
    ("entry", "narrow"),
    [
        (Entry(form({"01": 120, "02": 118}), held=False), True),
        (Entry(form({"01": 120, "02": 98}), held=False), False),
        (Entry(form({"01": 120, "02": 118}, final=False), held=False), False),
        (Entry(form({"01": 120, "02": 118}), held=True), False),
        (Entry(form({"01": 2}), held=False), False),
    ],
)
def test_a_single_tps_is_narrow_by_a_final_form_only(entry: Entry, *, narrow: bool) -> None:
    """And by one that can be."""
    assert narrow == is_narrow_alone(entry, 300, LIMITS)


# ── V08, V09, V13 ────────────────────────────────────────────────────────────────────────────────


def test_a_tie_is_one_of_final_forms() -> None:
    """Kendalasem, 321 to 321; while one TPS may still change there is none."""
    assert ("01", "02") == tie(counted(321, 321, 17))
    assert () == tie(counted(321, 320))
    assert () == tie(changed(counted(321, 321), tps_final=0))
    assert () == tie(changed(counted(321, 321), tps_all=2))


@pytest.mark.parametrize(
    ("pair", "empty", "close"),
    [
        (480, 520, True),
        (479, 521, False),
        (520, 480, True),
        (521, 479, False),
        (136, 168, False),
        (151, 153, True),
    ],
)
def test_the_empty_column_is_close_within_two_per_cent(
    pair: int, empty: int, *, close: bool
) -> None:
    """48 to 52 % of the valid votes; Payaraman's 136:168 is not close."""
    totals = counted(pair, empty, names=("01", "kosong"))
    assert PairShare(pair, pair + empty, close) == pair_share(totals, LIMITS)


def test_a_share_is_close_only_when_enough_is_counted() -> None:
    """And when anybody has voted."""
    totals = counted(50, 50, names=("01", "kosong"))
    early = changed(totals, tps_all=2, dpt_all=2000)
    assert PairShare(50, 100, is_close=False) == pair_share(early, LIMITS)
    nobody = counted(0, 0, names=("01", "kosong"))
    assert PairShare(0, 0, is_close=False) == pair_share(nobody, LIMITS)


@pytest.mark.parametrize("names", [("01", "02"), ("01", "02", "kosong")])
def test_only_a_single_pair_stands_against_the_empty_column(names: tuple[str, ...]) -> None:
    """Where several stand there is no such share."""
    assert pair_share(counted(50, 50, 50, names=names), LIMITS) is None


@pytest.mark.parametrize(
    ("held", "missing", "decides"), [(40, 60, True), (40, 59, False), (100, 0, True)]
)
def test_what_is_held_or_missing_may_close_the_gap(
    held: int, missing: int, *, decides: bool
) -> None:
    """By the voters of those TPS, whatever the held form claims: it is not believed."""
    area = nothing_counted(("01", "02"), (1000, held, missing))
    area = replace(area, 1000, None, Entry(form({"01": 300, "02": 200}), held=False))
    misread = Entry(form({"01": 3_514_615, "02": 0}), held=True)
    totals = replace(area, held, None, misread)
    assert Quarantine(held + missing, 100, decides) == quarantine(totals)


def test_nothing_decides_while_nothing_is_held() -> None:
    """However much is missing; and while nobody has a vote, anything that is held does."""
    area = nothing_counted(("01", "02"), (1000, 500))
    assert quarantine(area) is None
    held = replace(area, 500, None, Entry(form({"01": -1}), held=True))
    assert Quarantine(1500, 0, decides=True) == quarantine(held)


# ── Until when ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("custody", "now", "state"),
    [
        (Custody(hours(14)), hours(15), NarrowState(holding=True, ends_at=NEVER)),
        (Custody(hours(14)), hours(99), NarrowState(holding=True, ends_at=NEVER)),
        (Custody(hours(14), hours(16)), hours(17), NarrowState(holding=True, ends_at=hours(26))),
        (Custody(hours(14), hours(16)), hours(25.9), NarrowState(holding=True, ends_at=hours(26))),
        (Custody(hours(14), hours(16)), hours(26), NarrowState(holding=False, ends_at=hours(26))),
        (Custody(hours(14), hours(30)), hours(29), NarrowState(holding=True, ends_at=hours(30))),
        (Custody(hours(14), hours(30)), hours(30), NarrowState(holding=False, ends_at=hours(30))),
    ],
)
def test_it_is_over_when_every_box_is_in_and_nothing_was_counted_for_twelve_hours(
    custody: Custody, now: EpochMs, state: NarrowState
) -> None:
    """The later of the two; while a box is out it is not over."""
    assert state == judge(custody, now, LIMITS, narrow=True)


def test_what_is_not_narrow_is_not_watched() -> None:
    """And wakes nobody."""
    state = judge(Custody(hours(14), hours(16)), hours(17), LIMITS, narrow=False)
    assert (False, None) == (state.holding, next_wake(state))


def test_time_alone_ends_it_at_the_moment_it_was_waiting_for() -> None:
    """However late that is settled, and once."""
    state = judge(Custody(hours(14), hours(16)), hours(17), LIMITS, narrow=True)
    assert hours(26) == next_wake(state)
    assert (state, None) == due(state, EpochMs(hours(26) - 1))
    over, at = due(state, hours(40))
    assert (hours(26), False, None) == (at, over.holding, next_wake(over))
    assert (over, None) == due(over, hours(41))


def test_while_a_box_is_out_time_ends_nothing() -> None:
    """There is nothing to wake for."""
    state = judge(Custody(hours(14)), hours(15), LIMITS, narrow=True)
    assert (None, (state, None)) == (next_wake(state), due(state, hours(99)))


def test_a_further_count_or_a_box_that_leaves_again_begins_anew() -> None:
    """The result is as narrow as before."""
    assert not judge(Custody(hours(14), hours(16)), hours(27), LIMITS, narrow=True).holding
    assert judge(Custody(hours(27), hours(16)), hours(27), LIMITS, narrow=True).holding
    assert judge(Custody(hours(14)), hours(27), LIMITS, narrow=True).holding
