"""Packs: what can be read, what is refused, and how a refusal tells where to look."""

from typing import Final

import pytest

from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS
from streams.domain.words import TPS_CLASSES, Severity
from streams.errors import ConfigError
from streams.rules.pack import (
    Maturity,
    OverdueDetector,
    duration_ms,
    of_class,
    parse_pack,
    version_of,
)
from tests.support.world import pack, pack_text

RULES: Final = ("T03", "T06", "T07", "W01", "W02", "W04")
REFUSED: Final = {
    # what is changed in the shipped pack, and what is said of it
    "not YAML": ("name: siaga", "name: [siaga", "while parsing"),
    "a field that nobody knows": ("owner: bag-ops", "boss: bag-ops", "boss"),
    "a severity that is none": ("severity: critical", "severity: merah", "merah"),
    "three thresholds": ("[30m, 20m, 10m, 20m]", "[30m, 20m, 10m]", "length 4"),
    "a duration without a unit": ("[15m, 10m, 5m, 10m]", "15", "detector.watches[0].limit"),
    "a ladder that is none": ("ladders: OPS+GAK", "ladders: OPS+GKA", "ladders"),
    "a rule that stands twice": ("id: T06", "id: T03", "rule T03 stands twice"),
    "a category that is not in the taxonomy": (
        "categories: [INT-01, INT-02]",
        "categories: [INT-01, INT-09]",
        "rule W04: detector.categories: INT-09 is not in the taxonomy",
    ),
    "a name that the detector does not know": (
        "TPS {place} belum buka",
        "TPS {tempat} belum buka",
        "rule T03: texts.title: found {tempat}, expected one of begins, deadline",
    ),
    "a brace that is not closed": (
        "TPS {place} has not opened",
        "TPS {place has not opened",
        "rule T03: texts.title: ",
    ),
    "a number's format for a text": (
        "TPS {place} has not opened",
        "TPS {place:.2f} has not opened",
        "rule T03: texts.title: Unknown format code 'f'",
    ),
    "a format that is filled in itself": (
        "TPS {place} has not opened",
        "TPS {place:{tempat}} has not opened",
        "rule T03: texts.title: 'tempat'; every name stands for a text",
    ),
    "a silence that cannot be told from heartbeats": (
        "limit: [45m, 30m, 15m, 30m]",
        "limit: [45m, 30m, 14m, 30m]",
        "rule T07: detector.watches[1]: limit: expected 15m or longer",
    ),
    "two watches over one scope": (
        "{scope: pair, begins: [opened]",
        "{scope: tps, begins: [opened]",
        "rule T07: detector.watches[1]: scope tps stands twice",
    ),
    "a rise to nothing": (
        "      raise_to: high\n",
        "",
        "rule T07: detector.watches[0]: raise_at without detector.raise_to",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), REFUSED.values(), ids=REFUSED)
def test_a_pack_with_a_fault_is_refused(old: str, new: str, told: str) -> None:
    """The message names the file, the place, and what was expected."""
    assert old in pack_text()
    with pytest.raises(ConfigError) as refused:
        parse_pack("own.yaml", pack_text().replace(old, new, 1))
    assert str(refused.value).startswith("own.yaml: ")
    assert told in str(refused.value)


def test_the_shipped_pack_can_be_read() -> None:
    """With the rules that this version judges, each by name."""
    assert ("siaga", RULES) == (pack().name, tuple(rule.id for rule in pack().rules))


def test_every_rule_says_whose_it_is_and_where_it_comes_from() -> None:
    """Nobody is paged by a rule without an owner, a source and a page to read."""
    for rule in pack().rules:
        assert all((rule.owner, rule.source, rule.version)), rule.id
        assert f"docs/runbooks/{rule.id}.md" == rule.runbook
        assert rule.maturity is Maturity.STABLE


def test_every_text_is_in_both_languages() -> None:
    """And says something else in each, or nobody has translated it."""
    for rule in pack().rules:
        for text in (rule.texts.summary, rule.texts.action):
            assert text.id, rule.id
            assert text.id != text.en, rule.id


def test_the_taxonomy_is_whole() -> None:
    """Thirty-seven categories, each with at least one agency to tell."""
    taxonomy = pack().taxonomy
    assert 37 == len(taxonomy)
    assert all(route.route for route in taxonomy.values())
    assert {"KAM-10"} == {code for code, route in taxonomy.items() if route.classes_min == 2}


@pytest.mark.parametrize(
    ("text", "ms"),
    [("90m", 90 * MINUTE_MS), ("30s", 30 * SECOND_MS), ("12h", 12 * HOUR_MS), ("0s", 0)],
)
def test_durations(text: str, ms: int) -> None:
    """A number and its unit."""
    assert ms == duration_ms(text)


@pytest.mark.parametrize("text", ["90", "m", "1.5h", "-1m", "90m ", ""])
def test_what_is_no_duration_is_a_mistake(text: str) -> None:
    """The types have refused it before."""
    with pytest.raises(AssertionError, match="the type has checked it"):
        duration_ms(text)


def test_one_value_stands_for_every_class() -> None:
    """Four stand for one each, in the order of the classes."""
    found = [of_class("x", one) for one in TPS_CLASSES]
    assert ["x", "x", "x", "x"] == found
    found = [of_class(("a", "b", "c", "d"), one) for one in TPS_CLASSES]
    assert ["a", "b", "c", "d"] == found


def test_the_version_changes_with_every_field() -> None:
    """What judged can be told to the letter; the number in front is for people."""
    rule = pack().rules[0]
    other = parse_pack("own.yaml", pack_text().replace("[30m, 20m, 10m, 20m]", "31m")).rules[0]
    assert version_of(rule).startswith("1@")
    assert len("1@") + 12 == len(version_of(rule))
    assert version_of(rule) == version_of(parse_pack("x", pack_text()).rules[0])
    assert version_of(rule) != version_of(other)


def test_a_rule_may_have_one_severity_for_all_classes_or_four() -> None:
    """T03 is high where the TPS is sangat_rawan, T06 everywhere."""
    t03, t06 = pack().rules[:2]
    assert Severity.HIGH == t06.severity
    found = [of_class(t03.severity, one) for one in TPS_CLASSES]
    assert ["medium", "medium", "high", "medium"] == found


def test_a_rise_stands_in_a_rule_of_absence() -> None:
    """T07 is the one that says S→T."""
    rises = [
        rule.id
        for rule in pack().rules
        if isinstance(rule.detector, OverdueDetector) and rule.detector.raise_to
    ]
    assert ["T07"] == rises
