"""What cannot be in a form, and where exactly that begins."""

import pytest
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.counts import Limit, Roll, impossibilities
from streams.domain.forms import Form
from tests.support.forms import ballots, form, voters

INT64 = (1 << 63) - 1
ROLL = Roll(dpt=600, reserve=0.025, max_voters=600)


def told(valid: int | None = None, invalid: int | None = None, *, final: bool = True) -> Form:
    """Return a form of 120 and 98 votes that tells of valid and invalid ones."""
    return replace(form({"01": 120, "02": 98}, final=final), valid=valid, invalid=invalid)


def found(of: Form, roll: Roll = ROLL) -> list[tuple[Limit, int, int]]:
    """Return what cannot be, with its number and bound."""
    return [(one.limit, one.number, one.bound) for one in impossibilities(of, roll)]


def test_an_ordinary_form_is_possible() -> None:
    """Every bound may be reached."""
    full = voters(ballots(told(218, 397), 615, 615, 0, 0), 600, 10, 5)
    assert [] == found(full)
    assert [] == found(told())


@pytest.mark.parametrize(
    "name", ["valid", "invalid", "received", "used", "spoiled", "unused", "dpt", "dptb", "dpk"]
)
def test_nothing_is_below_nought(name: str) -> None:
    """Whichever number it is; 0 is a number of ballots."""
    full = voters(ballots(told(0, 0), 615, 0, 0, 0), 0, 0, 0)
    assert (Limit.ZERO, -1, 0) in found(replace(full, **{name: -1}))
    assert [] == found(replace(full, **{name: 615 if name == "received" else 0}))


def test_votes_of_a_choice_are_not_below_nought() -> None:
    """And the text names no choice."""
    wrong = impossibilities(form({"01": -5, "02": 3}), ROLL)
    expected = Text("suara satu pilihan -5 < 0", "votes of one choice -5 < 0")
    assert [expected] == [one.formula for one in wrong]


@pytest.mark.parametrize(
    ("valid", "received", "expected"),
    [
        (None, 218, []),
        (None, 217, [(Limit.RECEIVED, 218, 217)]),
        (219, 218, [(Limit.RECEIVED, 219, 218)]),
        (100, 217, [(Limit.RECEIVED, 218, 217)]),
        (219, None, []),
    ],
)
def test_there_are_no_more_valid_votes_than_ballots(
    valid: int | None, received: int | None, expected: list[tuple[Limit, int, int]]
) -> None:
    """The larger of what is said and what adds up; nothing where no ballots are told."""
    assert expected == found(replace(told(valid), received=received))


@pytest.mark.parametrize(
    ("dptb", "dpk", "used", "bound"),
    [
        (None, None, 411, 410),
        (0, 0, 401, 400),
        (4, None, 405, 404),
        (None, 3, 404, 403),
        (4, 3, 408, 407),
    ],
)
def test_nobody_votes_who_is_on_no_list(
    dptb: int | None, dpk: int | None, used: int, bound: int
) -> None:
    """The DPT with those who were added; the reserve stands for them where neither is told."""
    roll = replace(ROLL, dpt=400)
    full = replace(told(), used=used, dptb=dptb, dpk=dpk)
    assert [(Limit.DPT, used, bound)] == found(full, roll)
    assert [] == found(replace(full, used=bound), roll)


def test_voters_that_are_told_count_like_ballots_used() -> None:
    """The larger of the two is judged."""
    full = voters(replace(told(), used=400), 401, 1, 0)
    assert [(Limit.DPT, 402, 401)] == found(full, replace(ROLL, dpt=400))


def test_no_tps_has_more_voters_than_any_may_have() -> None:
    """With the reserve; whatever lists it tells, and also where the plan does not know it."""
    crowd = voters(told(), 600, 15, 1)
    assert [(Limit.MAX_VOTERS, 616, 615)] == found(crowd)
    assert [(Limit.MAX_VOTERS, 616, 615)] == found(crowd, replace(ROLL, dpt=None))
    assert [] == found(voters(told(), 600, 15, 0), replace(ROLL, dpt=None))


def test_the_texts_show_the_arithmetic() -> None:
    """Numbers and where they come from, no more."""
    wrong = replace(told(), received=200, used=700)
    assert [
        "sah 218 > diterima 200",
        "pengguna 700 > DPT 600 + cadangan 15 = 615",
        "pengguna 700 > batas 600 + cadangan 15 = 615",
    ] == [one.formula.id for one in impossibilities(wrong, ROLL)]
    lists = impossibilities(replace(told(), used=610, dpk=4), ROLL)
    assert [
        Text(
            "pengguna 610 > DPT 600 + DPTb 0 + DPK 4 = 604",
            "voters 610 > DPT 600 + DPTb 0 + DPK 4 = 604",
        )
    ] == [one.formula for one in lists]


def test_a_misread_form_is_impossible() -> None:
    """Sirekap once showed 3,514,615 votes of one TPS; of 300 voters, with 306 ballots."""
    misread = replace(form({"01": 3_514_615, "02": 98}), received=306, used=223)
    roll = Roll(dpt=300, reserve=0.02, max_voters=300)
    assert [
        (Limit.RECEIVED, 3_514_713, 306),
        (Limit.DPT, 3_514_713, 306),
        (Limit.MAX_VOTERS, 3_514_713, 306),
    ] == found(misread, roll)
    bare = form({"01": 3_514_615, "02": 98})
    assert [Limit.DPT, Limit.MAX_VOTERS] == [limit for limit, _, _ in found(bare, roll)]


def test_the_largest_numbers_are_judged_exactly() -> None:
    """One more than the bound is beyond it at 2⁶³, where a binary fraction would not see it."""
    huge = replace(form({"01": INT64}), received=INT64 - 1)
    assert (Limit.RECEIVED, INT64, INT64 - 1) == found(huge)[0]
    both = voters(form({"01": 1}), INT64, INT64, INT64)
    assert [(Limit.DPT, INT64, INT64), (Limit.MAX_VOTERS, INT64, 615)] == found(both)
