"""Tests in rules, as they are read: `each` makes four of one, and a fault has its line."""

from typing import Final

import pytest

from streams.domain.alert import AlertState, Change
from streams.domain.words import TPS_CLASSES, Severity, TpsClass
from streams.errors import ConfigError
from streams.rules.cases import CaseWorld, Expected, RuleCase
from streams.rules.pack import version_of
from streams.rules.reading import read_pack
from tests.support.packs import OVERDUE, rule_of, text_of, with_tests

FIRST: Final = OVERDUE.count("\n") + 2
"""Line of the first test in the file of its rule."""
FOUR: Final = """\
  - name: buka
    events:
      - at: {each: ["07:01", "07:02", "07:03", "07:04"]}
        status: opened
        queue: {each: [1, 2, 3, 4]}
    until: "08:00"
    expect:
      - {at: "07:30", change: opened, severity: {each: [low, medium, high, critical]}}
"""


def cases(tests: str) -> tuple[RuleCase, ...]:
    """Return the tests of a rule that has these."""
    return rule_of(with_tests(tests)).tests


def told_of(tests: str) -> str:
    """Return what is said of tests that cannot be read."""
    with pytest.raises(ConfigError) as refused:
        read_pack(with_tests(tests))
    return str(refused.value)


def test_a_test_is_read_as_it_is_written() -> None:
    """What it does not name is as on any day."""
    tests = """\
  - name: "terlambat: alarm"
    class: rawan
    classes: {2: khusus}
    world: {kind: pilkades, poll_opens: 08:00, dpt: 100}
    begins: -1 21:00
    events: [{at: "07:41", status: opened}]
    until: +1 12:00
    expect: [{at: 07:20:01, change: opened, severity: high, state: acknowledged, scope: "1"}]
    strict: true
"""
    expected = RuleCase(
        name="terlambat: alarm",
        tps_class=TpsClass.RAWAN,
        classes={"2": TpsClass.KHUSUS},
        world=CaseWorld(kind="pilkades", poll_opens="08:00", dpt=100),
        begins="-1 21:00",
        events=({"at": "07:41", "status": "opened"},),
        until="+1 12:00",
        expect=(
            Expected(
                at="07:20:01",
                change=Change.OPENED,
                severity=Severity.HIGH,
                state=AlertState.ACKNOWLEDGED,
                scope="1",
            ),
        ),
        strict=True,
    )
    assert (expected,) == cases(tests)


def test_a_short_test_is_of_a_plain_day() -> None:
    """One class, no events, nothing expected."""
    [case] = cases('  - {name: a, until: "08:00", expect: []}\n')
    assert RuleCase(name="a", until="08:00", expect=()) == case
    assert (TpsClass.KURANG_RAWAN, "pilkada", 440) == (
        case.tps_class,
        case.world.kind,
        case.world.dpt,
    )
    assert not case.strict


def test_a_rule_without_tests_has_none() -> None:
    """Whether that may be is not asked here."""
    assert () == rule_of(text_of()).tests
    assert () == rule_of(text_of({"rules/T03.yaml": f"{OVERDUE}tests: []\n"})).tests


def test_tests_stay_in_their_order() -> None:
    """As their author tells them."""
    one = '  - {{name: {name}, until: "08:00", expect: []}}\n'
    text = one.format(name="b") + FOUR + one.format(name="a")
    assert ["b", *(f"buka ({one})" for one in TPS_CLASSES), "a"] == [
        case.name for case in cases(text)
    ]


def test_each_makes_a_test_for_every_class() -> None:
    """Wherever it stands; what is the same for all is written once."""
    found = cases(FOUR)
    assert list(TPS_CLASSES) == [case.tps_class for case in found]
    assert ["07:01", "07:02", "07:03", "07:04"] == [case.events[0]["at"] for case in found]
    assert [1, 2, 3, 4] == [case.events[0]["queue"] for case in found]
    assert ["low", "medium", "high", "critical"] == [case.expect[0].severity for case in found]
    assert {"07:30"} == {case.expect[0].at for case in found}


def test_a_test_may_say_its_class_beside_each() -> None:
    """As where `each` tells something else apart than the class."""
    until = '["08:01", "08:02", "08:03", "08:04"]'
    found = cases(f"  - {{name: a, class: khusus, until: {{each: {until}}}, expect: []}}\n")
    assert {TpsClass.KHUSUS} == {case.tps_class for case in found}
    assert ["08:01", "08:02", "08:03", "08:04"] == [case.until for case in found]


