"""A rule of one's own reaches running workers, a restarted one, and the replay of the journal."""

import json
import signal
from pathlib import Path
from typing import Final

import pytest

from tests.kafka.siaga import Siaga, today_folder, wib_now
from tests.support.commands import TPS_1, TPS_2, Json
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka


RULE: Final = """\
rules:
  - id: L01
    version: 1
    maturity: stable
    owner: bag-ops
    source: "Antrean panjang"
    detector:
      type: condition
      scope: tps
      on: [heartbeat]
      where: has(event.queue) && event.queue > 300
      ends: [{on: [heartbeat], where: has(event.queue) && event.queue <= 100}]
    severity: high
    ladders: OPS
    texts:
      title: {id: "Antrean panjang di {place}", en: "Long queue at {place}"}
      summary: {id: "Sejak {at}.", en: "Since {at}."}
      action: {id: "Jaga barisan.", en: "Guard the line."}
    runbook: docs/runbooks/L01.md
    tests:
      - name: "301 orang: alarm"
        events: [{at: "09:00", status: heartbeat, queue: 301}]
        until: "09:01"
        expect: [{at: "09:00", change: opened}]
      - name: "300 orang: diam"
        events: [{at: "09:00", status: heartbeat, queue: 300}]
        until: "09:01"
        expect: []
"""


def queue(name: str, tps: str, people: int) -> bytes:
    """Return word of a queue, as a producer sends it now."""
    told: Json = {
        "id": name,
        "at": wib_now().isoformat(timespec="seconds"),
        "kind": "heartbeat",
        "tps": tps,
        "queue": people,
        "source": {"id": f"kpps-{tps}", "role": "kpps"},
    }
    return json.dumps(told).encode()


def with_rule(folder: Path, text: str) -> None:
    """Put a rule into an election folder."""
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "own.yaml").write_text(text, encoding="utf-8")


def test_a_published_rule_is_judged_by_running_workers(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Before it nobody is called; after it L01 is told, also by who takes over and by a replay."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), today_folder(tmp_path)
    siaga.run("topics", "create")
    words = ("worker", "--election", str(folder), "--instance", "w1")
    with siaga.start("tail", "--from-beginning") as tail:
        with siaga.start(*words) as worker:
            worker.line_with("took over partition 2")
            siaga.run("send", "tps.status", given=queue("q1", TPS_1, 301))
            with_rule(folder, RULE)
            published = siaga.run("rules", "publish", str(folder), "--election", "serang-2024")
            assert (b"", 0) == (published.stderr, published.returncode)
            assert b"serang-2024: judged by it from now on" in published.stdout
            siaga.run("send", "tps.status", given=queue("q2", TPS_1, 302))
            assert f"L01 {TPS_1}" in tail.line_with("L01")
            assert 0 == worker.end(signal.SIGTERM)
        with_rule(folder, "rules: []\n")
        with siaga.start(*words) as worker:
            worker.line_with("took over partition 2")
            siaga.run("send", "tps.status", given=queue("q3", TPS_2, 303))
            assert f"L01 {TPS_2}" in tail.line_with(f"L01 {TPS_2}")
            assert 0 == worker.end(signal.SIGTERM)
    siaga.run("export", "journal", "--out", "journal.jsonl")
    lines = siaga.run("export", "transitions").stdout
    told = [one for one in map(json.loads, lines.splitlines()) if one["rule"] == "L01"]
    assert [TPS_1, TPS_2] == [one["scope"] for one in told]
    assert lines == siaga.run("replay", str(folder), "--journal", "journal.jsonl").stdout


def test_a_rule_that_fails_its_test_is_not_published(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """The test is named; nothing is written, and nobody is asked."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), today_folder(tmp_path)
    siaga.run("topics", "create")
    with_rule(folder, RULE.replace("queue > 300", "queue > 299"))
    run = siaga.run("rules", "publish", str(folder), "--election", "serang-2024")
    assert 1 == run.returncode
    assert b"not published: test L01 '300 orang: diam' does not hold" in run.stderr
    assert b"" == siaga.run("tail", "siaga.packs", "--no-follow").stdout


def test_a_pack_that_nobody_published_is_refused(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """One reply says so; the rules stay what they are."""
    siaga, folder = Siaga(kafka.bootstrap, prefix, tmp_path), str(today_folder(tmp_path))
    siaga.run("topics", "create")
    order: Json = {
        "id": "c1",
        "at": wib_now().isoformat(timespec="seconds"),
        "actor": {"id": "ops", "role": "system"},
        "command": "use_pack",
        "election": "serang-2024",
        "pack": "0" * 64,
    }
    with siaga.start("worker", "--election", folder) as worker:
        worker.line_with("took over partition 2")
        with siaga.start("tail", "siaga.replies", "--from-beginning") as tail:
            siaga.run("send", "operator.commands", given=json.dumps(order).encode())
            assert "is published" in tail.line_with("refused")
        assert 0 == worker.end(signal.SIGTERM)
