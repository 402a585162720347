"""The picture of TPS and areas after stories, and when what is told of it."""

from typing import Final

import pytest

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK, AreaCode
from streams.domain.words import TpsClass
from streams.judge.posture import lower_posture, raise_posture
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.views.picture import Picture
from streams.wire.picture import Position, SeverityCounts, TpsPicture
from tests.support.events import (
    ack,
    closed,
    heartbeat,
    opened,
    postponed,
    resumed,
    suspended,
)
from tests.support.pictures import Telling, Wall, hours, round_of, tps_after, wall_after
from tests.support.restarts import taken_over
from tests.support.station import (
    arrived,
    counting,
    departed,
)
from tests.support.stories import Item, at, of_election
from tests.support.world import (
    DESA,
    EARLY,
    ELECTION,
    FAR,
    KABUPATEN,
    KH,
    KR,
    KR2,
    R2,
    SR,
    UNKNOWN,
    R,
    every_rule,
    local,
    plan,
    whole_world,
)

DRILL: Final = f"{ELECTION}{DRILL_MARK}gladi"
CURUP: Final = AreaCode("17.02.09")
MORNING: Final = at("06:00")
NONE_OPEN: Final = SeverityCounts(0, 0, 0, 0)


# ── A TPS ────────────────────────────────────────────────────────────────────────────────────────

STAGES: Final[dict[str, tuple[tuple[Item, ...], tuple[str, str, bool, str]]]] = {
    "nothing is known": ((), ("not_open", "-", False, "-")),
    "it votes": ((at("07:01"), opened(KR)), ("voting", "07:01", False, "-")),
    "told twice": (
        (at("07:01"), opened(KR), at("07:05"), opened(KR)),
        ("voting", "07:01", False, "-"),
    ),
    "it pauses": (
        (at("07:01"), opened(KR), at("08:00"), suspended(KR)),
        ("suspended", "08:00", True, "voting"),
    ),
    "it goes on": (
        (at("07:01"), opened(KR), at("08:00"), suspended(KR), at("08:10"), resumed(KR)),
        ("voting", "08:10", False, "-"),
    ),
    "the pause of a count": (
        (at("13:00"), closed(KR), at("13:05"), counting(KR), at("13:10"), suspended(KR)),
        ("suspended", "13:10", True, "counting"),
    ),
    "put off": ((at("07:01"), postponed(KR)), ("postponed", "07:01", False, "-")),
}


@pytest.mark.parametrize(("items", "expected"), STAGES.values(), ids=STAGES)
def test_a_tps_has_a_stage(items: tuple[Item, ...], expected: tuple[str, str, bool, str]) -> None:
    """Since when, and where it goes back to."""
    found = tps_after(KR, MORNING, *items, at("13:30"))
    paused = found.suspended_stage or "-"
    assert expected == (found.stage, hours(found.stage_at), found.suspended, paused)


def test_a_tps_tells_the_stages_of_its_day() -> None:
    """Each with its moment; after a pause it comes to one again."""
    day = (
        *(at("07:01"), opened(KR), at("08:00"), suspended(KR), at("08:10"), resumed(KR)),
        *(at("13:00"), closed(KR), at("13:05"), counting(KR), at("13:30")),
    )
    found = tps_after(KR, MORNING, *day)
    assert [
        ("voting", "07:01"),
        ("suspended", "08:00"),
        ("voting", "08:10"),
        ("closed", "13:00"),
        ("counting", "13:05"),
    ] == [(one.stage, hours(one.at)) for one in found.stages_at]
    assert (found.stage, found.stage_at) == (found.stages_at[-1].stage, found.stages_at[-1].at)
    assert () == tps_after(KR, MORNING).stages_at


def test_of_many_pauses_the_newest_are_told() -> None:
    """A record stays small, whatever somebody sends."""
    pauses: list[Item] = []
    for minute in range(20):
        pauses += (at(f"08:{2 * minute:02}"), suspended(KR))
        pauses += (at(f"08:{2 * minute + 1:02}"), resumed(KR))
    found = tps_after(KR, MORNING, at("07:01"), opened(KR), *pauses, at("09:00")).stages_at
    assert (16, "08:24", "08:39") == (len(found), hours(found[0].at), hours(found[-1].at))


