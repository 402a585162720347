"""What the story of Ogan Ilir shows: a single pair is no reason to guard a poll less."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from streams.domain.alert import Change, Ladder
from streams.domain.effects import Line, ReplyOutcome
from streams.domain.words import Severity
from streams.simulation.day import ordinary_day, played_day
from streams.simulation.story import Story, with_story
from streams.simulation.story_file import load_story
from streams.simulation.tally import EMPTY_COLUMN
from tests.stories.judging import OGAN_ILIR, REJANG_LEBONG, Told, judge, plan_of

PLAN = plan_of(OGAN_ILIR)
BUPATI = "contest:bupati@16.10"


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(OGAN_ILIR, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Return what a day of it brings about."""
    return judge(OGAN_ILIR, played_day(PLAN, 1, story))


def opened(lines: Iterable[Line], rule: str) -> list[Line]:
    """Return the openings of a rule."""
    return [line for line in lines if (line.rule, line.change) == (rule, Change.OPENED)]


def test_the_story_shows_every_stage(story: Story) -> None:
    """From the materials to the boxes, threats and riots, neutrality, and a close result."""
    stages = {"T01", "T03", "T04", "T06", "T11", "T13"}
    reports = {"W01", "W03", "W04", "W08"}
    counts = {"V03", "V07", "V09", "V11"}
    assert stages | reports | counts | {"X03"} == {line.rule for line in story.expected}


def test_a_late_opening_is_as_grave_as_anywhere(told: Told) -> None:
    """By class, severity and ladder are those of a pilkada with several pairs."""
    elsewhere = load_story(REJANG_LEBONG, plan_of(REJANG_LEBONG))
    usual = {
        (line.severity, line.level)
        for line in elsewhere.expected
        if (line.rule, line.change) == ("T03", Change.OPENED)
    }
    assert {(Severity.HIGH, "polsek"), (Severity.MEDIUM, "kpps")} == usual
    assert usual == {(line.severity, line.level) for line in opened(told.lines, "T03")}


def test_a_riot_climbs_to_the_polda(told: Told) -> None:
    """Critical at once, and on until somebody takes it on."""
    levels = [line.level for line in told.lines if line.rule == "W01"]
    assert ["polres_ops", "polres", "polda"] == list(dict.fromkeys(levels))


def test_neutrality_is_seen_by_propam_alone(told: Told) -> None:
    """No line of it goes to anybody else, and nobody else acts on it."""
    [report] = opened(told.lines, "W08")
    lines = [line for line in told.lines if line.alert == report.alert]
    assert {("propam",)} == {line.restricted_to for line in lines}
    assert {Ladder.PROP} == {line.ladder for line in lines}
    refused = [one.command for one in told.replies if one.outcome is ReplyOutcome.REFUSED]
    about = [command for command in refused if command.startswith("netralitas")]
    assert ["netralitas-02", "netralitas-03"] == about


def test_half_of_the_votes_raises_the_posture(told: Told) -> None:
    """V09 goes straight to the Kapolres, V07 joins it with the last forms, and both stay open."""
    [half], [narrow] = opened(told.lines, "V09"), opened(told.lines, "V07")
    assert (BUPATI, "polres", Severity.HIGH) == (half.scope, half.level, half.severity)
    assert (BUPATI, "polres_ops", Severity.HIGH) == (narrow.scope, narrow.level, narrow.severity)
    assert half.at < narrow.at
    ended = {Change.RETURNED, Change.RESOLVED}
    assert not [one for one in told.lines if one.rule in {"V07", "V09"} and one.change in ended]


def test_with_a_lower_posture_neither_box_nor_voices_ring(story: Story) -> None:
    """Where the pair is far ahead, the box has its ten minutes and three voices are not enough.

    So both alerts of the story are the posture's.
    """
    ahead = replace(
        story,
        results=tuple(replace(one, shares={"01": 81, EMPTY_COLUMN: 19}) for one in story.results),
    )
    lines = judge(OGAN_ILIR, played_day(PLAN, 1, ahead)).lines
    assert ([], [], []) == tuple(opened(lines, rule) for rule in ("V07", "V09", "W03"))
    [box] = opened(lines, "T11")
    [tight] = [
        line for line in story.expected if (line.rule, line.change) == ("T11", Change.OPENED)
    ]
    assert 5 * 60_000 == box.at - tight.at


def test_the_column_ahead_at_one_tps_rings_no_bell(told: Told) -> None:
    """It is what people have chosen there."""
    assert not [line for line in told.lines if "16.10.16.1012-001" in line.scope]


def test_what_departs_arrives(story: Story) -> None:
    """No box of the story is left on its way."""
    boxes: dict[str, list[str]] = {"box_departed": [], "box_arrived": []}
    for post in with_story(ordinary_day(PLAN, 1), story):
        if post.kind in boxes and post in set(story.posts):
            boxes[post.kind] += [name for name in post.about if name.startswith("box:")]
    assert sorted(boxes["box_departed"]) == sorted(boxes["box_arrived"])
    assert 8 == len(boxes["box_arrived"])
