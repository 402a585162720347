"""Stories of the lease: who may still write."""

import asyncio

from streams.engine.lease import Lease
from tests.unit.engine.virtual_time import run_virtually


def test_without_a_heartbeat_nobody_may_write() -> None:
    """A process that has not joined owns nothing."""
    assert not Lease(lambda: 0.0, 10.0).is_valid


def test_a_lease_is_shorter_than_the_session() -> None:
    """When the group gives our partitions away, we have long stopped writing."""
    now = 0.0
    lease = Lease(lambda: now, 10.0)
    lease.renew(0.0)
    now = 8.0
    assert lease.is_valid
    now = 8.1
    assert not lease.is_valid


def test_it_counts_from_when_the_heartbeat_left() -> None:
    """The answer may have taken long."""
    now = 5.0
    lease = Lease(lambda: now, 10.0)
    lease.renew(0.0)
    now = 8.1
    assert not lease.is_valid


def test_an_older_heartbeat_takes_nothing_back() -> None:
    """Answers may overtake one another."""
    lease = Lease(lambda: 10.0, 10.0)
    lease.renew(5.0)
    lease.renew(1.0)
    assert lease.is_valid


def test_a_write_waits_for_the_next_accepted_heartbeat() -> None:
    """It goes out when the membership is known again, and not before."""

    async def story() -> float:
        loop = asyncio.get_running_loop()
        lease = Lease(loop.time, 10.0)
        loop.call_later(3.0, lambda: lease.renew(loop.time()))
        await lease.hold()
        return loop.time()

    assert 3.0 <= run_virtually(story) < 3.1
