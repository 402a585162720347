"""Tests of rules, run: what holds, what does not, and how that is told."""

from typing import Final

import pytest

from streams.authoring.packs import Packs
from streams.authoring.trial import Refusal, Trial, try_rule
from streams.domain.words import TpsClass
from streams.rules.reading import PackText, draft_of
from tests.support.packs import CONDITION, OVERDUE, rule_of, text_of, with_tests

OPENED: Final = '{at: "07:30", change: opened}'
ALONE: Final = OVERDUE.replace("\n    - {scope: pair", "\n    # - {scope: pair")
"""The rule with its watch over a TPS only."""


def tried(text: PackText, rule_id: str = "T03") -> tuple[Trial, ...]:
    """Run the tests of a rule of a pack."""
    return tuple(try_rule(Packs(draft_of(text)), rule_of(text, rule_id)))


def trial(fields: str, rule: str = OVERDUE) -> Trial:
    """Run one test, given by its fields beside its name."""
    tests = f"tests:\n  - {{name: a, {fields}}}\n"
    [found] = tried(text_of({"rules/T03.yaml": rule + tests}))
    return found


def faults(fields: str) -> tuple[str, ...]:
    """Return what one test complains of."""
    return trial(fields).faults


def test_a_test_holds_if_what_it_expects_comes() -> None:
    """And says what the rule told, as people read it."""
    found = trial(f'until: "07:40", expect: [{OPENED}]')
    assert found.holds
    assert ("T03", "a", ()) == (found.rule, found.case.name, found.faults)
    told = "27T07:30:00 opened medium unacknowledged ADM kpps 36.04.17.2001-001 (deadline)"
    assert (told,) == found.told


def test_a_test_holds_if_nothing_is_expected_and_nothing_comes() -> None:
    """Silence is an answer too."""
    found = trial('events: [{at: "07:00", status: opened}], until: "09:00", expect: []')
    assert (True, (), frozenset()) == (found.holds, found.told, found.fired)


def test_it_ends_at_its_own_time() -> None:
    """What would come later does not come, and what is received later is not."""
    assert () == trial('until: "07:30", expect: []').told
    assert 1 == len(trial(f'until: "07:30:01", expect: [{OPENED}]').told)
    late = '{at: "07:00", received: "07:31", status: opened}'
    assert 1 == len(trial(f'events: [{late}], until: "07:30:59", expect: [{OPENED}]').told)
    assert 2 == len(trial(f'events: [{late}], until: "07:31", expect: [{OPENED}]').told)


def test_what_does_not_come_is_told() -> None:
    """With all that was asked for, in the order of a line."""
    wanted = (
        '{at: "07:31", change: opened, severity: high, state: unacknowledged, ladder: OPS, '
        'level: tps, scope: "1", key: x, cause: input}'
    )
    assert (
        "expected 07:31 opened high unacknowledged OPS tps 1 x input, and it did not come",
    ) == faults(f'until: "07:40", expect: [{wanted}]')


def test_an_alert_that_is_not_expected_is_told() -> None:
    """However well the rest goes."""
    assert ("expected 0 alerts, found 1",) == faults('until: "07:40", expect: []')
    both = faults(
        f'events: [{{at: "06:30", status: heartbeat, tps: 2}}], until: "07:40", expect: [{OPENED}]'
    )
    assert ("expected 1 alerts, found 2",) == both


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("at", '"07:30:01"'),
        ("change", "returned"),
        ("severity", "high"),
        ("state", "acknowledged"),
        ("ladder", "OPS"),
        ("level", "ppk"),
        ("cause", "input"),
        ("scope", '"2"'),
        ("key", "INT-01"),
    ],
)
def test_every_field_that_is_named_must_be_so(field: str, other: str) -> None:
    """One that is not named may be anything."""
    right = {
        "at": '"07:30"',
        "change": "opened",
        "severity": "medium",
        "state": "unacknowledged",
        "ladder": "ADM",
        "level": "kpps",
        "cause": "deadline",
        "scope": '"1"',
        "key": '""',
    }

    def asked(fields: dict[str, str]) -> bool:
        line = ", ".join(f"{name}: {value}" for name, value in fields.items())
        return trial(f'until: "07:40", expect: [{{{line}}}]').holds

    assert asked(right)
    assert not asked(right | {field: other})


