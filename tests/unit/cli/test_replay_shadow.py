"""`siaga replay --shadow`: what rules that call nobody would have told."""

import json
from pathlib import Path
from typing import Final, cast

import pytest

from streams.cli.command import main
from tests.support.commands import TPS, event_line, status

LATE: Final = (
    event_line(status("a", "06:30:00", "heartbeat")),
    *(event_line(status(f"o{n}", "07:09:00", "opened", tps)) for n, tps in enumerate(TPS[1:])),
    event_line(status("z", "07:21:30", "heartbeat", TPS[1])),
)
"""The first TPS says that it lives, and never that it opened."""
OWN: Final = "overrides:\n  T03: {maturity: shadow}\n  W02: {maturity: shadow}\n"


def replayed(folder: Path, *words: str) -> int:
    """Judge the day; return the exit code."""
    file = folder.parent / "events.jsonl"
    file.write_bytes(b"".join(LATE))
    return main(["replay", str(folder), str(file), *words])


def rules_in(out: bytes) -> list[str]:
    """Return the rule of each line."""
    return [cast("dict[str, str]", json.loads(line))["rule"] for line in out.splitlines()]


def test_lines_of_shadows_come_where_they_are_asked_for(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """As if they were stable; which rules these are is told beside them."""
    assert 0 == replayed(folder)
    stable = capfdbinary.readouterr()
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yaml").write_text(OWN, "utf-8")
    assert 0 == replayed(folder)
    silent = capfdbinary.readouterr()
    assert 0 == replayed(folder, "--shadow")
    shown = capfdbinary.readouterr()
    assert "T03" in rules_in(stable.out)
    assert [rule for rule in rules_in(stable.out) if rule != "T03"] == rules_in(silent.out)
    assert rules_in(stable.out) == rules_in(shown.out)
    assert (b"", b"siaga: shadows, judged here and by no worker: T03, W02\n") == (
        silent.err,
        shown.err,
    )


def test_that_there_is_no_shadow_is_told(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Or its absence would look like silence."""
    assert 0 == replayed(folder, "--shadow")
    assert b"siaga: shadows, judged here and by no worker: none\n" == capfdbinary.readouterr().err
