"""Close results: totals of an area, who is told (V07), and what becomes more dangerous by them."""

from collections.abc import Callable
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import NEVER
from streams.domain.totals import Totals
from streams.judge.custody import boxes_in_at
from streams.judge.posture import is_raised
from streams.judge.standing_forms import recount
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from tests.support.events import ack, correction, heartbeat
from tests.support.restarts import story_in_one_go, story_with_restarts, taken_over
from tests.support.station import (
    WITNESS,
    arrived,
    correcting,
    count,
    departed,
    provisional,
    short_of_ballots,
)
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    journal,
    judge,
    judge_into,
    named,
    of_election,
    said,
    story,
)
from tests.support.world import (
    ELECTION,
    GOVERNOR,
    KH,
    KR,
    KR2,
    REGENT,
    SR,
    VILLAGE,
    R,
    clock,
    every_rule,
    local,
    plan,
    whole_world,
)

DAY: Final = whole_world(GOVERNOR, REGENT, VILLAGE)
NARROW: Final = f"V07@contest:kades@{VILLAGE[1]}"
"""The village has one TPS."""
TWO: Final = at("14:00")
CLOSE: Final[list[Item]] = [TWO, named("f1", count(KR2, 100, 99, of="kades"))]
OUT: Final = departed(KR2, "", "", "A1")
IN: Final = arrived(KR2)


def state_after(*items: Item, world: World = DAY) -> PartitionState:
    """Return what is known after a day."""
    state = PartitionState(0, world)
    judge_into(state, journal(*items))
    return state


