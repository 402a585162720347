"""`siaga rules mutate`: numbers that no test of their rule pins down."""

from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from tests.support.packs import OVERDUE, text_of, write_pack

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


def test_every_rule_is_moved_if_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those without tests let every number live."""
    assert 1 == moved(tmp_path, RULE + EXACT)
    lines = capsys.readouterr().out.splitlines()
    assert ["T03", "W02", "W04", "W05"] == [line[:3] for line in lines if " moved, " in line]
