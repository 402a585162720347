"""A whole installation that a real Prometheus reads: workers, notifier, gate and room.

    with Watched(kafka, prefix, election, files) as watched:
        watched.start(alertmanager.url)       three workers, a notifier, a gate, a room
        with watched.prometheus(alertmanager, rules) as prometheus:
            watched.await_ready()

The election folder is copied, with everybody in it told by a hook of the test. Prometheus runs by
`deploy/prometheus/prometheus.yml`: its jobs and labels are those of production, only targets and
intervals are the test's.
"""

import json
import shutil
import time
import urllib.request
from collections.abc import Mapping
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Final, Self

import msgspec
import yaml

from streams.config import Role
from streams.sinks.signing import sign
from tests.kafka.notifiers import Hook
from tests.kafka.programs import Programs
from tests.kafka.rooms import RoomFiles
from tests.kafka.siaga import Siaga
from tests.support.alertmanager import Alertmanager
from tests.support.expressions import ROOT
from tests.support.fleet import Fleet, free_port
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.prometheus import Prometheus
from tests.unit.gate.house import KEY, SECRET, report

__all__ = ["GATE", "NOTIFY", "ROOM", "WORKER", "Watched"]

WORKER: Final = "siaga-worker"
NOTIFY: Final = "siaga-notify"
GATE: Final = "siaga-gate"
ROOM: Final = "siaga-room"
SCRAPE: Final = "500ms"
_INVALID: Final = "https://notify.example.invalid/"
_NOTIFY: Final = """\
[channels.webhook]
type = "webhook"
secret_file = "{folder}/webhook.secret"
[mirrors.posko]
type = "alertmanager"
urls = ["{alertmanager}"]
resend_s = 1
"""
_GATE: Final = """\
[producers.app]
secret_file = "{folder}/producer.secret"
topics = ["crowd.reports"]
"""


class Watched(Programs):
    """The processes of one installation, gone at the end of the block."""

    def __init__(self, kafka: Kafka, prefix: str, election: Path, files: Path) -> None:
        """Copy an election folder, and write the files that the programs need."""
        self.hook = Hook(0.0)
        copied = files / election.name
        shutil.copytree(election, copied)
        contacts = copied / "contacts.toml"
        text = contacts.read_text("utf-8").replace(_INVALID, f"{self.hook.url}/")
        contacts.write_text(text, encoding="utf-8")
        self.room_files = RoomFiles(Siaga(kafka.bootstrap, prefix, files), files, copied)
        super().__init__(Installation(kafka.bootstrap, prefix, copied, files))
        self.installation.settings |= {
            "partitions": "3",
            "input_partitions": "3",
            "users_file": str(self.room_files.users),
            "room_file": str(files / "room.toml"),
            "notify_file": str(files / "notify.toml"),
            "gate_file": str(files / "gate.toml"),
            "session_s": "3",
            "heartbeat_s": "0.5",
        }
        self.fleet = Fleet(self.installation)
        self.doors = {GATE: free_port(), ROOM: free_port()}
        """Where gate and room listen."""
        self._metrics = {job: free_port() for job in (NOTIFY, GATE, ROOM)}

    def __enter__(self) -> Self:
        self.hook.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.fleet.__exit__(None, None, None)
        self.hook.__exit__()

    def start(self, alertmanager: str) -> None:
        """Start three workers, a notifier, a gate and a room.

        Args:
            alertmanager: Where the mirror of alerts is.
        """
        files = self.installation.files
        texts = {
            "webhook.secret": SECRET,
            "producer.secret": SECRET,
            "notify.toml": _NOTIFY.format(folder=files, alertmanager=alertmanager),
            "gate.toml": _GATE.format(folder=files),
        }
        for name, text in texts.items():
            (files / name).write_text(text, encoding="utf-8")
        self.installation.run("topics", "create")
        self.fleet.start(Role.ALL, Role.ALL, Role.ALL)
        for job in (NOTIFY, GATE, ROOM):
            self.run(job)

    def await_ready(self) -> None:
        """Wait until all of them work."""
        self.fleet.await_assigned()
        for job, port in self.doors.items():
            self.until(partial(_is_ready, port), f"{job} is not ready")
        self.until(lambda: "took over" in self.log(NOTIFY), "the notifier has no notices")

    def run(self, job: str) -> None:
        """Start the notifier, the gate or the room; again, if it has ended."""
        words = [job.removeprefix("siaga-")]
        if job in self.doors:
            words += ["--listen", f"127.0.0.1:{self.doors[job]}"]
        self.launch(job, *words, instance=f"{job}-1", metrics_port=str(self._metrics[job]))

    def report(self, name: str, signer: str = "app") -> int:
        """Send a report to the gate, and return the status of its answer."""
        body = report(name)
        shown = sign([KEY], f"m-{name}", int(time.time()), body)
        headers = {**shown, "siaga-producer": signer, "content-type": "application/json"}
        connection = HTTPConnection("127.0.0.1", self.doors[GATE], timeout=30)
        connection.request("POST", "/v1/crowd.reports", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def prometheus(self, alertmanager: Alertmanager, rules: Mapping[str, str]) -> Prometheus:
        """Return a Prometheus that reads all of them, twice a second, and judges by rules."""
        ports = {**self._metrics, "prometheus": free_port(), "alertmanager": alertmanager.port}
        targets = {WORKER: self.fleet.ports, **{job: [port] for job, port in ports.items()}}
        folder = self.installation.files / "prometheus"
        return Prometheus(folder, ports["prometheus"], _configured(targets, rules), rules)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            status: int = answer.status
    except OSError:
        return False
    return status == 200


def _configured(targets: Mapping[str, list[int]], rules: Mapping[str, str]) -> str:
    """Return the shipped configuration with the test's targets, intervals and files of rules."""
    text = (ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8")
    config = msgspec.convert(yaml.safe_load(text), dict[str, object])
    jobs = msgspec.convert(config["scrape_configs"], list[dict[str, object]])
    assert sorted(targets) == sorted(str(job["job_name"]) for job in jobs)
    for job in jobs:
        job["static_configs"] = _local(targets[str(job["job_name"])])
    often = dict.fromkeys(("scrape_interval", "scrape_timeout", "evaluation_interval"), SCRAPE)
    managers = [{"static_configs": _local(targets["alertmanager"])}]
    changed: dict[str, object] = {
        "global": often,
        "rule_files": sorted(rules),
        "alerting": {"alertmanagers": managers},
        "scrape_configs": jobs,
    }
    return json.dumps({**config, **changed})


def _local(ports: list[int]) -> list[dict[str, list[str]]]:
    return [{"targets": [f"127.0.0.1:{port}" for port in ports]}]
