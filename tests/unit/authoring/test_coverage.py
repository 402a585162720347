"""Which thresholds the tests of a rule reach from both sides."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.authoring.coverage import Coverage, coverage_of
from streams.authoring.packs import Packs
from streams.authoring.trial import Trial, try_rule
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.rules.cases import RuleCase
from streams.rules.pack import Pack, Rule
from streams.rules.reading import draft_of
from streams.setup import load_pack
from tests.support.packs import changed, rule_of, text_of, with_tests

SHIPPED: Final[Pack] = load_pack("siaga", "pilkada")
KURANG, RAWAN, SANGAT, KHUSUS = TPS_CLASSES
CASE: Final = RuleCase(name="a", until="08:00", expect=())


def trial(at: TpsClass, *fired: TpsClass, fault: str = "") -> Trial:
    """Return what a test at some class has shown: where the rule fired, and whether it holds."""
    faults = (fault,) if fault else ()
    return Trial("T03", replace(CASE, tps_class=at), (), faults, frozenset(fired))


def covered(*trials: Trial, rule_id: str = "T03") -> Coverage:
    """Return what the tests of a rule of the little pack reach."""
    return coverage_of(rule_of(text_of(), rule_id), trials)


def test_a_rule_without_tests_has_every_gap() -> None:
    """By class where its numbers differ by class."""
    assert (
        "no test fires at kurang_rawan",
        "no test fires at rawan",
        "no test fires at sangat_rawan",
        "no test fires at khusus",
        "no test holds at kurang_rawan",
        "no test holds at rawan",
        "no test holds at sangat_rawan",
        "no test holds at khusus",
    ) == covered().gaps
    assert ("no test fires", "no test holds") == covered(rule_id="W02").gaps


def test_a_rule_that_fires_and_holds_everywhere_has_none() -> None:
    """Once each is enough."""
    fires = [trial(one, one) for one in TPS_CLASSES]
    holds = [trial(one) for one in TPS_CLASSES]
    found = covered(*fires, *holds)
    assert ((), (1, 1, 1, 1), (1, 1, 1, 1)) == (found.gaps, found.fired, found.held)


@pytest.mark.parametrize("left_out", range(8))
def test_what_no_test_does_is_told(left_out: int) -> None:
    """Each side of each class by itself."""
    whole = [trial(one, one) for one in TPS_CLASSES] + [trial(one) for one in TPS_CLASSES]
    side = "fires" if left_out < len(TPS_CLASSES) else "holds"
    gap = f"no test {side} at {TPS_CLASSES[left_out % len(TPS_CLASSES)]}"
    assert (gap,) == covered(*whole[:left_out], *whole[left_out + 1 :]).gaps


def test_a_test_that_fails_reaches_nothing() -> None:
    """Whatever it was meant to show."""
    found = covered(trial(RAWAN, RAWAN, fault="x"), trial(RAWAN, fault="x"))
    assert ((0, 0, 0, 0), (0, 0, 0, 0)) == (found.fired, found.held)


def test_a_test_that_fires_somewhere_holds_nowhere() -> None:
    """That the rule kept silent elsewhere is not what the test is about."""
    case = replace(CASE, tps_class=KURANG, classes={"2": KHUSUS})
    found = covered(replace(trial(KURANG, KHUSUS), case=case))
    assert ((0, 0, 0, 1), (0, 0, 0, 0)) == (found.fired, found.held)


def test_a_test_reaches_every_class_that_it_has() -> None:
    """One of silence at two classes holds at both; an alert at two fires at both."""
    case = replace(CASE, tps_class=KURANG, classes={"2": KHUSUS})
    assert (1, 0, 0, 1) == covered(replace(trial(KURANG), case=case)).held
    assert (0, 1, 1, 0) == covered(trial(RAWAN, RAWAN, SANGAT)).fired


def test_a_rule_of_one_number_must_fire_and_hold_somewhere() -> None:
    """At whatever class."""
    found = covered(trial(RAWAN, RAWAN), trial(KHUSUS), rule_id="W02")
    assert (False, ()) == (found.by_class, found.gaps)
    assert ("no test holds",) == covered(trial(RAWAN, RAWAN), rule_id="W02").gaps


def by_class(rule: Rule) -> bool:
    """Tell whether each class must be reached by the tests of a rule."""
    return coverage_of(rule, ()).by_class


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("rules/T03.yaml", "version: 1", "version: 2", True),
        ("rules/W02.yaml", "severity: critical", "severity: [low, low, high, low]", False),
        ("rules/W04.yaml", "version: 1", "version: 2", True),
        ("rules/W04.yaml", "[3, 2, 2, 2]", "null", False),
        ("rules/W04.yaml", "threshold: [3, 2, 2, 2]", "eased: true", True),
        ("rules/W05.yaml", "at_least: 6", "at_least: [6, 6, 5, 6]", True),
        ("rules/W05.yaml", "version: 1", "version: 2", False),
    ],
)
def test_numbers_by_class_ask_for_every_class(
    file: str, old: str, new: str, *, expected: bool
) -> None:
    """Limits, scores and counts, also those of the taxonomy; a severity is no threshold."""
    rule_id = file.removeprefix("rules/").removesuffix(".yaml")
    assert expected == by_class(rule_of(changed(file, old, new), rule_id))


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        ("V05", False),
        ("V11", False),
        ("W06", False),
        ("W07", False),
        ("W10", True),
        ("W11", False),
        ("X01", False),
        ("X02", False),
        ("X03", False),
        ("X06", False),
    ],
)
def test_of_the_rules_of_areas_and_counts_only_limits_by_class_ask_for_each(
    rule_id: str, *, expected: bool
) -> None:
    """Lists of categories and of grounds are none, however many they have."""
    rule = SHIPPED.rule(rule_id)
    assert rule is not None
    assert expected == by_class(rule)


def test_four_words_are_no_numbers() -> None:
    """A rule of absence with one limit may end by four happenings."""
    ends = "ends: [opened, closed, postponed, suspended]"
    old = "ends: [opened], limit: [30m, 20m, 10m, 20m]"
    text = changed("rules/T03.yaml", old, f"{ends}, limit: 30m")
    pair = text_of(
        {"rules/T03.yaml": text.files[1].text.replace("limit: [45m, 30m, 15m, 30m]", "limit: 45m")}
    )
    assert not by_class(rule_of(pair))


def test_real_tests_are_counted_by_where_the_alert_is() -> None:
    """One that fires and one that holds at kurang_rawan, as `siaga rules coverage` counts them."""
    tests = """\
  - {name: a, until: "07:40", expect: [{at: "07:30", change: opened}]}
  - {name: b, events: [{at: "07:00", status: opened}], until: "07:40", expect: []}
  - {name: c, until: "07:40", expect: []}
"""
    text = with_tests(tests)
    rule = rule_of(text)
    found = coverage_of(rule, try_rule(Packs(draft_of(text)), rule))
    assert ((1, 0, 0, 0), (1, 0, 0, 0)) == (found.fired, found.held)
