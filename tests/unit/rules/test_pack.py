"""Packs: what the shipped rules are, and how a version is told."""

from typing import Final

from msgspec.structs import replace

from streams.domain.words import TPS_CLASSES, Severity
from streams.rules.fields import of_class
from streams.rules.pack import Maturity, Pack, Rule, version_of
from streams.rules.reading import read_pack
from streams.rules.specs import OverdueSpec
from streams.setup import load_pack
from tests.support.world import RULES, changed_pack, pack

SHIPPED: Final[Pack] = load_pack("siaga", "pilkada")
SHADOWS: Final = ("T03", "W04")


def _shadowed(rule: Rule) -> Rule:
    return replace(rule, maturity=Maturity.SHADOW) if rule.id in SHADOWS else rule


def test_the_shipped_pack_can_be_read() -> None:
    """In the order of their ids; among them those that the tests of the judge are about."""
    ids = [rule.id for rule in SHIPPED.rules]
    assert ("siaga", sorted(ids)) == (SHIPPED.name, ids)
    assert RULES == tuple(rule.id for rule in pack().rules)
    assert set(RULES) <= set(ids)


def test_every_rule_says_whose_it_is_and_where_it_comes_from() -> None:
    """Nobody is paged by a rule without an owner, a source and a page to read."""
    for rule in SHIPPED.rules:
        assert all((rule.owner, rule.source, rule.version)), rule.id
        assert f"docs/runbooks/{rule.id}.md" == rule.runbook
        assert rule.maturity is Maturity.STABLE


def test_every_text_is_in_both_languages() -> None:
    """And says something else in each, or nobody has translated it."""
    for rule in SHIPPED.rules:
        for text in (rule.texts.summary, rule.texts.action):
            assert text.id, rule.id
            assert text.id != text.en, rule.id


def test_the_taxonomy_is_whole() -> None:
    """Thirty-seven categories, each with at least one agency to tell."""
    taxonomy = pack().taxonomy
    assert 37 == len(taxonomy)
    assert all(route.route for route in taxonomy.values())
    assert {"KAM-10"} == {code for code, route in taxonomy.items() if route.classes_min == 2}


def test_of_the_shadows_those_that_are_named_judge() -> None:
    """Of the others nothing is left; the stable ones judge whoever is named."""
    found = replace(pack(), rules=tuple(map(_shadowed, pack().rules)))
    stable = [rule for rule in RULES if rule not in SHADOWS]
    assert frozenset(SHADOWS) == found.shadows
    assert stable == [rule.id for rule in found.judging(()).rules]
    assert stable == [rule.id for rule in found.judging(("X99",)).rules]
    assert sorted([*stable, "T03"]) == [rule.id for rule in found.judging(("T03",)).rules]
    assert found == found.judging(found.shadows)


def test_the_version_changes_with_every_field() -> None:
    """What judged can be told to the letter; the number in front is for people."""
    rule = pack().rules[0]
    other = read_pack(changed_pack("[30m, 20m, 10m, 20m]", "31m")).rules[0]
    assert version_of(rule).startswith("1@")
    assert len("1@") + 12 == len(version_of(rule))
    assert version_of(rule) == version_of(pack().rules[0])
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
        for rule in SHIPPED.rules
        if isinstance(rule.detector, OverdueSpec) and rule.detector.raise_to
    ]
    assert {"T07", "T09"} >= set(rises) >= {"T07"}
