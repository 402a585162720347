"""What holds of counts: brute force from all forms, and no order of arrival that matters."""

from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from streams.domain.counts import Roll, ballots_expected, impossibilities
from streams.domain.events import Source
from streams.domain.forms import Form, Ledger, add, form_that_stands, latest_forms
from streams.domain.sums import sum_checks
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.domain.totals import Entry, Totals, nothing_counted, replace
from streams.domain.words import Role
from streams.rules.detectors.contradiction import clashes, finals
from streams.rules.detectors.series import falls
from streams.rules.detectors.tally import (
    Custody,
    NarrowState,
    TallyLimits,
    due,
    is_narrow,
    judge,
    next_wake,
)
from tests.support.forms import form, ledger_of
from tests.support.histories import quick

CHOICES: Final = tuple(f"{number:02}" for number in (1, 2, 3))
DPTS: Final = (300, 250, 600, 90)
ROLL: Final = Roll(dpt=300, reserve=0.025, max_voters=600)
SOURCES: Final = (
    Source("kpps", Role.KPPS),
    Source("ppk", Role.PPK),
    Source("ptps", Role.PTPS),
    Source("s1", Role.SAKSI, camp="merah"),
    Source("s2", Role.SAKSI, camp="biru"),
    Source("w1", Role.WARGA),
)
INT64: Final = st.integers(-(1 << 63), (1 << 63) - 1)
NUMBERS: Final = st.integers(-2, 40) | st.sampled_from([310, 700, (1 << 63) - 1, -(1 << 63)])
MAYBE: Final = st.none() | NUMBERS
VOTES: Final = st.dictionaries(st.sampled_from(CHOICES), NUMBERS, min_size=1)


@st.composite
def one_form(draw: st.DrawFn) -> Form:
    """Make a form that may correct another one, and may be nonsense."""
    minute = draw(st.integers(0, 12))
    bare = form(draw(VOTES), minute, draw(st.sampled_from(SOURCES)), final=draw(st.booleans()))
    names = ("valid", "invalid", "received", "used", "spoiled", "unused", "dpt", "dptb", "dpk")
    numbers = {name: draw(MAYBE) for name in names}
    corrects = draw(st.sampled_from(["", "", "3", "6", "9"]))
    return changed(bare, id=str(minute % 10), offset="0:1", corrects=corrects, **numbers)


def distinct(forms: list[Form]) -> list[Form]:
    """Leave out forms that one journal can't have: two of one moment, id and sender."""
    return list({(one.at, one.id, one.source): one for one in forms}.values())


FORMS: Final = st.lists(one_form(), max_size=14).map(distinct)


# ── The ledger ───────────────────────────────────────────────────────────────────────────────────


@quick(150)
@given(FORMS.flatmap(lambda forms: st.tuples(st.just(forms), st.permutations(forms))))
def test_no_order_of_arrival_matters(orders: tuple[list[Form], list[Form]]) -> None:
    """The same ledger, and so the same word of each side, the same falls and clashes."""
    told, shuffled = orders
    ledger = ledger_of(*told)
    assert ledger == ledger_of(*shuffled, *told)
    assert ledger == msgspec.msgpack.decode(msgspec.msgpack.encode(ledger), type=Ledger)


@quick(150)
@given(FORMS)
def test_each_side_that_spoke_has_one_word(forms: list[Form]) -> None:
    """Whatever was corrected by whom; and one of them stands for the TPS."""
    ledger = ledger_of(*forms)
    latest = latest_forms(ledger)
    assert {one.side for one in forms} == {one.side for one in latest}
    assert len(latest) == len({one.side for one in latest})
    standing = form_that_stands(ledger)
    assert (standing in latest) if forms else standing is None
    if standing is not None and not standing.is_final:
        assert not any(one.is_final for one in latest)


