"""Who is told and when: start levels, minutes by class, and what a restart leaves of them."""

from typing import Final

import pytest

from streams.alerts.ladder import (
    climb_due,
    due_minutes,
    levels_of,
    opening_levels,
    restarted_from,
    start_index,
)
from streams.domain.alert import Ladder
from streams.domain.policy import STANDARD
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Severity, TpsClass

OPS: Final = levels_of(Ladder.OPS, "pilkada")
ADM: Final = levels_of(Ladder.ADM, "pilkada")
SYS: Final = levels_of(Ladder.SYS, "pilkada")
NOON: Final = EpochMs(43_200_000)

LEVELS: Final = {
    ("OPS", "pilkada"): "tps polsek polres_ops polres polda",
    ("ADM", "pilkada"): "kpps ppk kpu",
    ("ADM", "pemilu"): "kpps ppk kpu",
    ("ADM", "pilkades"): "panitia camat panitia_kab",
    ("GAK", "pilkada"): "ptps panwascam bawaslu",
    ("GAK", "pilkades"): "panitia satreskrim",
    ("PROP", "pilkades"): "propam_polres propam_polda",
    ("SYS", "pemilu"): "it polres_ops",
    ("OPS", "pilkades"): "tps polsek polres_ops polres polda",
}


@pytest.mark.parametrize(("ladder", "kind"), LEVELS)
def test_levels_are_those_of_the_contract(ladder: str, kind: str) -> None:
    """Lowest first; a village's election has its own committees."""
    assert tuple(LEVELS[ladder, kind].split()) == levels_of(Ladder(ladder), kind)


@pytest.mark.parametrize(
    ("severity", "levels", "start"),
    [
        ("low", OPS, "tps"),
        ("medium", OPS, "tps"),
        ("high", OPS, "polsek"),
        ("critical", OPS, "polres_ops"),
        ("critical", ADM, "kpu"),
        ("critical", SYS, "polres_ops"),
        ("high", SYS, "polres_ops"),
    ],
)
def test_an_opening_tells_the_start_level(
    severity: str, levels: tuple[str, ...], start: str
) -> None:
    """A ladder that has no such level is told at its top."""
    assert start == levels[start_index(STANDARD, Severity(severity), levels)]


@pytest.mark.parametrize(
    ("severity", "start", "levels", "told"),
    [
        ("critical", 2, OPS, "polsek polres_ops"),
        ("critical", 1, SYS, "polres_ops"),
        ("critical", 3, OPS, "polres"),
        ("critical", 1, OPS, "polsek"),
        ("high", 1, OPS, "polsek"),
        ("medium", 0, OPS, "tps"),
        ("low", 0, OPS, "tps"),
    ],
)
def test_a_critical_alert_is_told_at_two_levels_at_once(
    severity: str, start: int, levels: tuple[str, ...], told: str
) -> None:
    """L1 and L2, where its rule names no other start level (contract §5)."""
    found = opening_levels(STANDARD, Severity(severity), start, levels)
    assert tuple(told.split()) == found


@pytest.mark.parametrize(
    ("severity", "levels", "minutes"),
    [
        ("critical", OPS, (0, 0, 0, 3, 8)),
        ("high", OPS, (0, 0, 5, 15)),
        ("medium", OPS, (0, 15, 45)),
        ("low", OPS, (0,)),
        ("critical", ADM, (0, 0, 0)),
        ("high", ADM, (0, 0, 5)),
        ("medium", SYS, (0, 15)),
    ],
)
def test_each_level_has_its_minutes(
    severity: str, levels: tuple[str, ...], minutes: tuple[float, ...]
) -> None:
    """Counted from opening; levels that a ladder has not are left out."""
    assert minutes == due_minutes(STANDARD, Severity(severity), TpsClass.KURANG_RAWAN, levels)


def test_minutes_are_multiplied_by_the_factor_of_the_class() -> None:
    """One, three quarters, a half, three quarters, in the order of the classes."""
    found = [due_minutes(STANDARD, Severity.MEDIUM, one, OPS) for one in TPS_CLASSES]
    assert [(0, 15, 45), (0, 11.25, 33.75), (0, 7.5, 22.5), (0, 11.25, 33.75)] == found


@pytest.mark.parametrize(
    ("minutes", "told", "due"),
    [
        ((0.0, 0.0, 5.0, 15.0), 1, 5.0),
        ((0.0, 0.0, 5.0, 15.0), 2, 15.0),
        ((0.0, 0.0, 5.0, 15.0), 3, None),
        ((0.0, 11.25, 33.75), 0, 11.25),
        ((0.0,), 0, None),
        ((0.0, 15.0, 45.0), 4, None),
    ],
)
def test_the_next_level_is_due_at_its_minutes(
    minutes: tuple[float, ...], told: int, due: float | None
) -> None:
    """At the top of what time alone climbs, and above it, nothing is due."""
    expected = None if due is None else EpochMs(round(NOON + due * MINUTE_MS))
    assert expected == climb_due(minutes, NOON, told)


@pytest.mark.parametrize(
    ("start", "told", "next_after"),
    [(1, 1, 5.0), (1, 2, 10.0), (0, 1, 5.0), (2, 2, 15.0)],
)
def test_a_restart_gives_the_present_level_its_full_time(
    start: int, told: int, next_after: float
) -> None:
    """The difference to the next level's minutes; the start level counts as zero."""
    minutes = (0.0, 0.0, 5.0, 15.0)
    since = restarted_from(minutes, start, told, NOON)
    assert EpochMs(round(NOON + next_after * MINUTE_MS)) == climb_due(minutes, since, told)


def test_a_restart_above_all_minutes_counts_from_its_own_moment() -> None:
    """A person has sent it higher than time would: nothing is due, and nothing goes wrong."""
    assert NOON == restarted_from((0.0, 15.0, 45.0), 0, 4, NOON)
