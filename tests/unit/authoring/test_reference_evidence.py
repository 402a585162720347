"""The reference page of evidence: its tables are the code's, and its examples hold."""

from typing import Final

import pytest

from streams.authoring.reference_evidence import PAGE, filled
from streams.domain.words import BASE_WEIGHT, Role
from streams.rules.evidence import EVIDENCE_MAX
from tests.support.snippets import RuleTests, rule_tests

TEXT: Final = PAGE.read_text("utf-8")
EXAMPLES: Final = rule_tests(TEXT)


def test_the_tables_are_the_generated_ones() -> None:
    """`python -m streams.authoring.reference_evidence` writes them."""
    assert filled(TEXT) == TEXT


@pytest.mark.parametrize(
    ("told", "other"),
    [
        ("`polres` | 3 |", "`polres` | 2 |"),
        ("| 79.37 |", "| 79.38 |"),
        ("later ones weigh 0.1 |", "later ones weigh 0.2 |"),
        ("| W04: 3 2 2 2 |", "| W04: 3 2 2 1 |"),
    ],
    ids=["weight", "decay", "flood", "threshold"],
)
def test_a_number_that_is_wrong_is_noticed(told: str, other: str) -> None:
    """In each of the tables."""
    assert 1 <= TEXT.count(told)
    assert TEXT == filled(TEXT.replace(told, other))


def test_what_stands_outside_of_the_tables_is_left_alone() -> None:
    """Also where a table was never filled in."""
    page = "# A\n\n<!-- made: decay -->\n<!-- end -->\n\nB\n"
    assert filled(page).startswith("# A\n\n<!-- made: decay -->\n\n| age")
    assert filled(page).endswith("|\n\n<!-- end -->\n\nB\n")
    assert filled(page) == filled(filled(page))


def test_every_role_has_its_weight() -> None:
    """But the operator, who weighs what the role weighs that is relayed."""
    assert {*Role} - {Role.OPERATOR} == {*BASE_WEIGHT}
    assert [] == [role for role in Role if f"`{role}`" not in TEXT]


def test_numbers_outside_of_the_tables_are_those_of_the_code() -> None:
    """Those that no example shows."""
    assert f"The newest {EVIDENCE_MAX} items" in TEXT


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_hold(example: RuleTests) -> None:
    """Each is judged by the shipped rule that it names."""
    faults = example.faults()
    assert faults
    assert dict.fromkeys(faults, ()) == faults


def test_every_rule_of_evidence_has_an_example() -> None:
    """By which a reader sees what it asks."""
    assert {"W01", "W03", "W04", "W15"} == {example.rule for example in EXAMPLES.values()}


def test_an_example_that_does_not_hold_is_noticed() -> None:
    """One report of a citizen is no riot."""
    text = """\
- name: a
  events: [{at: "09:00", report: KAM-01}]
  until: "09:10"
  expect: [{at: "09:00", change: opened}]
"""
    assert {"a": ("expected 09:00 opened, and it did not come",)} == RuleTests("W01", text).faults()
