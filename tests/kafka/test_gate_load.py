"""The gate under load: every request gets the answer that it must, and what was promised is there.

A short run always; 2,000 requests a second for 20 s among the slow tests.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from confluent_kafka import Consumer, TopicPartition

from tests.bench.gate import EXPECTED, PRODUCER, Kind, Run, read_run
from tests.kafka.siaga import Siaga
from tests.support.kafka import Kafka
from tests.unit.gate.ports import free_port

pytestmark = pytest.mark.kafka

_SECRET: Final = "whsec_" + base64.b64encode(b"the secret of a load, 32 bytes!!").decode()
_ROOT: Final = Path(__file__).parents[2]
_INPUT_PARTITIONS: Final = 2


def settings(folder: Path) -> Path:
    """Write the file of a gate with one producer."""
    (folder / "secret").write_text(_SECRET, encoding="utf-8")
    file = folder / "gate.toml"
    file.write_text(
        'access_log = "none"\n'
        f'[producers.{PRODUCER}]\nsecret_file = "{folder / "secret"}"\n'
        'topics = ["tps.status"]\nroles = ["kpps"]\nevents_per_s = 100000\nburst = 100000\n',
        encoding="utf-8",
    )
    return file


def load_on(siaga: Siaga, folder: Path, rate: int, seconds: int) -> Run:
    """Open a gate, put a load on it, and end it in order."""
    port = free_port()
    words = ("gate", "--gate-file", str(settings(folder)), "--listen", f"127.0.0.1:{port}")
    assert 0 == siaga.run("topics", "create").returncode
    with siaga.start(*words) as gate:
        gate.line_with("the gate is open")
        made = [f"127.0.0.1:{port}", str(rate), str(seconds), _SECRET]
        command = [sys.executable, "-m", "tests.bench.gate", *made]
        sent = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True, timeout=120)
        gate.process.terminate()
        assert 0 == gate.process.wait(20)
    return read_run(sent.stdout)


def ids_on(kafka: Kafka, topic: str) -> list[str]:
    """Return the ids of all events of a topic."""
    settings = {
        "bootstrap.servers": kafka.bootstrap,
        "group.id": "none",
        "enable.auto.commit": False,
    }
    consumer = Consumer({**settings, "enable.partition.eof": False})
    slots = [TopicPartition(topic, number, 0) for number in range(_INPUT_PARTITIONS)]
    left = sum(consumer.get_watermark_offsets(slot)[1] for slot in slots)
    consumer.assign(slots)
    found = list[str]()
    while len(found) < left:
        for message in consumer.consume(10_000, timeout=10):
            value = message.value()
            assert value is not None
            found.append(json.loads(value)["id"])
    consumer.close()
    return found


def expected(run: Run) -> dict[Kind, dict[int, int]]:
    """Return the statuses that a run must have: of each kind the one that there is."""
    return {kind: {EXPECTED[kind]: sum(run.statuses[kind].values())} for kind in EXPECTED}


def check(kafka: Kafka, prefix: str, run: Run) -> None:
    """Compare what was answered with what must be, and what was promised with what is there."""
    sys.stdout.write(
        f"{run.requests} requests, {run.per_second:.0f} a second, "
        f"p50 {run.p50_ms:.1f} ms, p99 {run.p99_ms:.1f} ms\n"
    )
    assert expected(run) == run.statuses
    # A repeat is of a request that is still under way, or was taken: once or twice, never nought.
    assert set(run.promised) == set(ids_on(kafka, f"{prefix}tps.status"))


def test_every_request_is_answered_rightly_and_nothing_is_lost(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Forged, old, reused, oversize and bad among the good: what has a 202 is on Kafka."""
    run = load_on(Siaga(kafka.bootstrap, prefix, tmp_path), tmp_path, rate=500, seconds=4)
    check(kafka, prefix, run)


@pytest.mark.slow
def test_two_thousand_requests_a_second(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """One gate keeps up with 2,000 a second for 20 s, a tenth of them bad."""
    run = load_on(Siaga(kafka.bootstrap, prefix, tmp_path), tmp_path, rate=2_000, seconds=20)
    check(kafka, prefix, run)
    assert 1_900 <= run.per_second
