"""How long it takes from an event to the line that it causes, by the clock on the wall.

    player hands a batch to its Kafka client ─► broker ─► intake ─► journal ─► watch ─► broker
    ─► the line of siaga.transitions is read back here

It is measured from outside, with one clock: this process sends and this process reads. Which record
of the journal a line was caused by stands in its headers, and which input that was stands in the
journal. Lines that time alone brings (a deadline, a step of a ladder) have no event to count from
and are left out.

A played day holds each event back until its played second is over in every source partition, so up
to 1 / speed seconds of what is measured is the demo's and not the engine's.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence

from streams.domain.journal import Origin
from streams.engine.ports import Slot
from streams.simulation.player import Sink

__all__ = ["Latency", "Sent", "TimedSink", "percentile"]

Place = tuple[int, int]
"""Partition and offset of a record of the journal."""


class Sent:
    """What was sent, and when. The topics are new and ours alone, so offsets begin at 0."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self._times: dict[Slot, array[float]] = {}
        self.messages: Counter[str] = Counter()
        """By topic, without the player's clock."""

    def add(self, slot: Slot, count: int, at: float) -> None:
        """Note that the next records of a partition were sent at a moment, in seconds."""
        self._times.setdefault(slot, array("d")).extend([at] * count)

    def at(self, slot: Slot, offset: int) -> float | None:
        """Return when a record was sent; None: it was not sent by us."""
        times = self._times.get(slot)
        return times[offset] if times is not None and offset < len(times) else None


class TimedSink:
    """A sink that notes when it handed over each record; implements the player's `Sink`."""

    def __init__(self, sink: Sink, sent: Sent, seconds: Callable[[], float]) -> None:
        """Send by `sink`."""
        self._sink = sink
        self._sent = sent
        self._seconds = seconds
        self._waiting: Counter[Slot] = Counter()

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Take a record."""
        self._sink.send(slot, key, value, clock)
        self._waiting[slot] += 1
        if value:
            self._sent.messages[slot.topic] += 1

    async def flush(self) -> None:
        """Hand everything over, and wait until it is acknowledged."""
        now = self._seconds()
        for slot, count in self._waiting.items():
            self._sent.add(slot, count, now)
        self._waiting.clear()
        await self._sink.flush()


class Latency:
    """Matches lines with the events that caused them, whichever is read first."""

    def __init__(self, sent: Sent) -> None:
        """`sent` may grow meanwhile."""
        self._sent = sent
        self._origins: dict[Place, Origin] = {}
        self._told: dict[Place, float] = {}
        self.seconds: list[float] = []
        """One for each event that caused a line."""

    def journaled(self, place: Place, origin: Origin) -> None:
        """Note where a record of the journal came from."""
        self._origins[place] = origin
        if place in self._told:
            self._measure(place)

    def told(self, place: Place, at: float) -> None:
        """Note when the first line of a record of the journal was read."""
        if place not in self._told:
            self._told[place] = at
            if place in self._origins:
                self._measure(place)

    def _measure(self, place: Place) -> None:
        origin = self._origins[place]
        sent_at = self._sent.at(Slot(origin.topic, origin.partition), origin.offset)
        if sent_at is not None:
            self.seconds.append(self._told[place] - sent_at)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of all does not exceed (nearest rank)."""
    assert values, "nothing was measured"
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
