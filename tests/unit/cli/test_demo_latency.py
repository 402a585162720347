"""From sending an event to reading the line that it caused, whichever is read first."""

import asyncio

import pytest

from streams.cli.demo_latency import Latency, Sent, TimedSink, percentile
from streams.domain.journal import Origin
from streams.engine.ports import Slot

SLOT = Slot("tps.status", 1)


class Recorder:
    """A sink that remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[tuple[Slot, bytes | None, bytes, bytes]] = []
        self.flushes = 0

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Take a record."""
        self.seen.append((slot, key, value, clock))

    async def flush(self) -> None:
        """Count."""
        self.flushes += 1


def sent_at(*times: float) -> Sent:
    """Return a book in which these records of one partition were sent."""
    sent = Sent()
    for time in times:
        sent.add(SLOT, 1, time)
    return sent


@pytest.mark.parametrize("line_first", [True, False])
def test_a_line_is_matched_with_its_event(line_first: bool) -> None:  # noqa: FBT001  # Each row of the table is one order.
    """The journal says which record of which input partition it was."""
    latency = Latency(sent_at(10.0, 11.0))
    if line_first:
        latency.told((3, 8), 11.5)
        latency.journaled((3, 8), Origin(*SLOT, 1))
    else:
        latency.journaled((3, 8), Origin(*SLOT, 1))
        latency.told((3, 8), 11.5)
    assert [0.5] == latency.seconds


def test_an_event_with_many_lines_is_measured_once() -> None:
    """By the first of them."""
    latency = Latency(sent_at(10.0))
    latency.journaled((0, 1), Origin(*SLOT, 0))
    for at in (10.25, 12.0):
        latency.told((0, 1), at)
    assert [0.25] == latency.seconds


def test_what_we_did_not_send_is_not_measured() -> None:
    """There is no time to count from."""
    latency = Latency(sent_at(10.0))
    latency.journaled((0, 1), Origin(*SLOT, 7))
    latency.journaled((0, 2), Origin("crowd.reports", 0, 0))
    latency.told((0, 1), 11.0)
    latency.told((0, 2), 11.0)
    assert [] == latency.seconds


def test_a_record_is_sent_when_it_is_handed_over() -> None:
    """Not when it is put into a batch; the clock is no message."""
    recorder, sent, now = Recorder(), Sent(), iter([5.0, 9.0])
    sink = TimedSink(recorder, sent, lambda: next(now))
    sink.send(SLOT, b"k", b"value", b"07:00")
    sink.send(SLOT, None, b"", b"07:00")
    asyncio.run(sink.flush())
    sink.send(SLOT, None, b"value", b"07:01")
    asyncio.run(sink.flush())
    assert [5.0, 5.0, 9.0, None] == [sent.at(SLOT, offset) for offset in range(4)]
    assert {"tps.status": 2} == dict(sent.messages)
    assert (3, 2) == (len(recorder.seen), recorder.flushes)
    assert (SLOT, b"k", b"value", b"07:00") == recorder.seen[0]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3.0], 0.5, 3.0),
        ([1.0, 2.0], 0.5, 1.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([float(value) for value in range(1, 101)], 0.99, 99.0),
        ([1.0, 9.0], 0.99, 9.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], share: float, expected: float
) -> None:
    """Nearest rank: nothing between two measurements is made up."""
    assert expected == percentile(values, share)
