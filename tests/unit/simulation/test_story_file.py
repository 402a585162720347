"""The file of a story, and its faults."""

from pathlib import Path

import pytest

from streams.domain.alert import Change
from streams.domain.words import Severity
from streams.errors import InputError
from streams.simulation.story import Never
from streams.simulation.story_file import load_story, parse_story
from streams.wire.time import format_time
from tests.stories.judging import DUA_ZONA, REJANG_LEBONG, plan_of
from tests.unit.simulation.written import TPS, story_of, story_text

PLAN = plan_of(REJANG_LEBONG)


def fault_of(text: str) -> str:
    """Return what is told of a story that cannot be played."""
    with pytest.raises(InputError) as told:
        parse_story("story.yaml", text, PLAN)
    return str(told.value)


def test_the_shipped_story_can_be_read() -> None:
    """It plays from before the opening and has thirteen incidents."""
    story = load_story(REJANG_LEBONG, PLAN)
    assert "2024-11-27T06:38:00+07:00" == format_time(story.starts, story.offset_minutes)
    assert 13 == len(story.incidents)


def test_every_incident_is_told_in_both_languages() -> None:
    """And not in the same words."""
    for caption in load_story(REJANG_LEBONG, PLAN).captions:
        assert caption.text.id
        assert caption.text.en
        assert caption.text.id != caption.text.en


def test_an_expectation_says_what_must_come() -> None:
    """What it leaves out may be anything."""
    written = f"{{at: '07:10', rule: T03, scope: {TPS}, change: opened, severity: high}}"
    [line] = story_of(f"    expect: [{written}]\n").expected
    assert ("T03", TPS, "", Change.OPENED) == (line.rule, line.scope, line.key, line.change)
    assert (Severity.HIGH, None, None, 1) == (line.severity, line.level, line.cause, line.within_s)


def test_what_must_never_come_needs_no_scope() -> None:
    """A rule alone is that rule anywhere."""
    [incident] = story_of("    never: [{rule: W11}]\n").incidents
    assert (Never("W11", ""),) == incident.never


def test_an_incident_goes_by_the_clocks_of_its_zone() -> None:
    """Its messages are written by them too."""
    tps = "91.03.13.2004-002"
    source = f"{{id: kpps-{tps}, role: kpps}}"
    incident = f"""\
    zone: WIT
    mute: [{{of: {tps}, from: "07:00", to: "07:41"}}]
    posts: [{{at: "07:41", status: {{kind: opened, tps: {tps}, source: {source}}}}}]
    expect: [{{at: "07:30", rule: T03, scope: {tps}, change: opened}}]
"""
    story = parse_story("story.yaml", story_text(incident), plan_of(DUA_ZONA))
    [told] = story.incidents
    times = (story.starts, told.caption.at, told.mutes[0].starts, told.expected[0].at)
    written = [format_time(at, 420)[11:16] for at in times]
    assert ["06:30", "05:00", "05:00", "05:30"] == written
    assert b'"at":"2024-02-14T07:41:00+09:00"' in told.posts[0].value


def test_without_a_zone_the_first_kabupaten_has_the_clock() -> None:
    """As a story of one zone always had."""
    told = parse_story("story.yaml", story_text(""), plan_of(DUA_ZONA)).incidents[0]
    assert "2024-02-14T07:00:00+07:00" == format_time(told.caption.at, 420)


def test_results_say_how_an_area_votes() -> None:
    """In the order in which they are written."""
    line = 'results: [{of: "17.02", contest: bupati, votes: {"01": 4, "02": 3, "03": 3}}]\n'
    [result] = parse_story("story.yaml", line + story_text(""), PLAN).results
    assert ("17.02", "bupati") == (result.area, result.contest)
    assert {"01": 4, "02": 3, "03": 3} == result.shares


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        ('of: "36", contest: bupati, votes: {"01": 1}', "of: found '36'"),
        ('of: "17", contest: bupati, votes: {"01": 1}', "contest: found 'bupati'"),
        ('of: "17.02", contest: bupati, votes: {"01": 1}', "votes: found 01, expected 01, 02, 03"),
        ('of: "17", contest: gubernur, votes: {"01": 0, "02": 1}', "votes: Expected `int` >= 1"),
    ],
)
def test_a_result_that_cannot_be_is_told(result: str, fault: str) -> None:
    """With its line."""
    text = f"results: [{{{result}}}]\n{story_text('')}"
    assert fault_of(text).startswith(f"story.yaml:1: results[0].{fault}")


@pytest.mark.parametrize(
    ("incident", "fault"),
    [
        ('    mute: [{of: X, from: "07:00", to: "08:00"}]\n', "8: incidents[0].mute[0].of: found"),
        (
            f'    mute: [{{of: {TPS}, from: "08:00", to: "08:00"}}]\n',
            "8: incidents[0].mute[0].to: expected a time after `from`",
        ),
        (
            f'    mute: [{{of: {TPS}, from: "07:00", to: "08:00", only: [counts]}}]\n',
            "8: incidents[0].mute[0].only: found 'counts', expected box_arrived, ",
        ),
        ("    never: [{rule: W01, scope: X}]\n", "8: incidents[0].never[0].scope: found 'X'"),
        ('    expect: [{at: "07:10", rule: T3}]\n', "8: incidents[0].expect[0].rule: Expected"),
        (
            '    expect: [{at: "07:10", rule: T03, scope: X, change: opened}]\n',
            "8: incidents[0].expect[0].scope: found 'X'",
        ),
        ("    zone: WIT\n", "8: incidents[0].zone: found 'WIT', expected WIB"),
        ("    colour: red\n", "5: incidents[0]: Object contains unknown field `colour`"),
        (
            '  - {id: only, at: "07:00", caption: {id: a, en: b}}\n',
            "8: incidents[1].id: found 'only' twice",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(incident: str, fault: str) -> None:
    """And with the field that is meant."""
    assert fault_of(story_text(incident)).startswith(f"story.yaml:{fault}")


def test_a_day_must_have_a_length() -> None:
    """It ends after it starts."""
    text = story_text("").replace("13:30", "06:30")
    assert "story.yaml:3: ends: expected a time after `starts`" == fault_of(text)


def test_a_folder_without_a_story_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(InputError, match=r"story\.yaml: cannot be read .*: write one"):
        load_story(tmp_path, PLAN)


def test_a_story_in_another_encoding_is_told(tmp_path: Path) -> None:
    """Text is UTF-8 everywhere."""
    (tmp_path / "story.yaml").write_bytes(b"title: \xff")
    with pytest.raises(InputError, match="expected UTF-8"):
        load_story(tmp_path, PLAN)
