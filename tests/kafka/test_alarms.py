"""What goes wrong is told: alarms about ourselves, by real programs, from the fault to its end.

A live installation is read by a real Prometheus with the shipped rules, and Prometheus tells a real
Alertmanager with the shipped configuration. A worker is killed, the notifier ends, input stops, a
pack is asked for that nobody published: the alarm of each fires, reaches the Alertmanager, and
clears when all is mended. Nothing else may fire.

Alarms wait for minutes, and look back over some. Here everything goes `FASTER` times as fast: every
`for`, `keep_firing_for`, range and interval of the rules is divided by it
(`tests.support.expressions.shortened_rules`), and Prometheus reads twice a second instead of every
few. Numbers that an alarm compares with stay as they are.
"""

import json
import shutil
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, NamedTuple, Self

import msgspec
import pytest

from streams.wire.folder import load_plan
from tests.kafka.siaga import wib_now
from tests.kafka.watched import NOTIFY, Watched
from tests.support.alertmanager import Alertmanager, alertmanagers
from tests.support.amtool import Has, free_ports
from tests.support.commands import Json
from tests.support.debian import or_left_out, unpacked
from tests.support.expressions import ROOT, rule_files, shortened_rules
from tests.support.kafka import Kafka
from tests.support.prometheus import Prometheus
from tests.support.records import ordered_producer

pytestmark = [pytest.mark.kafka, pytest.mark.debian]

ELECTION: Final = "dua-zona-2024"
KABUPATEN: Final = "36.04"
"""Where the clocks show WIB; in the other one it may be tomorrow already."""
FASTER: Final = 30
BEAT_S: Final = 0.1
WITHIN_S: Final = 60.0
WATCHDOG: Final = "SiagaWatchdog"
BY_HASTE: Final = {
    "SiagaPartitionUnowned": "a takeover takes its three seconds, here as long as two minutes",
}
"""What may fire besides, only because waits are shorter and the programs are not faster."""


class Sender:
    """Producers: all TPS of a kabupaten have opened, and one after another says how it is."""

    def __init__(self, watched: Watched) -> None:
        """Prepare to send."""
        plan = load_plan(watched.installation.election)
        self.tps = [tps for tps in sorted(plan.tps) if tps.startswith(KABUPATEN)]
        self._prefix = watched.installation.prefix
        self._producer = ordered_producer(watched.installation.broker)
        self._number = 0
        self._ends = threading.Event()
        self._thread = threading.Thread()

    def __enter__(self) -> Self:
        for tps in self.tps:
            self.send("tps.status", self._status(tps, "opened"))
        self.go_on()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def go_on(self) -> None:
        """Send until told to stop."""
        self._ends.clear()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Send no more."""
        self._ends.set()
        self._thread.join()

    def send(self, topic: str, *values: Json) -> None:
        """Send events."""
        for value in values:
            self._producer.produce(f"{self._prefix}{topic}", json.dumps(value).encode())
        assert 0 == self._producer.flush(30)

    def _beat(self) -> None:
        while not self._ends.wait(BEAT_S):
            tps = self.tps[self._number % len(self.tps)]
            self.send("tps.status", self._status(tps, "heartbeat"))

    def _status(self, tps: str, kind: str) -> Json:
        self._number += 1
        source = {"id": f"kpps-{tps}", "role": "kpps"}
        return {"id": f"e-{self._number}", **_told(), "kind": kind, "tps": tps, "source": source}


def _told() -> Json:
    return {"at": wib_now().isoformat(timespec="seconds")}


class Alarmed(NamedTuple):
    """An installation, who sends to it, and who watches it."""

    watched: Watched
    sender: Sender
    prometheus: Prometheus
    alertmanager: Alertmanager

    def told(self) -> set[str]:
        """Return the alarms that the Alertmanager has, whether it would call somebody or not."""
        query = ("alert", "query", "-o", "json", "--active", "--silenced", "--inhibited")
        found = msgspec.json.decode(self.alertmanager.ask(*query), type=list[Has])
        return {one.labels["alertname"] for one in found} & self.ours()

    def ours(self) -> set[str]:
        """Return the names of the alarms; a mirror has brought alerts of the election as well."""
        groups = msgspec.json.decode(self.prometheus.ask("rules"), type=Groups).groups
        return {rule.name for group in groups for rule in group.rules}

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait for something, and say what fires if it does not come."""
        give_up = time.monotonic() + WITHIN_S
        while not holds():
            late = time.monotonic() >= give_up
            assert not late, f"{otherwise}: {self.prometheus.firing()}, told: {self.told()}"
            time.sleep(0.2)

    def votes(self) -> bool:
        """Whether every TPS is voting, as far as Prometheus knows."""
        [voting] = self.prometheus.query("sum(job:siaga_area_tps_voting:sum)") or [None]
        return voting is not None and voting.value == len(self.sender.tps)

    def does(self, fault: Callable[[], object], alarm: str) -> None:
        """Let something go wrong, and wait until its alarm, and no other, is told."""
        before = self.prometheus.firing()
        assert alarm not in before
        fault()
        self.until(lambda: alarm in self.told(), f"{alarm} is not told")
        assert {alarm} == self.prometheus.firing() - before - BY_HASTE.keys()

    def is_well(self) -> bool:
        """Whether nothing but the watchdog fires, and the Alertmanager knows."""
        return {WATCHDOG} == self.prometheus.firing() == self.told()


