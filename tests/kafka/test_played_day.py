"""A day with a story in it, played through Kafka: live, journal, file and oracle agree.

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
from streams.simulation.day import played_day
from streams.simulation.played import Played
from streams.simulation.story_file import load_story
from streams.wire.folder import load_plan
from tests.faults.exact import by_oracle, by_replay, read_all, told_twice
from tests.support.fleet import Fleet
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.played import Player, Span, file_lines, openings, unlike

pytestmark = pytest.mark.kafka

ELECTIONS = Path(__file__).parents[2] / "elections"
WITHIN_MS = 2_000
"""Source: contract §7."""


class Example(Struct, frozen=True):
    """An election folder that is shipped with a story."""

    folder: Path
    kabupaten: tuple[str, ...]
    """None where there are two: the oracle reads a folder of one alone."""


REJANG_LEBONG = Example(ELECTIONS / "rejang-lebong-2024", ("17.02",))
CARENANG_BINUANG = Example(ELECTIONS / "carenang-binuang-2019", ("36.04",))
EXAMPLES = (
    REJANG_LEBONG,
    CARENANG_BINUANG,
    Example(ELECTIONS / "rejang-lebong-pilkades-2020", ("17.02",)),
    Example(ELECTIONS / "pekalongan-pilkades-2022", ("33.26",)),
    Example(ELECTIONS / "ogan-ilir-2024", ("16.10",)),
    Example(ELECTIONS / "dua-zona-2024", ()),
)


class Part(Struct, frozen=True):
    """What is played."""

    starts: EpochMs
    ends: EpochMs
    day: Sequence[Played]


def part_of(example: Example, hours: float) -> Part:
    """Return the first hours of a story."""
    plan = load_plan(example.folder)
    story = load_story(example.folder, plan)
    ends = EpochMs(min(story.ends, round(story.starts + hours * HOUR_MS)))
    day = [one for one in played_day(plan, 2024, story) if one.received_at < ends]
    return Part(story.starts, ends, day)


def play(installation: Installation, played: Part, roles: Sequence[Role], speed: float) -> None:
    """Play through workers of these roles, and wait until all is judged."""
    installation.run("topics", "create")
    with Fleet(installation) as fleet:
        fleet.start(*roles)
        fleet.await_assigned()
        with Player(installation, played.day, Span(played.starts, played.ends, speed)):
            pass
        fleet.await_judged(played.ends)
        assert [] == fleet.exits


def check(installation: Installation, example: Example) -> list[bytes]:
    """Check the live lines against the journal, and return them."""
    logs = read_all(installation)
    assert [] == told_twice(logs)
    assert [] == by_replay(installation, logs)
    for kabupaten in example.kabupaten:
        assert [] == by_oracle(installation, installation.election, kabupaten)
    return (installation.files / "transitions.jsonl").read_bytes().splitlines()


def play_as_the_file(example: Example, installation: Installation, hours: float) -> None:
    """Play some hours with one reader, and compare with the file."""
    played = part_of(example, hours)
    play(installation, played, (Role.INTAKE, Role.WATCH, Role.WATCH), speed=240)
    lines = check(installation, example)
    assert lines
    assert [] == unlike(file_lines(installation, played.day, played.ends), lines, WITHIN_MS)


def test_a_played_morning_gives_the_lines_of_its_file(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """90 minutes in 23 seconds: every line of the file within two seconds, and no other."""
    installation = Installation(kafka.bootstrap, prefix, CARENANG_BINUANG.folder, tmp_path)
    play_as_the_file(CARENANG_BINUANG, installation, hours=1.5)


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.folder.name)
def test_the_whole_day_gives_the_lines_of_its_file(
    example: Example, kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """As long as the story is told: one until the polls have closed, one until the last box."""
    installation = Installation(kafka.bootstrap, prefix, example.folder, tmp_path)
    play_as_the_file(example, installation, hours=24)


@pytest.mark.parametrize(
    "example",
    [pytest.param(REJANG_LEBONG, marks=pytest.mark.slow), CARENANG_BINUANG],
    ids=lambda one: one.folder.name,
)
def test_several_readers_open_the_same_alerts(
    example: Example, kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Each of three workers does everything; the journal says what was judged, to the byte."""
    installation = Installation(kafka.bootstrap, prefix, example.folder, tmp_path)
    played = part_of(example, hours=1)
    play(installation, played, (Role.ALL, Role.ALL, Role.ALL), speed=180)
    lines = openings(check(installation, example))
    assert lines
    of_file = openings(file_lines(installation, played.day, played.ends))
    assert [] == unlike(of_file, lines, WITHIN_MS)
