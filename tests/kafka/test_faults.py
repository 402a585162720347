"""Workers with the real judgment, killed and paused under load, leave an exact day behind.

The day is short, so that it can be judged again on any change; the long ones are in tests/faults.
"""

from pathlib import Path

import pytest

from tests.faults.exact import by_oracle, by_origin, by_replay, read_all, told_twice
from tests.faults.province import Size, province
from tests.faults.storm import Storm, Trial
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka

SIZE = Size(kabupaten=13, tps=45)
STORM = Storm(seed=3, workers=3, kill_every_s=3, pause_every_s=9, pause_s=9)


def test_workers_killed_and_paused_lose_nothing_and_repeat_nothing(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Every input is taken once, every line told once; by the journal, a replay and an oracle."""
    trial = Trial(kafka.bootstrap, prefix, tmp_path, SIZE)
    with trial.fleet() as fleet:
        kills, pauses = trial.play(fleet, STORM, minutes=40, speed=80)
    assert kills >= 3
    assert pauses >= 1
    logs = read_all(trial.installation)
    assert [] == by_origin(logs, trial.day, trial.dead)
    assert [] == told_twice(logs)
    assert [] == by_replay(trial.installation, logs)
    alone = province(tmp_path / "alone", SIZE, only=["07"])
    assert [] == by_oracle(trial.installation, alone, "18.07")


def test_lines_told_twice_are_found(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Workers that don't remember what was told fail the check that others pass."""
    trial = Trial(kafka.bootstrap, prefix, tmp_path, SIZE)
    # Seldom checkpoints: much is judged again after each kill.
    trial.installation.settings["checkpoint_s"] = "5"
    with trial.fleet("tests.faults.forgetful") as fleet:
        kills, _ = trial.play(fleet, STORM, minutes=20, speed=100)
    assert kills >= 1
    assert told_twice(read_all(trial.installation))