@quick(150)
@given(FORMS)
def test_what_fell_is_what_somebody_would_see_who_read_all_forms(forms: list[Form]) -> None:
    """Where nothing is corrected: the last number of a choice against all before it."""
    plain = [changed(one, corrects="") for one in forms]
    expected: set[tuple[str, str, str]] = set()
    for side in {one.side for one in plain}:
        own = sorted(
            (one for one in plain if one.side == side),
            key=lambda one: (one.at, one.id, one.source),
        )
        for choice in CHOICES:
            numbers = [dict(one.votes)[choice] for one in own if choice in dict(one.votes)]
            if numbers and numbers[-1] < max(numbers):
                expected.add((side.of, side.camp, choice))
    found = falls(ledger_of(*plain))
    assert expected == {(f.latest.side.of, f.latest.side.camp, f.choice) for f in found}
    assert len(expected) == len(found)


@quick(150)
@given(FORMS)
def test_sides_clash_where_somebody_would_see_it(forms: list[Form]) -> None:
    """Exactly where two finals give a choice that both name different votes."""
    compared = finals(ledger_of(*forms))
    found = {(one.one.side, one.other.side) for one in clashes(compared)}
    for place, one in enumerate(compared):
        for other in compared[place + 1 :]:
            left, right = dict(one.votes), dict(other.votes)
            differs = any(left[key] != right[key] for key in left if key in right)
            assert differs == ((one.side, other.side) in found)


# ── Sums ─────────────────────────────────────────────────────────────────────────────────────────


@quick(200)
@given(st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 4))
def test_the_reserve_is_the_smallest_that_is_enough(dpt: int, digits: int, places: int) -> None:
    """One ballot fewer would be less than the share, by exact fractions."""
    written = Fraction(digits, 10**places)
    reserve = ballots_expected(dpt, float(f"{digits}e-{places}")) - dpt
    assert reserve - 1 < written * dpt <= reserve


@quick(200)
@given(INT64, INT64, st.booleans())
def test_a_sum_fails_beyond_its_tolerance_exactly(votes: int, valid: int, final: bool) -> None:  # noqa: FBT001  # Hypothesis gives it.
    """By exact fractions, over all of 64 bits; and what is shown can be saved."""
    check = sum_checks(changed(form({"01": votes}, final=final), valid=valid))[0]
    within = Fraction(0) if final else max(Fraction(3), Fraction(3, 100) * max(votes, valid))
    assert (abs(votes - valid) > within) == check.fails
    assert msgspec.msgpack.encode((check.computed, check.told, check.allowed))


@quick(200)
@given(one_form())
def test_what_cannot_be_is_told_by_its_numbers(one: Form) -> None:
    """Each number is beyond its bound, and a form without such a number is possible."""
    told = [one.valid, one.invalid, one.received, one.used, one.spoiled, one.unused]
    numbers = [n for n in (*told, one.dpt, one.dptb, one.dpk, *dict(one.votes).values()) if n]
    votes = sum(dict(one.votes).values())
    lists = [n for n in (one.dpt, one.dptb, one.dpk) if n is not None]
    told_cast = (one.used, sum(lists) if lists else None, one.valid, votes)
    cast = max(n for n in told_cast if n is not None)
    more = [n for n in (one.dptb, one.dpk) if n is not None]
    limit = min(300 + sum(more) if more else 308, 615)
    valid = max(votes, votes if one.valid is None else one.valid)
    too_many = one.received is not None and valid > one.received
    impossible = min(numbers, default=0) < 0 or too_many or cast > limit
    assert impossible == bool(impossibilities(one, ROLL))


# ── Totals ───────────────────────────────────────────────────────────────────────────────────────


ARRIVALS: Final = st.lists(st.tuples(st.integers(0, len(DPTS) - 1), one_form()), max_size=16)


def entry_of(ledger: Ledger, tps: int) -> Entry | None:
    """Return what stands for a TPS."""
    standing = form_that_stands(ledger)
    roll = changed(ROLL, dpt=DPTS[tps])
    return None if standing is None else Entry(standing, bool(impossibilities(standing, roll)))


def totals_of(arrivals: list[tuple[int, Form]]) -> Totals:
    """Take in forms one by one, each time exchanging what stands for its TPS."""
    totals, ledgers = nothing_counted(CHOICES, DPTS), [Ledger() for _ in DPTS]
    for tps, one in arrivals:
        before, ledgers[tps] = ledgers[tps], add(ledgers[tps], one)
        old, new = entry_of(before, tps), entry_of(ledgers[tps], tps)
        totals = replace(totals, DPTS[tps], old, new)
    return totals