RESULTS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "one vote apart": ([count(KR2, 100, 99, of="kades")], ["14:00 opened"]),
    "three votes apart": ([count(KR2, 102, 99, of="kades")], ["14:00 opened"]),
    "four votes apart": ([count(KR2, 103, 99, of="kades")], []),
    "not a final yet": ([provisional(count(KR2, 100, 99, of="kades"))], []),
    "a form that cannot be": ([short_of_ballots(count(KR2, 100, 99, of="kades"))], []),
    "of another contest": ([count(KR2, 100, 99)], []),
    "of a drill": (
        [of_election(f"{ELECTION}#drill-gladi", count(KR2, 100, 99, of="kades"))],
        ["14:00 opened"],
    ),
    "no votes at all": ([count(KR2, 0, 0, of="kades")], []),
    "the organisers' form stands": (
        [count(KR2, 150, 99, of="kades"), count(KR2, 100, 99, WITNESS, of="kades")],
        [],
    ),
    "a final goes before a provisional one": (
        [
            provisional(count(KR2, 150, 99, of="kades")),
            count(KR2, 100, 99, WITNESS, of="kades"),
        ],
        ["14:00 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), RESULTS.values(), ids=RESULTS)
def test_what_a_close_result_is(items: list[Item], told: list[str]) -> None:
    """By the form that stands for each TPS, once enough of them are final."""
    assert told == story(TWO, *items, at("14:01"), of=NARROW, world=DAY)


def test_an_area_is_judged_when_most_of_its_voters_are_counted() -> None:
    """Four of the seven TPS of the kabupaten have less than 80 percent, six of them more."""
    few = [count(tps, 60, 59) for tps in (KR, R, SR, KH)]
    area = "V07@contest:bupati@17.02"
    assert [] == story(TWO, *few, at("14:01"), of=area, world=DAY)
    early, r2 = AreaCode("17.02.11.2001-002"), AreaCode("17.02.11.2001-001")
    more = [count(tps, 60, 61) for tps in (KR2, r2, early)]
    told = story(TWO, *few, at("14:01"), *more[:2], at("14:02"), of=area, world=DAY)
    assert ["14:01 opened"] == told
    alert = alerts_of(judge(journal(TWO, *few, *more), DAY))[area]
    assert ("polres_ops", "sangat_rawan") == (alert.level, alert.tps_class)


def test_nobody_sees_the_whole_of_a_province() -> None:
    """Of its contest single TPS are watched only: no alert, but their posture."""
    day = [TWO, *(count(tps, 100, 99, of="gubernur") for tps in (KR, R, SR, KH, KR2))]
    assert [] == [name for name in alerts_of(judge(journal(*day), DAY)) if "V07" in name]
    assert is_raised(state_after(*day), ELECTION, KR, local("14:00"))


ENDS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "every box is in, and nobody has counted for 12 hours": (
        [at("14:30"), OUT, at("15:00"), IN, at("26:01")],
        ["26:00 returned"],
    ),
    "the box comes in long after that": (
        [at("14:30"), OUT, at("27:00"), IN, at("27:01")],
        ["27:00 returned"],
    ),
    "no box has left yet": ([at("26:01")], []),
    "the box is still out": ([at("14:30"), OUT, at("26:01")], []),
    "a witness counts once more": (
        [at("14:30"), OUT, IN, at("18:00"), count(KR2, 100, 99, WITNESS, of="kades"), at("26:01")],
        [],
    ),
    "the result is not close any more": (
        [at("15:00"), correcting("f1", count(KR2, 150, 99, of="kades")), at("15:01")],
        ["15:00 returned"],
    ),
    "the form is held back": (
        [at("15:00"), short_of_ballots(count(KR2, 100, 99, of="kades")), at("15:01")],
        ["15:00 returned"],
    ),
    "a box leaves again after its end": (
        [at("14:30"), OUT, IN, at("26:20"), OUT, at("26:21")],
        ["26:00 returned", "26:20 reopened"],
    ),
    "an arrival is taken back after its end": (
        [
            at("14:30"),
            OUT,
            named("b", IN),
            at("26:20"),
            correction("b", heartbeat(KR2)),
            at("26:21"),
        ],
        ["26:00 returned", "26:20 reopened"],
    ),
    "a second word of the arrival after its end": (
        [at("14:30"), OUT, IN, at("26:20"), said("26:21", arrived(KR2)), at("26:22")],
        ["26:00 returned"],
    ),
}


@pytest.mark.parametrize(("items", "told"), ENDS.values(), ids=ENDS)
def test_how_a_close_result_is_over(items: list[Item], told: list[str]) -> None:
    """Or begins again; whoever takes over tells the same."""
    day = [*CLOSE, *items]
    lines = story(*day, of=NARROW, world=DAY)
    assert ["14:00 opened", *told] == [line for line in lines if "escalated" not in line]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_the_alert_says_what_was_counted() -> None:
    """The margin and its limit, and how many TPS are final; it is for the commander."""
    alert = alerts_of(judge(journal(*CLOSE), DAY))[NARROW]
    why = {one.check: one for one in alert.why}
    assert (1, 3, 199) == (why["margin"].value, why["margin"].threshold, why["valid"].value)
    assert ("commander", "liaison") == alert.restricted_to


def test_a_close_result_that_somebody_has_taken_grows_with_each_count() -> None:
    """Nobody is told anew, and what it rests on is as it stands."""
    day = [*CLOSE, at("14:05"), ack(NARROW), at("14:10"), count(KR2, 101, 99, of="kades")]
    alert = alerts_of(judge(journal(*day), DAY))[NARROW]
    assert (2, 2) == (alert.why[1].value, alert.revision)


def test_boxes_are_in_when_each_that_left_has_come() -> None:
    """Never where none has left; the last of them says when."""
    tps = plan().tps[KR]
    day: list[Item] = [at("15:00")]
    assert NEVER == boxes_in_at(state_after(*day), ELECTION, tps)
    day += [departed(KR, "K1"), departed(KR, "K2"), at("15:20"), arrived(KR, "K1")]
    assert NEVER == boxes_in_at(state_after(*day), ELECTION, tps)
    day += [at("15:30"), arrived(KR, "K2"), at("15:31")]
    assert "15:30" == clock(boxes_in_at(state_after(*day), ELECTION, tps))


def totals_of(state: PartitionState, contest: str) -> Totals:
    """Return what is counted of a contest."""
    found = state.totals.get((ELECTION, contest))
    assert found is not None
    return found


def without_quarantine() -> World:
    """Return the world with rules that hold no form back."""
    rules = every_rule()
    forms = tuple(replace(one, quarantine=False) for one in rules.counts.forms)
    holding_nothing = replace(rules, counts=replace(rules.counts, forms=forms))
    watched = Watched.of(plan(contests=(GOVERNOR, REGENT, VILLAGE)), holding_nothing)
    return World({ELECTION: watched})


def with_more_voters() -> World:
    """Return the world with another list of voters at one TPS."""
    known = plan(contests=(GOVERNOR, REGENT, VILLAGE))
    tps = {**known.tps, KR: replace(known.tps[KR], dpt=500)}
    return World({ELECTION: Watched.of(replace(known, tps=tps), every_rule())})


@pytest.mark.parametrize("other", [without_quarantine, with_more_voters])
def test_who_takes_over_with_another_folder_or_pack_counts_anew(
    other: Callable[[], World],
) -> None:
    """A form that was held back may count now, and a TPS may have other voters."""
    day = [TWO, count(KR, 120, 98), short_of_ballots(count(SR, 100, 99)), at("14:01")]
    before = state_after(*day)
    before.world = other()
    after = totals_of(taken_over(before), "bupati")
    assert after == totals_of(state_after(*day, world=other()), "bupati")
    assert after != totals_of(before, "bupati")


def test_counting_anew_changes_nothing_where_nothing_else_has() -> None:
    """What is kept is what adding up all forms gives, so nothing is saved anew."""
    state = state_after(*CLOSE, count(KR, 1, 2), provisional(count(R, 3, 4)), at("14:01"))
    state.take_changes()
    recount(state)
    assert {} == state.take_changes()[0]
