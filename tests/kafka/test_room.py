"""`siaga room` as a process: what is decided is on the page, and what is clicked is decided."""

import json
import signal
import time
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.kafka.rooms import Browser, RoomFiles
from tests.kafka.siaga import Siaga, Started, today_folder, wib_now
from tests.support.commands import TPS_1, Json
from tests.support.kafka import Kafka
from tests.unit.gate.ports import free_port

pytestmark = pytest.mark.kafka


def duress(name: str) -> Json:
    """Return a call for help."""
    return {
        "id": name,
        "at": wib_now().isoformat(timespec="seconds"),
        "kind": "duress",
        "officer": "A1",
        "tps": TPS_1,
        "source": {"id": "A1", "role": "pam_tps"},
    }


def complaint(name: str) -> Json:
    """Return a report that only Propam may know of."""
    return {
        "id": name,
        "at": wib_now().isoformat(timespec="seconds"),
        "category": "NET-01",
        "text": "Petugas membagikan gambar calon.",
        "place": {"tps": TPS_1},
        "source": {"id": f"ptps-{name}", "role": "ptps"},
        "evidence": [{"kind": "photo", "sha256": "ab" * 32}],
    }


def send(siaga: Siaga, topic: str, value: Json) -> None:
    """Put an event on a topic."""
    assert 0 == siaga.run("send", topic, given=json.dumps(value).encode() + b"\n").returncode


class Rooms(NamedTuple):
    """A worker and two rooms, and somebody who looks."""

    siaga: Siaga
    ports: tuple[int, int]
    first: Started
    browser: Browser


@pytest.fixture
def rooms(kafka: Kafka, prefix: str, tmp_path: Path) -> Generator[Rooms]:
    """Run them on one installation, with an operator and one of Propam."""
    siaga, election = Siaga(kafka.bootstrap, prefix, tmp_path), today_folder(tmp_path)
    files, ports = RoomFiles(siaga, tmp_path, election), (free_port(), free_port())
    for name, role in (("ruang-1", "operator"), ("propam-9", "propam")):
        files.add(name, role, "36.04")
    assert 0 == siaga.run("topics", "create").returncode
    with files.start_worker() as worker, files.start(ports[0]) as one, files.start(ports[1]) as two:
        worker.line_with("took over partition 2")
        for room in (one, two):
            room.line_with("the room has read what is there")
        with Browser.of(ports[0], "ruang-1") as browser:
            browser.listen()
            assert "ruang-1" in browser.until("snapshot").data
            yield Rooms(siaga, ports, one, browser)


def test_an_alert_is_shown_within_a_second_and_a_click_is_answered(rooms: Rooms) -> None:
    """The other room shows the same, for the same session; and the end is told."""
    browser = rooms.browser
    assert {"status": "ok"} == browser.get("/readyz").json()
    send(rooms.siaga, "tps.status", duress("d1"))
    sent_s = time.monotonic()
    event, alert = browser.until_alert("W02")
    # `siaga send` ends when Kafka has acknowledged.
    assert event.at_s - sent_s < 1
    browser.until_picture()
    command = {"id": "c-1", "command": "ack", "alert": alert["id"]}
    assert 202 == browser.post("/api/v1/commands", command).status_code
    # Topics are read side by side: the answer may come before the alert, after it or with it.
    told = ('"command":"c-1"', '"acknowledged_by":"ruang-1"')
    [reply] = browser.until_each("delta", *told)[0].rows("replies")
    assert ("done", True) == (reply["outcome"], reply["mine"])
    path = f"/api/v1/alerts/{alert['id']}"
    other = browser.go_to(rooms.ports[1])
    assert browser.get(path).json() == until_equal(other, path, browser.get(path).json())
    rooms.first.process.terminate()
    assert "restart" in browser.until("end").data
    assert 0 == rooms.first.process.wait(20)


def until_equal(browser: Browser, path: str, wanted: object) -> object:
    """Return what another room says, when it has read as far."""
    found: object = None
    for _ in range(50):
        found = browser.get(path).json()
        if found == wanted:
            break
        time.sleep(0.1)
    return found


