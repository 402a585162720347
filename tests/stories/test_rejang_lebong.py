"""What the story of Rejang Lebong shows."""

import pytest

from streams.domain.words import Severity
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import REJANG_LEBONG, plan_of


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(REJANG_LEBONG, plan_of(REJANG_LEBONG))


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
