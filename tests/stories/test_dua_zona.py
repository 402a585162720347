"""What the story of two zones shows: every rule goes by the clocks of the place."""

from collections.abc import Iterator

import pytest

from streams.domain.alert import Change
from streams.domain.effects import Line, ReplyOutcome
from streams.domain.ids import AreaCode, desa_of, kabupaten_of
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import Severity
from streams.simulation.day import ordinary_day, played_day
from streams.simulation.post import Post, in_order
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from streams.wire.time import format_time
from tests.stories.judging import DUA_ZONA, Told, judge, plan_of

PLAN = plan_of(DUA_ZONA)
SERANG, JAYAPURA = AreaCode("36.04"), AreaCode("91.03")


@pytest.fixture(scope="module")
def story() -> Story:
    """Return the shipped story."""
    return load_story(DUA_ZONA, PLAN)


@pytest.fixture(scope="module")
def told(story: Story) -> Told:
    """Return what a day of it brings about."""
    return judge(DUA_ZONA, played_day(PLAN, 1, story))


def opened(told: Told, rule: str) -> list[Line]:
    """Return the openings of a rule."""
    return [line for line in told.lines if (line.rule, line.change) == (rule, Change.OPENED)]


def local(line: Line) -> str:
    """Return when a line came, by the clocks of its TPS."""
    return format_time(line.at, PLAN.offset_minutes(line.scope))[:19]


def test_the_zones_are_two_hours_apart() -> None:
    """WIB and WIT."""
    assert (7 * 60, 9 * 60) == tuple(PLAN.offset_minutes(code) for code in (SERANG, JAYAPURA))


@pytest.mark.parametrize(
    ("rule", "clock"), [("T03", "07:30"), ("X01", "10:15"), ("T04", "12:20"), ("T05", "14:02")]
)
def test_the_same_comes_two_hours_earlier_in_the_east(told: Told, rule: str, clock: str) -> None:
    """At the same local time, with the same severity and level."""
    east, west = opened(told, rule)
    assert (JAYAPURA, SERANG) == (kabupaten_of(east.scope), kabupaten_of(west.scope))
    assert [f"2024-02-14T{clock}:00"] * 2 == [local(east), local(west)]
    assert 2 * HOUR_MS == west.at - east.at
    assert (east.severity, east.level) == (west.severity, west.level)


def test_counting_must_end_by_the_midnight_of_the_place() -> None:
    """T09: 24:00 WIT is 22:00 WIB; at noon of the next day it is high, by the same clocks."""
    told = judge(DUA_ZONA, in_order([*_openings(), _word_of_the_next_day()]))
    overdue = opened(told, "T09")
    assert set(PLAN.tps) == {line.scope for line in overdue}
    assert {"2024-02-15T00:00:00"} == {local(line) for line in overdue}
    moments = {kabupaten_of(line.scope): line.at for line in overdue}
    assert 2 * HOUR_MS == moments[SERANG] - moments[JAYAPURA]
    raised = [line for line in told.lines if (line.rule, line.change) == ("T09", Change.RAISED)]
    assert set(PLAN.tps) == {line.scope for line in raised}
    assert {"2024-02-15T12:00:00"} == {local(line) for line in raised}
    assert {Severity.HIGH} == {line.severity for line in raised}


def _openings() -> Iterator[Post]:
    """A day on which every TPS opens and is not heard of again."""
    return (post for post in ordinary_day(PLAN, 1) if post.kind == "opened")


def _word_of_the_next_day() -> Post:
    """The last check-in of an officer, a day later: until then it is judged."""
    last = max(
        (post for post in ordinary_day(PLAN, 1) if post.kind == "checkin"),
        key=lambda post: post.at,
    )
    value = last.value.replace(b'"at":"2024-02-14', b'"at":"2024-02-15')
    at, received_at = EpochMs(last.at + 24 * HOUR_MS), EpochMs(last.received_at + 24 * HOUR_MS)
    return Post(at, received_at, last.topic, value, last.kind, last.about)


def test_a_brawl_told_by_two_clocks_is_one_alert(told: Told) -> None:
    """The third voice writes WIB, and belongs to the two that write WIT."""
    [alert] = opened(told, "W01")
    assert "91.03.13.2006" == alert.scope
    assert "2024-02-14T08:20:00" == local(alert)


def test_only_the_contest_of_a_kabupaten_is_added_up(told: Told) -> None:
    """Three are equally close; two of them are wider than what is watched here."""
    assert ["contest:dprd-91.03@91.03"] == [line.scope for line in opened(told, "V07")]


def test_one_of_three_contests_is_told_by_itself(told: Told, story: Story) -> None:
    """The two others of that TPS add up, and nothing is said of them."""
    [held], [wrong] = opened(told, "V02"), opened(told, "V01")
    assert ("presiden-91", "dprd-36.04:votes") == (held.key, wrong.key)
    for line in (held, wrong):
        assert 3 == len(PLAN.election.contests_of(line.scope))
        forms = [post for post in story.posts if (post.kind, post.tps) == ("count", line.scope)]
        assert 4 <= len(forms)
    assert [] == opened(told, "V13")


def test_no_mekarsari_is_guessed(told: Told) -> None:
    """The reports wait at the kabupaten: neither desa of that name is told anything."""
    both = {code for code, name in PLAN.desa.items() if name == "Mekarsari"}
    voting = both & set(PLAN.tps_of_desa)
    assert {"36.04.30.2009", "36.04.31.2013"} == voting
    assert not [line for line in told.lines if desa_of(line.scope) in voting]
    assert 3 <= len([one for one in told.triage if one.area == SERANG])


def test_the_colour_of_one_kabupaten_is_not_that_of_the_other(told: Told) -> None:
    """The riot turns Jayapura kuning; who commands in Serang cannot order it down."""
    assert {"91.03", "91.03.13"} == {line.scope for line in opened(told, "X03")}
    refused = [one.command for one in told.replies if one.outcome is ReplyOutcome.REFUSED]
    assert ["yakonde-belum-buka-01", "doyo-baru-dua-suara-07"] == refused
