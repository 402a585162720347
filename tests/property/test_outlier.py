"""What holds of outliers: all shares looked at, after any number of changes."""

from statistics import fmean, median
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode
from streams.rules.detectors import outlier
from tests.support.histories import quick

SHARES: Final = st.integers(0, 64).map(lambda parts: parts / 64)
CHANGES: Final = st.lists(st.tuples(st.integers(1, 40), st.none() | SHARES), max_size=80)


@quick(150)
@given(CHANGES)
def test_outliers_are_those_of_looking_at_all_shares(
    changes: list[tuple[int, float | None]],
) -> None:
    """Median and MAD as a library has them, one TPS after the other."""
    family, shares = outlier.Siblings(), dict[AreaCode, float | None]()
    for number, share in changes:
        tps = AreaCode(f"17.02.09.1001-{number:03}")
        family = outlier.replace(family, tps, shares.get(tps), share)
        shares[tps] = share
    told = {tps: share for tps, share in shares.items() if share is not None}
    assert sorted((share, tps) for tps, share in told.items()) == list(family.ranked)
    limits = outlier.OutlierLimits(siblings_min=5)
    found = {one.tps: one.z for one in outlier.outliers(family, limits)}
    if len(told) < 5:
        assert {} == found
        return
    middle = median(told.values())
    mad = median(abs(share - middle) for share in told.values())
    scale = mad / 0.6745 or 1.253314 * fmean(abs(share - middle) for share in told.values())
    z_of = {tps: (share - middle) / scale if scale else 0.0 for tps, share in told.items()}
    far = {tps for tps, z in z_of.items() if z > 4 and shares[tps] not in {None, 0.1}}
    assert {tps for tps in far if told[tps] > 0.1} == set(found)
    assert {tps: pytest.approx(z_of[tps]) for tps in found} == found
