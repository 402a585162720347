"""Workers with the real judgment, killed and paused under load, leave an exact day behind.

CI plays a small province; `make faults` plays whole hours of a large one, so that some 5,000 events
a second come in, and holds the rate to it.
"""

from pathlib import Path

import pytest

from tests.faults.exact import (
    Logs,
    by_oracle,
    by_origin,
    by_replay,
    read_all,
    sent_per_s,
    told_twice,
)
from tests.faults.province import Size, province
from tests.faults.storm import Storm, Trial
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka

SIZE = Size(kabupaten=13, tps=200)
SMALL = Size(kabupaten=13, tps=50)
SPEED = 80.0
"""Makes 5,100 events a second of what the large province sends in a minute."""
WANTED_PER_S = 5_000


def storm(seed: int) -> Storm:
    """Return a storm that kills every 3 s, and pauses one worker beyond its session (6 s)."""
    return Storm(seed=seed, workers=3, kill_every_s=3, pause_every_s=5, pause_s=9)


def complaints(trial: Trial, logs: Logs, alone: Path) -> list[str]:
    """Compare what a day left behind with what was sent, with a replay, and with an oracle."""
    found = by_origin(logs, trial.day, trial.dead) + told_twice(logs)
    found += by_replay(trial.installation, logs)
    return found + by_oracle(trial.installation, province(alone, trial.size, only=["07"]), "18.07")


def test_workers_killed_and_paused_lose_nothing_and_repeat_nothing(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Every input is taken once, every line told once; by the journal, a replay and an oracle."""
    trial = Trial(kafka.bootstrap, prefix, tmp_path, SMALL)
    with trial.fleet() as fleet:
        kills, pauses = trial.play(fleet, storm(3), minutes=20, speed=SPEED)
    assert kills >= 3
    assert pauses >= 1
    assert [] == complaints(trial, read_all(trial.installation), tmp_path / "alone")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_an_hour_of_kills_and_pauses_at_full_load_is_exact(
    kafka: Kafka, prefix: str, tmp_path: Path, seed: int
) -> None:
    """The same, for long enough that every worker is hit several times, at a counted rate."""
    trial = Trial(kafka.bootstrap, prefix, tmp_path, SIZE)
    with trial.fleet() as fleet:
        kills, pauses = trial.play(fleet, storm(seed), minutes=60, speed=SPEED)
    assert kills >= 10
    assert pauses >= 2
    logs = read_all(trial.installation)
    rate = sent_per_s(logs)
    assert rate >= WANTED_PER_S, f"{rate:.0f} events a second are no full load"
    assert [] == complaints(trial, logs, tmp_path / "alone")


def test_lines_told_twice_are_found(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Workers that don't remember what was told fail the check that others pass.

    On a busy machine a storm may only kill who has told nothing since his last checkpoint; not
    three in a row.
    """

    def is_noticed(seed: int) -> bool:
        files = tmp_path / f"{seed}"
        files.mkdir()
        trial = Trial(kafka.bootstrap, f"{prefix}{seed}.", files, SMALL)
        # Seldom checkpoints: much is judged again after each kill.
        trial.installation.settings["checkpoint_s"] = "20"
        with trial.fleet("tests.faults.forgetful") as fleet:
            kills, _ = trial.play(fleet, storm(seed), minutes=16, speed=SPEED)
        return kills >= 1 and told_twice(read_all(trial.installation)) != []

    assert any(is_noticed(seed) for seed in (4, 5, 6))
