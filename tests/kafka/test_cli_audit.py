"""`siaga deadletter` and `siaga audit verify` on a real broker, with workers that come and go."""

import json
import signal
from pathlib import Path

import pytest

from tests.kafka.siaga import Siaga, today_folder, wib_now
from tests.support.commands import TPS_1, TPS_2
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka


def told(name: str, kind: str, tps: str, officer: str = "") -> bytes:
    """Return a status, as it is sent now."""
    source = {"id": f"kpps-{tps}", "role": "kpps"}
    at = wib_now().isoformat(timespec="seconds")
    value = {"id": name, "at": at, "kind": kind, "tps": tps, "source": source}
    return json.dumps({**value, "officer": officer} if officer else value).encode()


def test_a_letter_is_mended_and_taken(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """The list leaves it out then; what is wrong again is another letter that names the first."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    with siaga.start("worker", "--election", folder) as worker:
        worker.line_with("took over partition 2")
        with siaga.start("tail", "siaga.deadletter", "--from-beginning") as letters:
            siaga.run("send", "tps.status", given=b'{"id":')
            letters.line_with("json")
            siaga.run("send", "tps.status", given=b'{"id":"s8"}')
            letters.line_with("schema")
            listed = siaga.run("deadletter", "list").stdout
            assert listed.startswith(b"2 dead letters\n")
            shown = siaga.run("deadletter", "show", "0:1")
            assert (True, b"") == ("ada isian yang kurang" in shown.stdout.decode(), shown.stderr)
            mended = siaga.run(
                "deadletter", "resend", "0:0", "--value", "-", given=told("s9", "opened", TPS_1)
            )
            assert (b"0:0 sent to tps.status\n", b"") == (mended.stdout, mended.stderr)
            again = siaga.run("deadletter", "resend", "--all")
            assert (b"0:1 sent to tps.status\n", b"") == (again.stdout, again.stderr)
        with siaga.start("tail", "siaga.deadletter", "--from-beginning") as letters:
            assert "0:1 " in letters.line_with("schema")
            assert "0:1 " not in letters.line_with("schema")
        with siaga.start("tail", "siaga.journal", "--from-beginning", "--json") as journal:
            assert '"id":"s9"' in journal.line_with('"s9"')
        open_now = siaga.run("deadletter", "list", "--json").stdout.splitlines()
        assert ["0:1"] == [json.loads(line)["resent_from"] for line in open_now]
        assert 0 == worker.end(signal.SIGTERM)


def test_the_chain_goes_on_with_another_worker(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """Its topics and its export are as they were told, and a changed byte is found."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    with siaga.start("tail", "--from-beginning") as lines:
        for officer, tps in (("A1", TPS_1), ("A2", TPS_2)):
            with siaga.start("worker", "--election", folder, "--instance", officer) as worker:
                worker.line_with("took over partition 2")
                duress = told(f"d-{officer}", "duress", tps, officer=officer)
                siaga.run("send", "tps.status", given=duress)
                lines.line_with(f"W02 officer:36.04/{officer}")
                assert 0 == worker.end(signal.SIGTERM)
    verified = siaga.run("audit", "verify")
    assert (b"", 0) == (verified.stderr, verified.returncode)
    siaga.run("export", "transitions", "--provenance", "--out", "told.jsonl")
    exported = (tmp_path / "told.jsonl").read_bytes()
    assert verified.stdout.startswith(f"ok {exported.count(b'chain')} lines\n".encode())
    assert verified.stdout == siaga.run("audit", "verify", "--file", "told.jsonl").stdout
    (tmp_path / "told.jsonl").write_bytes(exported.replace(b'"critical"', b'"low"', 1))
    bad = siaga.run("audit", "verify", "--file", "told.jsonl")
    assert (1, True) == (bad.returncode, bad.stdout.startswith(b"not as told: told.jsonl:1: "))
