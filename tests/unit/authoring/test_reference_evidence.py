"""The reference page of evidence: its tables are the code's, and its examples hold."""

from typing import Final

import msgspec
import pytest

from streams.authoring.reference_evidence import PAGE, filled
from streams.domain.times import EpochMs
from streams.domain.words import BASE_WEIGHT, Role, SourceClass, TpsClass, source_class_of
from streams.judge.sorting import DISTURBANCE
from streams.rules.compiling import compile_pack
from streams.rules.evidence import EVIDENCE_MAX, Item, clusters_of
from streams.setup import load_pack
from tests.support.snippets import RuleTests, rule_tests

TEXT: Final = PAGE.read_text("utf-8")
EXAMPLES: Final = rule_tests(TEXT)
READY: Final = compile_pack(load_pack("siaga", "pilkada"))

ITEM: Final = Item(
    at=EpochMs(0),
    weight=1.0,
    source_class=SourceClass.CITIZENS,
    voices=("source:a",),
    tps=None,
    tps_class=TpsClass.KURANG_RAWAN,
    lat=None,
    lon=None,
    topic="crowd.reports",
    id="a",
    source="a",
    offset="input:1",
)


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
        ("| `score: 3` of all", "| `score: 4` of all"),
        ("texts alike by 35 %", "texts alike by 36 %"),
        ("| W11: 5 sources of 3 desa |", "| no rule |"),
    ],
    ids=["weight", "decay", "flood", "threshold", "denied", "copied", "senders"],
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


def test_words_and_numbers_outside_of_the_tables_are_those_of_the_code() -> None:
    """Those that no example shows; and of decay and floods, that the tables still say the same."""
    assert f"The newest {EVIDENCE_MAX} items" in TEXT
    assert "for 15 minutes, then half for every 15 more" in TEXT
    assert "| share in percent | 100 | 100 | 79.37 | 50 | 25 | 12.5 |" in TEXT
    assert "began weighs at most 0.1" in TEXT
    assert "later ones weigh 0.1 |" in TEXT
    assert f"is a report of `{DISTURBANCE}`" in TEXT


def test_officers_are_the_roles_of_the_police() -> None:
    """In the order of the weights, the last one after an "or"."""
    *first, last = [
        f"`{role}`" for role in BASE_WEIGHT if source_class_of(role) is SourceClass.POLICE
    ]
    assert f"whose role is {', '.join(first)} or {last} (" in TEXT


def test_official_are_the_classes_that_the_page_says() -> None:
    """As a cluster of one item of each class tells."""
    items = [msgspec.structs.replace(ITEM, source_class=one) for one in SourceClass]
    official = {
        item.source_class for item in items if clusters_of((item,), item, 0, None)[0].official
    }
    *first, last = [f"`{one}`" for one in SourceClass if one in official]
    words = " ".join(TEXT.split())
    assert f"is of the class {', '.join(first)} or {last}." in words


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_hold(example: RuleTests) -> None:
    """Each is judged by the shipped rule that it names."""
    faults = example.faults()
    assert faults
    assert dict.fromkeys(faults, ()) == faults


def test_every_rule_of_evidence_has_an_example() -> None:
    """By which a reader sees what it asks."""
    judging = {
        *(one.head.rule.id for rules in READY.score.values() for one in rules),
        *(one.head.rule.id for rules in READY.disputes.values() for one in rules),
        *(one.head.rule.id for rules in READY.rumours.values() for one in rules),
        *(one.head.rule.id for one in READY.areas.spread),
    }
    assert judging == {example.rule for example in EXAMPLES.values()}


def test_an_example_that_does_not_hold_is_noticed() -> None:
    """One report of a citizen is no riot."""
    text = """\
- name: a
  events: [{at: "09:00", report: KAM-01}]
  until: "09:10"
  expect: [{at: "09:00", change: opened}]
"""
    assert {"a": ("expected 09:00 opened, and it did not come",)} == RuleTests("W01", text).faults()
