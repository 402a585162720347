"""Seed 001's evacuation: a flood in Rejang Lebong, from the first report to the last step.

Two people report the water, the chief takes it, and the steps of the checklist are ticked by notes
while the reports of the hour show how far it is. At the end the case is closed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from tests.stories.judging import REJANG_LEBONG, plan_of

TPS: Final = next(iter(plan_of(REJANG_LEBONG).tps.values()))
ALERT: Final = f"W13@{TPS.desa}|BEN-01"
_DAY: Final = "2024-11-27"
STEPS: Final = {
    "warga-rentan": "09:10",
    "jalur": "09:12",
    "tps": "09:14",
    "kotak": "09:20",
    "penyelenggara": "09:21",
    "bpbd": "09:35",
    "hitung-orang": "09:50",
    "posko": "10:05",
}


def written(topic: str, clock: str, **value: object) -> dict[str, object]:
    """Return a line of the day's file."""
    at = f"{_DAY}T{clock}:00+07:00"
    return {"topic": topic, "received_at": at, "value": {"at": at, **value}}


def ordered(clock: str, command: str, **more: str) -> dict[str, object]:
    """The head of operations gives a command about the flood."""
    actor = {"id": "kabag-ops", "role": "commander"}
    name = f"{command}-{clock}"
    return written(
        "operator.commands", clock, id=name, actor=actor, command=command, alert=ALERT, **more
    )


def day() -> Iterator[dict[str, object]]:
    """The whole of it, in the order of receipt."""
    kpps = {"id": "kpps-1", "role": "kpps"}
    yield written("tps.status", "07:00", id="o", kind="opened", tps=TPS.code, source=kpps)
    for number, clock in enumerate(("09:00", "09:02")):
        source = {"id": f"warga-{number}", "role": "warga"}
        place = {"tps": TPS.code}
        name = f"b{number}"
        yield written(
            "crowd.reports", clock, id=name, category="BEN-01", source=source, place=place
        )
    yield ordered("09:04", "ack")
    for step, clock in STEPS.items():
        yield ordered(clock, "note", step=step, reason=f"langkah {step} selesai")
    yield ordered("11:00", "close_case", reason="BPBD 14/2024: air surut")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the day."""
    made = tmp_path / "banjir.jsonl"
    made.write_text("".join(f"{json.dumps(line)}\n" for line in day()), encoding="utf-8")
    return made


def report(what: str, file: Path, clock: str) -> str:
    """Return a report of a moment of the day, of the desa alone."""
    out = file.with_name("report.md")
    words = ["report", what, str(REJANG_LEBONG), "--events", str(file), "--area", TPS.desa]
    assert 0 == main([*words, "--at", f"{_DAY}T{clock}:00+07:00", "--out", str(out)])
    return out.read_text(encoding="utf-8")


def test_the_lines_are_those_of_an_alert_that_was_taken_and_closed(
    file: Path, tmp_path: Path
) -> None:
    """Eight ticks make no line; the document of the alert has all of them, and no text."""
    lines, alerts = tmp_path / "lines.jsonl", tmp_path / "alerts.json"
    words = ["replay", str(REJANG_LEBONG), str(file), "--out", str(lines), "--alerts", str(alerts)]
    assert 0 == main(words)
    told = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    own = [(line["at"][11:16], line["change"]) for line in told if line["rule"] == "W13"]
    assert [("09:02", "opened"), ("09:04", "acknowledged"), ("11:00", "resolved")] == own
    [flood] = [one for one in json.loads(alerts.read_bytes()) if one["rule"] == "W13"]
    assert STEPS == {item["key"]: item["done_at"][11:16] for item in flood["checklist"]}
    assert 8 == flood["notes"]
    assert "langkah" not in json.dumps(flood["why"]) + json.dumps(flood["evidence"])


def test_the_situation_of_the_hour_shows_how_far_it_is(file: Path) -> None:
    """Nothing before, half of it in between, and the end."""
    assert "langkah selesai" not in report("situation", file, "08:59")
    assert "0 dari 8 langkah selesai" in report("situation", file, "09:05")
    assert "4 dari 8 langkah selesai" in report("situation", file, "09:20")
    closed = report("situation", file, "11:01")
    assert "– selesai 11:00 WIB; 8 dari 8 langkah selesai" in closed
    assert "kabag-ops: menutup perkara" in closed


def test_the_handover_says_what_is_still_to_do(file: Path) -> None:
    """Each step with its time or without, and the notes in order."""
    told = report("handover", file, "09:36")
    assert 6 == told.count("- ☑ ")
    assert "- ☐ Semua orang dihitung: warga, petugas TPS, saksi, pengamanan. (belum)" in told
    assert told.index("langkah warga-rentan") < told.index("langkah bpbd")
    done = report("handover", file, "10:10")
    assert "- ☐ " not in done
