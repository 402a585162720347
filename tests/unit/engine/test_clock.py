"""Stories of the broker's clock as a worker knows it."""

import pytest

from streams.domain.times import EpochMs
from streams.engine.clock import BrokerClock
from streams.engine.ports import Appended


class Stopwatch:
    """Counts when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now_s


def test_without_an_answer_the_time_is_unknown() -> None:
    """Unknown is zero, which claims nothing."""
    assert BrokerClock(Stopwatch()).now() == 0


def test_from_an_answer_on_seconds_are_counted() -> None:
    """The wall clock of this machine is never asked."""
    watch = Stopwatch()
    clock = BrokerClock(watch)
    clock.learn(Appended(0, EpochMs(5_000)))
    watch.now_s += 1.5
    assert clock.now() == 6_500


def test_a_late_answer_makes_the_clock_late_and_never_early() -> None:
    """The broker wrote its time before the answer travelled."""
    watch = Stopwatch()
    clock = BrokerClock(watch)
    clock.learn(Appended(0, EpochMs(5_000)))
    watch.now_s += 10
    clock.learn(Appended(1, EpochMs(14_000)))
    assert clock.now() == 14_000


def test_a_topic_without_the_brokers_time_is_a_mistake() -> None:
    """Whoever asks must have checked."""
    with pytest.raises(AssertionError):
        BrokerClock(Stopwatch()).learn(Appended(0, None))
