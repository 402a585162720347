"""What holds of every played day, over any partitions: what intake releases is the day itself."""

import asyncio
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.played import PlayedOrder, Tick, Timed
from streams.engine.ports import Slot
from streams.engine.topics import SOURCES
from streams.simulation.player import PlaySettings, play
from streams.simulation.post import Post, in_order
from streams.wire.time import parse_time

LAST_MS = 20 * SECOND_MS
moments = st.integers(min_value=-5 * SECOND_MS, max_value=LAST_MS)
STARTS = EpochMs(1_732_663_800_000)
TPS = ("", "17.02.09.1012-001", "17.02.09.1012-002", "17.02.11.2010-001")


def post_of(at: int, topic: str, number: int, tps: str) -> Post:
    """Return a post that is received so many milliseconds after the start."""
    received = EpochMs(STARTS + at)
    return Post(received, received, topic, b"%d" % number, "heartbeat", tps=tps)


numbers = st.integers(min_value=0, max_value=9)
posts = st.builds(post_of, moments, st.sampled_from(SOURCES), numbers, st.sampled_from(TPS))
partitions = st.fixed_dictionaries({topic: st.integers(1, 4) for topic in SOURCES})


class Queues:
    """A sink that keeps what each partition holds."""

    def __init__(self, counts: dict[str, int]) -> None:
        slots = [Slot(topic, number) for topic in counts for number in range(counts[topic])]
        self.of: dict[Slot, list[tuple[EpochMs, bytes]]] = {slot: [] for slot in slots}

    def send(self, slot: Slot, key: bytes | None, value: bytes, clock: bytes) -> None:
        """Keep a record with the time that intake would read."""
        assert key is None or key
        self.of[slot].append((parse_time(clock.decode()), value))

    async def flush(self) -> None:
        """Have nothing to wait for."""


@given(st.lists(posts, max_size=40))
def test_a_day_has_a_strict_order(written: list[Post]) -> None:
    """No two at one moment, none at a whole second, none earlier than it was received."""
    day = in_order(written)
    received = [played.received_at for played in day]
    assert sorted(set(received)) == received
    assert all(at % SECOND_MS for at in received)
    assert sorted(post.value for post in written) == sorted(played.value for played in day)
    earliest = sorted(post.received_at for post in written)
    assert all(first <= at for first, at in zip(earliest, received, strict=True))


@given(st.lists(posts, max_size=40), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_making(written: list[Post], luck: Random) -> None:
    """Shuffled posts are the same day."""
    shuffled = list(written)
    luck.shuffle(shuffled)
    assert in_order(written) == in_order(shuffled)


@given(st.lists(posts, max_size=40), partitions, st.randoms(use_true_random=False))
def test_intake_releases_the_day_itself(
    written: list[Post], counts: dict[str, int], luck: Random
) -> None:
    """However many partitions there are, and however far one is fetched ahead of another."""
    day = [played for played in in_order(written) if played.received_at < STARTS + LAST_MS]
    queues = Queues(counts)
    asyncio.run(play(day, queues, _settings(counts)))
    released = _released(queues, luck)
    assert [(p.received_at, p.value) for p in day] == [one for one in released if one[1]]
    # Of each second the clock comes behind all that was received before it.
    assert sorted(released, key=lambda one: one[0]) == released


def _settings(counts: dict[str, int]) -> PlaySettings:
    ends = EpochMs(STARTS + LAST_MS)
    return PlaySettings(starts=STARTS, ends=ends, partitions=counts, speed=0, lead_s=7)


def _released(queues: Queues, luck: Random) -> list[tuple[EpochMs, bytes]]:
    """Fetch the partitions bit by bit in any order; clock messages come out as empty values."""
    order, released = PlayedOrder[bytes](queues.of), list[tuple[EpochMs, bytes]]()
    while left := [slot for slot, records in queues.of.items() if records]:
        slot = luck.choice(left)
        size = luck.randint(1, len(queues.of[slot]))
        for clock, value in queues.of[slot][:size]:
            if value:
                order.add(slot, clock, value)
            else:
                order.tick(slot, clock)
        del queues.of[slot][:size]
        for one in order.release():
            match one:
                case Tick(clock):
                    released.append((clock, b""))
                case Timed(clock, _, value):
                    released.append((clock, value))
    return released
