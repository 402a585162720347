"""Numbers of rules, moved by one: which are moved, and which tests notice."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.authoring.mutation import Mutant, failing, mutants_of, survives
from streams.authoring.packs import Packs
from streams.rules.pack import PackFile
from streams.rules.reading import Draft, draft_of
from streams.setup import pack_text
from tests.support.packs import OVERDUE, overridden, rule_of, text_of

SHIPPED: Final = draft_of(pack_text("siaga", "pilkada"))
RULE: Final = OVERDUE.replace("\n    - {scope: pair", "\n    # - {scope: pair")
"""The rule of absence with one watch, whose limits are 30, 20, 10 and 20 minutes."""
EXACT: Final = """\
tests:
  - name: batas
    until: "09:00"
    expect:
      - {at: {each: ["07:30", "07:20", "07:10", "07:20"]}, change: opened}
      - {at: {each: ["08:00", "07:40", "07:20", "07:40"]}, change: raised}
"""
"""Pins the limits and the rise to the second."""
LOOSE: Final = EXACT[: EXACT.rindex("      - {at:")]
"""Says nothing of the rise."""


def draft(rule: str) -> Draft:
    """Return the little pack with another rule of absence."""
    return draft_of(text_of({"rules/T03.yaml": rule}))


def mutants(rule: str) -> list[str]:
    """Return which mutants a rule has."""
    return [one.what for one in mutants_of(draft(rule), "T03")]


def detector(text: str) -> str:
    """Return the rule with another detector, which need not make sense to be moved."""
    head, _, rest = RULE.partition("detector:\n")
    return f"{head}detector: {{{text}}}\n{rest[rest.index('severity') :]}"


def survivors(rule: str) -> list[str]:
    """Return the mutants that no test of the rule notices."""
    text = text_of({"rules/T03.yaml": rule})
    found: list[Mutant] = [*mutants_of(draft_of(text), "T03")]
    return [one.what for one in found if survives(one, rule_of(text))]


def test_every_number_is_moved_by_one_of_its_unit() -> None:
    """Down and up: a duration by its unit, a whole number by one."""
    where = "detector.watches[0]"
    assert [
        f"{where}.limit[0]: 30m -> 29m",
        f"{where}.limit[0]: 30m -> 31m",
        f"{where}.limit[1]: 20m -> 19m",
        f"{where}.limit[1]: 20m -> 21m",
        f"{where}.limit[2]: 10m -> 9m",
        f"{where}.limit[2]: 10m -> 11m",
        f"{where}.limit[3]: 20m -> 19m",
        f"{where}.limit[3]: 20m -> 21m",
        f"{where}.raise_at: 2 -> 1",
        f"{where}.raise_at: 2 -> 3",
    ] == mutants(RULE)


@pytest.mark.parametrize(
    ("value", "moved"),
    [
        ("12h", ["11h", "13h"]),
        ("30s", ["29s", "31s"]),
        ("0s", ["1s"]),
        ("0", ["-1", "1"]),
        ("3", ["2", "4"]),
        ("1.5", ["1.4", "1.6"]),
        ("0.25", ["0.24", "0.26"]),
        ("0.001", ["0.0", "0.002"]),
        ("500.0", ["499.9", "500.1"]),
        ("true", []),
        ("null", []),
        ("opened", []),
        ("KAM-01", []),
        ("plan.opens_at", []),
        ("[1, 2h]", ["0", "2", "1h", "3h"]),
        ("[{a: 1}]", ["0", "2"]),
    ],
)
def test_a_number_is_known_by_its_form(value: str, moved: list[str]) -> None:
    """Categories, names and yes or no are no thresholds."""
    assert moved == [what.rpartition(" -> ")[2] for what in mutants(detector(f"x: {value}"))]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("event.queue > 50", ["event.queue > 49", "event.queue > 51"]),
        (
            "event.at > tps.closes_at - duration('1h')",
            [],
        ),
        (
            'event.at > tps.closes_at - duration("1h")',
            [
                'event.at > tps.closes_at - duration("0h")',
                'event.at > tps.closes_at - duration("2h")',
            ],
        ),
        ('event.box == "K1"', []),
        ("event.a1 > x2", []),
        (
            "tps.dpt * 2 > 3",
            ["tps.dpt * 1 > 3", "tps.dpt * 3 > 3", "tps.dpt * 2 > 2", "tps.dpt * 2 > 4"],
        ),
        ("event.x > 1.5", ["event.x > 0.5", "event.x > 2.5"]),
    ],
)
@pytest.mark.parametrize("field", ["where", "raise_where"])
def test_numbers_of_an_expression_are_moved(field: str, text: str, moved: list[str]) -> None:
    """Not those that are a part of a name."""
    written = text.replace('"', '\\"')
    found = [what.rpartition(" -> ")[2] for what in mutants(detector(f'{field}: "{written}"'))]
    assert moved == found


def test_a_number_in_a_text_is_none_of_an_expression() -> None:
    """`name: "pasal 7"` is not reckoned with."""
    assert [] == mutants(detector('name: "pasal 7 > 5"'))


def test_what_is_no_threshold_is_not_moved() -> None:
    """Version, texts and tests stay as they are; `quiet` and `act_by` are thresholds."""
    rule = f"{RULE}quiet: 15m\nact_by: 2h\n{EXACT}"
    assert [
        "quiet: 15m -> 14m",
        "quiet: 15m -> 16m",
        "act_by: 2h -> 1h",
        "act_by: 2h -> 3h",
    ] == mutants(rule)[-4:]
    assert 14 == len(mutants(rule))


PROFILE: Final = """\
profiles:
  pilkades:
    detector:
      watches:
        - {scope: tps, since: plan.opens_at, ends: [opened], limit: 5m}
    quiet: 15m
    version: 2
