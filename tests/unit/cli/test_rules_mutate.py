"""`siaga rules mutate`: numbers that no test of their rule pins down."""

from pathlib import Path
from typing import Final

import pytest
from rich.status import Status

from streams.cli.command import main
from tests.support.packs import CONDITION, OVERDUE, text_of, write_pack

RULE: Final = OVERDUE.replace("\n    - {scope: pair", "\n    # - {scope: pair")
EXACT: Final = """\
tests:
  - name: batas
    until: "09:00"
    expect:
      - {at: {each: ["07:30", "07:20", "07:10", "07:20"]}, change: opened}
      - {at: {each: ["08:00", "07:40", "07:20", "07:40"]}, change: raised}
"""
LOOSE: Final = EXACT[: EXACT.rindex("      - {at:")]
LATER: Final = "detector.watches[0].raise_at: 2 -> 3"


def moved(parent: Path, rule: str, *words: str) -> int:
    """Move the numbers of the rule of absence; return the exit code."""
    folder = write_pack(parent, text_of({"rules/T03.yaml": rule}))
    return main(["rules", "mutate", str(folder), *words])


def test_numbers_that_are_pinned_are_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten mutants, and each is noticed."""
    assert 0 == moved(tmp_path, RULE + EXACT, "--rule", "T03")
    expected = "T03    10 moved, 0 unnoticed\n10 mutants, 0 unnoticed and not explained\n"
    assert expected == capsys.readouterr().out


def test_a_number_that_nobody_pins_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And is an error, as a test that fails."""
    assert 1 == moved(tmp_path, RULE + LOOSE, "--rule", "T03")
    assert [
        "T03    10 moved, 1 unnoticed",
        f"      {LATER}",
        "10 mutants, 1 unnoticed and not explained",
    ] == capsys.readouterr().out.splitlines()


def test_numbers_of_a_shadow_are_judged_by_its_tests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tests that could never hold would seem to notice whatever is moved."""
    rule = (RULE + LOOSE).replace("maturity: stable", "maturity: shadow")
    assert 1 == moved(tmp_path, rule, "--rule", "T03")
    expected = ["T03    10 moved, 1 unnoticed", f"      {LATER}"]
    assert expected == capsys.readouterr().out.splitlines()[:2]


def test_numbers_of_a_profile_are_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever profile is asked for; those that no test pins are named."""
    profile = "profiles: {pilkades: {quiet: 15m}}\n"
    assert 1 == moved(tmp_path, RULE + profile + EXACT, "--rule", "T03")
    assert [
        "T03    12 moved, 2 unnoticed",
        "      profiles.pilkades.quiet: 15m -> 14m",
        "      profiles.pilkades.quiet: 15m -> 16m",
    ] == capsys.readouterr().out.splitlines()[:3]


@pytest.mark.parametrize("named", ["detector.watches[0].raise_at", LATER])
def test_a_number_may_say_why_it_cannot_be_pinned(
    named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its field, or by the one move that nobody notices."""
    why = f'unpinned: {{"{named}": "tidak terlihat"}}\n'
    assert 0 == moved(tmp_path, RULE + why + LOOSE, "--rule", "T03")
    assert f"      {named}: tidak terlihat\n" in capsys.readouterr().out


def test_a_test_that_fails_as_it_stands_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would fail of every mutant too, and every number would seem to be pinned."""
    broken = '  - {name: keliru, until: "07:40", expect: []}\n'
    for tests, told in ((broken, "1 test fails as it"), (broken * 2, "2 tests fail as they")):
        assert 1 == moved(tmp_path, RULE + EXACT + tests, "--rule", "T03")
        captured = capsys.readouterr()
        assert captured.err.startswith(f"siaga: T03: {told}")
        assert captured.err.endswith("; mend it first (siaga rules test)\n")
        assert "" == captured.out


def test_another_rule_with_a_test_that_fails_is_no_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the rules that are moved are looked at."""
    broken = 'tests: [{name: keliru, until: "07:01", expect: [{at: "07:00", change: opened}]}]\n'
    text = text_of({"rules/T03.yaml": RULE + EXACT, "rules/W02.yaml": CONDITION + broken})
    folder = write_pack(tmp_path, text)
    assert 0 == main(["rules", "mutate", str(folder), "--rule", "T03"])
    assert 1 == main(["rules", "mutate", str(folder)])
    assert capsys.readouterr().err.startswith("siaga: W02: 1 test fails as it stands; mend it")


def test_numbers_of_the_overrides_of_a_folder_are_moved(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the tests that the override brings."""
    (folder / "rules").mkdir()
    own = "overrides: {T03: {quiet: 17m, tests: [{name: a, until: '06:30', expect: []}]}}\n"
    (folder / "rules" / "own.yaml").write_text(own, "utf-8")
    assert 1 == main(["rules", "mutate", str(folder), "--rule", "T03"])
    told = capsys.readouterr().out.splitlines()
    assert ["      quiet: 17m -> 16m", "      quiet: 17m -> 18m"] == [
        line for line in told if "quiet" in line
    ]


def test_a_rule_without_numbers_is_said_to_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`0 moved, 0 unnoticed` would look like a rule that is well pinned."""
    folder = write_pack(tmp_path, text_of())
    assert 0 == main(["rules", "mutate", str(folder), "--rule", "W02"])
    assert "W02  no number to move" == capsys.readouterr().out.splitlines()[0]


def test_a_terminal_shows_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole pack takes a minute; a pipe is told nothing."""
    shown: list[str] = []
    monkeypatch.setattr("rich.console.Console.is_terminal", True)

    def update(_: Status, text: str) -> None:
        shown.append(text)

    monkeypatch.setattr(Status, "update", update)
    assert 0 == moved(tmp_path, RULE + EXACT, "--rule", "T03")
    assert [f"T03: {number} of 10" for number in range(1, 11)] == shown


def test_every_rule_is_moved_if_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those without tests let every number live."""
    assert 1 == moved(tmp_path, RULE + EXACT)
    lines = capsys.readouterr().out.splitlines()
    assert ["T03", "W04", "W05"] == [line[:3] for line in lines if " moved, " in line]
    assert "W02  no number to move" in lines
