"""Tests in rules that would hold for nothing: an `each` that is none, a log without a second."""

from typing import Final

import pytest

from streams.errors import ConfigError
from streams.rules.cases import RuleCase, log_begins
from streams.rules.reading import read_pack
from tests.support.packs import OVERDUE, rule_of, with_tests

FIRST: Final = OVERDUE.count("\n") + 2
"""Line of the first test in the file of its rule."""


def cases(tests: str) -> tuple[RuleCase, ...]:
    """Return the tests of a rule that has these."""
    return rule_of(with_tests(tests)).tests


EACH: Final = (
    "expected `each` alone, with one value for each of kurang_rawan, rawan, sangat_rawan, khusus"
)
REFUSED: Final = {
    # tests, on which of their lines it is told, and what is said
    "each of three": (
        '  - name: a\n    until: {each: ["08:00", "08:00", "08:00"]}\n    expect: []\n',
        2,
        f"until: test 'a': {EACH}",
    ),
    "each of none": (
        "  - name: a\n    until: {each: }\n    expect: []\n",
        2,
        f"until: test 'a': {EACH}",
    ),
    "each beside another word": (
        '  - name: a\n    until: {each: ["1", "2", "3", "4"], or: 5}\n    expect: []\n',
        2,
        f"until: test 'a': {EACH}",
    ),
    "each of three in an event": (
        (
            "  - name: a\n    events:\n      - {at: 07:00, status: opened}\n"
            "      - at: 07:01\n        queue: {each: [1, 2, 3]}\n"
            "    until: 08:00\n    expect: []\n"
        ),
        5,
        f"events[1].queue: test 'a': {EACH}",
    ),
    "each of five in what an event says": (
        (
            "  - name: a\n    events:\n      - at: 07:00\n        votes: {each: [1, 2, 3, 4, 5]}\n"
            "    until: 08:00\n    expect: []\n"
        ),
        4,
        f"events[0].votes: test 'a': {EACH}",
    ),
    "each in each": (
        (
            "  - name: a\n    events:\n      - queue: {each: [1, 2, 3, {each: [1, 2, 3, 4]}]}\n"
            "    until: 08:00\n    expect: []\n"
        ),
        3,
        f"events[0].queue: test 'a': {EACH}",
    ),
    "an end before the beginning": (
        '  - name: a\n    begins: "08:01"\n    until: "08:00"\n    expect: []\n',
        2,
        "begins: test 'a' begins at 08:01 and ends at 08:00; expected an end after its beginning",
    ),
    "an end before the beginning, in one class": (
        (
            '  - name: a\n    begins: "08:00"\n    expect: []\n'
            '    until: {each: ["09:00", "08:00", "07:59:59", "09:00"]}\n'
        ),
        2,
        "begins: test 'a (sangat_rawan)' begins at 08:00 and ends at 07:59:59; expected an end",
    ),
    "an end before any log begins": (
        '  - name: a\n    until: "05:59:59"\n    expect: []\n',
        2,
        "until: test 'a' begins at 06:00 and ends at 05:59:59; expected an end after its beginning",
    ),
    "an end on the evening before": (
        '  - name: a\n    events: [{at: "-1 21:00"}]\n    until: "-1 20:00"\n    expect: []\n',
        3,
        "until: test 'a' begins at -1 21:00 and ends at -1 20:00; expected an end after its begin",
    ),
}


@pytest.mark.parametrize(("tests", "line", "told"), REFUSED.values(), ids=REFUSED)
def test_a_test_that_would_hold_for_nothing_is_refused(tests: str, line: int, told: str) -> None:
    """With the line in the file of its rule, and its name."""
    with pytest.raises(ConfigError) as refused:
        read_pack(with_tests(tests))
    assert str(refused.value).startswith(f"rules/T03.yaml:{FIRST - 1 + line}: {told}")


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ("", "06:00"),
        ('events: [{at: "07:00"}]', "06:00"),
        ('events: [{at: "07:00"}, {at: "05:59:59"}]', "05:59:59"),
        ('events: [{at: "05:00", received: "05:30"}]', "05:30"),
        ('events: [{at: "-1 23:00"}, {at: "-2 23:30"}]', "-2 23:30"),
        ('events: [{at: "pagi"}, {status: opened}]', "06:00"),
        ('begins: "07:30", events: [{at: "05:00"}]', "07:30"),
    ],
)
def test_a_log_begins_with_its_first_event_at_six_at_the_latest(fields: str, begins: str) -> None:
    """Unless the test says when; what is no time is told when it is sent."""
    [case] = cases(f'  - {{name: a, until: "09:00", expect: [], {fields}}}\n')
    assert begins == log_begins(case)


def test_a_test_may_end_with_its_beginning() -> None:
    """What is due at that very second is told."""
    [case] = cases('  - {name: a, begins: "07:30", until: "07:30", expect: []}\n')
    assert ("07:30", "07:30") == (case.begins, case.until)
