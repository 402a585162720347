"""`siaga rules list`: every rule of a pack on a line."""

import json

import pytest

from streams.cli.command import main
from streams.cli.rules import row_of
from streams.setup import load_pack

PACK = load_pack("siaga")


def test_every_rule_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Under a head, in the order of the pack."""
    assert 0 == main(["rules", "list"])
    head, *lines = capsys.readouterr().out.splitlines()
    assert [
        "id",
        "maturity",
        "detector",
        "severity",
        "threshold",
        "ladder",
        "title",
    ] == head.split()
    assert [rule.id for rule in PACK.rules] == [line.split()[0] for line in lines]


def test_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Every cell begins where its heading does."""
    main(["rules", "list"])
    head, *lines = capsys.readouterr().out.splitlines()
    for name in ("maturity", "detector", "severity", "threshold", "ladder", "title"):
        at = head.index(name)
        assert [] == [line for line in lines if line[at - 2 : at] != "  " or line[at] == " "]


def test_the_same_is_to_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """For whoever wants to count or to compare."""
    assert 0 == main(["rules", "list", "siaga", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert [rule.id for rule in PACK.rules] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        ("T03", ("tps 30m/20m/10m/20m",)),
        ("T07", ("tps 90m/60m/30m/60m", "pair 45m/30m/15m/30m")),
        ("W01", ("taxonomy in 30m",)),
        ("W02", ("duress",)),
        ("W04", ("score 3/2/2/2 in 60m",)),
    ],
)
def test_thresholds_are_told_by_class(rule_id: str, expected: tuple[str, ...]) -> None:
    """In the order of classes; one value stands for all."""
    [rule] = [rule for rule in PACK.rules if rule.id == rule_id]
    assert expected == row_of(rule).threshold


def test_a_pack_that_there_is_not_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with those that there are."""
    assert 1 == main(["rules", "list", "nix"])
    assert capsys.readouterr().err.startswith("siaga: pack 'nix': there is none of this name")
