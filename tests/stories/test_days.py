"""All example days, judged offline and held to their stories."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct

from streams.simulation.day import ordinary_day, ordinary_morning, played_day
from streams.simulation.played import json_lines
from streams.simulation.post import Post, in_order
from streams.simulation.story import Story
from streams.simulation.story_file import load_story
from streams.simulation.verdict import complaints
from streams.territory.plan import Plan
from tests.stories.judging import (
    CARENANG_BINUANG,
    DUA_ZONA,
    OGAN_ILIR,
    PEKALONGAN,
    REJANG_LEBONG,
    REJANG_LEBONG_PILKADES,
    Told,
    judge,
    plan_of,
)

SEED = 1
MORE_SEEDS = (2, *range(100, 120))


class Day(Struct, frozen=True):
    """An election folder, and what happens there where nothing happens."""

    folder: Path
    ordinary: Callable[[Plan, int], tuple[Post, ...]]

    @property
    def plan(self) -> Plan:
        """The plan of the folder."""
        return plan_of(self.folder)

    @property
    def story(self) -> Story:
        """The story that is shipped with it."""
        return load_story(self.folder, self.plan)

    def posts(self, seed: int) -> tuple[Post, ...]:
        """Return all that is sent on the day of a seed, in no particular order."""
        return self.ordinary(self.plan, seed)


DAYS = {
    "rejang-lebong": Day(REJANG_LEBONG, ordinary_morning),
    "carenang": Day(CARENANG_BINUANG, ordinary_day),
    "rejang-lebong-pilkades": Day(REJANG_LEBONG_PILKADES, ordinary_day),
    "pekalongan": Day(PEKALONGAN, ordinary_day),
    "ogan-ilir": Day(OGAN_ILIR, ordinary_day),
    "dua-zona": Day(DUA_ZONA, ordinary_day),
}
each_day = pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
LONG = ("rejang-lebong-pilkades", "ogan-ilir", "dua-zona")
"""Whose ordinary days are like those of the others, and much longer."""
each_quiet_day = pytest.mark.parametrize(
    "day",
    [
        pytest.param(day, id=name, marks=[pytest.mark.slow] if name in LONG else [])
        for name, day in DAYS.items()
    ],
)


@cache
def ordinary(day: Day) -> Told:
    """Return the judgment of a day on which nothing happens."""
    return judge(day.folder, in_order(day.posts(SEED)))


def judged_by(day: Day, seed: int) -> tuple[str, ...]:
    """Return what is not as the story has it, on the day of a seed."""
    told = judge(day.folder, played_day(day.plan, seed, day.story))
    assert () == told.faults
    return complaints(day.story, told.lines, told.replies)


@each_day
def test_the_story_comes_true(day: Day) -> None:
    """Every line that must come has come in time, and nothing else from medium on."""
    assert () == judged_by(day, SEED)


@pytest.mark.slow
@each_day
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_the_story_comes_true_on_any_day(day: Day, seed: int) -> None:
    """It does not hang on luck."""
    assert () == judged_by(day, seed)


@each_quiet_day
def test_an_ordinary_day_rings_no_bell(day: Day) -> None:
    """Noise, lateness and broken messages raise no alert, and nothing is lost in silence."""
    told = ordinary(day)
    assert ((), ()) == (told.lines, told.faults)
    foretold = Counter(post.dead for post in day.posts(SEED) if post.dead is not None)
    assert foretold == Counter(told.dead)
    assert told.triage


@pytest.mark.slow
@each_day
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_no_ordinary_day_rings_a_bell(day: Day, seed: int) -> None:
    """Whatever the seed."""
    assert () == judge(day.folder, in_order(day.posts(seed))).lines


@each_quiet_day
def test_without_its_story_the_day_is_not_as_told(day: Day) -> None:
    """The verdict sees a day in which nothing happens."""
    told = ordinary(day)
    found = complaints(day.story, told.lines, told.replies)
    missing = [one for one in found if one.startswith("missing: ")]
    assert len(list(day.story.expected)) == len(missing)


@each_day
def test_the_same_seed_gives_the_same_file(day: Day) -> None:
    """Byte for byte."""
    once, again = (played_day(day.plan, 7, day.story) for _ in range(2))
    assert b"".join(json_lines(once)) == b"".join(json_lines(again))


@each_day
def test_the_first_alert_comes_within_a_minute_at_sixty_times(day: Day) -> None:
    """Who looks at the demo sees something soon."""
    first = min(line.at for line in day.story.expected)
    assert (first - day.story.starts) / 1_000 / 60 < 60
