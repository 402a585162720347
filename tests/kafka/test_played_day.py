"""A morning with a story in it, played through Kafka: live, journal, file and oracle agree.

Who reads all sources alone gets them in the player's order at any speed, so there the lines are
those of the file. Where several workers read, each its share, one may be ahead of another by a
moment of the wall clock, which at a hundred times real time is minutes: then ladders count from
later, as the contract has it, but the same alerts open at the same times.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import Struct

from streams.config import Role
from streams.domain.times import HOUR_MS, EpochMs
from streams.simulation.day import played_morning
from streams.simulation.played import Played
from streams.simulation.story_file import load_story
from streams.wire.folder import load_plan
from tests.faults.exact import by_oracle, by_replay, read_all, told_twice
from tests.support.fleet import Fleet
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.played import Player, Span, file_lines, openings, unlike

pytestmark = pytest.mark.kafka

ELECTION = Path(__file__).parents[2] / "elections" / "rejang-lebong-2024"
WITHIN_MS = 2_000
"""Source: contract §7."""


class Morning(Struct, frozen=True):
    """What is played."""

    starts: EpochMs
    ends: EpochMs
    day: Sequence[Played]


def morning(hours: float) -> Morning:
    """Return the first hours of the story."""
    plan = load_plan(ELECTION)
    story = load_story(ELECTION, plan)
    ends = EpochMs(min(story.ends, round(story.starts + hours * HOUR_MS)))
    day = [one for one in played_morning(plan, 2024, story) if one.received_at < ends]
    return Morning(story.starts, ends, day)


def play(installation: Installation, played: Morning, roles: Sequence[Role], speed: float) -> None:
    """Play through workers of these roles, and wait until all is judged."""
    installation.run("topics", "create")
    with Fleet(installation) as fleet:
        fleet.start(*roles)
        fleet.await_assigned()
        with Player(installation, played.day, Span(played.starts, played.ends, speed)):
            pass
        fleet.await_judged(played.ends)
        assert [] == fleet.exits


def check(installation: Installation) -> list[bytes]:
    """Check the live lines against the journal, and return them."""
    logs = read_all(installation)
    assert [] == told_twice(logs)
    assert [] == by_replay(installation, logs)
    assert [] == by_oracle(installation, ELECTION, "17.02")
    return (installation.files / "transitions.jsonl").read_bytes().splitlines()


def play_as_the_file(kafka: Kafka, prefix: str, files: Path, hours: float) -> None:
    """Play some hours with one reader, and compare with the file."""
    installation, played = Installation(kafka.bootstrap, prefix, ELECTION, files), morning(hours)
    play(installation, played, (Role.INTAKE, Role.WATCH, Role.WATCH), speed=240)
    lines = check(installation)
    assert lines
    assert [] == unlike(file_lines(installation, played.day, played.ends), lines, WITHIN_MS)


def test_a_played_morning_gives_the_lines_of_its_file(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Two hours in thirty seconds: every line of the file within two seconds, and no other."""
    play_as_the_file(kafka, prefix, tmp_path, hours=2)


@pytest.mark.slow
def test_the_whole_morning_gives_the_lines_of_its_file(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """From before the opening until the polls have closed."""
    play_as_the_file(kafka, prefix, tmp_path, hours=12)


def test_several_readers_open_the_same_alerts(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Each of three workers does everything; the journal says what was judged, to the byte."""
    installation = Installation(kafka.bootstrap, prefix, ELECTION, tmp_path)
    played = morning(hours=1)
    play(installation, played, (Role.ALL, Role.ALL, Role.ALL), speed=180)
    lines = openings(check(installation))
    assert lines
    assert [] == unlike(
        openings(file_lines(installation, played.day, played.ends)), lines, WITHIN_MS
    )
