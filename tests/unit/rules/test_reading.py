"""From the files of a pack to its rules: what there must be, and what is put on top."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.words import Severity
from streams.errors import ConfigError
from streams.rules.reading import PackText, read_pack
from streams.rules.specs import OverdueSpec
from tests.support.packs import CONDITION, OVERDUE, TAXONOMY, overridden, rule_of, text_of

OWN_RULE: Final = OVERDUE.replace("T03", "A31").replace("\n", "\n    ").rstrip()


def told_of(text: PackText) -> str:
    """Return what is said of a pack that cannot be read."""
    with pytest.raises(ConfigError) as refused:
        read_pack(text)
    return str(refused.value)


def test_a_pack_is_its_rules_in_the_order_of_their_ids() -> None:
    """Whatever the order of its files is."""
    text = text_of()
    backwards = replace(text, files=text.files[::-1])
    assert ["T03", "W02", "W04", "W05"] == [rule.id for rule in read_pack(backwards).rules]
    assert read_pack(text) == read_pack(backwards)


def test_a_rule_is_found_by_its_id() -> None:
    """Or there is none."""
    pack = read_pack(text_of())
    found = pack.rule("W02")
    assert found is not None
    assert ("W02", None) == (found.id, pack.rule("X99"))


def test_a_file_beside_the_rules_is_no_rule() -> None:
    """It is looked at all the same: what is not YAML has no place in a pack."""
    assert 4 == len(read_pack(text_of({"notes.yaml": "id: X99\n"})).rules)
    assert told_of(text_of({"notes.yaml": "\ta: 1"})).startswith("notes.yaml:1: not YAML")


def test_the_taxonomy_is_a_part_of_the_pack() -> None:
    """Each category is where its reports go."""
    route = read_pack(text_of()).taxonomy["INT-02"]
    assert (Severity.HIGH, "OPS", ("polsek",), 2.0) == (
        route.severity,
        route.ladder,
        route.route,
        route.corroboration,
    )


def test_a_pack_without_a_taxonomy_is_refused() -> None:
    """Nothing would say what a report is about."""
    text = text_of()
    found = told_of(replace(text, files=text.files[1:]))
    assert "taxonomy.yaml: is missing; expected the categories of reports" == found


TAXONOMY_FAULTS: Final = {
    "a category without fields": ("UMM-01: rusuh\n", ":4: UMM-01: expected fields as `severity"),
    "a severity that is none": (
        "UMM-01: {id: a, en: b, severity: merah, route: [], corroboration: 1}\n",
        ":4: severity: found 'merah', expected one of",
    ),
    "a field that nobody knows": (
        "UMM-01:\n  id: a\n  en: b\n  severity: low\n  route: []\n  corroboration: 1\n  boss: x\n",
        ":10: boss: found `boss`, expected one of",
    ),
    "a field that is missing": (
        "UMM-01: {id: a, en: b, severity: low, route: []}\n",
        ":4: expected `corroboration`, which is missing",
    ),
    "less than nothing": (
        "UMM-01: {id: a, en: b, severity: low, route: [], corroboration: -1}\n",
        ":4: corroboration: found -1, expected a number, at least 0",
    ),
    "a category that stands twice": ("INT-01: {id: a}\n", ":4: INT-01 stands twice"),
}


@pytest.mark.parametrize(("line", "told"), TAXONOMY_FAULTS.values(), ids=TAXONOMY_FAULTS)
def test_a_fault_in_the_taxonomy_is_told(line: str, told: str) -> None:
    """With the line of the category."""
    found = told_of(text_of({"taxonomy.yaml": TAXONOMY + line}))
    assert found.startswith(f"taxonomy.yaml{told}")


def test_a_rule_without_an_id_is_refused() -> None:
    """An override could not name it."""
    expected = "rules/X.yaml:1: id: expected the id of a rule, such as T03"
    assert expected == told_of(text_of({"rules/X.yaml": "version: 1\n"}))
    assert expected == told_of(text_of({"rules/X.yaml": "id: 3\n"}))


def test_a_rule_stands_once() -> None:
    """Both places are told; the file's name does not make it another rule."""
    found = told_of(text_of({"rules/Z.yaml": f"# A copy.\n{CONDITION}"}))
    assert "rules/Z.yaml:2: id: rule W02 stands twice; see rules/W02.yaml:1: id" == found


def test_an_override_changes_a_field() -> None:
    """And leaves the others as they are."""
    base = rule_of(text_of())
    found = rule_of(overridden("overrides:\n  T03: {severity: low}\n"))
    assert replace(base, severity=Severity.LOW) == found


def test_an_override_reaches_into_a_field() -> None:
    """Fields of fields are merged too."""
    base = rule_of(text_of())
    found = rule_of(overridden('overrides: {T03: {texts: {title: {en: "Late at {place}"}}}}'))
    assert ("Soal di {place}", "Late at {place}") == (found.texts.title.id, found.texts.title.en)
    assert base.texts.summary == found.texts.summary


def test_an_override_replaces_a_list_as_a_whole() -> None:
    """Of two watches, one is left: what has no name cannot be merged."""
    watch = "{scope: tps, since: plan.opens_at, ends: [opened], limit: 31m}"
    found = rule_of(overridden(f"overrides: {{T03: {{detector: {{watches: [{watch}]}}}}}}"))
    assert isinstance(found.detector, OverdueSpec)
    assert [("31m", None)] == [(one.limit, one.raise_at) for one in found.detector.watches]
    assert Severity.HIGH == found.detector.raise_to