def test_lines_come_in_the_order_in_which_they_are_expected() -> None:
    """Others may stand between them, unless the test is strict."""
    back = '{at: "07:50", change: returned}'
    events = 'events: [{at: "07:50", status: opened}]'
    assert () == faults(f'{events}, until: "08:00", expect: [{OPENED}, {back}]')
    assert ("expected 07:30 opened, and it did not come",) == faults(
        f'{events}, until: "08:00", expect: [{back}, {OPENED}]'
    )


def test_a_strict_test_counts_every_line() -> None:
    """Between opening and end the alert has climbed once."""
    back = '{at: "07:50", change: returned}'
    rest = f'events: [{{at: "07:50", status: opened}}], until: "08:00", expect: [{OPENED}, {back}]'
    assert ("expected 2 lines, found 3",) == faults(f"{rest}, strict: true")
    climbed = '{at: "07:45", change: escalated}'
    whole = rest.replace(back, f"{climbed}, {back}")
    assert () == faults(f"{whole}, strict: true")


def test_one_line_does_not_stand_for_two() -> None:
    """Two alerts at one time must be two."""
    assert "expected 07:30 opened, and it did not come" in faults(
        f'until: "07:40", expect: [{OPENED}, {OPENED}]'
    )


def test_an_event_that_is_not_taken_is_told() -> None:
    """With its number and the reason that a dead letter would have."""
    found = trial(
        'events: [{at: "06:30", status: heartbeat}, {at: "07:00", status: terbuka}], '
        f'until: "07:40", expect: [{OPENED}]'
    )
    assert (Refusal(1, "schema: Invalid enum value 'terbuka' - at `$.kind`"),) == found.refused
    assert ((), False) == (found.faults, found.holds)


def test_the_log_begins_before_anything_is_due() -> None:
    """At six, or with the first event; what is due before a later begin is never told."""
    assert () == faults(f'until: "07:40", expect: [{OPENED}]')
    night = 'world: {poll_opens: "05:00"}, until: "06:10", expect: [{at: "05:30", change: opened}]'
    assert () == faults(f'events: [{{at: "05:10", command: note}}], {night}')
    assert ("expected 05:30 opened, and it did not come",) == faults(night)
    assert 4 == len(trial('begins: "07:30", until: "08:40", expect: []').told)
    assert () == trial('begins: "07:30:01", until: "08:40", expect: []').told


def test_a_test_is_judged_by_the_rules_of_its_kind_of_election() -> None:
    """By the profile of that name, and the ladders of a village."""
    watch = "{scope: tps, since: plan.opens_at, ends: [opened], limit: 5m, raise_at: 2}"
    profile = f"profiles: {{pilkades: {{detector: {{watches: [{watch}]}}}}}}\n"
    tests = """\
tests:
  - name: desa
    world: {kind: pilkades}
    until: "07:10"
    expect: [{at: "07:05", change: opened, level: panitia}]
  - name: kabupaten
    until: "07:40"
    expect: [{at: "07:30", change: opened, level: kpps}]
"""
    found = tried(text_of({"rules/T03.yaml": OVERDUE + profile + tests}))
    assert [(), ()] == [one.faults for one in found]


def test_other_rules_of_the_pack_do_not_count() -> None:
    """They judge too; a test is about its own rule."""
    tests = """\
tests:
  - name: a
    events:
      - {at: "06:30", status: duress}
      - {at: "07:00", status: opened}
    until: "08:00"
    strict: true
    expect: []
"""
    [found] = tried(text_of({"rules/T03.yaml": ALONE + tests}))
    assert (True, ()) == (found.holds, found.told)


def test_a_line_of_another_rule_may_be_expected() -> None:
    """What this rule brings about may be told by another one; it is asked for by its id."""
    duress = 'events: [{at: "06:30", status: duress}, {at: "07:00", status: opened}]'
    line = '{at: "06:30", change: opened, rule: W02}'
    found = trial(f'{duress}, until: "06:31", expect: [{line}]', ALONE)
    assert (True, frozenset()) == (found.holds, found.fired)
    about = "officer:36.04/petugas-1"
    told = f"27T06:30:00 opened critical unacknowledged OPS polres_ops W02 {about} (input:1)"
    assert (told,) == found.told
    missing = trial(f'until: "06:31", expect: [{line}]', ALONE)
    assert ("expected 06:30 opened W02, and it did not come",) == missing.faults


