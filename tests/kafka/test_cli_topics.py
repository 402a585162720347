"""`siaga topics`, `send` and `tail` on a real broker."""

import json
import signal
from pathlib import Path

import pytest

from streams.engine.topics import Topic
from tests.kafka.siaga import Siaga
from tests.support.commands import status
from tests.support.kafka import Kafka

pytestmark = pytest.mark.kafka

GOOD = json.dumps(status("s1", "07:00:00", "opened")).encode()
BROKEN = b'{"id":'


@pytest.fixture
def siaga(kafka: Kafka, prefix: str, tmp_path: Path) -> Siaga:
    """Return the command, for an installation of this test's own."""
    return Siaga(kafka.bootstrap, prefix, tmp_path)


def test_topics_are_created_once_and_then_as_planned(siaga: Siaga) -> None:
    """`check` names what is missing, `create` makes it, and making it again makes nothing."""
    before = siaga.run("topics", "check")
    assert 1 == before.returncode
    assert len(Topic) == before.stderr.count(b": missing\n")
    made = siaga.run("topics", "create")
    assert (0, len(Topic)) == (made.returncode, made.stdout.count(b"created "))
    again = siaga.run("topics", "create")
    assert (0, 0) == (again.returncode, again.stdout.count(b"created "))
    after = siaga.run("topics", "check")
    assert (0, b"") == (after.returncode, after.stderr)


def test_a_wrong_layout_is_named_and_nothing_is_started(siaga: Siaga) -> None:
    """A worker checks the topics as `siaga topics check` does."""
    siaga.run("topics", "create")
    wrong = siaga.run("topics", "check", "--partitions", "4")
    assert 1 == wrong.returncode
    assert b"partitions: expected 4, found 3" in wrong.stderr


def test_what_is_missing_is_never_created_by_asking(siaga: Siaga) -> None:
    """`tail`, `send` and `export` name the topic that is not there: exit 3."""
    for words in (("tail",), ("send", "tps.status"), ("export", "journal")):
        run = siaga.run(*words)
        assert (3, True) == (run.returncode, b"has no topic" in run.stderr)
    assert len(Topic) == siaga.run("topics", "check").stderr.count(b": missing\n")


def test_what_is_sent_is_read_back_byte_for_byte(siaga: Siaga, tmp_path: Path) -> None:
    """From a file and from a pipe; without --check even what nobody can take."""
    siaga.run("topics", "create")
    file = tmp_path / "events.jsonl"
    file.write_bytes(GOOD + b"\n\n" + BROKEN + b"\n")
    from_file = siaga.run("send", "tps.status", str(file), "--key", "a")
    assert (0, b"siaga: 2 sent to tps.status, 0 not\n") == (from_file.returncode, from_file.stderr)
    from_pipe = siaga.run("send", "tps.status", "--header", "siaga-drill=d1", given=GOOD)
    assert 0 == from_pipe.returncode
    read = siaga.run("tail", "tps.status", "--no-follow", "--json")
    assert sorted([GOOD, BROKEN, GOOD]) == sorted(read.stdout.splitlines())
    shown = siaga.run("tail", "tps.status", "--no-follow").stdout.decode()
    assert (2, 1) == (shown.count("  a  {"), shown.count("  -  {"))


def test_check_names_what_cannot_be_taken_and_sends_the_rest(siaga: Siaga, tmp_path: Path) -> None:
    """Exit 1, and the number of each line that was not sent."""
    siaga.run("topics", "create")
    file = tmp_path / "events.jsonl"
    file.write_bytes(GOOD + b"\n" + BROKEN + b"\n{}\n")
    run = siaga.run("send", "tps.status", str(file), "--check")
    assert 1 == run.returncode
    first, second, third = run.stderr.decode().splitlines()
    assert first.startswith(f"{file}:2: json: ")
    assert second.startswith(f"{file}:3: schema: ")
    assert "siaga: 1 sent to tps.status, 2 not" == third
    assert GOOD == siaga.run("tail", "tps.status", "--no-follow", "--json").stdout.strip()


def test_a_line_beyond_what_the_broker_takes_is_named(siaga: Siaga) -> None:
    """The others are sent all the same."""
    siaga.run("topics", "create")
    run = siaga.run("send", "tps.status", given=b"x" * 4_000_000 + b"\n" + GOOD)
    assert 1 == run.returncode
    assert run.stderr.startswith(b"<stdin>:1: ")
    assert run.stderr.endswith(b"siaga: 1 sent to tps.status, 1 not\n")


def test_tail_follows_until_ctrl_c(siaga: Siaga) -> None:
    """What was there before is not shown, what comes is; the exit code is 130."""
    siaga.run("topics", "create")
    siaga.run("send", "tps.status", given=b'{"id":"before"}')
    with siaga.start("tail", "tps.status", "--json") as tail:
        # It tells nothing when it is ready, so it is sent to until it answers.
        number = 0
        while tail.is_silent():
            number += 1
            siaga.run("send", "tps.status", given=b'{"id":"after-%d"}' % number)
        assert "after-" in tail.line_with("id")
        assert 130 == tail.end(signal.SIGINT)
