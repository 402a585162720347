"""Stories of the watchdog: what is a stall and what is not."""

from streams.engine.ports import Slot
from streams.engine.watchdog import Gauge, Watchdog

SLOT = Slot("siaga.journal", 3)


def gauge(done: int, end: int, what: str = "judging") -> Gauge:
    """Return a gauge of `SLOT`."""
    return Gauge(SLOT, what, done, end)


def test_a_backlog_without_progress_is_a_stall() -> None:
    """Only after the time that it is given."""
    dog = Watchdog(60)
    assert dog.look(0, [gauge(5, 9)]) is None
    assert dog.look(60, [gauge(5, 20)]) is None
    assert dog.look(61, [gauge(5, 20)]) == gauge(5, 20)


def test_no_backlog_is_no_stall() -> None:
    """A quiet night is not a fault."""
    dog = Watchdog(60)
    assert dog.look(0, [gauge(9, 9)]) is None
    assert dog.look(1_000, [gauge(9, 9)]) is None


def test_a_backlog_begins_when_it_is_seen() -> None:
    """The quiet time before it does not count."""
    dog = Watchdog(60)
    dog.look(0, [gauge(9, 9)])
    assert dog.look(1_000, [gauge(9, 10)]) is None


def test_any_progress_starts_the_time_anew() -> None:
    """A worker that is slow is not one that stands."""
    dog = Watchdog(60)
    dog.look(0, [gauge(5, 900)])
    dog.look(50, [gauge(6, 900)])
    assert dog.look(100, [gauge(6, 900)]) is None


def test_gauges_are_watched_apart() -> None:
    """Fetching that goes on does not hide judging that stands."""
    dog = Watchdog(60)
    dog.look(0, [gauge(5, 9), gauge(1, 9, "fetching")])
    assert dog.look(70, [gauge(5, 9), gauge(2, 9, "fetching")]) == gauge(5, 9)


def test_a_partition_that_went_away_is_forgotten() -> None:
    """When it comes back its time begins anew."""
    dog = Watchdog(60)
    dog.look(0, [gauge(5, 9)])
    dog.look(30, [])
    assert dog.look(70, [gauge(5, 9)]) is None
