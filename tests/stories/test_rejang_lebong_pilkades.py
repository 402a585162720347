"""What the story of 56 desa shows: provocation is met early, and no information is too small."""

import pytest

from streams.domain.effects import TriageStatus
from streams.domain.words import Severity, TpsClass
from streams.simulation.day import played_day
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import REJANG_LEBONG_PILKADES, Told, judge, plan_of

PLAN = plan_of(REJANG_LEBONG_PILKADES)


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(REJANG_LEBONG_PILKADES, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Judge the day of the first seed."""
    return judge(REJANG_LEBONG_PILKADES, played_day(PLAN, 1, story))


def test_the_story_shows_the_rules_of_conflict(story: Story) -> None:
    """Provocation, clash, pressure, blockade, surge; what opens late, stops, or falls silent."""
    rules = {"T03", "T06", "T07", "V07", "W01", "W03", "W04", "W05", "W07", "W10", "W15"}
    assert rules | {"X03", "X06"} == {line.rule for line in story.expected}
    keys = {line.key for line in story.expected}
    assert {"", "INT-02", "KAM-01", "KAM-10", "KAM-11", "UMM-01", "gangguan"} == {
        key for key in keys if not key.startswith("kades-")
    }
    assert set(Severity) == {line.severity for line in story.expected if line.severity is not None}


def test_the_smallest_word_is_kept_as_low(told: Told) -> None:
    """It is noted and wakes nobody: the ladder stays at its foot."""
    lines = [line for line in told.lines if line.key == "UMM-01"]
    assert {(Severity.LOW, "tps")} == {(line.severity, line.level) for line in lines}
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in lines]


def test_two_kinds_of_sources_make_a_provocation(told: Told) -> None:
    """Three citizens of one desa do not; two citizens and the panitia of another do."""
    opened = [line for line in told.lines if (line.rule, line.change) == ("W03", "opened")]
    assert ["17.02.07.2008"] == [line.scope for line in opened]
    waiting = {
        one.evidence.id
        for one in told.triage
        if one.evidence.id.startswith("suka-datang") and one.status is TriageStatus.OPEN
    }
    assert {f"suka-datang-tiga-warga-0{number}" for number in (1, 2, 3)} == waiting


def test_nothing_that_was_too_weak_is_lost(story: Story, told: Told) -> None:
    """Each report of the story that rang no bell by itself waits for a person, or was confirmed."""
    kinds = {
        one.category for one in told.triage if one.evidence.id.startswith("kampung-delima-lonjakan")
    }
    assert {"KAM-08", "KAM-09", "INT-03", "LOG-03", "PID-04", "PRO-03"} == kinds
    [surge] = [line for line in story.expected if (line.rule, line.change) == ("W05", "opened")]
    assert "17.02.17.2008" == surge.scope


def test_the_map_of_conflicts_sets_the_pace(story: Story) -> None:
    """Alerts of the most vulnerable TPS climb in half the time, to the Kapolres' posko."""
    [durian_mas] = [tps.code for tps in PLAN.tps.values() if tps.tps_class is TpsClass.SANGAT_RAWAN]
    climbs = {
        line.rule: line.at
        for line in story.expected
        if (line.scope, line.change) == (durian_mas, "escalated")
    }
    opens = {
        line.rule: line.at
        for line in story.expected
        if (line.scope, line.change) == (durian_mas, "opened")
    }
    assert {"T03": 150_000, "W04": 150_000} == {
        rule: at - opens[rule] for rule, at in climbs.items()
    }


def test_who_takes_the_word_of_the_people_is_looked_after(told: Told) -> None:
    """A Bhabinkamtibmas who does not check in is missed, before anything has happened there."""
    lines = [line for line in told.lines if line.rule == "W10"]
    assert {"officer:17.02/B08"} == {line.scope for line in lines}
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in lines]
