"""The detector `outlier`: who lies far above its siblings."""

from itertools import pairwise

import pytest
from msgspec.structs import replace as changed

from streams.domain.ids import AreaCode
from streams.rules.detectors.outlier import (
    Outlier,
    OutlierLimits,
    Share,
    Siblings,
    Spread,
    invalid_share,
    outliers,
    replace,
    spread_of,
)
from tests.support.forms import form

LIMITS = OutlierLimits()


def tps(number: int) -> AreaCode:
    """Return the code of a TPS."""
    return AreaCode(f"17.02.09.1001-{number:03}")


def many(share: float) -> Share:
    """Return a share of so many ballots that chance does nothing to it."""
    return Share(share, 10**9)


def siblings(*shares: float) -> Siblings:
    """Return the shares of TPS 1, 2 and so on."""
    family = Siblings()
    for number, share in enumerate(shares, 1):
        family = replace(family, tps(number), None, many(share))
    return family


def around(*others: float) -> Siblings:
    """Return twenty shares about 5 %, and others."""
    return siblings(*(0.04 + number / 1000 for number in range(20)), *others)


@pytest.mark.parametrize(
    ("valid", "invalid", "share"),
    [
        (90, 10, Share(0.1, 100)),
        (None, 10, Share(0.1, 100)),
        (0, 5, Share(1.0, 5)),
        (90, 0, Share(0.0, 90)),
        (90, None, None),
        (0, 0, None),
        (-90, 100, None),
        (90, -1, None),
    ],
)
def test_a_share_is_that_of_invalid_ballots_among_all(
    valid: int | None, invalid: int | None, share: Share | None
) -> None:
    """None where it is not told, or cannot be one."""
    votes = form({"01": 60, "02": 30})
    assert share == invalid_share(changed(votes, valid=valid, invalid=invalid))


@pytest.mark.parametrize(
    ("shares", "median", "mad"),
    [
        ((0.1,), 0.1, 0.0),
        ((0.25, 0.75), 0.5, 0.25),
        ((0.0, 0.25, 1.0), 0.25, 0.25),
        ((0.0, 0.25, 0.5, 1.0), 0.375, 0.25),
        ((0.0, 0.0, 0.5, 0.5, 1.0), 0.5, 0.5),
    ],
)
def test_the_middle_and_the_spread_are_medians(
    shares: tuple[float, ...], median: float, mad: float
) -> None:
    """Of an even number, halfway between the two in the middle."""
    found = spread_of(siblings(*shares))
    assert (median, mad / 0.6745) == (found.median, found.scale)


def test_where_most_are_equal_the_mean_stands_for_the_median() -> None:
    """18 without an invalid ballot, two with many: MAD is 0, the mean deviation is not."""
    family = siblings(*[0.0] * 18, 0.25, 0.75)
    assert Spread(0.0, 0.05 * 1.253314, by_mean=True) == spread_of(family)
    assert [tps(20)] == [one.tps for one in outliers(family, changed(LIMITS, z=4.0))]


def test_where_all_are_equal_nobody_lies_apart() -> None:
    """However high they all are."""
    family = siblings(*[0.5] * 25)
    assert Spread(0.5, 0.0, by_mean=True) == spread_of(family)
    assert () == outliers(family, LIMITS)


def test_one_far_above_the_others_is_found() -> None:
    """With its share and its z."""
    found = outliers(around(0.4), LIMITS)
    assert [(tps(21), 0.4)] == [(one.tps, one.share) for one in found]
    # 21 shares, 0.040 to 0.059 and 0.4: the median is 0.050 and MAD 0.005.
    assert pytest.approx(0.6745 * 0.35 / 0.005) == found[0].z


def test_it_must_be_high_in_itself() -> None:
    """9 % is far above siblings at 0.5 %, and is no more than careless; 10 % is not above 10 %."""
    low = (number / 10_000 for number in range(20))
    assert () == outliers(siblings(*low, 0.09, 0.1), LIMITS)
    low = (number / 10_000 for number in range(20))
    assert 1 == len(outliers(siblings(*low, 0.09, 0.101), LIMITS))


def test_it_must_lie_above_the_others_not_below() -> None:
    """A TPS without an invalid ballot among careless ones is none."""
    high = (0.4 + number / 1000 for number in range(20))
    assert () == outliers(siblings(*high, 0.0), LIMITS)


def test_z_must_be_above_the_limit() -> None:
    """At the limit it is not, a hair above it is."""
    family = siblings(*(number / 64 for number in range(21)))
    spread = spread_of(family)
    top = 20 / 64
    z = (top - spread.median) / spread.scale
    at, below = changed(LIMITS, z=z), changed(LIMITS, z=z - 1e-9)
    assert [[], [Outlier(tps(21), top, z)]] == [
        [one for one in outliers(family, limits) if one.share == top] for limits in (at, below)
    ]


@pytest.mark.parametrize(("count", "found"), [(18, 0), (19, 1)])
def test_there_must_be_enough_siblings(count: int, found: int) -> None:
    """Twenty, its own among them."""
    family = siblings(*(0.04 + number / 1000 for number in range(count)), 0.9)
    assert found == len(outliers(family, LIMITS))


def test_nobody_is_judged_without_siblings() -> None:
    """An empty kecamatan has no outliers."""
    assert () == outliers(Siblings(), changed(LIMITS, siblings_min=0))


def test_outliers_stand_by_code() -> None:
    """Whatever their shares."""
    found = outliers(around(0.9, 0.4, 0.6), LIMITS)
    assert [tps(21), tps(22), tps(23)] == [one.tps for one in found]


def test_a_share_takes_the_place_of_the_old_one() -> None:
    """As if it had been the only one; also among equals."""
    family = siblings(0.1, 0.1, 0.3)
    assert siblings(0.1, 0.2, 0.3) == replace(family, tps(2), many(0.1), many(0.2))
    assert siblings(0.1, 0.1) == replace(family, tps(3), many(0.3), None)
    assert all(
        one <= other
        for one, other in pairwise(replace(family, tps(1), many(0.1), many(0.9)).ranked)
    )


def test_an_old_share_that_was_never_put_is_a_mistake_of_ours() -> None:
    """Else a TPS would be counted twice."""
    with pytest.raises(AssertionError):
        replace(siblings(0.1), tps(1), many(0.2), many(0.3))
    with pytest.raises(AssertionError):
        replace(siblings(0.1), tps(1), Share(0.1, 5), None)


def test_a_share_is_known_with_its_ballots() -> None:
    """The same share of more ballots is another one."""
    family = replace(siblings(0.1, 0.1), tps(2), many(0.1), Share(0.1, 20))
    assert [many(0.1), Share(0.1, 20), None] == [family.of(tps(number)) for number in (1, 2, 3)]


@pytest.mark.parametrize(("ballots", "found"), [(200, []), (600, [21])])
def test_no_spread_is_smaller_than_what_chance_does(ballots: int, found: list[int]) -> None:
    """13 % of 200 ballots where 6 % are invalid is 3.94 standard errors; of 600 it is more."""
    family = siblings(*(0.058 + number / 5000 for number in range(20)))
    family = replace(family, tps(21), None, Share(0.126, ballots))
    assert pytest.approx(0.06) == spread_of(family).median
    assert [tps(number) for number in found] == [one.tps for one in outliers(family, LIMITS)]
