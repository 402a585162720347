"""What the story of Carenang and Binuang shows: a whole day, from the materials to the last box."""

import pytest

from streams.domain.alert import Ladder
from streams.domain.effects import ReplyOutcome
from streams.domain.words import Severity
from streams.simulation.day import ordinary_day, played_day
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import CARENANG_BINUANG, Told, judge, plan_of

PLAN = plan_of(CARENANG_BINUANG)


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(CARENANG_BINUANG, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Judge the day of the first seed."""
    return judge(CARENANG_BINUANG, played_day(PLAN, 1, story))


def test_the_story_lasts_from_the_materials_to_the_last_box(story: Story) -> None:
    """Every box that has left has come in before the day ends, whatever the seed."""
    for seed in range(5):
        played = [post for post in ordinary_day(PLAN, seed) if post.kind == "box_arrived"]
        assert max(post.received_at for post in played) < story.ends
    last = max(post.received_at for post in story.posts)
    assert last < story.ends


def test_the_story_has_no_box_without_its_way_in(story: Story) -> None:
    """What departs arrives, with the same seal."""
    boxes: dict[str, list[str]] = {"box_departed": [], "box_arrived": []}
    for post in story.posts:
        if post.kind in boxes:
            boxes[post.kind] += [name for name in post.about if name.startswith("box:")]
    assert sorted(boxes["box_departed"]) == sorted(boxes["box_arrived"])
    assert 12 == len(boxes["box_arrived"])


def test_the_story_shows_every_rule_of_the_day(story: Story) -> None:
    """But T09, which is due at midnight."""
    stages = {"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T10", "T11", "T12", "T13"}
    reports = {"W01", "W02", "W03", "W04", "W05", "W07", "W10", "W11", "W14", "W15"}
    counts = {"V01", "V02", "V04", "V05", "V06", "V07", "V10", "V12", "V13"}
    areas = {"X03", "X06", "X07"}
    assert stages | reports | counts | areas == {line.rule for line in story.expected}


def test_the_story_climbs_the_ladders_of_a_village(story: Story) -> None:
    """The panitia, its camat and the kabupaten's panitia: not KPPS, PPK and KPU."""
    levels = {line.level for line in story.expected}
    assert {"panitia", "camat", "panitia_kab", "polsek", "polres_ops", "polres"} <= levels
    assert levels.isdisjoint({"kpps", "ppk", "kpu"})
    shown = {line.severity for line in story.expected if line.severity is not None}
    assert set(Severity) == shown


def test_the_second_officer_decides(told: Told) -> None:
    """One says calm, the crowd does not; who is sent to look says trouble, and that is told."""
    lines = [line for line in told.lines if line.rule == "W07"]
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in lines]
    decided_at = lines[-1].at
    [trouble] = [line for line in told.lines if (line.rule, line.key) == ("W15", "UMM-01")][:1]
    assert (decided_at, "opened") == (trouble.at, trouble.change)


def test_the_colour_comes_down_by_order_alone(story: Story, told: Told) -> None:
    """Of a commander, after 45 minutes of calm; too early an order is refused."""
    down = [line for line in told.lines if (line.rule, line.change) == ("X03", "resolved")]
    assert {"command"} == {line.cause.partition(":")[0] for line in down}
    refused = [
        order.command
        for one in story.incidents
        for order in one.orders
        if one.id == "situasi-turun" and order.outcome is ReplyOutcome.REFUSED
    ]
    assert ["situasi-turun-01", "situasi-turun-03"] == refused
    raised = [line.scope for line in told.lines if (line.rule, line.change) == ("X03", "opened")]
    assert ["36.04", "36.04.17"] * 2 == sorted(raised[:2]) + sorted(raised[2:])


def test_who_acts_off_duty_is_named_and_obeyed(told: Told) -> None:
    """The alert that was taken on stays so, and the head of operations learns of it."""
    [first, *_] = [line for line in told.lines if line.rule == "X07"]
    assert ("officer:36.04/C1E", "polres_ops") == (first.scope, first.level)
    taken = [
        line
        for line in told.lines
        if (line.rule, line.change, line.at) == ("T03", "acknowledged", first.at)
    ]
    assert ["36.04.17.2009-003"] == [line.scope for line in taken]


def test_what_may_be_voted_again_has_a_file(told: Told) -> None:
    """For those who decide: it is about one TPS, and no police ladder has it."""
    files = {line.scope: line for line in told.lines if line.rule == "X06"}
    assert {"36.04.17.2010-001", "36.04.18.2005-007"} == set(files)
    assert {Ladder.GAK} == {line.ladder for line in files.values()}
    assert {"resolved"} == {line.change for line in files.values()}
