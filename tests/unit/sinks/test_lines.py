"""Standard output and files: a line a message, whole or not delivered."""

import asyncio
import io
import json
import os
import stat
from pathlib import Path

import pytest

from streams.sinks.file import FileSender
from streams.sinks.lines import line_of
from streams.sinks.sink import Answer, Delivered, TryAgain
from streams.sinks.stdout import StdoutSender
from tests.conformance.sinks.samples import ALERT, KEY, delivery, exercise

ANSWER = Answer(ALERT, "482193", "https://siaga.example.invalid/a/x")
TARGET = "+628120001111"


def test_a_line_has_neither_an_address_nor_a_means_to_answer() -> None:
    """More people read a log than are told."""
    line = line_of(delivery(TARGET, answers=[ANSWER]))
    assert b"\n" == line[-1:]
    assert 1 == line.count(b"\n")
    assert [] == [one for one in (TARGET, ANSWER.link, ANSWER.code) if one.encode() in line]
    assert (KEY, False) == tuple(json.loads(line)[name] for name in ("key", "exercise"))


def test_a_line_says_that_it_is_an_exercise() -> None:
    """In a field, and in its text."""
    line = json.loads(line_of(exercise(TARGET)))
    assert (True, True) == (line["exercise"], "LATIHAN" in line["text"])


def test_lines_go_to_the_end_of_a_file(tmp_path: Path) -> None:
    """That only its owner may read; one that was moved away is begun anew."""
    file = tmp_path / "notices.jsonl"
    sender, one = FileSender(file), delivery(TARGET)
    assert [Delivered(), Delivered()] == [asyncio.run(sender.send(one)) for _ in range(2)]
    assert line_of(one) * 2 == file.read_bytes()
    assert 0 == stat.S_IMODE(file.stat().st_mode) & 0o077
    file.rename(tmp_path / "old")
    assert Delivered() == asyncio.run(sender.send(one))
    assert line_of(one) == file.read_bytes()


@pytest.mark.parametrize("name", ["", "missing/notices.jsonl"])
def test_a_file_that_cannot_be_written_is_tried_again(name: str, tmp_path: Path) -> None:
    """A disk that is full has room again later."""
    sender = FileSender(tmp_path / name)
    assert TryAgain("file") == asyncio.run(sender.send(delivery(TARGET)))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_not_delivered_to() -> None:
    """It is noticed when the line is written, not later."""
    sender = FileSender(Path("/dev/full"))
    assert TryAgain("file") == asyncio.run(sender.send(delivery(TARGET)))


def test_lines_go_to_standard_output() -> None:
    """And out of it at once."""
    output = io.BytesIO()
    assert Delivered() == asyncio.run(StdoutSender(output).send(delivery(TARGET)))
    assert line_of(delivery(TARGET)) == output.getvalue()


def test_an_output_that_nobody_reads_is_tried_again() -> None:
    """A pipe whose other end is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as output:
        outcome = asyncio.run(StdoutSender(output).send(delivery(TARGET)))
    assert TryAgain("output") == outcome
