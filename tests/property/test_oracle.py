"""The fold against an independent reading of the contract, on unkind days.

`tests/oracle` shares no code with `streams`; where the contract is open both read it as ADR 6 does.
Each seed is a day of eight TPS with late, repeated, corrected and conflicting messages, several
hundred lines of them.
"""

from dataclasses import replace

import pytest

from streams.config import Config
from streams.setup import load_setup, recorded_settings
from tests.faults.recorded import judged
from tests.oracle.compare import differences
from tests.oracle.days import ALL, PLAIN, TINY, Spice, make_day
from tests.oracle.folder import read_folder
from tests.oracle.known_rules import COMPARED
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_day, print_line

SEED_OF_TWO_SUSPENSIONS = 3
FOLDER = read_folder(TINY)
SETUP = load_setup([TINY], recorded_settings(Config()))


def assert_agreed(seed: int, spice: Spice) -> None:
    """Judge a day twice and compare alert by alert, and dead letter by dead letter."""
    day = make_day(seed, FOLDER, spice)
    expected = judge_day(FOLDER, day, readings=AS_THE_FOLD, rules=COMPARED)
    lines, dead = judged(SETUP, day)
    assert [] == differences([print_line(line) for line in expected.lines], lines, COMPARED)
    assert {(letter.line, letter.reason) for letter in expected.dead_letters} == dead


@pytest.mark.parametrize("seed", range(3))
def test_plain_days_are_judged_alike(seed: int) -> None:
    """Openings, heartbeats, silences, suspensions, closings: line by line the same."""
    assert_agreed(seed, PLAIN)


@pytest.mark.parametrize("seed", range(5))
def test_unkind_days_are_judged_alike(seed: int) -> None:
    """With everything that goes wrong on a day: line by line the same."""
    assert_agreed(seed, ALL)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 220))
def test_many_unkind_days_are_judged_alike(seed: int) -> None:
    """The same over many days."""
    assert_agreed(seed, ALL)


def test_a_difference_would_be_seen() -> None:
    """Read in another way, one sentence makes another day: so the comparison can fail."""
    day = make_day(SEED_OF_TWO_SUSPENSIONS, FOLDER, ALL)
    otherwise = judge_day(
        FOLDER,
        day,
        readings=replace(AS_THE_FOLD, another_report_carries_on=True),
        rules=COMPARED,
    )
    lines, _ = judged(SETUP, day)
    assert [] != differences([print_line(line) for line in otherwise.lines], lines, COMPARED)
