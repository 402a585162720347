"""What holds of outliers: all shares looked at, after any number of changes."""

from math import sqrt
from statistics import fmean, median
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode
from streams.rules.detectors import outlier
from tests.support.histories import quick

SHARES: Final = st.tuples(st.integers(0, 64), st.sampled_from((1, 50, 10**6))).map(
    lambda drawn: outlier.Share(drawn[0] / 64, drawn[1])
)
CHANGES: Final = st.lists(st.tuples(st.integers(1, 40), st.none() | SHARES), max_size=80)


@quick(150)
@given(CHANGES)
def test_outliers_are_those_of_looking_at_all_shares(
    changes: list[tuple[int, outlier.Share | None]],
) -> None:
    """Median and MAD as a library has them, one TPS after the other."""
    family, shares = outlier.Siblings(), dict[AreaCode, outlier.Share | None]()
    for number, share in changes:
        tps = AreaCode(f"17.02.09.1001-{number:03}")
        family = outlier.replace(family, tps, shares.get(tps), share)
        shares[tps] = share
    told = {tps: share for tps, share in shares.items() if share is not None}
    values = [share.of_one for share in told.values()]
    assert sorted((one.of_one, tps, one.ballots) for tps, one in told.items()) == [*family.ranked]
    limits = outlier.OutlierLimits(siblings_min=5)
    found = {one.tps: one.z for one in outlier.outliers(family, limits)}
    if len(told) < 5:
        assert {} == found
        return
    middle = median(values)
    mad = median(abs(value - middle) for value in values)
    spread = mad / 0.6745 or 1.253314 * fmean(abs(value - middle) for value in values)
    far: dict[AreaCode, float] = {}
    for tps, one in told.items() if spread else ():
        error = sqrt(middle * (1 - middle) / one.ballots)
        z = (one.of_one - middle) / max(spread, error)
        if z > 4 and one.of_one > 0.1:
            far[tps] = z
    assert {tps: pytest.approx(z) for tps, z in far.items()} == found
