"""`siaga report` reads the journal of a real broker, and says what an export of it says."""

import json
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from tests.kafka.siaga import Siaga, today_folder, wib_now
from tests.support.commands import TPS_1
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka


def duress() -> bytes:
    """Return a call for help, as it is sent now."""
    source = {"id": "A1", "role": "pam_tps"}
    at = wib_now().isoformat(timespec="seconds")
    value = {"id": "d", "at": at, "kind": "duress", "tps": TPS_1, "officer": "A1", "source": source}
    return json.dumps(value).encode()


def test_a_report_of_the_broker_is_that_of_its_export(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Read outside of any group, when the worker has gone; of the same moment the same text."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    with (
        siaga.start("tail", "--from-beginning") as lines,
        siaga.start("worker", "--election", folder) as worker,
    ):
        worker.line_with("took over partition 2")
        siaga.run("send", "tps.status", given=duress())
        lines.line_with("W02 officer:36.04/A1")
        assert 0 == worker.end(signal.SIGTERM)
    at = ("--at", (wib_now() + timedelta(seconds=1)).isoformat(timespec="seconds"))
    told = siaga.run("report", "situation", folder, *at)
    assert (b"", 0) == (told.stderr, told.returncode)
    assert "Tombol darurat" in told.stdout.decode()
    siaga.run("export", "journal", "--out", "journal.jsonl")
    exported = siaga.run("report", "situation", folder, "--journal", "journal.jsonl", *at)
    assert told.stdout == exported.stdout
