"""The morning of Rejang Lebong, judged offline and held to its story."""

from collections import Counter

import pytest

from streams.domain.words import Severity
from streams.simulation.day import ordinary_morning, played_day
from streams.simulation.played import json_lines
from streams.simulation.post import in_order
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from streams.simulation.verdict import complaints
from tests.stories.judging import REJANG_LEBONG, judge, plan_of

PLAN = plan_of(REJANG_LEBONG)
MORE_SEEDS = range(100, 120)


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(REJANG_LEBONG, PLAN)


def judged_by(story: Story, seed: int) -> tuple[str, ...]:
    """Return what is not as the story has it, on the morning of a seed."""
    told = judge(REJANG_LEBONG, played_day(PLAN, seed, story))
    assert () == told.faults
    return complaints(story, told.lines, told.replies)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_story_comes_true(story: Story, seed: int) -> None:
    """Every line that must come has come in time, and nothing else from medium on."""
    assert () == judged_by(story, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_the_story_comes_true_on_any_morning(story: Story, seed: int) -> None:
    """It does not hang on luck."""
    assert () == judged_by(story, seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_an_ordinary_morning_rings_no_bell(seed: int) -> None:
    """Noise, lateness and broken messages raise no alert, and nothing is lost in silence."""
    posts = ordinary_morning(PLAN, seed)
    told = judge(REJANG_LEBONG, in_order(posts))
    assert ((), ()) == (told.lines, told.faults)
    foretold = Counter(post.dead for post in posts if post.dead is not None)
    assert foretold == Counter(told.dead)
    assert len(told.triage) > 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_no_ordinary_morning_rings_a_bell(seed: int) -> None:
    """Whatever the seed."""
    assert () == judge(REJANG_LEBONG, in_order(ordinary_morning(PLAN, seed))).lines


def test_without_its_story_the_morning_is_not_as_told(story: Story) -> None:
    """The verdict sees a morning in which nothing happens."""
    told = judge(REJANG_LEBONG, played_day(PLAN, 1))
    found = complaints(story, told.lines, told.replies)
    missing = [one for one in found if one.startswith("missing: ")]
    assert len(list(story.expected)) == len(missing)


def test_the_same_seed_gives_the_same_file(story: Story) -> None:
    """Byte for byte."""
    once, again = (played_day(PLAN, 7, story) for _ in range(2))
    assert b"".join(json_lines(once)) == b"".join(json_lines(again))


def test_the_first_alert_comes_within_a_minute_at_sixty_times(story: Story) -> None:
    """Who looks at the demo sees something soon."""
    first = min(line.at for line in story.expected)
    assert (first - story.starts) / 1_000 / 60 < 60


def test_the_story_shows_every_rule_of_absence_evidence_and_duress(story: Story) -> None:
    """And every change that a person or time can bring about in it."""
    expected = list(story.expected)
    assert {"T03", "T06", "T07", "W01", "W02", "W04", "W05"} == {line.rule for line in expected}
    changes = {
        "opened",
        "escalated",
        "acknowledged",
        "unacknowledged",
        "raised",
        "returned",
        "resolved",
    }
    assert changes == {line.change for line in expected}
    shown = {line.severity for line in expected if line.severity is not None}
    assert {Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL} == shown
