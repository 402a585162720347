"""The player: every second its clock in every partition, behind what was received before it."""

import asyncio
from itertools import pairwise

import pytest

from streams.domain.partition import partition_of
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Slot
from streams.engine.topics import SOURCES, Topic
from streams.simulation.played import Played, clock_text
from streams.simulation.player import Pace, PlaySettings, Progress, play

STARTS = EpochMs(1_732_663_800_000)
PARTITIONS: dict[str, int] = dict(zip(SOURCES, (3, 2, 1, 1, 1), strict=True))
Sent = tuple[Slot, bytes | None, bytes, bytes]


class Recorded:
    """A sink that keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.flushed: list[int] = []
        """How much had been sent at each flush."""

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Keep a record."""
        self.sent.append((slot, key, value, clock))

    async def flush(self) -> None:
        """Remember when."""
        self.flushed.append(len(self.sent))

    @property
    def messages(self) -> list[Sent]:
        """Without clock messages."""
        return [one for one in self.sent if one[2]]


class Wall:
    """A clock that stands still but for who waits."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.waits_s: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Move on."""
        self.waits_s.append(seconds)
        self.now_s += seconds

    @property
    def pace(self) -> Pace:
        """The clock as the player takes it."""
        return Pace(lambda: self.now_s, self.sleep)


def at(seconds: float) -> EpochMs:
    """Return a moment, in seconds from the start of the clock."""
    return EpochMs(STARTS + round(seconds * SECOND_MS))


def message(seconds: float, key: bytes | None = None, topic: str = "tps.status") -> Played:
    """Return a message that is received so many seconds after the start."""
    return Played(at(seconds), topic, f"{seconds}".encode(), key)


def settings(last_s: int, speed: float = 0.0, lead_s: int = 30) -> PlaySettings:
    """Return how to play the first seconds of a day."""
    return PlaySettings(
        starts=STARTS, ends=at(last_s), partitions=PARTITIONS, speed=speed, lead_s=lead_s
    )


def played(day: list[Played], how: PlaySettings, wall: Wall | None = None) -> Recorded:
    """Play a day into a sink and return it."""
    sink = Recorded()
    asyncio.run(play(day, sink, how, pace=(wall or Wall()).pace))
    return sink


def clocks_of(sink: Recorded, slot: Slot) -> list[bytes]:
    """Return the clock messages of a partition."""
    return [clock for one, _, value, clock in sink.sent if one == slot and not value]


def test_every_second_stands_in_every_partition() -> None:
    """Of all four source topics, from the first second to the last."""
    sink = played([], settings(2))
    expected = [clock_text(at(second)).encode() for second in (0, 1, 2)]
    slots = [Slot(topic, number) for topic in SOURCES for number in range(PARTITIONS[topic])]
    assert 8 == len(slots)
    for slot in slots:
        assert expected == clocks_of(sink, slot)


def test_a_clock_message_has_neither_key_nor_value() -> None:
    """Nothing but its header."""
    sink = played([], settings(0))
    assert {(None, b"")} == {(key, value) for _, key, value, _ in sink.sent}


def test_a_message_carries_its_time_of_receipt() -> None:
    """To the millisecond, in its header."""
    [(_, _, value, clock)] = played([message(0.25)], settings(1)).messages
    assert (b"0.25", clock_text(at(0.25)).encode()) == (value, clock)


def test_a_message_stands_before_the_clock_of_its_second() -> None:
    """And behind that of the second before."""
    sink = played([message(1.5, b"k")], settings(3))
    [(home, *_)] = sink.messages
    there = [clock for slot, _, _, clock in sink.sent if slot == home]
    assert [clock_text(at(s)).encode() for s in (0, 1, 1.5, 2, 3)] == there


def test_what_was_received_before_the_start_goes_out_first() -> None:
    """Without a clock of its own: the evening before takes no time."""
    sink = played([message(-40_000.5), message(-0.5)], settings(0))
    assert [b"-40000.5", b"-0.5"] == [value for _, _, value, _ in sink.sent[:2]]