"""
"""Other thresholds in a village; the version is none."""


def test_numbers_of_a_profile_are_moved() -> None:
    """They are thresholds as those of the rule, and stand beside them."""
    where = "profiles.pilkades"
    assert [
        *mutants(RULE),
        f"{where}.detector.watches[0].limit: 5m -> 4m",
        f"{where}.detector.watches[0].limit: 5m -> 6m",
        f"{where}.quiet: 15m -> 14m",
        f"{where}.quiet: 15m -> 16m",
    ] == mutants(RULE + PROFILE)


def test_a_number_of_a_profile_is_pinned_by_a_test_of_its_election() -> None:
    """One of another election does not notice."""
    village = """\
  - name: desa
    world: {kind: pilkades}
    until: "07:10"
    expect: [{at: "07:05", change: opened}]
"""
    profile = PROFILE.replace("    quiet: 15m\n", "")
    where = "profiles.pilkades.detector.watches[0].limit"
    assert [f"{where}: 5m -> 4m", f"{where}: 5m -> 6m"] == survivors(RULE + profile + EXACT)
    assert [] == survivors(RULE + profile + EXACT + village)


@pytest.mark.parametrize(
    ("rule_id", "numbers"),
    [
        ("V05", "ballots_per_minute over final_after final_ballots"),
        ("V11", "z share_percent siblings_min"),
        ("V12", ""),
        ("W06", "desa_min window raise_at"),
        ("W07", "score window"),
        ("W10", "limit[0] limit[1] limit[2] limit[3] unrest_limit raise_at"),
        ("W11", "alike_percent sources_min desa_min window"),
        ("X01", "quiet heartbeats begin_percent affected_min end_percent"),
        ("X03", "kuning_high window merah_critical calm"),
        ("X06", "days.pemilu"),
        ("X07", ""),
    ],
)
def test_every_number_of_a_shipped_detector_is_moved(rule_id: str, numbers: str) -> None:
    """By class, as a duration, a percent or a fraction, by kind of election; each down and up."""
    moved = [one.field for one in mutants_of(SHIPPED, rule_id)]
    assert [f"detector.{one}" for one in numbers.split() for _ in "-+"] == moved


def test_a_mutant_differs_in_one_number_only() -> None:
    """The rest of the pack is as it was."""
    base = draft(RULE)
    [first, *_] = mutants_of(base, "T03")
    found, before = first.draft.pack("pilkada"), base.pack("pilkada")
    assert before.rules[1:] == found.rules[1:]
    assert before.rule("T03") != found.rule("T03")
    assert ("T03", "detector.watches[0].limit[0]") == (first.rule, first.field)


def test_exact_tests_let_no_mutant_live() -> None:
    """A limit is pinned where the rule fires on the second."""
    assert [] == survivors(RULE + EXACT)


def test_a_number_that_no_test_pins_is_found() -> None:
    """Without the line of the rise, nothing says when it rises; below 1 it cannot be read."""
    assert ["detector.watches[0].raise_at: 2 -> 3"] == survivors(RULE + LOOSE)


def test_a_rule_without_tests_lets_every_mutant_live() -> None:
    """Nobody looks."""
    assert mutants(RULE) == survivors(RULE)


def test_a_class_that_no_test_has_is_found() -> None:
    """The limits of the others are pinned."""
    one = 'tests:\n  - {name: a, until: "07:40", expect: [{at: "07:30", change: opened}]}\n'
    where = "detector.watches[0]"
    assert [
        *(
            f"{where}.limit[{number}]: {change}"
            for number, change in (
                (1, "20m -> 19m"),
                (1, "20m -> 21m"),
                (2, "10m -> 9m"),
                (2, "10m -> 11m"),
                (3, "20m -> 19m"),
                (3, "20m -> 21m"),
            )
        ),
        f"{where}.raise_at: 2 -> 3",
    ] == survivors(RULE + one)


def test_numbers_of_an_override_are_moved_in_place_of_those_below() -> None:
    """What is replaced judges nothing, in the rule and in its profiles; the rest still does."""
    own = """\
