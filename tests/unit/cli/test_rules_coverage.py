"""`siaga rules coverage`: which thresholds the tests of a pack reach."""

from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from tests.support.packs import CONDITION, EVIDENCE, OVERDUE, SURGE, text_of, write_pack

TIMES: Final = '["07:30", "07:20", "07:10", "07:20"]'
T03: Final = f"""\
tests:
  - name: a
    until: "07:31"
    expect: [{{at: {{each: {TIMES}}}, change: opened}}]
  - name: b
    events: [{{at: {{each: {TIMES}}}, status: opened}}]
    until: "07:31"
    expect: []
"""
W02: Final = """\
tests:
  - {name: a, events: [{at: "07:00", status: duress}], until: "07:01", \
expect: [{at: "07:00", change: opened}]}
  - {name: b, until: "07:01", expect: []}
"""


def test_what_is_reached_is_counted_by_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fires and holds; gaps are named below their rule, and are an error."""
    text = text_of({"rules/T03.yaml": OVERDUE + T03, "rules/W02.yaml": CONDITION + W02})
    assert 1 == main(["rules", "coverage", str(write_pack(tmp_path, text))])
    told = capsys.readouterr().out.splitlines()
    assert "T03      1/1      1/1      1/1      1/1  by class" == told[0]
    assert "W02      1/1      0/0      0/0      0/0  one for all" == told[1]
    assert "W04      0/0      0/0      0/0      0/0  by class" == told[2]
    assert "     no test fires at kurang_rawan" == told[3]
    assert ["     no test fires", "     no test holds", "4 rules, 10 gaps"] == told[-3:]


def test_a_pack_without_gaps_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two rules, all is reached."""
    text = text_of({"rules/T03.yaml": OVERDUE + T03, "rules/W02.yaml": CONDITION + W02})
    folder = write_pack(tmp_path, text)
    for name in ("W04", "W05"):
        (folder / "rules" / f"{name}.yaml").unlink()
    assert 0 == main(["rules", "coverage", str(folder)])
    assert "2 rules, 0 gaps" == capsys.readouterr().out.splitlines()[-1]


def test_a_shadow_is_covered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its tests fire, though it calls nobody."""
    shadow = (OVERDUE + T03).replace("maturity: stable", "maturity: shadow")
    main(["rules", "coverage", str(write_pack(tmp_path, text_of({"rules/T03.yaml": shadow})))])
    told = capsys.readouterr().out.splitlines()
    assert "T03      1/1      1/1      1/1      1/1  by class" == told[0]


def test_a_pack_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file and line."""
    folder = write_pack(tmp_path, text_of({"rules/W05.yaml": SURGE + EVIDENCE}))
    assert 1 == main(["rules", "coverage", str(folder)])
    assert capsys.readouterr().err.startswith("siaga: rules/W05.yaml:14: id stands twice")
