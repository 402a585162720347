"""The fold against an independent reading of the contract, on unkind days.

`tests/oracle` shares no code with `streams`; where the contract is open both read it as ADR 6 does.
Each seed is a day of eight TPS with late, repeated, corrected and conflicting messages, several
hundred lines of them.
"""

from collections.abc import Iterable

import pytest

from streams.config import Config
from streams.domain.effects import Line, Rejected
from streams.replay import BadLine, Judged, Replay
from streams.setup import load_setup, recorded_settings
from streams.territory.zone import offset_minutes
from streams.wire.outputs import transition
from tests.oracle.compare import differences
from tests.oracle.days import ALL, PLAIN, TINY, Spice, make_day
from tests.oracle.folder import read_folder
from tests.oracle.readings import Readings
from tests.oracle.replay import judge_day, print_line

AS_ADR_6 = Readings(another_report_carries_on=False)
SEED_OF_TWO_SUSPENSIONS = 3
FOLDER = read_folder(TINY)
SETUP = load_setup([TINY], recorded_settings(Config()))


def judged(day: Iterable[str]) -> tuple[list[str], set[tuple[int, str]]]:
    """Return the lines of a day as the fold tells them, and (line, reason) of each dead letter."""
    replay = Replay(SETUP.world, SETUP.acceptor)
    outcomes: list[BadLine | Judged] = []
    for number, line in enumerate(day, start=1):
        outcomes += replay.take(number, line.encode())
    outcomes += replay.finish()
    lines, dead = list[str](), set[tuple[int, str]]()
    for outcome in outcomes:
        if isinstance(outcome, BadLine):
            dead.add((outcome.number, outcome.reason))
            continue
        for effect in outcome.effects:
            if isinstance(effect, Line):
                lines.append(transition(effect, offset_minutes(effect.alert)).decode())
            elif isinstance(effect, Rejected):
                dead.add((outcome.number, effect.reason))
    return lines, dead


def assert_agreed(seed: int, spice: Spice) -> None:
    """Judge a day twice and compare alert by alert, and dead letter by dead letter."""
    day = make_day(seed, FOLDER, spice)
    expected = judge_day(FOLDER, day, readings=AS_ADR_6)
    lines, dead = judged(day)
    assert [] == differences([print_line(line) for line in expected.lines], lines)
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
    otherwise = judge_day(FOLDER, day, readings=Readings(another_report_carries_on=True))
    lines, _ = judged(day)
    assert [] != differences([print_line(line) for line in otherwise.lines], lines)