class Rule(msgspec.Struct, frozen=True):
    """A rule that is judged."""

    name: str


class Group(msgspec.Struct, frozen=True):
    """Rules that are judged together."""

    rules: tuple[Rule, ...]


class Groups(msgspec.Struct, frozen=True):
    """All of them."""

    groups: tuple[Group, ...]


def all_day(parent: Path) -> Path:
    """Copy an election that is held today, from midnight to midnight: voting whenever it is run."""
    folder = parent / ELECTION
    shutil.copytree(ROOT / "elections" / ELECTION, folder)
    file = folder / "election.toml"
    text = file.read_text("utf-8")
    for before, after in (
        ("date = 2024-02-14", f"date = {wib_now().date()}"),
        ('poll_opens = "07:00"', 'poll_opens = "00:00"'),
        ('poll_closes = "13:00"', 'poll_closes = "23:59"'),
    ):
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def alarmed(kafka: Kafka, prefix: str, tmp_path: Path) -> Generator[Alarmed]:
    """Run everything, live, until all is well."""
    or_left_out(lambda: unpacked("prometheus"))
    or_left_out(lambda: unpacked("prometheus-alertmanager"))
    example = (ROOT / "deploy/alertmanager/alertmanager.yml").read_text("utf-8")
    rules = {file.name: shortened_rules(file.read_text("utf-8"), FASTER) for file in rule_files()}
    election = all_day(tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    with (
        alertmanagers(tmp_path / "alertmanager", free_ports(1), example) as [alertmanager],
        Watched(kafka, prefix, election, files) as watched,
    ):
        watched.installation.settings["clock"] = "broker"
        watched.room_files.add("ruang-1", "operator", KABUPATEN)
        watched.start(alertmanager.url)
        with watched.prometheus(alertmanager, rules) as prometheus:
            watched.await_ready()
            with Sender(watched) as sender:
                yield Alarmed(watched, sender, prometheus, alertmanager)


def broken_pack() -> Json:
    """Return the order to judge by a pack that nobody has published."""
    order = {"command": "use_pack", "election": ELECTION, "pack": "0" * 64}
    return {"id": "c-1", **_told(), "actor": {"id": "ops", "role": "system"}, **order}


def test_what_goes_wrong_is_told_and_its_end_too(alarmed: Alarmed) -> None:
    """Four faults, an alarm each; mended, all of them clear, in Prometheus and Alertmanager."""
    watched, sender = alarmed.watched, alarmed.sender
    alarmed.until(alarmed.votes, "not all vote")
    alarmed.until(alarmed.is_well, "not all is well")
    alarmed.does(
        lambda: sender.send("operator.commands", broken_pack()), alarm="SiagaPublishRefused"
    )
    alarmed.does(lambda: watched.fleet.kill(2), alarm="SiagaTargetDown")
    alarmed.does(lambda: watched.end(NOTIFY), alarm="SiagaNotifierDown")
    alarmed.does(sender.stop, alarm="SiagaInputSilent")
    watched.fleet.revive()
    watched.run(NOTIFY)
    sender.go_on()
    alarmed.until(alarmed.is_well, "not all has cleared")
