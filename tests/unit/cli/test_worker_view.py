"""What is seen of a worker: of the partitions that it owns just now, and of none in between."""

import time
from types import SimpleNamespace
from typing import cast

import pytest

from streams.app import WorkerApp
from streams.cli.worker_view import WorkerView
from streams.domain.times import EpochMs
from streams.engine.checkpoint import StateReader
from streams.engine.host import Hosted
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from streams.engine.watchdog import Gauge
from tests.unit.telemetry.shown import Scene


def view(*, active: bool = True, broker_ms: int = 0, marked: int = 0) -> WorkerView:
    """Return a view of a worker that owns partition 0 and has judged nothing of it."""
    own = Hosted(0, Scene().fold, StateReader().image(0))
    own.saved_at = time.monotonic() - 5
    app = SimpleNamespace(
        link=SimpleNamespace(flow=SimpleNamespace(is_active=active)),
        engine=SimpleNamespace(
            host=SimpleNamespace(hosted={0: own}),
            journal_end={0: marked}.__getitem__,
            clock=SimpleNamespace(now=lambda: EpochMs(broker_ms)),
        ),
        gauges=lambda: [
            Gauge(Slot(Topic.JOURNAL, 0), "fetching", 3, 9),
            Gauge(Slot(Topic.JOURNAL, 0), "judging", 3, 77),
            Gauge(Slot("tps.status", 0), "fetching", 3, 88),
        ],
    )
    return WorkerView(cast("WorkerApp", app), 8)


@pytest.mark.parametrize(("marked", "end"), [(0, 9), (7, 9), (12, 12)])
def test_the_end_of_the_journal_is_the_newest_word_of_it(marked: int, end: int) -> None:
    """Of an answer to a fetch, or to a mark of ours."""
    (owned,) = view(marked=marked).engine().owned
    assert (0, 0, end) == (owned.number, owned.next, owned.end)


def test_the_time_of_a_checkpoint_is_that_on_the_wall() -> None:
    """The engine only counts seconds."""
    (owned,) = view().engine().owned
    assert owned.saved_at is not None
    assert pytest.approx(5, abs=2) == time.time() - owned.saved_at


def test_while_partitions_change_hands_none_is_seen() -> None:
    """What is left of them is not ours any more."""
    idle = view(active=False)
    assert () == idle.engine().owned
    assert [] == idle.folds()
    assert [] == idle.states()
    assert 8 == idle.engine().partitions


def test_folds_are_those_of_the_partitions() -> None:
    """With their states."""
    one = view()
    assert [fold.fold.state for fold in one.folds()] == one.states()
    assert 1 == len(one.states())


def test_the_brokers_clock_is_compared_when_it_is_known() -> None:
    """0 stands for a clock that nobody has told yet."""
    assert view().engine().broker_ahead is None
    ahead = view(broker_ms=round((time.time() + 60) * 1000)).engine().broker_ahead
    assert pytest.approx(60, abs=2) == ahead
