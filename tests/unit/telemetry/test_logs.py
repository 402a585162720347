"""One line an event, on standard error, for people or for machines."""

import json
import logging
from collections.abc import Generator

import pytest

from streams.telemetry.logs import LogFormat, let_libraries_speak, set_up_logging


@pytest.fixture(autouse=True)
def logging_as_before() -> Generator[None]:
    """Give the next test the log that this one found."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    for name in ("aiokafka", "asyncio", "faust", "kafka", "mode"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_json_line_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """With what was given as `extra` beside what every line has."""
    set_up_logging(LogFormat.JSON)
    logging.getLogger("siaga.test").warning("taken %d\nover", 3, extra={"partition": 3})
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    time = told.pop("time")
    assert time.endswith("+00:00")
    expected = {
        "level": "warning",
        "logger": "siaga.test",
        "message": "taken 3\nover",
        "partition": 3,
    }
    assert expected == told


def test_a_json_line_holds_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """An error is still one line."""
    set_up_logging(LogFormat.JSON)
    try:
        int("broken")
    except ValueError:
        logging.getLogger("siaga.test").exception("failed")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["error"].endswith("'broken'")


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Time, level, logger, message."""
    set_up_logging(LogFormat.TEXT)
    logging.getLogger("siaga.test").info("ready")
    line = capsys.readouterr().err
    assert line.endswith(" info siaga.test: ready\n")
    assert 1 == line.count("\n")


def test_setting_up_again_replaces(capsys: pytest.CaptureFixture[str]) -> None:
    """No line is told twice."""
    set_up_logging(LogFormat.TEXT)
    set_up_logging(LogFormat.TEXT)
    logging.getLogger("siaga.test").info("once")
    assert 1 == capsys.readouterr().err.count("once")


def test_libraries_speak_when_they_are_let(capsys: pytest.CaptureFixture[str]) -> None:
    """A command that ends on the first trouble tells it once; a worker lives with them."""
    set_up_logging(LogFormat.TEXT)
    logging.getLogger("aiokafka.conn").error("refused")
    before = capsys.readouterr().err
    let_libraries_speak()
    logging.getLogger("aiokafka.conn").error("refused")
    logging.getLogger("aiokafka.conn").info("connected")
    assert ("", 1) == (before, capsys.readouterr().err.count("\n"))


def test_parts_of_faust_are_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    """Their starting and stopping is nobody's news; their warnings are."""
    set_up_logging(LogFormat.TEXT)
    log = logging.getLogger("streams.engine.transport_app")
    log.info("[^EngineApp]: Starting...")
    log.warning("[^EngineApp]: odd")
    assert ["warning"] == [line.split()[1] for line in capsys.readouterr().err.splitlines()]
