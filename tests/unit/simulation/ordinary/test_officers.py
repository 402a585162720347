"""Officers: all of them, until the last box is in, by the order of the day."""

from collections import defaultdict
from itertools import pairwise
from statistics import mean

import pytest

from streams.domain.events import StatusKind
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, Role, TpsClass
from streams.simulation.ordinary import rates
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import plan_of, statuses

KIND = ElectionKind.PILKADA
PLAN = plan_of(KIND)


@pytest.fixture(scope="module")
def checked_in() -> dict[str, list[EpochMs]]:
    """Return the times at which each officer has checked in, in order."""
    found: dict[str, set[EpochMs]] = defaultdict(set)
    for post, one in statuses(KIND):
        if one.kind is StatusKind.CHECKIN:
            assert isinstance(one.officer, str)
            found[one.officer].add(post.at)
    return {officer: sorted(times) for officer, times in found.items()}


def test_everybody_who_watches_a_tps_checks_in(checked_in: dict[str, list[EpochMs]]) -> None:
    """Both of each pair, and who has a desa."""
    assert {one.officer for one in PLAN.officers.values()} == checked_in.keys()


def test_they_go_on_until_the_boxes_of_their_tps_are_in(
    checked_in: dict[str, list[EpochMs]],
) -> None:
    """The last word of a pair comes at most two pauses before."""
    in_at: dict[str, EpochMs] = {}
    for post, one in statuses(KIND):
        if one.kind is StatusKind.BOX_ARRIVED and isinstance(one.tps, str):
            in_at[one.tps] = post.at
    for officer in PLAN.officers.values():
        if officer.pair:
            codes = PLAN.pairs[officer.kabupaten, officer.pair]
            ends = max(in_at[code] for code in codes)
            last = checked_in[officer.officer][-1]
            assert ends - 130 * MINUTE_MS < last < ends + 2 * MINUTE_MS


@pytest.mark.parametrize("tps_class", [TpsClass.KURANG_RAWAN, TpsClass.SANGAT_RAWAN])
def test_the_more_vulnerable_the_oftener(
    checked_in: dict[str, list[EpochMs]], tps_class: TpsClass
) -> None:
    """On average as the order of the day says, and a little less as some are forgotten."""
    pauses: list[float] = []
    for officer in PLAN.officers.values():
        codes = PLAN.pairs.get((officer.kabupaten, officer.pair), ())
        if {tps_class} == {PLAN.tps[code].tps_class for code in codes}:
            times = checked_in[officer.officer]
            pauses += [(b - a) / MINUTE_MS for a, b in pairwise(times)]
    every = rates.CHECKIN_EVERY_MINUTES[tps_class]
    assert 0.97 * every < mean(pauses) < 1.1 * every


def test_half_of_a_pairs_check_ins_name_one_of_its_tps() -> None:
    """And never another one."""
    named = 0
    total = 0
    for _, one in statuses(KIND):
        if one.kind is StatusKind.CHECKIN and one.source.role is Role.PAM_TPS:
            assert isinstance(one.officer, str)
            total += 1
            if isinstance(one.tps, str):
                officer = PLAN.officers[kabupaten_of(one.tps), one.officer]
                assert one.tps in PLAN.pairs[officer.kabupaten, officer.pair]
                named += 1
    assert 0.45 < named / total < 0.56


def test_on_an_ordinary_day_nobody_is_missed(checked_in: dict[str, list[EpochMs]]) -> None:
    """No two words of one are further apart than three quarters of the limit of his class."""
    for officer in PLAN.officers.values():
        codes = (
            PLAN.pairs.get((officer.kabupaten, officer.pair), ())
            or PLAN.tps_of_desa[officer.desa or AreaCode("")]
        )
        classes = (PLAN.tps[code].tps_class for code in codes)
        limit = rates.CHECKIN_LIMITS_MINUTES[max(classes, key=VULNERABILITY.__getitem__)]
        times = checked_in[officer.officer]
        longest = max(b - a for a, b in pairwise(times)) / MINUTE_MS
        # Times are told in whole seconds.
        assert longest <= 0.75 * limit + 1 / 60


def test_on_an_irregular_day_some_forget() -> None:
    """Longer than an ordinary day has it."""
    times: dict[str, list[EpochMs]] = defaultdict(list)
    for post, one in statuses(KIND, "irregular"):
        if one.kind is StatusKind.CHECKIN:
            times[one.source.id].append(post.at)
    pauses = [(b - a) / MINUTE_MS for told in times.values() for a, b in pairwise(sorted(told))]
    assert max(pauses) > 0.75 * 90
