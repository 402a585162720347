"""The schema of a rule's file: it is the generated one, and says what the reader says."""

import json
from typing import Final, cast

import pytest

from streams.authoring.schema import FILE, rule_schema
from streams.rules.pack import PackFile
from streams.rules.yaml_text import Node, read_yaml
from streams.setup import pack_text
from streams.wire.schemas import Json
from tests.support.json_schema import Judge, judge
from tests.support.packs import CONDITION, EVIDENCE, OVERDUE, SURGE

SHIPPED: Final = {
    file.name: file
    for file in pack_text("siaga", "pilkada").files
    if file.name.startswith("rules/")
}
SCHEMA: Final = cast("dict[str, Json]", json.loads(rule_schema()))
JUDGE: Final[Judge] = judge(SCHEMA)
TESTS: Final = """\
tests:
  - name: a
    class: rawan
    events: [{at: {each: ["07:00", "07:00", "07:00", "07:00"]}, status: opened}]
    until: "08:00"
    expect: []
"""


def tree(text: str) -> Node:
    """Read a rule as it is written."""
    return read_yaml("rules/A.yaml", text).data


def test_the_schema_that_is_shipped_is_the_generated_one() -> None:
    """`python -m streams.authoring.schema` writes it."""
    assert rule_schema().decode() == FILE.read_text("utf-8")


@pytest.mark.parametrize("file", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_rule_is_valid(file: PackFile) -> None:
    """An editor draws no red line below what the reader takes."""
    JUDGE.validate(read_yaml(file.name, file.text).data)


@pytest.mark.parametrize("file", SHIPPED.values(), ids=SHIPPED)
def test_every_shipped_rule_names_the_schema(file: PackFile) -> None:
    """So an editor finds it: two folders up from the rule."""
    expected = "# yaml-language-server: $schema=../../rule.schema.json"
    assert expected == file.text.splitlines()[0]
    assert "rule.schema.json" == FILE.name


@pytest.mark.parametrize("text", [OVERDUE, CONDITION, EVIDENCE, SURGE, OVERDUE + TESTS])
def test_a_rule_is_valid(text: str) -> None:
    """With and without tests."""
    assert JUDGE.is_valid(tree(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("owner: bag-ops", "owner: bag-ops\nboss: x"),
        ("owner: bag-ops\n", ""),
        ("severity: medium", "severity: merah"),
        ("[30m, 20m, 10m, 20m]", "[30m, 20m, 10m]"),
        ("[30m, 20m, 10m, 20m]", "15"),
        ("[30m, 20m, 10m, 20m]", "15d"),
        ("type: overdue", "type: late"),
        ("ladders: ADM", "ladders: OPS+GKA"),
        ("id: T03", "id: buka"),
        ("version: 1", "version: 0"),
        ("ends: [opened]", "ends: [dibuka]"),
        ("raise_at: 2", "raise_at: 2, boss: 1"),
        ('en: "Matter at {place}"', "fr: x"),
        ("class: rawan", "class: aman"),
        ("class: rawan", "boss: x"),
        ('until: "08:00"', "until: pagi"),
        ('until: "08:00"', 'until: {each: ["08:00"]}'),
        ("expect: []", "expect: [{change: opened}]"),
        ("expect: []", 'expect: [{at: "07:30", change: buka}]'),
    ],
)
def test_a_rule_with_a_fault_is_not_valid(old: str, new: str) -> None:
    """What the types refuse, the schema refuses."""
    text = OVERDUE + TESTS
    assert old in text
    assert not JUDGE.is_valid(tree(text.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("profiles", "valid"),
    [
        ("{pilkades: {severity: low}}", True),
        ("{pilkades: {detector: {raise_to: high}}}", True),
        ("{pilkades: {boss: x}}", False),
        ("{pilkades: {id: T04}}", False),
        ("{pilkades: {tests: []}}", False),
        ("{pilkades: low}", False),
        ("{pilkadez: {severity: low}}", False),
        ("[pilkades]", False),
    ],
)
def test_a_profile_names_fields_of_the_rule(profiles: str, *, valid: bool) -> None:
    """In part: a field in a field may stand alone."""
    assert valid == JUDGE.is_valid(tree(f"{OVERDUE}profiles: {profiles}\n"))
