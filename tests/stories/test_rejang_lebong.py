"""What the story of Rejang Lebong shows."""

import pytest

from streams.domain.ids import desa_of
from streams.domain.words import Severity
from streams.simulation.day import played_day
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import REJANG_LEBONG, Told, judge, plan_of

PLAN = plan_of(REJANG_LEBONG)


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(REJANG_LEBONG, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Judge the morning of the first seed."""
    return judge(REJANG_LEBONG, played_day(PLAN, 1, story))


def test_the_story_shows_every_rule_of_absence_evidence_and_duress(story: Story) -> None:
    """And every change that a person or time can bring about in it."""
    expected = list(story.expected)
    rules = {"T03", "T06", "T07", "W01", "W02", "W04", "W05", "W06", "W14", "X01", "X03"}
    assert rules == {line.rule for line in expected}
    changes = {
        "opened",
        "escalated",
        "acknowledged",
        "unacknowledged",
        "updated",
        "inhibited",
        "raised",
        "returned",
        "resolved",
    }
    assert changes == {line.change for line in expected}
    shown = {line.severity for line in expected if line.severity is not None}
    assert set(Severity) == shown


def test_what_spreads_is_one_matter(told: Told) -> None:
    """Three desa of a kecamatan: their alerts are taken in, and the head of operations has one."""
    parent = [line for line in told.lines if line.rule == "W06"]
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in parent]
    assert ("17.02.24", "W04", "polres_ops") == (parent[0].scope, parent[0].key, parent[0].level)
    taken = [line for line in told.lines if (line.rule, line.change) == ("W04", "inhibited")]
    assert {parent[0].at} == {line.at for line in taken}
    assert 3 == len({desa_of(line.scope) for line in taken})


def test_one_failure_of_the_network_is_one_alert(told: Told) -> None:
    """The TPS that would ring by itself meanwhile is taken in and tells nobody."""
    began, *_, ended = [line for line in told.lines if line.rule == "X01"]
    assert ("17.02.22", "resolved") == (began.scope, ended.change)
    silent = [
        line
        for line in told.lines
        if line.rule == "T07" and line.scope.startswith("17.02.22") and began.at < line.at
    ]
    assert ["opened", "inhibited", "resolved"] == [line.change for line in silent]
    assert {"17.02.22.2004-006"} == {line.scope for line in silent}


def test_each_kecamatan_has_its_own_colour(told: Told) -> None:
    """Three are kuning in the course of the morning, for reasons of their own; the others hijau."""
    opened = [line for line in told.lines if (line.rule, line.change) == ("X03", "opened")]
    assert ["17.02", "17.02.11", "17.02.18", "17.02.24"] == sorted(line.scope for line in opened)
