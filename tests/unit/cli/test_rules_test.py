"""`siaga rules test`: the tests of a pack, run, and what does not hold."""

from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from streams.cli.command import main
from streams.cli.rules_test import rules_named
from streams.errors import InputError
from streams.rules.reading import PackText, read_pack
from tests.support.packs import CONDITION, EVIDENCE, OVERDUE, SURGE, text_of, write_pack

SILENT: Final = 'tests: [{name: diam, until: "07:00", expect: []}]\n'
FIRES: Final = (
    'tests: [{name: buka, until: "07:40", expect: [{at: "07:30", change: opened}]}, '
    '{name: diam, events: [{at: "07:00", status: opened}], until: "07:40", expect: []}]\n'
)
FAILS: Final = FIRES.replace("07:30", "07:31")


def pack(t03: str = FIRES) -> PackText:
    """Return the little pack with tests in every rule, those of absence as given."""
    return text_of(
        {
            "rules/T03.yaml": OVERDUE + t03,
            "rules/W02.yaml": CONDITION + SILENT,
            "rules/W04.yaml": EVIDENCE + SILENT,
            "rules/W05.yaml": SURGE + SILENT,
        }
    )


def run_tests(folder: Path, *words: str) -> int:
    """Run the tests of a folder; return the exit code."""
    return main(["rules", "test", str(folder), *words])


def test_a_pack_whose_tests_hold_is_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each rule, and their sum."""
    assert 0 == run_tests(write_pack(tmp_path, pack()))
    assert [
        "T03     2 tests  ok",
        "W02     1 tests  ok",
        "W04     1 tests  ok",
        "W05     1 tests  ok",
        "5 tests, all hold",
    ] == capsys.readouterr().out.splitlines()


def test_a_test_that_fails_is_told_and_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was expected, and what the rule told instead."""
    assert 1 == run_tests(write_pack(tmp_path, pack(FAILS)))
    tps = "36.04.17.2001-001"
    assert [
        "T03     2 tests  1 FAILED",
        "    FAILED  buka (rules/T03.yaml:19)",
        "            expected 07:31 opened, and it did not come",
        "            the rule told:",
        f"              27T07:30:00 opened medium unacknowledged ADM kpps {tps} (deadline)",
    ] == capsys.readouterr().out.splitlines()[:5]


def test_a_rule_that_says_nothing_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else its author would look for lines."""
    wanted = 'tests: [{name: a, until: "07:00", expect: [{at: "06:30", change: opened}]}]\n'
    assert 1 == run_tests(write_pack(tmp_path, pack(wanted)))
    told = capsys.readouterr().out.splitlines()
    assert "            the rule told nothing" == told[3]
    assert "4 tests, 1 failed" == told[-1]


def test_a_rule_without_tests_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rule that nobody has tried must not page anybody."""
    assert 1 == run_tests(write_pack(tmp_path, pack("")))
    told = capsys.readouterr().out.splitlines()
    assert ("T03     0 tests  NO TESTS", "3 tests, 1 failed") == (told[0], told[-1])


def test_a_pack_without_tests_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That no test failed says nothing where there is none."""
    assert 1 == run_tests(write_pack(tmp_path, text_of()))
    captured = capsys.readouterr()
    told = "siaga: no test to run: of pack uji, T03, W02, W04, W05 have no `tests`\n"
    assert ("", told) == (captured.out, captured.err)


@pytest.mark.parametrize("action", ["test", "coverage", "mutate"])
def test_a_pack_without_rules_is_an_error(
    action: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a folder whose rules stand one level too deep."""
    bare = text_of()
    folder = write_pack(tmp_path, replace(bare, files=bare.files[:1]))
    assert 1 == main(["rules", action, str(folder)])
    captured = capsys.readouterr()
    told = "siaga: pack uji has no rules; expected a file rules/ID.yaml for each\n"
    assert ("", told) == (captured.out, captured.err)


def test_a_shadow_is_tested(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As every other rule: that it fires is shown before anybody is called by it."""
    shadow = (OVERDUE + FIRES).replace("maturity: stable", "maturity: shadow")
    folder = write_pack(tmp_path, text_of({"rules/T03.yaml": shadow}))
    assert 0 == run_tests(folder, "--rule", "T03")
    assert ["T03     2 tests  ok", "2 tests, all hold"] == capsys.readouterr().out.splitlines()


def test_one_rule_may_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Or several; what others do is not looked at."""
    folder = write_pack(tmp_path, pack(FAILS))
    assert 0 == run_tests(folder, "--rule", "W02", "--rule", "W05")
    assert ["W02", "W05", "2"] == [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert 1 == run_tests(folder, "--rule", "T03")


def test_every_test_is_named_if_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In their order, good and bad."""
    assert 1 == run_tests(write_pack(tmp_path, pack(FAILS)), "-v", "--rule", "T03")
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [["FAILED", "buka", "(rules/T03.yaml:19)"], ["ok", "diam"]] == [
        words for words in told if words[0] in {"ok", "FAILED"}
    ]


def test_a_rule_that_there_is_not_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is run: a slip of the pen must not look like a pass."""
    assert 1 == run_tests(write_pack(tmp_path, pack()), "--rule", "T3")
    captured = capsys.readouterr()
    assert "siaga: no rule T3 in pack uji; it has T03, W02, W04, W05\n" == captured.err
    assert "" == captured.out


def test_a_pack_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file, line and field, and without a traceback."""
    assert 1 == run_tests(write_pack(tmp_path, pack("quiet: soon\n")))
    assert capsys.readouterr().err.startswith("siaga: rules/T03.yaml:19: quiet: found 'soon', ")


def test_a_test_that_cannot_be_run_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its place; the others are run all the same."""
    assert 1 == run_tests(write_pack(tmp_path, pack(FIRES.replace("status: opened", "tps: 1"))))
    told = capsys.readouterr().out.splitlines()
    expected = (
        "rules/T03.yaml:19: events[0]: expected `at` and one of status, report, count, command, "
        "receipt"
    )
    assert ["FAILED  diam (rules/T03.yaml:19)", expected] == [line.strip() for line in told[1:3]]
    assert "5 tests, 1 failed" == told[-1]


def test_rules_are_named_in_the_order_of_the_pack() -> None:
    """Each once; without names they are all."""
    found = read_pack(pack())
    assert ["T03", "W04"] == [rule.id for rule in rules_named(found, ["W04", "T03", "W04"])]
    assert found.rules == rules_named(found, [])
    with pytest.raises(InputError, match=r"^no rule X1 in pack uji"):
        rules_named(found, ["T03", "X1"])


def test_an_override_without_tests_is_told_to_bring_some(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the pack pin other numbers, and their file is not the author's."""
    (folder / "rules").mkdir()
    own = folder / "rules" / "own.yaml"
    own.write_text("overrides: {T03: {quiet: 17m, severity: low}}\n", "utf-8")
    assert 1 == run_tests(folder, "--rule", "T03")
    hint = "    rules/own.yaml changes the rule and brings no `tests`; expected some of its own"
    assert any(line.startswith(hint) for line in capsys.readouterr().out.splitlines())
