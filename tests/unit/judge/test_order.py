"""Stages out of order: told when nothing late has filled the gap, and ended when something does."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import RuleFault
from streams.domain.facts import POINTS_MAX
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from tests.support.events import ack, closed, correction, heartbeat, opened, postponed, suspended
from tests.support.restarts import story_in_one_go, story_with_restarts, taken_over
from tests.support.station import counting, departed
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    deaf,
    journal,
    judge,
    judge_into,
    named,
    of_election,
    only,
    said,
    story,
)
from tests.support.world import ELECTION, KR, every_rule, plan, whole_world

DAY: Final = whole_world()
GAP: Final = "T13@KR|closed>counting_started"
COUNTED: Final[list[Item]] = [
    *(at("07:00"), opened(KR), at("13:05"), named("n1", counting(KR))),
]

FILLED: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "nothing comes": ([at("13:16")], ["13:15 opened"]),
    "it comes within ten minutes": ([at("13:14:59"), said("13:00", closed(KR)), at("13:16")], []),
    "at the very end of the wait": ([at("13:15"), said("13:00", closed(KR)), at("13:16")], []),
    "right after it": (
        [at("13:15:01"), said("13:00", closed(KR)), at("13:16")],
        ["13:15 opened", "13:15:01 returned"],
    ),
    "two minutes after by its clock": ([at("13:08"), said("13:07", closed(KR)), at("13:16")], []),
    "later than two clocks can differ": (
        [at("13:08"), said("13:07:01", closed(KR)), at("13:16")],
        ["13:15 opened"],
    ),
    "the later stage is taken back": (
        [at("13:10"), correction("n1", heartbeat(KR)), at("13:16")],
        [],
    ),
    "it is taken back after it was told": (
        [at("13:20"), correction("n1", heartbeat(KR)), at("13:21")],
        ["13:15 opened", "13:20 returned"],
    ),
    "a second word that shows the gap does not begin the wait anew": (
        [at("13:10"), counting(KR), at("13:16")],
        ["13:15 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), FILLED.values(), ids=FILLED)
def test_a_gap_waits_ten_minutes_for_what_is_late(items: list[Item], told: list[str]) -> None:
    """From the receipt of the record that showed it."""
    assert told == story(*COUNTED, *items, of=GAP, world=DAY)


def test_a_gap_needs_nobody_to_be_heard() -> None:
    """It waits for `now` and not for absence: intake may be deaf."""
    assert ["13:15 opened"] == story(*COUNTED, deaf, at("13:16"), of=GAP, world=DAY)


def test_each_missing_stage_is_told_by_itself() -> None:
    """A box that leaves a TPS of which nothing else is known, and one that halts."""
    day = journal(at("12:00"), suspended(KR), departed(KR, "K1", "", "A1"), at("12:11"))
    found = {name for name in alerts_of(judge(day, DAY)) if name.startswith("T13")}
    assert {"T13@KR|opened>suspended", "T13@KR|counting_finished>box_departed"} == found


def test_an_alert_names_both_stages() -> None:
    """And rests on the one that came."""
    alert = alerts_of(judge(journal(*COUNTED, at("13:16")), DAY))[GAP]
    assert ["n1"] == [one.id for one in alert.evidence]
    assert ("tutup", "penghitungan mulai") == tuple(
        word for word in ("tutup", "penghitungan mulai") if word in alert.summary.id
    )
    assert 10.0 == alert.why[-1].value


def test_a_drill_is_out_of_order_by_itself() -> None:
    """What is played says nothing of the day."""
    day: list[Item] = [
        of_election(f"{ELECTION}#drill-gladi", one) if isinstance(one, Told) else one
        for one in COUNTED
    ]
    found = alerts_of(judge(journal(*day, at("13:16")), DAY))[GAP]
    assert (True, f"{ELECTION}#drill-gladi") == (found.drill, found.election)


def test_takeovers_change_no_wait() -> None:
    """Neither while it waits nor after it was told."""
    day = [*COUNTED, at("13:17"), ack(GAP), at("13:20"), said("13:00", closed(KR)), at("13:21")]
    told = story_in_one_go(*day, world=DAY)
    assert told == story_with_restarts(*day, world=DAY)
    assert f"{GAP} 13:20 resolved" in told


def test_a_gap_that_nothing_shows_any_more_is_not_told() -> None:
    """So many stages came that the one which showed it had to make room."""
    flood = [said("13:06", postponed(KR)) for _ in range(POINTS_MAX + 1)]
    assert [] == story(*COUNTED, at("13:06"), *flood, at("13:16"), of=GAP, world=DAY)


def test_a_gap_that_other_rules_do_not_ask_for_is_not_told() -> None:
    """Another folder or pack was taken on while it waited; the day goes on."""
    before = PartitionState(0, DAY)
    day = journal(*COUNTED, at("13:16"))
    cut = len(journal(*COUNTED))
    judge_into(before, day[:cut])
    rules = every_rule()
    bare = replace(rules, sequence=tuple(replace(one, needs=()) for one in rules.sequence))
    before.world = World({ELECTION: Watched.of(plan(), bare)})
    after = taken_over(before)
    effects = [effect for step in day[cut:] for effect in pipeline.step(after, step)]
    assert GAP not in alerts_of(effects)
    assert [] == only(effects, RuleFault)
