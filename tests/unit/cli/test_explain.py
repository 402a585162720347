"""`siaga explain`: the life of an alert with what was weighed at each change."""

import json
from pathlib import Path

import pytest

from streams.cli.command import main
from tests.support.commands import TPS, TPS_1, TPS_2, event_line, status

LINES = (
    event_line(status("a", "06:30:00", "heartbeat")),
    *(event_line(status(f"o{n}", "07:09:00", "opened", tps)) for n, tps in enumerate(TPS[1:])),
    event_line(status("z", "07:25:30", "heartbeat", TPS_2)),
    event_line(status("o", "07:26:00", "opened")),
    b"nonsense\n",
)
"""`TPS_1` opens at 07:26 and not by 07:20."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the day."""
    made = tmp_path / "events.jsonl"
    made.write_bytes(b"".join(LINES))
    return made


def alert_id(folder: Path, file: Path, tmp_path: Path) -> str:
    """Return the id of the one alert of `TPS_1`."""
    alerts = tmp_path / "alerts.json"
    out = str(tmp_path / "lines.jsonl")
    assert 0 == main(["replay", str(folder), str(file), "--alerts", str(alerts), "--out", out])
    [found] = [
        one["id"] for one in json.loads(alerts.read_bytes()) if one["scope"]["code"] == TPS_1
    ]
    assert isinstance(found, str)
    return found


def test_every_change_has_its_line_and_the_arithmetic(
    folder: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When, what, which state and level, by what; and each check with value and threshold."""
    assert 0 == main(["explain", f"T03@{TPS_1}", str(folder), "--events", str(file)])
    told = capsys.readouterr().out
    for line in (
        "  TPS 001 Mekarsari belum buka / TPS 001 Mekarsari has not opened",
        "  07:20:00  ■ S  muncul: kpps, belum diambil / opened: kpps, unacknowledged  (deadline)",
        "            · ditunggu sampai 07:20: belum ada kabar / awaited until 07:20: no word",
        "  07:26:00  ■ S  pulih: kpps, pulih sendiri / returned: kpps, returned  (input:6)",
    ):
        assert f"{line}\n" in told
    assert 1 == told.count("· batas waktu ")


def test_an_alert_is_named_by_id_or_by_what_it_is_about(
    folder: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All names give the same explanation."""
    names = [f"T03@{TPS_1}", f"T03@{TPS_1}|", alert_id(folder, file, tmp_path)]
    capsys.readouterr()
    told: set[str] = set()
    for name in names:
        assert 0 == main(["explain", name, str(folder), "--events", str(file)])
        told.add(capsys.readouterr().out)
    assert 1 == len(told)


def test_an_alert_that_there_was_not_is_bad_input(
    folder: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says how to find those that there are."""
    assert 1 == main(["explain", f"W01@{TPS_1}", str(folder), "--events", str(file)])
    error = capsys.readouterr().err
    assert error.startswith(f"siaga: {file}: no alert W01@{TPS_1} in it; `siaga replay --alerts")


def test_a_file_must_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events or a journal: exit 2 without."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["explain", "T03@x", str(folder)])
    assert "--events --journal is required" in capsys.readouterr().err