overrides:
  T03:
    detector:
      watches: [{scope: tps, since: plan.opens_at, ends: [opened], limit: 40m}]
    texts: {title: {id: "Telat 3 jam", en: "Late"}}
---
overrides:
  T03: {act_by: 2h}
"""
    files = text_of({"rules/T03.yaml": f"{RULE}quiet: 10m\nact_by: 1h\n{PROFILE}"})
    overrides = tuple(PackFile(f"rules/{n}.yaml", one) for n, one in enumerate(own.split("---\n")))
    changed = draft_of(replace(files, overrides=overrides))
    assert [
        "quiet: 10m -> 9m",
        "quiet: 10m -> 11m",
        "profiles.pilkades.quiet: 15m -> 14m",
        "profiles.pilkades.quiet: 15m -> 16m",
        "detector.watches[0].limit: 40m -> 39m",
        "detector.watches[0].limit: 40m -> 41m",
        "act_by: 2h -> 1h",
        "act_by: 2h -> 3h",
    ] == [one.what for one in mutants_of(changed, "T03")]


def test_a_mutant_of_an_override_is_killed_by_its_tests() -> None:
    """A draft with the number moved is what they are run by."""
    own = """\
overrides:
  T03:
    detector:
      watches: [{scope: tps, since: plan.opens_at, ends: [opened], limit: 40m}]
    tests:
      - {name: a, until: "08:00", expect: [{at: "07:40", change: opened}]}
"""
    text = overridden(own)
    found = [one for one in mutants_of(draft_of(text), "T03") if survives(one, rule_of(text))]
    assert [] == found


def test_tests_that_fail_as_they_stand_are_counted() -> None:
    """They would kill every mutant."""
    wrong = '  - {name: keliru, until: "07:40", expect: []}\n'
    counted: list[int] = []
    for tests in (EXACT, EXACT + wrong, EXACT + wrong * 2):
        text = text_of({"rules/T03.yaml": RULE + tests})
        counted.append(failing(Packs(draft_of(text)), rule_of(text)))
    assert [0, 1, 2] == counted