def test_of_two_overrides_the_later_counts() -> None:
    """In the order of their files, field by field."""
    first = "overrides: {T03: {severity: low, ladders: OPS}}"
    found = rule_of(overridden(first, "overrides: {T03: {severity: high}}"))
    assert (Severity.HIGH, "OPS") == (found.severity, found.ladders)


def test_an_election_may_bring_a_rule_of_its_own() -> None:
    """It is a rule as any other, and can be overridden too."""
    text = overridden(f"rules:\n  - {OWN_RULE}\n", "overrides: {A31: {severity: low}}")
    assert ["A31", "T03", "W02", "W04", "W05"] == [rule.id for rule in read_pack(text).rules]
    assert Severity.LOW == rule_of(text, "A31").severity


def test_an_empty_override_changes_nothing() -> None:
    """As a template that nobody has filled in."""
    assert read_pack(text_of()) == read_pack(overridden("overrides:\nrules:\n"))


def test_an_override_without_fields_changes_nothing() -> None:
    """Its author has only said which rule it is going to be."""
    assert read_pack(text_of()) == read_pack(overridden("overrides:\n  T03:\n"))


def test_an_override_brings_tests_in_place_of_those_of_its_rule() -> None:
    """Numbers that it moves are pinned by other tests; the rule judges as before."""
    own = """\
overrides:
  T03:
    tests:
      - {name: b, until: {each: ["08:00", "08:10", "08:20", "08:30"]}, expect: []}
"""
    tested = f'{OVERDUE}tests: [{{name: a, until: "08:00", expect: []}}]\n'
    files = text_of({"rules/T03.yaml": tested})
    before, after = rule_of(files), rule_of(replace(files, overrides=overridden(own).overrides))
    assert (["a"], ["08:00", "08:10", "08:20", "08:30"]) == (
        [case.name for case in before.tests],
        [case.until for case in after.tests],
    )
    assert replace(before, tests=()) == replace(after, tests=())


def test_an_override_without_tests_leaves_those_of_its_rule() -> None:
    """It is held to them."""
    tested = f'{OVERDUE}tests: [{{name: a, until: "08:00", expect: []}}]\n'
    overrides = overridden("overrides: {T03: {severity: low}}").overrides
    found = rule_of(replace(text_of({"rules/T03.yaml": tested}), overrides=overrides))
    assert ["a"] == [case.name for case in found.tests]


OVERRIDE_FAULTS: Final = {
    "a rule that there is not": (
        "overrides:\n  T03: {severity: low}\n  T99: {severity: low}\n",
        ":3: overrides.T99: no rule T99 in the pack; it has T03, W02, W04, W05",
    ),
    "a field that nobody knows": (
        "overrides:\n  T03:\n    severity: low\n    boss: x\n",
        ":4: boss: found `boss`, expected one of",
    ),
    "a value of another kind": (
        "overrides:\n  T03:\n    severity: merah\n",
        ":3: severity: found 'merah', expected one of",
    ),
    "what is wrong across fields": (
        "overrides:\n  W04:\n    detector:\n      categories: [INT-01, INT-09]\n",
        ":4: detector.categories[1]: INT-09 is not in the taxonomy",
    ),
    "a field taken away": (
        "overrides:\n  T03:\n    ladders:\n",
        ":3: ladders: is missing; only evidence can take the taxonomy's",
    ),
    "another id": (
        "overrides:\n  T03:\n    severity: low\n    id: T04\n",
        ":4: overrides.T03.id: an override keeps the id of its rule",
    ),
    "fields by profile": (
        "overrides:\n  T03:\n    profiles: {pilkades: {severity: low}}\n",
        ":3: overrides.T03.profiles: expected the fields themselves: they count in the profile of",
    ),
    "a fault in a test": (
        "overrides:\n  T03:\n    tests:\n      - {name: a, until: pagi, expect: []}\n",
        ":4: until: found 'pagi', expected a local time of the day",
    ),
    "no fields": (
        "overrides:\n  T03: low\n",
        ":2: overrides.T03: expected fields as `severity: high`",
    ),
    "a list of changes": (
        "overrides:\n  - T03\n",
        ":1: overrides: expected fields as `severity: high`",
    ),
    "a rule at the top": (
        "overrides: {}\nT03: {severity: low}\n",
        ":2: T03: expected `overrides` (fields by rule id), `rules` or `ladders`",
    ),
    "one rule where rules are expected": (
        "rules: {id: X31}\n",
        ":1: rules: expected a list of whole rules",
    ),
    "an id where a rule is expected": (
        "rules: [X31]\n",
        ":1: rules: expected a list of whole rules",
    ),
    "a rule of its own that is in the pack": (
        f"rules:\n\n  - {OVERDUE}".replace("\n", "\n    ").replace("\n      -", "\n  -"),
        ":3: id: rule T03 stands twice; see rules/T03.yaml:1: id",
    ),
    "a fault in a rule of its own": (
        f"rules:\n  - {OWN_RULE.replace('severity: medium', 'severity: merah')}\n",
        ":13: severity: found 'merah', expected one of",
    ),
}


@pytest.mark.parametrize(("text", "told"), OVERRIDE_FAULTS.values(), ids=OVERRIDE_FAULTS)
def test_a_fault_in_an_override_is_told_where_it_stands(text: str, told: str) -> None:
    """In the election's file, not in the pack below it."""
    assert told_of(overridden(text)).startswith(f"rules/1.yaml{told}")
