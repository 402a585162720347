"""Officers check in more often than their silence would be noticed."""

from itertools import pairwise

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import TpsStatus
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, VULNERABILITY, Role, TpsClass
from streams.simulation.patrol import Unrest, called_posts, officer_name, patrol_posts
from streams.simulation.station import station_posts
from streams.territory.plan import Officer
from streams.wire.inputs import decode_input
from tests.stories.judging import REJANG_LEBONG, plan_of

PLAN = plan_of(REJANG_LEBONG)
PAIR_SILENCE_MINUTES = dict(zip(TPS_CLASSES, (45, 30, 15, 30), strict=True))
WATCHERS = [officer for officer in PLAN.officers.values() if officer.pair]
BHABIN = next(o for o in PLAN.officers.values() if o.role is Role.BHABINKAMTIBMAS)
AT_POLSEK = next(o for o in PLAN.officers.values() if o.role is Role.POLSEK)


def silence_minutes(officer: Officer) -> int:
    """Return how long the pair of an officer may be silent."""
    codes = PLAN.pairs[officer.kabupaten, officer.pair]
    classes = [PLAN.tps[code].tps_class for code in codes]
    return PAIR_SILENCE_MINUTES[max(classes, key=VULNERABILITY.__getitem__)]


@pytest.mark.parametrize("seed", range(3))
def test_one_officer_alone_is_heard_often_enough(seed: int) -> None:
    """No two words of one are further apart than the silence of the pair that is noticed."""
    for officer in WATCHERS:
        heard = sorted(post.received_at for post in patrol_posts(PLAN, officer, seed))
        longest = max(later - earlier for earlier, later in pairwise(heard))
        assert longest < silence_minutes(officer) * MINUTE_MS


@pytest.mark.parametrize("tps_class", TPS_CLASSES)
def test_who_has_a_desa_is_heard_by_its_most_vulnerable_tps(tps_class: TpsClass) -> None:
    """Within eight tenths of the time after which one is missed (W10), whatever the class."""
    assert BHABIN.desa is not None
    of_class = {
        code: replace(PLAN.tps[code], tps_class=tps_class) for code in PLAN.tps_of_desa[BHABIN.desa]
    }
    plan = replace(PLAN, tps={**PLAN.tps, **of_class})
    limit = dict(zip(TPS_CLASSES, (90, 60, 30, 60), strict=True))[tps_class]
    for seed in range(10):
        heard = [post.at for post in patrol_posts(plan, BHABIN, seed)]
        assert max(b - a for a, b in pairwise(heard)) <= 0.8 * limit * MINUTE_MS + 1_000


def test_who_waits_for_a_late_box_is_heard_until_it_is_in() -> None:
    """And all that was said before stays as it was."""
    officer = WATCHERS[0]
    code = PLAN.pairs[officer.kabupaten, officer.pair][0]
    usual = list(patrol_posts(PLAN, officer, 1))
    late = EpochMs(usual[-1].at + 3 * HOUR_MS)
    posts = list(patrol_posts(PLAN, officer, 1, {code: late}))
    assert usual == posts[: len(usual)]
    assert late - silence_minutes(officer) * MINUTE_MS < posts[-1].at < late


def test_officers_of_a_desa_are_called_while_there_is_unrest() -> None:
    """Before the ten minutes are over, by radio, and they do not say that all is well."""
    officer = WATCHERS[0]
    desa = desa_of(PLAN.pairs[officer.kabupaten, officer.pair][0])
    starts = EpochMs(PLAN.tps[PLAN.pairs[officer.kabupaten, officer.pair][0]].opens_at + HOUR_MS)
    unrest = Unrest(desa, starts, EpochMs(starts + HOUR_MS))
    posts = list(called_posts(PLAN, officer, 1, [unrest, unrest]))
    times = [starts, *(post.at for post in posts), unrest.ends]
    assert all(0 < b - a < 10 * MINUTE_MS for a, b in pairwise(times))
    said = [decode_input(post.topic, post.value).event for post in posts]
    assert all(isinstance(one, TpsStatus) and one.situation is UNSET for one in said)
    assert {(officer_name(officer),)} == {post.about for post in posts}


def test_officers_elsewhere_are_not_called() -> None:
    """Unrest is a matter of its desa."""
    unrest = Unrest(AreaCode("17.02.99.2001"), EpochMs(0), EpochMs(9 * 10**15))
    assert [] == list(called_posts(PLAN, WATCHERS[0], 1, [unrest]))


def test_officers_are_heard_until_the_last_box_is_in() -> None:
    """Nobody misses a check-in while a box of theirs is on its way (W10)."""
    for officer in WATCHERS[::20]:
        codes = PLAN.pairs[officer.kabupaten, officer.pair]
        boxes = (p for code in codes for p in station_posts(PLAN, PLAN.tps[code], 1))
        last_in = max(post.at for post in boxes if post.kind == "box_arrived")
        heard = max(post.at for post in patrol_posts(PLAN, officer, 1))
        assert heard > last_in - silence_minutes(officer) * MINUTE_MS


def test_a_patrol_goes_from_tps_to_tps() -> None:
    """Every second check-in names one, in turn, until all were seen."""
    officer = WATCHERS[0]
    posts = list(patrol_posts(PLAN, officer, 1))
    assert {""} == {post.tps for post in posts[1::2]}
    codes = PLAN.pairs[officer.kabupaten, officer.pair]
    assert list(codes) == [post.tps for post in posts[::2]][: len(codes)]


def test_a_checkin_is_about_officer_tps_and_desa() -> None:
    """So that a story can silence any of the three."""
    first, second, *_ = patrol_posts(PLAN, WATCHERS[0], 1)
    name = officer_name(WATCHERS[0])
    assert (name, first.tps, first.tps[:13]) == first.about
    assert (name,) == second.about


def test_a_bhabinkamtibmas_stays_in_the_desa() -> None:
    """Check-ins name TPS of that desa only."""
    seen = {post.tps for post in patrol_posts(PLAN, BHABIN, 1)}
    assert BHABIN.desa is not None
    assert {"", *PLAN.tps_of_desa[BHABIN.desa]} >= seen > {""}


def test_who_watches_no_tps_does_not_check_in() -> None:
    """Officers at the Polsek are not part of the watch."""
    assert [] == list(patrol_posts(PLAN, AT_POLSEK, 1))


def test_every_checkin_is_one_of_the_contract() -> None:
    """The types of intake take them all."""
    posts = list(patrol_posts(PLAN, WATCHERS[0], 1))
    assert [post.at for post in posts] == [decode_input(p.topic, p.value).at for p in posts]
