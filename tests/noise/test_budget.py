"""What the shipped rules tell of whole days: at most eight alerts on an ordinary one.

The days are drawn from base rates by a generator that knows no threshold but those of the plan,
`streams.simulation.ordinary`; `docs/explanation/noise.md` says what the kinds of days are and what
was measured. An ordinary day is held to the budget. The others have none, as what is told of them
is true more often than not; there a ratchet holds: no rule may tell more of a day than it was
measured to.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from streams.domain.alert import Change
from streams.domain.effects import Line
from streams.domain.words import Severity
from streams.simulation.ordinary.day import noise_day
from streams.simulation.ordinary.folder import write_folder
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, OUTAGES, DayKind
from streams.territory.plan import ElectionKind
from tests.stories.judging import Told, judge, plan_of

ALERTS_MAX: Final = 8
"""A day, 400 TPS. Source: the issue "Noise"."""
SEEDS: Final = range(10)
QUICK: Final = ((ElectionKind.PILKADA, 3), (ElectionKind.PILKADES, 4))
"""Days that are judged whenever tests run. A pemilu takes as long as four of them."""
EVERY: Final = tuple(product(ElectionKind, SEEDS))
OTHERS: Final = tuple(day for day in EVERY if day not in QUICK)
IRREGULAR_DAYS: Final = tuple(product(ElectionKind, range(2)))
"""Those that were measured."""
WORST_OF_OUTAGES: Final[dict[ElectionKind, dict[str, int]]] = {
    ElectionKind.PILKADA: {
        "T03": 8, "T04": 1, "T07": 2, "T13": 2, "V10": 1, "W08": 1, "W09": 1, "W12": 1, "W15": 5,
    },
    ElectionKind.PILKADES: {
        "T03": 4, "T04": 2, "T07": 2, "T08": 1, "T13": 1, "W08": 1, "W09": 1, "W12": 1, "W15": 5,
    },
    ElectionKind.PEMILU: {
        "T03": 13, "T04": 1, "T07": 1, "T13": 3, "V10": 4, "V11": 1, "W08": 1, "W09": 1,
        "W12": 1, "W15": 5,
    },
}  # fmt: skip
"""Alerts of each rule on its worst day of outages."""
WORST_OF_IRREGULAR: Final[dict[ElectionKind, dict[str, int]]] = {
    ElectionKind.PILKADA: {
        "T03": 1, "T04": 1, "T08": 17, "T10": 16, "T11": 6, "V01": 3, "V04": 1, "V06": 3,
        "V07": 1, "V10": 3, "W10": 7, "W12": 1, "W15": 12, "X02": 1, "X03": 2, "X06": 1,
    },
    ElectionKind.PILKADES: {
        "T04": 1, "T08": 19, "T10": 9, "T12": 1, "V06": 1, "V07": 9, "V08": 1, "V10": 1,
        "W10": 8, "W12": 1, "W15": 12, "X03": 2, "X06": 2,
    },
    ElectionKind.PEMILU: {
        "T04": 1, "T07": 1, "T08": 23, "T10": 40, "T11": 10, "T12": 4, "V01": 7, "V03": 2,
        "V04": 2, "V06": 7, "V07": 1, "V10": 57, "V11": 27, "W10": 9, "W12": 1, "W15": 13,
        "X02": 3, "X03": 5, "X06": 5,
    },
}  # fmt: skip
"""Alerts of each rule on its worst day of those with their irregularities."""
Judge = Callable[[ElectionKind, int, DayKind], Told]


@pytest.fixture(scope="module")
def day_of(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Return what judges a day of a kind of election."""
    root = tmp_path_factory.mktemp("noise")

    @cache
    def folder_of(kind: ElectionKind) -> Path:
        return write_folder(root / kind, kind)

    def judged(kind: ElectionKind, seed: int, day: DayKind) -> Told:
        folder = folder_of(kind)
        return judge(folder, noise_day(plan_of(folder), seed, day))

    return judged


def opened(told: Told) -> tuple[Line, ...]:
    """Return the line by which each alert was opened, also of those that a parent inhibits."""
    return tuple(line for line in told.lines if line.change is Change.OPENED)


def judge_budget(told: Told) -> None:
    """Hold a day to the budget; all of it is taken, and no rule fails."""
    by_rule = Counter(line.rule for line in opened(told))
    assert by_rule.total() <= ALERTS_MAX, by_rule
    assert () == tuple(line for line in opened(told) if line.severity is Severity.CRITICAL)
    assert () == told.faults
    assert () == told.dead


@pytest.mark.parametrize(("kind", "seed"), QUICK)
def test_noise_is_within_its_budget(day_of: Judge, kind: ElectionKind, seed: int) -> None:
    """At most eight alerts on an ordinary day, and no critical one."""
    judge_budget(day_of(kind, seed, ORDINARY))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "seed"), OTHERS)
def test_noise_is_within_its_budget_on_any_day(
    day_of: Judge, kind: ElectionKind, seed: int
) -> None:
    """Ten days of each kind of election: it does not hang on luck."""
    judge_budget(day_of(kind, seed, ORDINARY))


def judge_ratchet(told: Told, worst: Mapping[str, int]) -> None:
    """Hold a day to what was measured; nothing is refused that is sent on it, and no rule fails."""
    by_rule = Counter(line.rule for line in opened(told))
    more = {rule: count for rule, count in by_rule.items() if count > worst.get(rule, 0)}
    assert {} == more
    assert () == told.faults
    assert () == told.dead


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "seed"), EVERY)
def test_no_rule_tells_more_of_outages_than_measured(
    day_of: Judge, kind: ElectionKind, seed: int
) -> None:
    """Masts fail, and some are offline for as long as it takes."""
    judge_ratchet(day_of(kind, seed, OUTAGES), WORST_OF_OUTAGES[kind])


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "seed"), IRREGULAR_DAYS)
def test_no_rule_tells_more_of_an_irregular_day_than_measured(
    day_of: Judge, kind: ElectionKind, seed: int
) -> None:
    """Nothing is drawn again: most of what is told of such a day is true."""
    judge_ratchet(day_of(kind, seed, IRREGULAR), WORST_OF_IRREGULAR[kind])