def test_a_tps_says_what_the_plan_has_of_it() -> None:
    """Name, class and place; `KH` lies nowhere."""
    found = tps_after(SR, MORNING)
    assert ("TPS 003 Air Rambai", TpsClass.SANGAT_RAWAN) == (found.name, found.tps_class)
    assert Position(-3.4776, 102.52) == found.place
    assert tps_after(KH, MORNING).place is None
    assert (ELECTION, False) == (found.election, found.drill)


def test_a_tps_says_when_it_was_heard_last() -> None:
    """By its sender's time, not by that of receipt."""
    assert tps_after(KR, MORNING).heard_at is None
    found = tps_after(KR, MORNING, at("07:01"), opened(KR), at("07:30"), heartbeat(KR), at("07:40"))
    assert ("07:30", "07:40") == (hours(found.heard_at), hours(found.at))


def test_a_silent_tps_is_silent_until_it_speaks() -> None:
    """As its alerts say: there may be two of them (T07 and X01)."""
    quiet = (MORNING, at("07:00"), opened(KR), at("09:00"))
    assert tps_after(KR, *quiet).silent
    assert not tps_after(KR, *quiet, heartbeat(KR), at("09:01")).silent


def test_alerts_of_a_tps_are_counted_by_severity() -> None:
    """Open ones; what is acknowledged is still open."""
    late = (MORNING, at("08:00"))
    assert 1 == tps_after(SR, *late).alerts.high
    assert 1 == tps_after(SR, *late, ack("T03@SR"), at("08:01")).alerts.high
    assert NONE_OPEN == tps_after(SR, *late, ack("T03@SR"), opened(SR), at("08:01")).alerts


BOXES: Final[dict[str, tuple[tuple[Item, ...], str | None]]] = {
    "none has left": ((), None),
    "one is on its way": ((departed(KR, "K1"),), "left"),
    "one is in": ((departed(KR, "K1"), at("14:30"), arrived(KR, "K1")), "arrived"),
    "one of two is in": (
        (departed(KR, "K1"), departed(KR, "K2"), at("14:30"), arrived(KR, "K1")),
        "left",
    ),
}


@pytest.mark.parametrize(("items", "expected"), BOXES.values(), ids=BOXES)
def test_boxes_of_a_tps_are_somewhere(items: tuple[Item, ...], expected: str | None) -> None:
    """Together: as long as one is out, they have left."""
    assert expected == tps_after(KR, at("14:00"), *items, at("15:00")).box


def test_a_raised_posture_shows_and_ends_by_time_alone() -> None:
    """Nothing but the clock tells that it is over."""
    telling = Telling(at("14:00"))
    telling.round()
    raise_posture(telling.state, ELECTION, DESA, "V07", local("14:10"))
    lower_posture(telling.state, ELECTION, DESA, "V07", local("15:00"))
    seen: list[tuple[bool, bool, int]] = []
    for clock in ("14:05", "14:10", "14:59", "15:00"):
        telling.go_on(at(clock))
        telling.round()
        raised = (telling.wall.tps(KR).raised, telling.wall.tps(KR2).raised)
        seen.append((*raised, telling.wall.area(CURUP).raised))
    assert [(False, False, 0), (True, False, 4), (True, False, 4), (False, False, 0)] == seen


def test_a_posture_that_is_raised_already_shows_at_once() -> None:
    """Its beginning is past when it becomes known; also what a box may take bends with it."""
    telling = Telling(at("14:00"), departed(KH, "K1"), at("14:10"))
    telling.round()
    [before] = list(telling.wall.area(KABUPATEN).boxes or ())
    raise_posture(telling.state, ELECTION, DESA, "V07", local("14:05"))
    telling.round()
    [after] = list(telling.wall.area(KABUPATEN).boxes or ())
    assert telling.wall.tps(KH).raised
    assert 4 == telling.wall.area(DESA).raised
    assert (90.0, 45.0) == (before.limit_minutes, after.limit_minutes)


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────


