"""Calls: what each takes, and what is said when it is given something else."""

from typing import Final

import pytest

from streams.rules.expression.static_types import DOUBLE, DURATION, INT, STRING, TIMESTAMP, Type
from tests.unit.rules.expression.asking import AT, refusal_of, value_of

VALUES: Final[tuple[tuple[str, Type, object], ...]] = (
    ("size(s)", INT, 11),
    ("'h\\u00e9😀'.size()", INT, 3),
    ("size(numbers)", INT, 3),
    ("count.votes.size()", INT, 2),
    ("size([])", INT, 0),
    ("int(1.9)", INT, 1),
    ("int(-1.9)", INT, -1),
    ("int(n)", INT, 7),
    ("double(n)", DOUBLE, 7.0),
    ("double(x)", DOUBLE, 1.5),
    ("string(n)", STRING, "7"),
    ("string(flag)", STRING, "true"),
    ("string(!flag)", STRING, "false"),
    ("string(s)", STRING, "suap di TPS"),
    ("string(event.kind)", STRING, "heartbeat"),
    ("duration('1h30m')", DURATION, 5_400_000),
    (f"timestamp('{AT}')", TIMESTAMP, 1_732_665_600_000),
)
CONDITIONS: Final = {
    "s.startsWith('suap')": True,
    "s.startsWith('uap')": False,
    "s.endsWith('TPS')": True,
    "s.endsWith('tps')": False,
    "s.contains('di')": True,
    "s.contains('')": True,
    "s.contains('da')": False,
    "event.kind.startsWith('heart')": True,
    r"s.matches('^suap.{0,20}(TPS|tps)$')": True,
    r"s.matches('[0-9]')": False,
    "has(event.queue)": True,
    "has(event.voters)": False,
    "has(event.reason)": False,
    "has(event.kind)": True,
    "has(count.source.camp)": True,
    "numbers.all(v, v > 0)": True,
    "numbers.all(v, v > 1)": False,
    "[].all(v, false)": True,
    "numbers.exists(v, v == 3)": True,
    "numbers.exists(v, v == 4)": False,
    "[].exists(v, true)": False,
    "numbers.exists_one(v, v > 2)": True,
    "numbers.exists_one(v, v > 1)": False,
    "numbers.exists_one(v, v > 3)": False,
    "count.votes.all(k, k.size() == 2)": True,
    "count.votes.exists(k, count.votes[k] > 400)": True,
    "numbers.all(v, words.exists(w, size(w) < v || v == 1))": True,
    "numbers.all(v, v > 0) && numbers.exists(v, v > 2)": True,
}
REFUSED: Final = {
    "sizee(s) == 1": "1: found sizee(), expected a function; did you mean size?",
    "s.lower() == s": (
        "1: found .lower(), expected a function; expected one of .all, .contains, .endsWith, "
        ".exists, .exists_one, .matches, .size, .startsWith"
    ),
    "size() == 1": "1: found 0 arguments of size(), expected 1",
    "s.size(s) == 1": "1: found 1 arguments of .size(), expected 0",
    "numbers.all(v)": "1: found 1 arguments of .all(), expected 2",
    "size(n) == 1": "1: found size(int), expected a string, a list or a map",
    "s.startsWith(n)": "1: found startsWith(string, int), expected two strings",
    "int(s) == 1": "1: found int(string), expected int or double",
    "double(flag) == 1.0": "1: found double(bool), expected double or int",
    "string(x) == s": "1: found string(double), expected string or int or bool",
    "string(now) == s": "1: found string(timestamp), expected string or int or bool",
    "has(event)": "5: found no field in has(), expected one: has(event.queue)",
    "has(count.votes['01'])": "5: found no field in has(), expected one: has(event.queue)",
    "has(event.quue)": "11: found quue, expected a field of event; did you mean queue?",
    "duration(s) > since": "10: found no literal in duration(), expected a text in quotes",
    "duration('90') > since": ('10: found "90", expected numbers with units h, m, s, ms: "1h30m"'),
    "timestamp(n) > now": "11: found no literal in timestamp(), expected a text in quotes",
    "timestamp('07:00') > now": (
        '11: found "07:00", expected RFC 3339 with an offset: "2024-11-27T07:00:00+07:00"'
    ),
    "n.matches('a')": "1: found int.matches(), expected a string",
    "s.matches(s)": "11: found a pattern that is no literal, expected a text in quotes",
    "s.matches(1)": "11: found a pattern that is no literal, expected a text in quotes",
    "s.matches('a*')": (
        "11: pattern: found * or + in a pattern without ^, expected a bound: .{0,40}"
    ),
    "n.all(v, true)": "1: found int.all(), expected a list or a map",
    "numbers.all(v, v)": "16: found int in .all(), expected bool",
    "numbers.all(v.w, true)": (
        "13: found no name in front of the comma of .all(), expected a new one"
    ),
    "numbers.all(n, true)": "13: found n, which is a variable already; expected a new name",
    "numbers.all(u, numbers.all(v, numbers.all(w, true)))": (
        "31: found .all() in 2 macros, expected at most 2 in one another"
    ),
    "numbers.all(v, numbers.all(v, true))": (
        "28: found v, which is a variable already; expected a new name"
    ),
    "numbers.all(v, true) && v == 1": (
        "25: found v, expected a variable; expected one of count, doubles, event, flag, m, n, "
        "now, numbers, report, s, since, words, x"
    ),
}


@pytest.mark.parametrize(("text", "kind", "expected"), VALUES)
def test_functions(text: str, kind: Type, expected: object) -> None:
    """Of each form that it takes, the value and its type in Python."""
    found = value_of(text, kind)
    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize(("text", "expected"), CONDITIONS.items())
def test_conditions(text: str, expected: bool) -> None:  # noqa: FBT001  # A row of a table.
    """Searches, macros and `has`, both ways."""
    assert expected is value_of(text)


@pytest.mark.parametrize(("text", "told"), REFUSED.items())
def test_what_a_call_does_not_take_is_refused(text: str, told: str) -> None:
    """With the place, what was found and what was expected."""
    assert f"line 1, column {told}" == refusal_of(text)