def test_what_is_received_after_the_end_is_not_sent() -> None:
    """The last second is the last."""
    assert [] == played([message(2.5)], settings(2)).messages


def test_a_key_has_its_partition() -> None:
    """As every client of Kafka chooses it."""
    keys = [f"17.02.09.1012-{number:03}".encode() for number in range(20)]
    sink = played([message(0.1 + n / 100, key) for n, key in enumerate(keys)], settings(1))
    expected = [(partition_of(key, 3), key) for key in keys]
    assert expected == [(slot.partition, key) for slot, key, _, _ in sink.messages]


def test_without_a_key_partitions_take_turns() -> None:
    """Each topic for itself."""
    day = [message(0.1 + n / 100, None, Topic.CROWD_REPORTS) for n in range(4)]
    sink = played(day, settings(1))
    assert [0, 1, 0, 1] == [slot.partition for slot, *_ in sink.messages]


@pytest.mark.parametrize(("speed", "wait_s"), [(1.0, 1.0), (10.0, 0.1), (60.0, 1 / 60)])
def test_the_clock_keeps_step_with_the_wall(speed: float, wait_s: float) -> None:
    """A second of the day lasts as long as the speed says."""
    wall = Wall()
    played([], settings(60, speed), wall)
    assert [pytest.approx(wait_s)] * 60 == wall.waits_s


def test_at_high_speed_several_seconds_go_out_together() -> None:
    """A wait of a millisecond is not worth it, and the pace is kept all the same."""
    wall = Wall()
    played([], settings(1_000, speed=1_000), wall)
    assert 100.0 + 1.0 == pytest.approx(wall.now_s, abs=0.01)
    assert all(wait >= 0.01 for wait in wall.waits_s)


def test_who_is_behind_does_not_wait() -> None:
    """The player catches up: no second is left out."""
    wall = Wall()
    sink = Recorded()

    def stall(progress: Progress) -> None:
        if progress.at == at(3):
            wall.now_s += 5

    asyncio.run(play([], sink, settings(10, speed=1), stall, wall.pace))
    assert 11 == len(clocks_of(sink, Slot(Topic.VOTE_COUNTS, 0)))
    assert pytest.approx(110.0) == wall.now_s


def test_before_it_waits_everything_is_out() -> None:
    """Nobody should learn of a second when it is over."""
    sink = played([], settings(3, speed=1))
    assert {8, 16, 24, 32} == set(sink.flushed)


@pytest.mark.parametrize("lead_s", [1, 5, 30])
def test_no_partition_gets_further_ahead_than_allowed(lead_s: int) -> None:
    """At full speed too, everything is acknowledged every so many played seconds."""
    sink = played([], settings(100, lead_s=lead_s))
    steps = [later - earlier for earlier, later in pairwise([0, *sink.flushed])]
    assert max(steps) <= sum(PARTITIONS.values()) * (lead_s + 1)


def test_many_messages_of_one_second_do_not_pile_up() -> None:
    """Nor do those from before the start."""
    day = [message(-1_000 + n / 100) for n in range(50_000)]
    sink = played(day, settings(0))
    steps = [later - earlier for earlier, later in pairwise([0, *sink.flushed])]
    assert max(steps) <= 20_000


def test_in_the_end_everything_is_acknowledged() -> None:
    """What `play` returns has happened."""
    sink = played([message(0.5)], settings(1))
    assert len(sink.sent) == sink.flushed[-1]


def test_progress_is_told_every_second() -> None:
    """With the clock and the number of messages so far."""
    told: list[Progress] = []
    day = [message(-5.5), message(0.5), message(1.5)]
    end = asyncio.run(play(day, Recorded(), settings(2), told.append, Wall().pace))
    assert [Progress(at(0), 1), Progress(at(1), 2), Progress(at(2), 3)] == told
    assert told[-1] == end


def test_a_second_is_whole() -> None:
    """A start within a second is a mistake of the caller."""
    how = PlaySettings(starts=EpochMs(STARTS + 1), ends=at(1), partitions=PARTITIONS)
    with pytest.raises(AssertionError, match="whole seconds"):
        played([], how)
