"""Sums of a form: exact, and silent about what is not told."""

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.forms import Form
from streams.domain.sums import SumName, Tolerance, sum_checks
from tests.support.forms import ballots, form, voters

INT64 = (1 << 63) - 1


def told(valid: int | None = None, invalid: int | None = None, *, final: bool = True) -> Form:
    """Return a form of 120 and 98 votes that tells of valid and invalid ones."""
    return replace(form({"01": 120, "02": 98}, final=final), valid=valid, invalid=invalid)


def failing(of: Form) -> list[SumName]:
    """Name the sums that do not agree."""
    return [check.name for check in sum_checks(of) if check.fails]


def test_a_form_that_agrees_fails_nothing() -> None:
    """All four sums are looked at, in a fixed order."""
    full = voters(ballots(told(218, 5), 246, 223, 1, 22), 220, 2, 1)
    checks = sum_checks(full)
    assert [*SumName] == [check.name for check in checks]
    assert [(218, 218), (223, 223), (223, 223), (246, 246)] == [
        (check.computed, check.told) for check in checks
    ]
    assert [] == failing(full)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"valid": 219}, [SumName.VOTES, SumName.USED]),
        ({"invalid": 4}, [SumName.USED]),
        ({"used": 224}, [SumName.USED, SumName.VOTERS, SumName.RECEIVED]),
        ({"dpk": 0}, [SumName.VOTERS]),
        ({"dptb": 3}, [SumName.VOTERS]),
        ({"spoiled": 0}, [SumName.RECEIVED]),
        ({"unused": 23}, [SumName.RECEIVED]),
        ({"received": 247}, [SumName.RECEIVED]),
    ],
)
def test_one_wrong_number_fails_the_sums_that_it_stands_in(
    wrong: dict[str, int], names: list[SumName]
) -> None:
    """A final form has no tolerance."""
    full = voters(ballots(told(218, 5), 246, 223, 1, 22), 220, 2, 1)
    assert names == failing(replace(full, **wrong))


@pytest.mark.parametrize(
    "missing", ["valid", "invalid", "received", "used", "spoiled", "unused", "dpt", "dptb", "dpk"]
)
def test_a_sum_with_a_term_that_is_not_told_is_not_looked_at(missing: str) -> None:
    """It is not taken as 0: every other number is wrong here, and nothing of it is said."""
    wrong = voters(ballots(told(1, 1), 9, 9, 9, 9), 1, 1, 1)
    names = {
        "valid": {SumName.VOTES, SumName.USED},
        "invalid": {SumName.USED},
        "received": {SumName.RECEIVED},
        "used": {SumName.USED, SumName.VOTERS, SumName.RECEIVED},
        "spoiled": {SumName.RECEIVED},
        "unused": {SumName.RECEIVED},
        "dpt": {SumName.VOTERS},
        "dptb": {SumName.VOTERS},
        "dpk": {SumName.VOTERS},
    }
    looked_at = {check.name for check in sum_checks(replace(wrong, **{missing: None}))}
    assert set(SumName) - names[missing] == looked_at


def test_votes_alone_agree_with_nothing_else() -> None:
    """Nothing is compared with what nobody said."""
    assert () == sum_checks(told())


@pytest.mark.parametrize(
    ("valid", "allowed", "fails"),
    [(218, 6, False), (224, 6, False), (212, 6, False), (211, 6, True), (225, 6, True)],
)
def test_a_provisional_form_may_be_off_by_three_per_cent_of_the_larger_side(
    valid: int, allowed: int, *, fails: bool
) -> None:
    """3 % of 218 is 6.54, so 6 is within and 7 is not; a final one must agree."""
    check = sum_checks(told(valid, final=False))[0]
    assert (allowed, fails) == (check.allowed, check.fails)
    assert (0, valid != 218) == (
        sum_checks(told(valid))[0].allowed,
        sum_checks(told(valid))[0].fails,
    )


@pytest.mark.parametrize(("valid", "fails"), [(13, False), (14, True), (7, False), (6, True)])
def test_a_small_provisional_form_may_be_off_by_three(valid: int, *, fails: bool) -> None:
    """3 % of ten votes would be none."""
    small = replace(form({"01": 6, "02": 4}, final=False), valid=valid)
    assert fails == sum_checks(small)[0].fails


def test_three_per_cent_are_exact_to_the_vote() -> None:
    """300 of 10,000 are within, 301 are not; and 5 % may be asked for."""
    provisional = form({"01": 10_000}, final=False)
    off = [sum_checks(replace(provisional, valid=10_000 - by))[0].fails for by in (300, 301)]
    assert [False, True] == off
    wider = sum_checks(replace(provisional, valid=9_500), Tolerance(3, 50))[0]
    assert (500, False) == (wider.allowed, wider.fails)


def test_the_formula_stands_as_one_would_write_it() -> None:
    """With the word that stands on the form; and never a word about why."""
    formulas = [check.formula for check in sum_checks(replace(told(219, 5), used=224))]
    assert [
        Text("suara 120 + 98 = 218, sah 219", "votes 120 + 98 = 218, valid 219"),
        Text("sah 219 + tidak sah 5 = 224, digunakan 224", "valid 219 + invalid 5 = 224, used 224"),
    ] == formulas
    received = sum_checks(ballots(told(), 300, 200, -1, 99))[0].formula
    assert "digunakan 200 + rusak (-1) + tidak digunakan 99 = 298, diterima 300" == received.id


def test_a_long_sum_is_not_spelled_out() -> None:
    """A pemilu has hundreds of choices."""
    many = replace(form({f"{number:02}": 1 for number in range(24)}), valid=24)
    assert Text("suara: Σ 24 angka = 24, sah 24", "votes: Σ 24 numbers = 24, valid 24") == (
        sum_checks(many)[0].formula
    )


def test_the_largest_numbers_are_added_exactly() -> None:
    """And what is shown of them can be saved."""
    huge = replace(form({"01": INT64, "02": INT64}), valid=INT64)
    check = sum_checks(huge)[0]
    assert (INT64, True) == (check.computed, check.fails)
    assert f"suara {INT64} + {INT64} = {2 * INT64}, sah {INT64}" == check.formula.id
    assert msgspec.msgpack.encode((check.computed, check.allowed))
    near = replace(form({"01": INT64, "02": -1}), valid=INT64)
    assert sum_checks(near)[0].fails
