"""`siaga check ELECTION`: every fault, a last line, and the exit code."""

import argparse
import json
from pathlib import Path

import pytest

from streams.cli.check import add_arguments, run
from tests.unit.territory.folders import TEXTS


def check(*words: str) -> int:
    """Run the verb as the command line would."""
    parser = argparse.ArgumentParser(prog="siaga check")
    add_arguments(parser)
    return run(parser.parse_args(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the good folder to disk."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_folder_is_summed_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 0."""
    assert 0 == check(str(folder))
    expected = (
        "serang-2024: 4 TPS (kurang_rawan 2, rawan 1, sangat_rawan 1, khusus 0), 2000 voters,"
        " 3 desa, 1 Polsek, 2 pairs, 4 officers (3 on duty), 3 actors, 5 contacts:"
        " 0 errors, 0 warnings\n"
    )
    assert expected == capsys.readouterr().out


def test_warnings_are_told_and_the_folder_is_usable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0, and the count at the end."""
    (folder / "actors.csv").unlink()
    assert 0 == check(str(folder))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("actors.csv: found no such file, expected actor,role,area;")
    assert lines[0].endswith(" [warning]")
    assert lines[1].endswith("0 actors, 5 contacts: 0 errors, 1 warnings")


def test_all_errors_are_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With file, line and column; exit code 1."""
    (folder / "tps.csv").write_text(TEXTS["tps.csv"].replace("500", "x").replace("true", "ada"))
    assert 1 == check(str(folder))
    lines = capsys.readouterr().out.splitlines()
    expected = "tps.csv:2: internet: found 'ada', expected true or false"
    assert (expected, 6) == (lines[1], len(lines))
    assert f"{folder}: not usable: 5 errors, 0 warnings" == lines[-1]


def test_json_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object, with each fault's parts apart."""
    (folder / "tps.csv").write_text(TEXTS["tps.csv"].replace("rawan,-6", "aman,-6"))
    (folder / "actors.csv").unlink()
    assert 1 == check("--json", str(folder))
    found = json.loads(capsys.readouterr().out)
    assert (False, 1, 1, None) == tuple(
        found[key] for key in ("usable", "errors", "warnings", "summary")
    )
    expected = {
        "file": "tps.csv",
        "line": 2,
        "column": "class",
        "found": "'aman'",
        "expected": "one of kurang_rawan, rawan, sangat_rawan, khusus",
        "severity": "error",
    }
    assert expected == found["faults"][0]


def test_json_sums_a_good_folder_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Classes in the contract's order."""
    assert 0 == check("--json", str(folder))
    summary = json.loads(capsys.readouterr().out)["summary"]
    expected = {"kurang_rawan": 2, "rawan": 1, "sangat_rawan": 1, "khusus": 0}
    assert (expected, 4) == (summary["tps_by_class"], summary["tps"])
    assert list(expected) == list(summary["tps_by_class"])


def test_a_folder_that_is_not_there_is_a_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told on standard error, exit code 2."""
    assert 2 == check(str(tmp_path / "nothing"))
    output = capsys.readouterr()
    assert ("", True) == (output.out, output.err.startswith("siaga check: "))


def test_no_folder_at_all_is_a_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    """The parser's own exit code 2."""
    with pytest.raises(SystemExit) as caught:
        check()
    assert 2 == caught.value.code
    assert "ELECTION" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """A newcomer can copy a line."""
    with pytest.raises(SystemExit) as caught:
        check("--help")
    assert 0 == caught.value.code
    assert "siaga check elections/rejang-lebong-2024 --json" in capsys.readouterr().out
