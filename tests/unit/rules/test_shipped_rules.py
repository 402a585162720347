"""Every rule that is shipped, by the tests that it brings along: they hold, and there are enough.

A new rule is known here by its file alone. What its tests must reach is told in
`streams.authoring.coverage`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from streams.authoring.coverage import coverage_of
from streams.authoring.packs import Packs
from streams.authoring.trial import Trial, try_rule
from streams.rules.pack import Pack, Rule
from streams.rules.reading import Draft, draft_of
from streams.setup import pack_text

ROOT: Final = Path(__file__).parents[3]
PROFILE: Final = "pilkada"
DRAFT: Final[Draft] = draft_of(pack_text("siaga", PROFILE))
PACK: Final[Pack] = DRAFT.pack(PROFILE)
PACKS: Final = Packs(DRAFT)
IDS: Final = sorted(DRAFT.rules)
NAMES: Final = re.compile(r"\{[^}]*\}")
EACH_SIDE_MIN: Final = 3
"""Tests that fire, and tests that hold, of every rule."""


def rule_of(rule_id: str) -> Rule:
    """Return a rule as the pilkada has it."""
    rule = PACK.rule(rule_id)
    assert rule is not None, "the draft has it"
    return rule


@cache
def trials_of(rule_id: str) -> tuple[Trial, ...]:
    """Return what the tests of a rule have shown; each test is judged by the rules of its kind."""
    return tuple(try_rule(PACKS, rule_of(rule_id)))


@pytest.mark.parametrize("rule_id", IDS)
def test_every_test_of_the_rule_holds(rule_id: str) -> None:
    """What comes is what its author expects."""
    failed = {one.case.name: (one.faults, one.told) for one in trials_of(rule_id) if not one.holds}
    assert {} == failed


@pytest.mark.parametrize("rule_id", IDS)
def test_the_rule_has_tests_of_both_sides(rule_id: str) -> None:
    """Three that fire and three that hold, as their authors wrote them: `each` counts once."""
    tests = DRAFT.rules[rule_id].base.data.get("tests")
    assert isinstance(tests, list), f"{rule_id} has no tests"
    expects = [one["expect"] for one in tests if isinstance(one, dict)]
    fires, holds = sum(map(bool, expects)), sum(not one for one in expects)
    assert min(fires, holds) >= EACH_SIDE_MIN, f"{fires} fire, {holds} hold"


@pytest.mark.parametrize("rule_id", IDS)
def test_the_tests_of_the_rule_reach_every_threshold(rule_id: str) -> None:
    """From both sides, and of every class where the rule's numbers differ by class."""
    assert () == coverage_of(rule_of(rule_id), trials_of(rule_id)).gaps


@pytest.mark.parametrize("rule_id", IDS)
def test_a_test_of_the_rule_has_a_name_of_its_own(rule_id: str) -> None:
    """Or nobody knows which one has failed."""
    names = [case.name for case in rule_of(rule_id).tests]
    assert [] == [name for name in {*names} if names.count(name) > 1]


@pytest.mark.parametrize("rule_id", IDS)
def test_the_rule_has_a_page_to_read(rule_id: str) -> None:
    """Whoever is paged at night finds what to do, and the page is about this rule."""
    page = ROOT / rule_of(rule_id).runbook
    assert page.is_file(), f"{rule_of(rule_id).runbook} is missing"
    assert rule_id in page.read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize("rule_id", IDS)
def test_the_texts_of_the_rule_are_in_both_languages(rule_id: str) -> None:
    """And differ where they are more than names in braces, or nobody has translated them."""
    rule = rule_of(rule_id)
    texts = (rule.texts.title, rule.texts.summary, rule.texts.action, *rule.false_positives)
    assert [] == [text for text in texts if not text.id.strip() or not text.en.strip()]
    assert [] == [
        text for text in texts if text.id == text.en and NAMES.sub("", text.id).strip(": ")
    ]


@pytest.mark.parametrize("rule_id", IDS)
def test_the_rule_stands_in_the_file_of_its_name(rule_id: str) -> None:
    """Whoever looks for a rule opens the file of that name."""
    file, _ = DRAFT.rules[rule_id].base.mark(("id",))
    assert f"rules/{rule_id}.yaml" == file