def test_another_rule_may_have_to_keep_silent() -> None:
    """Where two rules would page about one thing."""
    silent = 'until: "06:31", silent: [W02], expect: []'
    assert trial(silent, ALONE).holds
    duress = 'events: [{at: "06:30", status: duress}]'
    assert ("expected no alert of W02, found one",) == trial(f"{duress}, {silent}", ALONE).faults


SHADOW: Final = CONDITION.replace("maturity: stable", "maturity: shadow")
DURESS: Final = 'events: [{at: "06:30", status: duress}], until: "06:31"'


@pytest.mark.parametrize(("status", "holds"), [("duress", True), ("checkin", False)])
def test_a_shadow_is_judged_in_its_own_tests(status: str, *, holds: bool) -> None:
    """Its author sees whether it fires, before anybody is called by it."""
    events = DURESS.replace("duress", status)
    test = f'{{name: a, {events}, expect: [{{at: "06:30", change: opened}}]}}'
    text = text_of({"rules/W02.yaml": f"{SHADOW}tests: [{test}]\n"})
    [found] = tried(text, "W02")
    assert holds == found.holds


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("expect: []", True),
        ("silent: [W02], expect: []", False),
        ('expect: [{at: "06:30", change: opened, rule: W02}]', True),
    ],
)
def test_a_shadow_is_judged_where_a_test_of_another_rule_speaks_of_it(
    asked: str, *, holds: bool
) -> None:
    """Or a test that it keeps silent would hold for nothing."""
    tests = f"tests: [{{name: a, {DURESS}, {asked}}}]\n"
    [found] = tried(text_of({"rules/T03.yaml": ALONE + tests, "rules/W02.yaml": SHADOW}))
    assert holds == found.holds


def test_lines_of_one_second_may_come_in_any_order() -> None:
    """None is before another for who reads them; a second later it is."""
    both = [f'{{at: "07:30", change: opened, scope: "{number}"}}' for number in "12"]
    for lines in (both, both[::-1]):
        assert () == faults(f'until: "07:40", expect: [{", ".join(lines)}]')


def test_it_is_known_at_which_classes_the_rule_fired() -> None:
    """By the TPS of each alert, whatever the test is called."""
    classes = "class: rawan, classes: {2: khusus, 3: sangat_rawan}"
    opened = 'events: [{at: "07:00", status: opened, tps: 3}]'
    found = trial(f'{classes}, {opened}, until: "07:40", expect: []')
    assert {TpsClass.RAWAN, TpsClass.KHUSUS} == found.fired


def test_the_tests_of_a_rule_are_run_in_their_order() -> None:
    """Each in an election of its own: what happens in one is not known in the next."""
    tests = """\
  - {name: b, events: [{at: "07:00", status: opened}], until: "08:00", expect: []}
  - {name: a, until: "07:40", expect: [{at: "07:30", change: opened}]}
"""
    found = tried(with_tests(tests))
    assert [("b", True), ("a", True)] == [(one.case.name, one.holds) for one in found]


@pytest.mark.parametrize(
    ("fields", "event", "told"),
    [
        ('events: [{status: opened}], until: "08:00"', 0, "expected `at` and one of"),
        ('events: [{at: "07:00", status: opened, tps: 0}], until: "08:00"', None, "found TPS '0'"),
        (
            'events: [{at: "7:00", status: opened}], until: "08:00"',
            0,
            "found time '7:00', expected as 07:20, 07:20:01",
        ),
        ('classes: {80: rawan}, until: "08:00"', None, "found TPS '80', expected 1 to 9 or 101"),
        (
            'world: {kind: pilpres}, until: "08:00"',
            None,
            "its world cannot be: election.toml:2: kind",
        ),
    ],
)
def test_a_test_that_cannot_be_run_does_not_hold(fields: str, event: int | None, told: str) -> None:
    """It does not hold, and the others are run all the same."""
    found = trial(f"{fields}, expect: []")
    [refusal] = found.refused
    assert (event, False) == (refusal.event, found.holds)
    assert refusal.what.startswith(told)
