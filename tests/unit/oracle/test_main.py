"""The oracle as a command: `python -m tests.oracle`."""

import json
from pathlib import Path

import pytest

from tests.oracle import compare, days
from tests.oracle.__main__ import main
from tests.oracle.export import as_journal
from tests.oracle.stories import KR, TINY, Story, ms


def written(folder: Path, lines: list[str]) -> str:
    """A file of lines."""
    path = folder / "events.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_day_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines to standard output, what was not taken to standard error, the alerts to a file."""
    day = Story().begin("09:00").report("09:01", "KAM-06", tps=KR).raw("{")
    day.command("09:02", "ack", "W01@nowhere")
    alerts = tmp_path / "alerts.json"
    options = ["--until", "2024-11-27T09:04:00+07:00", "--alerts", str(alerts)]
    assert 0 == main([str(days.TINY), written(tmp_path, day.lines), *options])
    told, complaints = capsys.readouterr()
    of_w01 = [line for line in map(json.loads, told.splitlines()) if line["rule"] == "W01"]
    assert ["opened", "escalated"] == [line["change"] for line in of_w01]
    assert "events.jsonl:3: json" in complaints
    assert "command m3: refused: no such alert" in complaints
    assert {"unacknowledged"} == {alert["state"] for alert in json.loads(alerts.read_text())}


def test_some_rules_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--rule` names each."""
    day = Story().begin("09:00").report("09:01", "KAM-06", tps=KR).report("09:01", "INF-01", tps=KR)
    main([str(days.TINY), written(tmp_path, day.lines), "--rule", "W15"])
    assert ["W15"] == [json.loads(line)["rule"] for line in capsys.readouterr().out.splitlines()]


def test_a_journal_is_told_by_its_first_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command takes both, and any other reading."""
    day = Story().begin("09:00").report("09:01", "KAM-06", tps=KR)
    journal = as_journal(TINY, day.lines, ms("09:02"))
    main([str(days.TINY), written(tmp_path, journal), "--other-reading", "corrects_any_source"])
    assert '"cause":"3:' in capsys.readouterr().out


def test_two_files_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where they agree, else 1 and what differs."""
    line = '{"rule":"W01","scope":"a","key":"","alert":"x","change":"opened"}'
    one = written(tmp_path, [line])
    assert 0 == compare.main([one, one])
    other = tmp_path / "other.jsonl"
    other.write_text(line.replace("opened", "reopened"))
    assert 1 == compare.main([one, str(other)])
    assert "W01 a  x: line 1" in capsys.readouterr().out


def test_a_day_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m tests.oracle.days SEED`."""
    assert 0 == days.main(["3"])
    assert 300 < len(capsys.readouterr().out.splitlines())
