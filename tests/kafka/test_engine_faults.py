"""The engine on a real Kafka under real faults: what the simulation promises holds there, too."""

import signal
import time
from pathlib import Path

import pytest

from streams.engine.crash import CRASHED
from tests.kafka.oracle import check
from tests.kafka.toy_fleet import ToyFleet, make_topics, read_day, under_load, wait_until_judged
from tests.support.kafka import Kafka

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


def inflict(fleet: ToyFleet, fault: str, number: int) -> None:
    """Let a fault happen to a worker, and wait until it has ended."""
    if fault == "kill":
        fleet.kill(number)
        return
    fleet.signal(number, signal.SIGSTOP)
    time.sleep(9)  # Longer than its session: somebody else owns its partitions by now.
    fleet.signal(number, signal.SIGCONT)
    fleet.wait_until_ended(number, 30)


@pytest.mark.parametrize("fault", ["kill", "stop"])
def test_faults_lose_nothing_and_repeat_no_line(
    kafka: Kafka, prefix: str, tmp_path: Path, fault: str
) -> None:
    """Workers killed or paused beyond their session under load leave an exact day behind."""
    make_topics(kafka.bootstrap, prefix)
    with ToyFleet(kafka.bootstrap, prefix, tmp_path, {}) as fleet:
        fleet.start("all", "all", "all")
        fleet.wait_until_all_own(60)
        with under_load(kafka.bootstrap, prefix, 2_000):
            for number in (0, 2, 1):
                time.sleep(2)
                inflict(fleet, fault, number)
                fleet.revive()
                fleet.wait_until_all_own(60)
        wait_until_judged(kafka.bootstrap, prefix, "all", 60)
    assert [-signal.SIGKILL if fault == "kill" else CRASHED] * 3 == fleet.exits
    check(read_day(kafka.bootstrap, prefix))