def two_elections() -> World:
    """Return a world in which a village elects its head on the same day."""
    village = plan("kades-2024", contests=(("kades", DESA),))
    rules = every_rule()
    return World({one.election.id: Watched.of(one, rules) for one in (plan(), village)})


def test_the_first_election_has_the_bare_code() -> None:
    """The other one names itself in the key, and each in its document."""
    wall = wall_after(
        MORNING, of_election("kades-2024", opened(KR)), at("06:30"), world=two_elections()
    )
    ours, theirs = wall.tps(KR), wall.tps(f"{KR}@kades-2024")
    assert (ELECTION, Stage.NOT_OPEN) == (ours.election, ours.stage)
    assert ("kades-2024", Stage.VOTING) == (theirs.election, theirs.stage)
    assert {"kades-2024", ELECTION} == {one.election for one in wall.shown.values()}
    assert len(wall.shown) == 2 * len(wall_after(MORNING).shown)


def test_a_drill_is_shown_from_its_first_word_in_a_kabupaten() -> None:
    """All of that kabupaten, apart from the real day."""
    wall = wall_after(MORNING, of_election(DRILL, suspended(KR)), at("06:30"))
    drilled, real = wall.tps(f"{KR}@{DRILL}"), wall.tps(KR)
    assert (True, Stage.SUSPENDED) == (drilled.drill, drilled.stage)
    assert (False, Stage.NOT_OPEN) == (real.drill, real.stage)
    assert (7, 1) == (
        wall.area(f"{KABUPATEN}@{DRILL}").tps,
        wall.area(f"{DESA}@{DRILL}").stages[Stage.SUSPENDED],
    )
    assert f"{FAR}@{DRILL}" not in wall.shown


# ── Telling ──────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_told_before_the_first_mark() -> None:
    """Only a mark tells which kabupaten are judged here."""
    assert [] == round_of(Picture(PartitionState(0, whole_world())))


def test_all_is_told_at_first_and_then_what_changes() -> None:
    """Of a heartbeat the TPS alone; of a stage its areas as well; the kabupaten with each clock."""
    telling = Telling(MORNING)
    first = telling.round()
    assert len(first) == len(set(first)) == 2 + 3 + 4 + 9
    assert [] == telling.round()
    telling.go_on(at("06:10"), opened(KR))
    assert {KABUPATEN, "17.03", CURUP, DESA, KR} == set(telling.round())
    telling.go_on(at("06:15"), heartbeat(KR))
    assert [KABUPATEN, "17.03", KR] == telling.round()
    telling.go_on(at("06:16"))
    assert [KABUPATEN, "17.03"] == telling.round()


def test_a_pack_that_is_taken_on_tells_all_again() -> None:
    """Other rules may expect, and mean, something else."""
    telling = Telling(MORNING)
    whole = telling.round()
    world = telling.state.world
    telling.state.world = World(dict(world.elections))
    assert set(whole) == set(telling.round())


def test_who_takes_over_tells_all_again() -> None:
    """The same as was told before."""
    telling = Telling(MORNING, at("07:00"), opened(KR), at("08:00"), suspended(R))
    telling.round()
    again = Wall()
    again.follow(Picture(taken_over(telling.state)))
    assert telling.wall.content == again.content


def test_every_place_of_the_plan_has_one_record() -> None:
    """And nothing else has: no province, no TPS that no plan has."""
    shown = wall_after(MORNING, opened(UNKNOWN), at("06:30")).shown
    stations = {code for code, one in shown.items() if isinstance(one, TpsPicture)}
    assert {KR, R, SR, KH, KR2, R2, EARLY, FAR, "17.03.02.2001-002"} == stations
    areas = {KABUPATEN, "17.03", CURUP, "17.02.11", "17.03.02", DESA}
    assert {*areas, "17.02.09.1002", "17.02.11.2001", "17.03.02.2001"} == set(shown) - stations
