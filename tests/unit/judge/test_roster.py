"""Pairs of officers, worked out from the plan."""

from typing import Final

import pytest

from streams.domain.ids import Scope
from streams.judge.roster import most_vulnerable, pairs_by_scope, scope_of
from tests.support.world import KR, SR, R, plan

PAIRS: Final = {
    "pair:17.02/P01": (2, "kurang_rawan", "17.02.09"),
    "pair:17.02/P02": (2, "rawan", "17.02"),
    "pair:17.02/P03": (1, "sangat_rawan", "17.02.09.1001"),
    "pair:17.02/P04": (1, "khusus", "17.02.09.1001"),
    "pair:17.03/P01": (1, "kurang_rawan", "17.03.02.2001"),
}
"""By scope: number of TPS, class, narrowest common area."""


@pytest.mark.parametrize("scope", PAIRS)
def test_a_pair_is_as_vulnerable_as_its_most_vulnerable_tps(scope: str) -> None:
    """And lies in the narrowest area that has all of them; one name in two kabupaten is two."""
    pair = pairs_by_scope(plan())[Scope(scope)]
    assert PAIRS[scope] == (len(pair.tps), pair.tps_class, pair.place)


def test_every_pair_of_the_plan_is_there() -> None:
    """And nothing else."""
    assert set(PAIRS) == set(pairs_by_scope(plan()))


def test_without_a_tps_nobody_is_vulnerable() -> None:
    """Contract §1: else `kurang_rawan`."""
    tps = plan().tps
    assert "kurang_rawan" == most_vulnerable(())
    assert "sangat_rawan" == most_vulnerable((tps[KR], tps[SR], tps[R]))


def test_a_scope_without_a_code_names_its_kabupaten() -> None:
    """Whatever place of it is given."""
    assert "officer:17.02/A1" == scope_of(KR, "officer", "A1")
