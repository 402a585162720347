"""The fold against the oracle on whole days: materials, voting, boxes, counts and every report.

Three folders: a pilkada of two contests and eight TPS, three pilkades in five, and one pair against
the empty column in 27. All rules that both know are compared alert by alert, line by line, and
every dead letter.
"""

from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import pytest

from streams.config import Config
from streams.setup import Setup, load_setup, recorded_settings
from tests.faults.recorded import judged
from tests.oracle.compare import differences
from tests.oracle.days_whole import DISTRICT, TOWN, VILLAGE, make_whole_day
from tests.oracle.folder import Folder, read_folder
from tests.oracle.known_rules import AHEAD, COMPARED, NOT_YET
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_day, print_line

FOLDERS = {"town": TOWN, "village": VILLAGE, "district": DISTRICT}
CLOSE_RESULTS = 11
"""A seed of the village with results that are close, and close no more."""


@cache
def loaded(name: str) -> tuple[Folder, Setup]:
    """Return a folder as the oracle reads it, and as the product does."""
    path: Path = FOLDERS[name]
    return read_folder(path), load_setup([path], recorded_settings(Config()))


@lru_cache(maxsize=4)
def day_of(name: str, seed: int) -> list[str]:
    """Return the lines of a day: to make one, the oracle judges it twice."""
    return make_whole_day(seed, loaded(name)[0])


@lru_cache(maxsize=4)
def by_the_fold(name: str, seed: int) -> tuple[list[str], set[tuple[int, str]]]:
    """Return what the fold tells of a day, and what it cannot take."""
    return judged(loaded(name)[1], day_of(name, seed))


def assert_agreed(name: str, seed: int) -> None:
    """Judge a day twice and compare alert by alert, and dead letter by dead letter."""
    expected = judge_day(loaded(name)[0], day_of(name, seed), readings=AS_THE_FOLD)
    lines, dead = by_the_fold(name, seed)
    assert [] == differences([print_line(line) for line in expected.lines], lines, COMPARED)
    assert {(letter.line, letter.reason) for letter in expected.dead_letters} == dead


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        *(("town", seed) for seed in (0, 21)),
        *(("village", seed) for seed in (36, CLOSE_RESULTS)),
    ],
)
def test_whole_days_are_judged_alike(name: str, seed: int) -> None:
    """Whatever happens on a day: line by line the same."""
    assert_agreed(name, seed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "seed"),
    [
        ("town", 12),
        *(("village", seed) for seed in (3, 21, 25)),
        *((name, seed) for name in ("town", "village") for seed in range(100, 160)),
        *(("district", seed) for seed in range(100, 106)),
    ],
)
def test_many_whole_days_are_judged_alike(name: str, seed: int) -> None:
    """The same over many days."""
    assert_agreed(name, seed)


def village_day() -> tuple[list[str], list[str]]:
    """Return a day, and the lines of the fold."""
    return day_of("village", CLOSE_RESULTS), by_the_fold("village", CLOSE_RESULTS)[0]


def test_a_difference_would_be_seen() -> None:
    """Read in another way, one sentence makes another day: so the comparison can fail."""
    day, lines = village_day()
    otherwise = replace(AS_THE_FOLD, aman_anywhere_in_desa=True, corrects_any_source=True)
    read = judge_day(loaded("village")[0], day, readings=otherwise, rules=COMPARED)
    assert [] != differences([print_line(line) for line in read.lines], lines, COMPARED)


def test_a_rule_that_nobody_judged_would_be_seen() -> None:
    """Every rule that speaks on a day is compared, those that judge counts as well."""
    day, lines = village_day()
    rules = {line.split('"rule":"')[1][:3] for line in lines} - AHEAD - NOT_YET
    assert rules <= COMPARED
    assert {"T10", "W05", "W15"} <= rules
    read = judge_day(loaded("village")[0], day, readings=AS_THE_FOLD, rules=COMPARED)
    for rule in sorted(rules):
        without = [print_line(line) for line in read.lines if line.about.rule != rule]
        assert rule in {told[:3] for told in differences(without, lines, COMPARED)}
