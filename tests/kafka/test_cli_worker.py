"""`siaga worker` from the first event to the exported day, on a real broker."""

import json
import signal
import socket
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from streams.simulation.played import clock_text
from tests.kafka.siaga import Siaga, today_folder, wib_now
from tests.support.commands import TPS_1, Json
from tests.support.kafka import Kafka
from tests.support.records import ordered_producer

pytestmark = pytest.mark.kafka


def duress(name: str, officer: str = "A1") -> Json:
    """Return a call for help of today."""
    return {
        "id": name,
        "at": wib_now().isoformat(timespec="seconds"),
        "kind": "duress",
        "officer": officer,
        "tps": TPS_1,
        "source": {"id": "A1", "role": "pam_tps"},
    }


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def metrics(port: int) -> str:
    """Return what Prometheus would see."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text: bytes = answer.read()
    return text.decode()


def test_a_worker_without_topics_does_not_start(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """It names what is missing and exits 1."""
    siaga = Siaga(kafka.bootstrap, prefix, tmp_path)
    run = siaga.run("worker", "--election", str(today_folder(tmp_path)))
    assert 1 == run.returncode
    assert run.stderr.startswith(b"siaga: the topics at ")
    assert b"siaga.journal: missing\n    siaga topics create\n" in run.stderr


def test_a_call_for_help_is_told_exported_and_judged_again(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """The replay of the exported journal gives the exported lines, byte for byte."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    assert 0 == siaga.run("topics", "create").returncode
    words = ("worker", "--election", folder, "--metrics-port", "0", "--instance", "w1")
    with siaga.start(*words) as worker, siaga.start("tail", "--from-beginning") as tail:
        worker.line_with("took over partition 2")
        sent = siaga.run("send", "tps.status", given=json.dumps(duress("d1")).encode() + b"\nbad\n")
        assert 0 == sent.returncode
        assert "◆ K  opened         polres_ops   W02 officer:36.04/A1" in tail.line_with("W02")
        assert 0 == worker.end(signal.SIGTERM)
    assert b"json" in siaga.run("tail", "siaga.deadletter", "--no-follow").stdout
    assert 0 == siaga.run("export", "journal", "--out", "journal.jsonl").returncode
    lines = siaga.run("export", "transitions").stdout
    again = siaga.run("replay", folder, "--journal", "journal.jsonl").stdout
    # The situation of its kecamatan and of the kabupaten is worse by it (X03).
    assert {"W02": 1, "X03": 2} == Counter(json.loads(line)["rule"] for line in lines.splitlines())
    assert lines == again


def test_a_worker_that_comes_back_to_quiet_topics_lives(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """What was committed before it came is no backlog, however long nothing new comes."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    assert 0 == siaga.run("topics", "create").returncode
    (tmp_path / "siaga.toml").write_text("stall_s = 2\n", "utf-8")
    words = ("worker", "--election", folder, "--metrics-port", "0")
    with siaga.start(*words) as worker, siaga.start("tail") as tail:
        worker.line_with("took over partition 2")
        siaga.run("send", "tps.status", given=json.dumps(duress("d1")).encode())
        assert "opened" in tail.line_with("W02")
        assert 0 == worker.end(signal.SIGTERM)
    with siaga.start(*words) as worker, siaga.start("tail") as tail:
        worker.line_with("took over partition 2")
        time.sleep(6)
        siaga.run("send", "tps.status", given=json.dumps(duress("d2", "A2")).encode())
        assert "opened" in tail.line_with("W02")
        assert 0 == worker.end(signal.SIGTERM)


def test_a_message_that_unpacks_to_ten_mib_stops_nobody(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """The broker takes it packed and would refuse it whole as a dead letter; the next is judged."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    producer = ordered_producer(
        kafka.bootstrap, compression_type="gzip", message_max_bytes=20_000_000
    )
    producer.produce(f"{prefix}tps.status", b" " * 10_485_760)
    assert 0 == producer.flush(30)
    with siaga.start("worker", "--election", folder) as worker:
        worker.line_with("took over partition 2")
        with siaga.start("tail", "siaga.deadletter", "--from-beginning") as tail:
            tail.line_with("size")
        with siaga.start("tail", "--from-beginning") as tail:
            siaga.run("send", "tps.status", given=json.dumps(duress("d1")).encode())
            tail.line_with("W02")
        assert 0 == worker.end(signal.SIGTERM)


def test_an_export_is_cut_by_time(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """What is before `--from`, and what is at `--to` or later, is left out."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    with siaga.start("worker", "--election", folder) as worker:
        worker.line_with("took over partition 2")
        with siaga.start("tail", "--from-beginning") as tail:
            for officer in ("A1", "A2"):
                called = json.dumps(duress(f"d-{officer}", officer)).encode()
                siaga.run("send", "tps.status", given=called)
                tail.line_with(f"W02 officer:36.04/{officer}")
        assert 0 == worker.end(signal.SIGINT)
    whole = siaga.run("export", "transitions").stdout
    at = min(json.loads(line)["at"] for line in whole.splitlines())
    assert whole == siaga.run("export", "transitions", "--from", at).stdout
    assert b"" == siaga.run("export", "transitions", "--to", at).stdout
    journal = siaga.run("export", "journal").stdout.splitlines()
    times = [json.loads(line)["appended_at"] for line in journal]
    cut = clock_text(max(times))
    later = siaga.run("export", "journal", "--from", cut).stdout.splitlines()
    earlier = siaga.run("export", "journal", "--to", cut).stdout.splitlines()
    assert times.count(max(times)) == len(later) < len(journal)
    assert sorted(journal) == sorted([*earlier, *later])


def test_metrics_are_shown_while_it_works(
    kafka: Kafka, prefix: str, tmp_path: Path, free_port: int
) -> None:
    """Counters of what came, gauges of what is remembered."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    words = ("worker", "--election", folder, "--metrics-port", str(free_port))
    with siaga.start(*words) as worker, siaga.start("tail", "--from-beginning") as tail:
        worker.line_with("took over partition 2")
        siaga.run("send", "tps.status", given=json.dumps(duress("d1")).encode())
        tail.line_with("W02")
        shown = metrics(free_port)
        # Itself, and by it the situation of its kecamatan and of the kabupaten (X03).
        assert 'siaga_lines_total{change="opened"} 3.0' in shown
        opened = 'level="polres_ops",severity="critical",state="unacknowledged"'
        assert f"siaga_alerts_open{{{opened}}} 1.0" in shown
        assert "siaga_event_decision_seconds_count 1.0" in shown
        # It is blind until every source partition was claimed, and then no longer.
        while 'siaga_blind{partition="2"} 0.0' not in metrics(free_port):
            time.sleep(0.2)
        assert "A1" not in shown
        assert TPS_1 not in shown
        assert 0 == worker.end(signal.SIGTERM)
