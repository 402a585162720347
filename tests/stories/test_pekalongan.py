"""What the story of Pekalongan shows: health, neutrality, officers who calm, fair supporters."""

import pytest

from streams.domain.alert import Ladder
from streams.domain.effects import TriageStatus
from streams.domain.words import TPS_CLASSES, Severity
from streams.simulation.day import played_day
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from tests.stories.judging import PEKALONGAN, Told, judge, plan_of

PLAN = plan_of(PEKALONGAN)
MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(PEKALONGAN, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Judge the day of the first seed."""
    return judge(PEKALONGAN, played_day(PLAN, 1, story))


def test_the_story_shows_the_rules_of_the_meeting(story: Story) -> None:
    """Health, neutrality, supporters, pressure, a clash that is calmed, a late opening."""
    rules = {"T03", "W01", "W03", "W04", "W07", "W08", "W11", "W12", "X03"}
    assert rules == {line.rule for line in story.expected}
    keys = {line.key for line in story.expected if line.rule == "W12"}
    assert {"KES-01", "KES-02"} == keys
    shown = {line.severity for line in story.expected if line.severity is not None}
    assert {Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL} == shown


def test_the_captions_do_not_tell_the_map(story: Story) -> None:
    """Which spot is vulnerable is confidential: onlookers read no class."""
    said = [story.title, *(caption.text for caption in story.captions)]
    words = {*TPS_CLASSES, "rawan", "vulnerable"}
    assert [] == [word for text in said for word in words if word in f"{text.id} {text.en}".lower()]


def test_neutrality_is_for_propam_alone(told: Told) -> None:
    """No other rule speaks of the officer, and no other ladder is climbed."""
    about = [line for line in told.lines if line.scope.startswith("officer:")]
    assert {("W08", Ladder.PROP)} == {(line.rule, line.ladder) for line in about}
    assert {"W08"} == {line.rule for line in told.lines if line.ladder is Ladder.PROP}
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in about]


def test_the_bhabinkamtibmas_cools_things_down(story: Story) -> None:
    """The word that all is calm ends the pressure at once, a clash half an hour after the last."""
    ended = {
        line.rule: (line.at, line.cause) for line in story.expected if line.change == "resolved"
    }
    calmed = {post.at for post in story.posts if b'"situation":"aman"' in post.value}
    pressure_at, cause = ended["W04"]
    assert (True, "input") == (pressure_at in calmed, cause)
    clash_at, cause = ended["W01"]
    assert (True, "deadline") == (any(at < clash_at for at in calmed), cause)


def test_a_second_officer_decides_between_two_words(told: Told) -> None:
    """Whether it is calm: neither the crowd nor the first officer is believed from the desk."""
    lines = [line for line in told.lines if line.rule == "W07"]
    assert {"33.26.13.2007"} == {line.scope for line in lines}
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in lines]
    assert (lines[-1].at - lines[0].at) / MINUTE_MS < 5


def test_a_rumour_waits_until_five_tell_it(told: Told) -> None:
    """Four wait for a person, the fifth, of the third desa, rings, and an answer ends it."""
    rumours = [one for one in told.triage if one.evidence.id.startswith("kabar-berantai")]
    waiting = [one for one in rumours if one.status is TriageStatus.OPEN]
    assert {"INF-02"} == {one.category for one in rumours}
    assert {f"kabar-berantai-0{n}" for n in (1, 2, 3, 4)} == {one.evidence.id for one in waiting}
    lines = [line for line in told.lines if line.rule == "W11"]
    assert ["opened", "acknowledged", "resolved"] == [line.change for line in lines]
    assert lines[0].at > max(one.evidence.at for one in waiting)
    assert "command" == lines[-1].cause.partition(":")[0]


def test_cheering_and_one_camps_objection_ring_no_bell(told: Told) -> None:
    """Supporters who cheer, and two witnesses of one camp, are heard and not alarmed about."""
    quiet = ("salakbrojo-sorak", "sampih-keberatan", "rengas-satu-suara")
    heard = [one for one in told.triage if one.evidence.id.startswith(quiet)]
    assert (6, {TriageStatus.OPEN}) == (len(heard), {one.status for one in heard})
    desa = ("33.26.13.2011", "33.26.12.2009", "33.26.13.2017")
    assert [] == [line for line in told.lines if line.scope.startswith(desa)]
