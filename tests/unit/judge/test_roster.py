"""Pairs of officers, worked out from the plan."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode, Scope
from streams.judge.posts import post_of
from streams.judge.roster import (
    common_area,
    most_vulnerable,
    on_duty_by_post,
    pairs_by_scope,
    scope_of,
)
from streams.territory.plan import Plan
from tests.support.world import DESA, KABUPATEN, KR, KR2, R2, SR, UNKNOWN, R, plan

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


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        ((KR,), DESA),
        ((KR, R), DESA),
        ((DESA, KR), DESA),
        ((KR, KR2), "17.02.09"),
        ((KR, R2), "17.02"),
        ((R2, KR, KR2), "17.02"),
    ],
)
def test_the_area_of_several_places_is_the_narrowest_that_has_them_all(
    codes: tuple[AreaCode, ...], area: str
) -> None:
    """A desa, a kecamatan or the kabupaten, in whatever order they are named."""
    assert area == common_area(codes)
    assert area == common_area(codes[::-1])


def roster(**posts: tuple[str, str]) -> Plan:
    """Return the plan with these officers of the kabupaten alone: pair and desa of each."""
    some = plan().officers[KABUPATEN, "A1"]
    return replace(
        plan(),
        officers={
            (KABUPATEN, name): replace(some, officer=name, pair=pair, desa=AreaCode(desa))
            for name, (pair, desa) in posts.items()
        },
    )


def test_an_officer_is_on_duty_for_his_pair_else_for_his_desa() -> None:
    """Who has neither, or one that no TPS has, is on duty for no post of the roster."""
    found = on_duty_by_post(
        roster(a=("P01", ""), b=("P01", DESA), c=("", DESA), d=("P99", DESA), e=("P99", ""))
    )
    assert {("pair", KABUPATEN, "P01"): ("a", "b"), ("desa", DESA, ""): ("c", "d")} == found


def test_pairs_of_one_name_in_two_kabupaten_have_their_own_officers() -> None:
    """As their TPS are others."""
    found = on_duty_by_post(plan())
    assert (("A1", "A2"), ("F1",)) == (
        found["pair", KABUPATEN, "P01"],
        found["pair", AreaCode("17.03"), "P01"],
    )


POSTS: Final = {
    "a": (("P01", ""), (KR, KR2), "kurang_rawan", "17.02.09"),
    "b": (("P01", DESA), (KR, KR2), "kurang_rawan", "17.02.09"),
    "c": (("", DESA), (KR, R, SR), "sangat_rawan", DESA),
    "d": (("", ""), (R2,), "rawan", "17.02.11.2001"),
}
"""By officer: pair and desa, some of his TPS, their class, and the area."""


@pytest.mark.parametrize("officer", POSTS)
def test_a_post_is_that_of_the_roster_else_where_he_was_seen(officer: str) -> None:
    """Who has checked in at `R2` stands there only where the roster says nothing."""
    own, some, tps_class, area = POSTS[officer]
    post = post_of(roster(**{officer: own}), KABUPATEN, officer, (R2,))
    assert (tps_class, area) == (post.tps_class, post.place)
    assert {*some} <= {tps.code for tps in post.tps}
    assert (R2 in some) is (R2 in {tps.code for tps in post.tps})


def test_who_was_never_seen_and_is_in_no_roster_stands_nowhere() -> None:
    """And somebody who was seen at a TPS that the plan does not have, there."""
    nowhere = post_of(plan(), KABUPATEN, "zz", ())
    unknown = post_of(plan(), KABUPATEN, "zz", (UNKNOWN,))
    assert ((), "kurang_rawan", KABUPATEN) == (nowhere.tps, nowhere.tps_class, nowhere.place)
    assert ([UNKNOWN], DESA) == ([tps.code for tps in unknown.tps], unknown.place)
