"""`siaga rules list`: every rule of a pack on a line."""

import json
from pathlib import Path

import pytest

from streams.cli.command import main
from streams.cli.rules_list import row_of
from streams.setup import load_pack
from tests.support.packs import changed, rule_of, text_of, write_pack

PACK = load_pack("siaga", "pilkada")
TALLY = (
    "type: tally, margin_votes: 5, margin_percent: 1, counted_percent: 80, quiet: 12h, "
    "posture_for: 2h"
)
SURGE = "type: surge, scope: desa, counts: reports, at_least: 6, window: 10m, quiet: 30m"
COLUMNS = ("id", "maturity", "detector", "severity", "threshold", "ladder", "title")


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return the lines of the list."""
    assert 0 == main(["rules", "list", *words])
    return capsys.readouterr().out.splitlines()


def test_every_rule_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Under a head, in the order of the pack."""
    head, *lines = listed(capsys)
    assert [*COLUMNS] == head.split()
    assert [rule.id for rule in PACK.rules] == [line.split()[0] for line in lines]


def test_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Every cell begins where its heading does, two blanks behind the widest before it."""
    head, *lines = listed(capsys)
    starts = [head.index(name) for name in COLUMNS]
    for at in starts[1:]:
        assert [] == [line for line in lines if line[at - 2 : at] != "  " or line[at] == " "]
    titles = [rule.texts.title.id for rule in PACK.rules]
    assert titles == [line[starts[-1] :] for line in lines]


def test_no_line_ends_in_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    """The last column is as wide as its text."""
    assert [] == [line for line in listed(capsys) if line != line.rstrip()]


def test_the_same_is_to_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """For whoever wants to count or to compare: classes apart, in their order."""
    rows = json.loads("\n".join(listed(capsys, "siaga", "--json")))
    assert [rule.id for rule in PACK.rules] == [row["id"] for row in rows]
    assert [*COLUMNS] == list(rows[0])
    [t03] = [row for row in rows if row["id"] == "T03"]
    assert ["medium", "medium", "high", "medium"] == t03["severity"]


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        ("T03", ("tps 30m/20m/10m/20m",)),
        ("T07", ("tps 90m/60m/30m/60m", "pair 45m/30m/15m/30m")),
        ("T12", ("box_arrived",)),
        ("W01", ("taxonomy in 30m",)),
        ("W02", ("duress",)),
        ("W04", ("score 3/2/2/2 in 60m",)),
    ],
)
def test_thresholds_are_told_by_class(rule_id: str, expected: tuple[str, ...]) -> None:
    """In the order of classes; one value stands for all."""
    rule = PACK.rule(rule_id)
    assert rule is not None
    assert expected == row_of(rule).threshold


DETECTORS = {
    # what stands instead of the surge of the little pack, and what is listed of it
    "a surge of one number": ("at_least: 6", "at_least: 6", "6 in 10m"),
    "a surge by class": ("at_least: 6", "at_least: [6, 5, 4, 5]", "6/5/4/5 in 10m"),
    "a surge of the same everywhere": ("at_least: 6", "at_least: [6, 6, 6, 6]", "6 in 10m"),
    "an order": (
        SURGE,
        "type: sequence, wait: 15m, order: [{stage: closed, needs: opened}]",
        "waits 15m",
    ),
    "a margin": (
        SURGE,
        TALLY,
        "margin 5 or 1%",
    ),
    "counts that fall": (
        SURGE,
        "type: series",
        "counts",
    ),
    "a form": (
        SURGE,
        "type: condition, scope: form, check: sums",
        "counts",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), DETECTORS.values(), ids=DETECTORS)
def test_every_detector_has_something_to_list(old: str, new: str, told: str) -> None:
    """That by which it is measured."""
    rule = rule_of(changed("rules/W05.yaml", old, new), "W05")
    assert (told,) == row_of(rule).threshold


def test_what_the_taxonomy_says_is_called_so() -> None:
    """The rule of evidence names neither severity nor ladder."""
    row = row_of(rule_of(text_of(), "W04"))
    assert (("taxonomy",), ("taxonomy",)) == (row.severity, row.ladder)


def test_a_folder_is_listed_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack that is being written."""
    folder = write_pack(tmp_path, text_of())
    _, *lines = listed(capsys, str(folder))
    assert ["T03", "W02", "W04", "W05"] == [line.split()[0] for line in lines]


def test_a_pack_that_there_is_not_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with those that there are."""
    assert 1 == main(["rules", "list", "nix"])
    assert capsys.readouterr().err.startswith("siaga: pack 'nix': there is none of this name")