def until_noted(browser: Browser, path: str) -> list[Json]:
    """Return the notes of an alert, when there are any: commands and replies come side by side."""
    found: list[Json] = []
    for _ in range(50):
        found = browser.get(path).json()["notes"]
        if found and found[-1]["text"]:
            break
        time.sleep(0.1)
    return found


def test_a_cut_loses_nothing_and_the_restricted_stays_so(rooms: Rooms) -> None:
    """What came meanwhile comes afterwards; of what is Propam's no byte comes at all."""
    browser = rooms.browser
    send(rooms.siaga, "tps.status", duress("d1"))
    _, alert = browser.until_alert("W02")
    since = browser.until_picture().id
    browser.hang_up()
    send(rooms.siaga, "crowd.reports", complaint("k1"))
    with Browser.of(rooms.ports[1], "propam-9") as propam:
        propam.listen()
        secret = str(propam.until_alert("W08")[1]["id"])
        assert 200 == propam.get(f"/api/v1/alerts/{secret}").status_code
    note = {"id": "c-2", "command": "note", "alert": alert["id"], "reason": "Bantuan jalan."}
    assert 202 == browser.post("/api/v1/commands", note).status_code
    again = browser.go_to(rooms.ports[0])
    again.listen(since)
    [reply] = again.until("delta", '"command":"c-2"').rows("replies")
    assert "done" == reply["outcome"]
    [written] = until_noted(again, f"/api/v1/alerts/{alert['id']}")
    assert ("ruang-1", "operator", "Bantuan jalan.") == (
        written["by"],
        written["role"],
        written["text"],
    )
    again.until("clock")
    again.until("clock")
    assert "snapshot" not in {one.kind for one in again.seen}
    everything = "".join(one.data for one in (*browser.seen, *again.seen))
    for path in ("/api/v1/snapshot", "/api/v1/alerts", "/api/v1/triage", f"/api/v1/tps/{TPS_1}"):
        everything += again.get(path).text
    assert str(alert["id"]) in everything
    assert secret not in everything
    assert "W08" not in everything
    assert 404 == again.get(f"/api/v1/alerts/{secret}").status_code
    forbidden = {"command": "ack", "alert": secret}
    assert 404 == again.post("/api/v1/commands", forbidden).status_code


def test_while_kafka_is_away_the_room_says_so(prefix: str, tmp_path: Path) -> None:
    """It is not ready, not live, and promises nothing; then all is well; and it can be ended."""
    with Kafka() as kafka:
        siaga, election = Siaga(kafka.bootstrap, prefix, tmp_path), today_folder(tmp_path)
        files, port = RoomFiles(siaga, tmp_path, election), free_port()
        files.add("ruang-1", "operator", "36.04")
        assert 0 == siaga.run("topics", "create").returncode
        with files.start(port) as room:
            room.line_with("the room has read what is there")
            with Browser.of(port, "ruang-1") as browser:
                browser.listen()
                browser.until("clock", '"is_live":true')
                kafka.kill()
                browser.until("clock", '"is_live":false')
                assert 503 == browser.get("/readyz").status_code
                report = {
                    "id": "r-1",
                    "at": wib_now().isoformat(timespec="seconds"),
                    "text": "Ramai",
                }
                body = report | {"tps": TPS_1}
                assert 503 == browser.post("/api/v1/reports", body).status_code
                kafka.restart()
                browser.until("clock", '"is_live":true')
                while browser.post("/api/v1/reports", body).status_code != 202:
                    time.sleep(0.2)
                assert 200 == browser.get("/readyz").status_code
                kafka.kill()
                assert 503 == browser.post("/api/v1/reports", body | {"id": "r-2"}).status_code
            # It owes Kafka a record, and ends all the same.
            assert 0 == room.end(signal.SIGTERM)
            assert "has not acknowledged 1 records" in room.line_with("given up")
