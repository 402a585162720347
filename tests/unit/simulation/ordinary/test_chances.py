"""Draws: on average what their rate says, and never less than they may."""

from random import Random
from statistics import mean, median

from streams.domain.times import MINUTE_MS
from streams.simulation.ordinary.chances import about, around, below, pick, small, wait

MANY = range(4_000)


def test_waiting_is_exponential_around_its_mean() -> None:
    """A third is longer than the mean."""
    chance = Random(1)
    drawn = [wait(chance, 10) / MINUTE_MS for _ in MANY]
    assert 9.5 < mean(drawn) < 10.5
    assert 0.34 < sum(one > 10 for one in drawn) / len(drawn) < 0.40


def test_work_is_lognormal_around_its_median() -> None:
    """Half take longer than the median; one of six longer by the spread."""
    chance = Random(1)
    drawn = [around(chance, 20, 0.5) / MINUTE_MS for _ in MANY]
    assert 19 < median(drawn) < 21
    assert 0.13 < sum(one > 33 for one in drawn) / len(drawn) < 0.19


def test_what_is_done_by_the_clock_takes_at_least_a_minute() -> None:
    """However wide it spreads."""
    chance = Random(1)
    assert MINUTE_MS == min(about(chance, 2, 1) for _ in MANY)


def test_small_numbers_are_mostly_none_or_a_few() -> None:
    """And never below zero."""
    chance = Random(1)
    drawn = [small(chance, 1) for _ in MANY]
    assert 0 == min(drawn)
    assert 0.5 < drawn.count(0) / len(drawn) < 0.7


def test_a_pick_goes_by_weight() -> None:
    """What weighs nothing is never picked."""
    chance = Random(1)
    drawn = [pick(chance, {"a": 3, "b": 1, "c": 0}) for _ in MANY]
    assert 0.72 < drawn.count("a") / len(drawn) < 0.78
    assert "c" not in drawn


def test_what_is_drawn_again_is_the_part_below() -> None:
    """Not heaped up at the bound; without one everything is taken."""
    chance = Random(1)
    drawn = [below(1.0, lambda: chance.uniform(0, 2)) for _ in MANY]
    assert 0.98 < max(drawn) <= 1.0
    assert 0.47 < mean(drawn) < 0.53
    assert 1.5 == below(float("inf"), lambda: 1.5)
