"""Plays a day into the input topics, by its own clock, at any speed.

    every second     wait until the wall clock has come as far
                     messages received before it ──► their partitions
                     the clock ──► every partition of every source topic

Each record carries the played time in its header `siaga-clock`; a clock message has nothing else.
In a partition the clock of a second stands behind all messages received before it, so who has read
it has them all. What was received before the start is sent first, and no clock with it: logistics
of the evening before cost no evening.

At speed 0 the player goes as fast as it is let. However fast, all partitions are acknowledged every
`lead_s` played seconds: so none gets further ahead of another, and intake, which must hold back
what is ahead, holds back no more than that.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import cycle
from typing import Annotated, Final, Protocol

from msgspec import Meta, Struct

from streams.domain.partition import partition_of
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Slot
from streams.engine.topics import SOURCES, Topic
from streams.simulation.played import Played, clock_text

__all__ = ["WALL", "Pace", "PlaySettings", "Progress", "Sink", "play"]

_UNFLUSHED_MAX: Final = 20_000
"""Records that are sent before the broker must have taken them."""
_SHORTEST_WAIT_S: Final = 0.01
"""Shorter ones cost more than they are worth: at high speed several seconds go out together."""


class Sink(Protocol):
    """Takes records; those of one slot stay in the order in which they were sent."""

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Take a record, with the value of its header `siaga-clock`."""
        ...

    async def flush(self) -> None:
        """Wait until everything that was sent is where it should be."""
        ...


class PlaySettings(Struct, frozen=True, kw_only=True):
    """What is played, and how."""

    starts: EpochMs
    """First second of the clock; what was received before goes out at once."""
    ends: EpochMs
    """Last second of the clock; what was received later is not sent."""
    partitions: Mapping[str, int]
    """Of each source topic."""
    speed: Annotated[float, Meta(ge=0)] = 1.0
    """Played seconds in a second; 0: as fast as possible."""
    lead_s: Annotated[int, Meta(ge=1)] = 30


class Progress(Struct, frozen=True):
    """How far a day has been played."""

    at: EpochMs
    """The player's clock."""
    messages: int
    """Sent so far, without clock messages."""


class Pace(Struct, frozen=True):
    """The clock on the wall, and how to wait for it."""

    seconds: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]


WALL: Final = Pace(time.monotonic, asyncio.sleep)


async def play(
    day: Sequence[Played],
    sink: Sink,
    settings: PlaySettings,
    on_second: Callable[[Progress], None] = lambda _: None,
    pace: Pace = WALL,
) -> Progress:
    """Play a day to its end, or until the task is cancelled.

    Args:
        day: In the order of receipt, none at a whole second (`streams.simulation.played`).
        sink: Where to.
        settings: What part of it, and how fast.
        on_second: Is told after every played second; must not wait.
        pace: The clock to keep step with.

    Returns:
        How far it came.
    """
    player = _Player(sink, settings)
    messages = iter(day)
    waiting = next(messages, None)
    began_s = pace.seconds()
    at = settings.starts
    while at <= settings.ends:
        await _keep_step(player, at, began_s, pace)
        while waiting is not None and waiting.received_at < at:
            player.message(waiting)
            if player.unflushed >= _UNFLUSHED_MAX:
                await player.flush(at)
            waiting = next(messages, None)
        player.clock(at)
        on_second(Progress(at, player.messages))
        at = EpochMs(at + SECOND_MS)
    await player.flush(settings.ends)
    return Progress(settings.ends, player.messages)


async def _keep_step(player: "_Player", at: EpochMs, began_s: float, pace: Pace) -> None:
    """Wait for the wall clock if we are ahead of it, and for the broker if it is behind.

    Before the wait everything goes out: nobody should learn of a second when it is over.
    """
    speed = player.settings.speed
    played_s = (at - player.settings.starts) / SECOND_MS
    ahead_s = began_s + played_s / speed - pace.seconds() if speed else 0.0
    wait = ahead_s >= _SHORTEST_WAIT_S
    if wait or at - player.flushed_at >= player.settings.lead_s * SECOND_MS:
        await player.flush(at)
    if wait:
        await pace.sleep(ahead_s)


class _Player:
    """Sends, and counts what it has sent."""

    def __init__(self, sink: Sink, settings: PlaySettings) -> None:
        assert settings.starts % SECOND_MS == 0, "the clock goes by whole seconds"
        self.settings = settings
        self.messages = 0
        self.unflushed = 0
        self.flushed_at = settings.starts
        self._sink = sink
        self._slots = tuple(_slots(settings.partitions, SOURCES))
        self._next = {topic: cycle(_slots(settings.partitions, (topic,))) for topic in SOURCES}
        self._homes: dict[tuple[str, bytes], Slot] = {}

    def message(self, played: Played) -> None:
        clock = clock_text(played.received_at).encode()
        self._sink.send(self._slot(played), played.key, played.value, clock)
        self.messages += 1
        self.unflushed += 1

    def clock(self, at: EpochMs) -> None:
        clock = clock_text(at).encode()
        for slot in self._slots:
            self._sink.send(slot, None, b"", clock)
        self.unflushed += len(self._slots)

    async def flush(self, at: EpochMs) -> None:
        await self._sink.flush()
        self.flushed_at = at
        self.unflushed = 0

    def _slot(self, played: Played) -> Slot:
        """Choose a partition as Kafka's own clients do: by key, or in turn without one."""
        if played.key is None:
            return next(self._next[Topic(played.topic)])
        home = (played.topic, played.key)
        if home not in self._homes:
            # murmur2 in Python is slow, and there are few keys.
            number = partition_of(played.key, self.settings.partitions[played.topic])
            self._homes[home] = Slot(played.topic, number)
        return self._homes[home]


def _slots(partitions: Mapping[str, int], topics: Iterable[Topic]) -> Iterator[Slot]:
    return (Slot(topic, number) for topic in topics for number in range(partitions[topic]))