REFUSED: Final = {
    # tests, on which of their lines it is told, and what is said
    "no list": (
        "  name: a\n",
        0,
        "tests: expected a list of tests",
    ),
    "no test": (
        '  - {name: a, until: "08:00", expect: []}\n  - a\n',
        2,
        "tests[1]: expected a test with name, until, expect",
    ),
    "no name": (
        '  - until: "08:00"\n    expect: []\n',
        1,
        "expected `name`, which is missing",
    ),
    "no end": ("  - name: a\n    expect: []\n", 1, "expected `until`, which is missing"),
    "nothing said of what must come": (
        '  - name: a\n    until: "08:00"\n',
        1,
        "expected `expect`, which is missing",
    ),
    "a field that nobody knows": (
        '  - name: a\n    until: "08:00"\n    boss: x\n    expect: []\n',
        3,
        "boss: found `boss`, expected one of",
    ),
    "a class that is none": (
        '  - name: a\n    class: aman\n    until: "08:00"\n    expect: []\n',
        2,
        "class: found 'aman', expected one of",
    ),
    "a world that has no such thing": (
        '  - name: a\n    until: "08:00"\n    expect: []\n    world:\n      weather: hujan\n',
        5,
        "world.weather: found `weather`, expected one of",
    ),
    "a change that is none": (
        '  - name: a\n    until: "08:00"\n    expect:\n      - {at: "07:30", change: buka}\n',
        4,
        "expect[0].change: found 'buka', expected one of",
    ),
    "a line without a time": (
        '  - name: a\n    until: "08:00"\n    expect:\n      - {change: opened}\n',
        4,
        "expect[0]: expected `at`, which is missing",
    ),
    "an event that is none": (
        '  - name: a\n    until: "08:00"\n    expect: []\n    events: [opened]\n',
        4,
        "events[0]: found 'opened', expected fields as `name: value`",
    ),
    "a fault in one of each": (
        '  - name: a\n    until: {each: ["08:00", "08:00", "8", "08:00"]}\n    expect: []\n',
        2,
        "until: found '8', expected a local time of the day of the poll as 07:20",
    ),
}


@pytest.mark.parametrize(("tests", "line", "told"), REFUSED.values(), ids=REFUSED)
def test_a_test_with_a_fault_is_refused(tests: str, line: int, told: str) -> None:
    """With the line in the file of its rule."""
    found = told_of(tests)
    assert found.startswith(f"rules/T03.yaml:{FIRST - 1 + line}: {told}")


@pytest.mark.parametrize(
    "clock", ["7:20", "07.20", "07:60", "07:20:60", "0 07:20", "-10 07:20", "30:00", "pagi", ""]
)
def test_a_time_has_one_form(clock: str) -> None:
    """The form is told; another one would be guessed at."""
    found = told_of(f'  - {{name: a, until: "{clock}", expect: []}}\n')
    assert found.startswith(
        f"rules/T03.yaml:{FIRST}: until: found '{clock}', expected a local time"
    )


@pytest.mark.parametrize("clock", ["00:00", "07:20", "23:59:59", "-1 21:00", "+1 12:00"])
def test_a_time_may_be_of_another_day(clock: str) -> None:
    """The evening before, the noon after; quotes are not needed."""
    [case] = cases(f"  - {{name: a, begins: -2 00:00, until: {clock}, expect: []}}\n")
    assert clock == case.until


def test_a_test_may_speak_of_other_rules_and_of_one_tps() -> None:
    """Lines that another rule tells, rules that must keep silent, voters of some TPS."""
    tests = """\
  - name: a
    world: {dpts: {2: 300}}
    until: "08:00"
    silent: [T07]
    expect: [{at: "07:30", change: opened, rule: W02}]
"""
    [case] = cases(tests)
    assert ({"2": 300}, ("T07",), "W02") == (case.world.dpts, case.silent, case.expect[0].rule)


def test_what_judges_nothing_changes_no_version() -> None:
    """Neither tests nor words about them; an alert says what judged it, to the letter."""
    plain = rule_of(text_of())
    tested = rule_of(with_tests(FOUR))
    explained = rule_of(text_of({"rules/T03.yaml": f"{OVERDUE}unpinned: {{quiet: sama}}\n"}))
    other = rule_of(text_of({"rules/T03.yaml": f"{OVERDUE}quiet: 31m\n"}))
    assert version_of(plain) == version_of(tested) == version_of(explained) != version_of(other)
