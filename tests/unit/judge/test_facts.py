"""What a message changes of the facts, and so which rules are asked."""

from typing import Final

import pytest

from streams.domain.facts import POINTS_MAX, TpsFacts
from streams.domain.happenings import NOTHING_SAID, Happening
from streams.domain.ids import AreaCode
from streams.domain.journal import AcceptedCount, AcceptedStatus
from streams.domain.words import Role, Situation
from streams.judge.facts import EVERYTHING, Noted, note_count, note_status, point_of
from streams.judge.state import PartitionState
from tests.support.events import closed, correction, heartbeat, opened, postponed
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import count, materials, queue, saying
from tests.support.stories import Item, Told, at, events_of, journal, named, said, story
from tests.support.world import ELECTION, KR, UNKNOWN, plan, whole_world

DAY: Final = whole_world()


def noted(*items: Item) -> tuple[Noted, TpsFacts]:
    """Note some messages; return what the last one has changed, and the facts after it."""
    state, watched = PartitionState(0, DAY), DAY.of(ELECTION)
    last = Noted(frozenset(), ordinary=False)
    for step in events_of(journal(*items)):
        record = step.record
        assert isinstance(record, AcceptedStatus | AcceptedCount)
        tps = plan().tps_or_unknown(AreaCode(record.place))
        assert tps is not None
        if isinstance(record, AcceptedCount):
            last = note_count(state, tps, record, step.name)
        else:
            last = note_status(state, watched, tps, record, step.name)
    facts = state.facts.get((ELECTION, KR))
    return last, facts or TpsFacts()


MORNING: Final[list[Item]] = [at("07:00"), named("o1", opened(KR)), at("12:30")]
CHANGED: Final[dict[str, tuple[Told, frozenset[Happening]]]] = {
    "a heartbeat": (heartbeat(KR), frozenset()),
    "a word on the queue, in the last hour": (queue(KR, 3), frozenset({Happening.HEARTBEAT})),
    "a stage": (closed(KR), frozenset({Happening.CLOSED})),
    "a count": (count(KR, 1, 2), frozenset({Happening.COUNT})),
    "a correction may change everything": (correction("o1", heartbeat(KR)), EVERYTHING),
}


@pytest.mark.parametrize(("told", "changed"), CHANGED.values(), ids=CHANGED)
def test_only_what_a_rule_may_ask_for_is_a_change(
    told: Told, changed: frozenset[Happening]
) -> None:
    """By the kind of what was said; all else is a sign of life."""
    assert changed == noted(*MORNING, told)[0].changed


@pytest.mark.parametrize("told", [heartbeat(KR), opened(KR), count(KR, 1, 2)])
def test_the_first_word_of_a_tps_asks_every_rule(told: Told) -> None:
    """Whatever it is: only now somebody knows that this TPS, or this drill, is there."""
    assert EVERYTHING == noted(at("06:00"), told)[0].changed


def test_a_queue_long_before_the_end_is_not_kept() -> None:
    """Only the last hour is asked about, and what nobody asks for is no remark."""
    last, facts = noted(at("07:00"), opened(KR), at("09:00"), queue(KR, 40))
    assert (frozenset(), ()) == (last.changed, facts.remarks)


def test_whether_a_message_is_the_newest_is_told() -> None:
    """One that was sent earlier may fill a silence that has been told."""
    assert noted(*MORNING, heartbeat(KR))[0].ordinary
    assert not noted(*MORNING, heartbeat(KR), said("07:10", heartbeat(KR)))[0].ordinary


def test_what_was_known_until_then_goes_with_it() -> None:
    """A box whose name only a later word has put right must be looked at by its old name too."""
    last, facts = noted(*MORNING, closed(KR))
    assert ([Happening.OPENED], 2) == ([one.kind for one in last.before.points], len(facts.points))


def test_what_had_to_make_room_may_be_of_any_kind() -> None:
    """A TPS that sends more stages in a day than are kept loses the oldest of them."""
    flood = [said(f"08:00:{n % 60:02}", postponed(KR)) for n in range(POINTS_MAX - 1)]
    last, facts = noted(*MORNING, *flood)
    assert (frozenset({Happening.POSTPONED}), POINTS_MAX) == (last.changed, len(facts.points))
    last, facts = noted(*MORNING, *flood, said("08:01", postponed(KR)))
    assert (EVERYTHING, POINTS_MAX) == (last.changed, len(facts.points))


def test_a_stage_that_was_taken_back_before_it_came_changes_nothing() -> None:
    """The correction was faster."""
    items = [at("07:00"), opened(KR), correction("c1", heartbeat(KR)), named("c1", closed(KR))]
    last, facts = noted(*items)
    assert (frozenset(), 1) == (last.changed, len(facts.points))


def test_a_point_keeps_what_was_said_and_by_whom() -> None:
    """As far as rules ask for it."""
    [step] = events_of(journal(at("05:00"), named("m1", materials(KR, 423, "bupati"))))
    assert isinstance(step.record, AcceptedStatus)
    point = point_of(step.record, "0:7")
    assert ("m1", "kpps", "0:7", Role.KPPS) == (point.id, point.source, point.offset, point.role)
    assert (423, "bupati") == (point.said.ballots, point.said.contest)


def test_a_heartbeat_that_says_how_it_is_keeps_no_more_than_that() -> None:
    """By far the most messages say nothing, and share one empty word."""
    told = saying(heartbeat(KR), situation=Situation.WASPADA)
    points = [
        point_of(step.record, step.name)
        for step in events_of(journal(at("08:00"), heartbeat(KR), told))
        if isinstance(step.record, AcceptedStatus)
    ]
    assert points[0].said is NOTHING_SAID
    assert Situation.WASPADA == points[1].said.situation


UNKNOWNS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "a count before it should have opened": (
        [at("06:30"), count(UNKNOWN, 1, 2)],
        ["07:30 opened", "07:45 escalated"],
    ),
    "a count and then a heartbeat before that": (
        [at("06:30"), count(UNKNOWN, 1, 2), at("07:00"), heartbeat(UNKNOWN)],
        ["07:30 opened", "07:45 escalated"],
    ),
    "a heartbeat from before that which comes after it, and after another word": (
        [at("07:30:10"), closed(UNKNOWN), said("07:29", heartbeat(UNKNOWN))],
        ["07:30 opened", "07:45 escalated"],
    ),
    "a count long after that": ([at("07:50"), count(UNKNOWN, 1, 2)], []),
}


@pytest.mark.parametrize(("items", "told"), UNKNOWNS.values(), ids=UNKNOWNS)
def test_an_unknown_tps_is_known_by_its_first_word_of_any_kind(
    items: list[Item], told: list[str]
) -> None:
    """A count is one as well, and a takeover makes nothing else of it."""
    day = [at("06:00"), *items, at("08:00")]
    assert told == story(*day, of="T03@UNKNOWN", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)