def counted_anew(arrivals: list[tuple[int, Form]]) -> dict[str, int]:
    """Add up what stands in the end, with no arithmetic of ours."""
    total = dict.fromkeys((*CHOICES, "counted", "final", "held", "dpt", "dpt_held"), 0)
    for tps, dpt in enumerate(DPTS):
        entry = entry_of(ledger_of(*(one for at, one in arrivals if at == tps)), tps)
        if entry is None:
            continue
        total["held" if entry.held else "counted"] += 1
        total["dpt_held" if entry.held else "dpt"] += dpt
        if not entry.held:
            total["final"] += entry.form.is_final
            for choice, votes in entry.form.votes:
                total[choice] += min(votes, 10**9)
    return total


@quick(150)
@given(ARRIVALS)
def test_totals_are_those_of_counting_anew(arrivals: list[tuple[int, Form]]) -> None:
    """After any number of exchanges; what is not counted or held is missing."""
    found = totals_of(arrivals)
    expected = counted_anew(arrivals)
    assert expected == {
        **dict(found.votes),
        "counted": found.tps_counted,
        "final": found.tps_final,
        "held": found.tps_held,
        "dpt": found.dpt_counted,
        "dpt_held": found.dpt_held,
    }
    assert len(DPTS) == found.tps_counted + found.tps_held + found.tps_missing
    assert sum(DPTS) == found.dpt_counted + found.dpt_held + found.dpt_missing
    assert found == msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Totals)


def apart(arrivals: list[tuple[int, Form]]) -> list[tuple[int, Form]]:
    """Leave out what one journal can't have, TPS by TPS."""
    return list({(tps, one.at, one.id, one.source): (tps, one) for tps, one in arrivals}.values())


SHUFFLED: Final = ARRIVALS.map(apart).flatmap(
    lambda arrivals: st.tuples(st.just(arrivals), st.permutations(arrivals))
)


@quick(150)
@given(SHUFFLED)
def test_totals_do_not_depend_on_the_order_of_arrival(
    orders: tuple[list[tuple[int, Form]], list[tuple[int, Form]]],
) -> None:
    """Corrections before what they correct, final forms before provisional ones."""
    assert totals_of(orders[0]) == totals_of(orders[1])
    narrow = [is_narrow(totals_of(order), TallyLimits()) for order in orders]
    assert narrow[0] == narrow[1]


FACTS: Final = st.lists(
    st.tuples(st.integers(0, 5), st.booleans(), st.none() | st.integers(0, 40), st.booleans()),
    max_size=25,
)
"""Hours that pass; whether it is narrow; when the last box came in; whether somebody counted."""


@quick(150)
@given(FACTS)
def test_a_narrow_result_begins_and_ends_in_turns(
    facts: list[tuple[int, bool, int | None, bool]],
) -> None:
    """By facts or by time; and what time ends, it ends when it was said that it would."""
    state, now, counted_at = NarrowState(), EpochMs(0), EpochMs(0)
    limits, told = TallyLimits(), list[str]()
    for passed, narrow, boxes_hour, counts in facts:
        wake, now = next_wake(state), EpochMs(now + passed * HOUR_MS)
        state, ended_at = due(state, now)
        assert ended_at == (wake if wake is not None and wake <= now else None)
        told += ["ends"] if ended_at is not None else []
        counted_at = now if counts else counted_at
        boxes_in_at = NEVER if boxes_hour is None else EpochMs(boxes_hour * HOUR_MS)
        after = judge(Custody(counted_at, boxes_in_at), now, limits, narrow=narrow)
        told += ["begins"] if after.holding and not state.holding else []
        told += ["ends"] if state.holding and not after.holding else []
        state = after
        boxes_in = boxes_in_at <= now and boxes_hour is not None
        over = boxes_in and now >= counted_at + 12 * HOUR_MS
        assert state.holding == (narrow and not over)
    assert all(one != other for one, other in pairwise(told))
    assert told[:1] in ([], ["begins"])
