"""The arithmetic of counts: exact, and silent about what is not told."""

from decimal import ROUND_CEILING, Decimal

import pytest
from msgspec.structs import replace

from streams.domain.counts import (
    ballots_expected,
    ballots_reserve,
    cast_votes,
    permille_of,
    valid_votes,
)
from streams.domain.forms import Form
from tests.support.forms import form, voters

INT64 = (1 << 63) - 1


def told(valid: int | None = None, invalid: int | None = None, *, final: bool = True) -> Form:
    """Return a form of 120 and 98 votes that tells of valid and invalid ones."""
    return replace(form({"01": 120, "02": 98}, final=final), valid=valid, invalid=invalid)


@pytest.mark.parametrize(
    ("dpt", "reserve", "expected"),
    [
        (600, 0.025, 615),
        (601, 0.025, 617),
        (591, 0.025, 606),
        (200, 0.025, 205),
        (300, 0.02, 306),
        (290, 0.1, 319),
        (1, 0.025, 2),
        (0, 0.025, 0),
        (412, 0.0, 412),
        (700, 0.07, 749),
        (3, 1e-05, 4),
    ],
)
def test_the_reserve_is_rounded_up_from_the_decimal_that_was_written(
    dpt: int, reserve: float, expected: int
) -> None:
    """No error of binary fractions adds a ballot: 0.07 × 700 is 49."""
    assert expected == ballots_expected(dpt, reserve)
    assert expected - dpt == ballots_reserve(dpt, reserve)
    exact = (Decimal(str(reserve)) * dpt).to_integral_value(ROUND_CEILING)
    assert expected - dpt == exact


@pytest.mark.parametrize(
    ("number", "permille", "share"), [(0, 30, 0), (99, 10, 0), (100, 10, 1), (INT64, 1000, INT64)]
)
def test_a_share_is_a_whole_number(number: int, permille: int, share: int) -> None:
    """Rounded down, and exact however large."""
    assert share == permille_of(number, permille)


def test_votes_are_what_the_form_says_is_valid() -> None:
    """Else what its votes add up to."""
    assert (218, 210) == (valid_votes(told()), valid_votes(told(valid=210)))


def test_who_has_voted_is_the_largest_of_all_words() -> None:
    """Of ballots used, voters told and votes: nobody votes without having come."""
    bare = form({"01": 1})
    used = replace(bare, used=215)
    cast = [cast_votes(one) for one in (bare, used, voters(used, 210, 7), voters(bare, 210))]
    assert [1, 215, 217, 210] == cast
    assert [300, 218] == [cast_votes(told(valid=300)), cast_votes(replace(told(), used=7))]
