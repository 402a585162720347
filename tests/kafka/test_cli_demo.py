"""`siaga demo` as a whole: it shows alerts, and leaves nothing behind however it ends."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from confluent_kafka.admin import AdminClient

from tests.kafka.siaga import Started
from tests.support.kafka import Kafka

ROOT: Final = Path(__file__).parents[2]
_GONE_S: Final = 15.0
linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux ends what a dead process has started"
)


class Place:
    """Where a demo runs: folders of its own for everything that a program may write to."""

    def __init__(self, parent: Path) -> None:
        self.folders = [parent / name for name in ("cwd", "home", "tmp")]
        for folder in self.folders:
            folder.mkdir()
        self.mark = str(parent)

    def start(self, *words: str) -> Started:
        """Start a demo."""
        cwd, home, tmp = self.folders
        known = {name: text for name, text in os.environ.items() if not name.startswith("SIAGA_")}
        environment = {
            **known,
            "HOME": str(home),
            "TMPDIR": str(tmp),
            "PYTHONPATH": str(ROOT),
        }
        return Started([sys.executable, "-m", "streams.cli", "demo", *words], cwd, environment)

    def left_behind(self) -> list[str]:
        """Return the files that are still there."""
        return [str(path) for folder in self.folders for path in folder.rglob("*")]

    def processes(self) -> dict[int, str]:
        """Return the processes that run here, with their command lines."""
        return {
            pid: command
            for pid, command, environment in running()
            if f"TMPDIR={self.mark}" in environment or f"HOME={self.mark}" in environment
        }

    def until_alone(self) -> bool:
        """Wait until no process of the demo is left."""
        give_up = time.monotonic() + _GONE_S
        while self.processes():
            if time.monotonic() > give_up:
                return False
            time.sleep(0.05)
        return True


def running() -> Iterator[tuple[int, str, str]]:
    """Walk the processes of this machine: id, command line, environment."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
            environment = (folder / "environ").read_bytes().replace(b"\0", b"\n")
        except OSError:
            continue  # It has ended meanwhile, or is not ours.
        yield (
            int(folder.name),
            command.decode(errors="replace"),
            environment.decode("utf-8", "replace"),
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return where a demo of this test runs."""
    return Place(tmp_path)


@linux_only
def test_a_demo_shows_alerts_and_clears_up(place: Place) -> None:
    """Story, alerts and summary, and what the embedded broker does not promise."""
    with place.start("--headless", "--speed", "600", "--for", "4") as demo:
        demo.line_with("no promise after")
        demo.line_with("06:47:00  Pasar Tengah")
        assert "▲ T  opened         polsek " in demo.line_with("06:48:30")
        demo.line_with("Ringkasan / Summary")
        assert "p50" in demo.line_with("latensi / latency")
        assert 0 == demo.process.wait(_GONE_S)
    assert place.until_alone()
    assert [] == place.left_behind()


@linux_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_ended_clears_up(place: Place, number: signal.Signals) -> None:
    """It is its regular end: a summary, and exit code 0."""
    with place.start("--headless", "--speed", "600") as demo:
        demo.line_with("06:48:30")
        assert 0 == demo.end(number)
        demo.line_with("Ringkasan / Summary")
    assert place.until_alone()
    assert [] == place.left_behind()


@linux_only
def test_a_demo_that_is_killed_leaves_no_process(place: Place) -> None:
    """The kernel ends broker, worker and room; only temporary files are left."""
    with place.start("--headless", "--speed", "600") as demo:
        demo.line_with("06:48:30")
        assert 4 == len(place.processes())
        demo.process.kill()
        demo.process.wait()
    assert place.until_alone()


@linux_only
def test_a_worker_that_dies_ends_the_demo(place: Place) -> None:
    """With its last words, and exit code 3."""
    with place.start("--headless", "--speed", "600") as demo:
        demo.line_with("06:48:30")
        [worker] = [pid for pid, command in place.processes().items() if " worker " in command]
        os.kill(worker, signal.SIGKILL)
        demo.line_with("siaga: the worker ended with exit code -9. Its last words:")
        assert 3 == demo.process.wait(_GONE_S)
    assert place.until_alone()
    assert [] == place.left_behind()


@linux_only
def test_ctrl_c_during_the_start_clears_up(place: Place) -> None:
    """Before anything was played."""
    with place.start("--headless") as demo:
        demo.line_with("Mulai / starting")
        # Whether it was ready to be ended in order is a matter of luck.
        assert demo.end(signal.SIGINT) in {0, 130}
    assert place.until_alone()
    assert [] == place.left_behind()


@pytest.mark.slow
def test_the_whole_story_is_told_as_written(place: Place) -> None:
    """Every change that the story expects, live, from the first message to the last."""
    with place.start("--headless", "--speed", "400") as demo:
        assert "semua sesuai" in demo.line_with("cerita / story", wait_s=300)


@pytest.mark.kafka
def test_on_a_broker_of_somebody_elses_it_leaves_no_topic(kafka: Kafka, place: Place) -> None:
    """It has topics of its own, and deletes them."""
    words = ("--headless", "--speed", "600", "--for", "2", "--broker", kafka.bootstrap)
    with place.start(*words) as demo:
        demo.line_with("06:48:30")
        demo.line_with("Ringkasan / Summary")
        assert 0 == demo.process.wait(_GONE_S)
    assert [] == [name for name in kafka_topics(kafka) if name.startswith("siaga-demo-")]


def kafka_topics(kafka: Kafka) -> list[str]:
    """Return the names of all topics of a broker."""
    return list(AdminClient({"bootstrap.servers": kafka.bootstrap}).list_topics(timeout=10).topics)
