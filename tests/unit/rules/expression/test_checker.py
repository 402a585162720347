"""Typing: what is refused, where, and with which words."""

from typing import Final

import pytest

from streams.domain.events import StatusKind
from streams.rules.expression.static_types import BOOL, DURATION, INT, STRING, Type
from tests.unit.rules.expression.asking import compiled_as, refusal_of

KINDS: Final = ", ".join(sorted(StatusKind))
REFUSED: Final = {
    # Names and fields.
    "evnt.kind == 'opened'": "1, column 1: found evnt, expected a variable; did you mean event?",
    "event.quue > 4": "1, column 7: found quue, expected a field of event; did you mean queue?",
    "event.source.zzz == ''": (
        "1, column 14: found zzz, expected a field of event.source; "
        "expected one of camp, channel, for, id, role"
    ),
    "n.a == 1": "1, column 3: found .a of int, expected a record",
    "'01' in count.votes && count.votes.x == 1": (
        '1, column 36: found .x of map(string, int), expected an index: ["x"]'
    ),
    # Numbers do not mix.
    "n + x > 1.0": (
        "1, column 1: found int + double, expected one kind of number; "
        "write double(...) around the int"
    ),
    "x < 1": (
        "1, column 1: found double < int, expected one kind of number; "
        "write double(...) around the int"
    ),
    "n == 's'": "1, column 1: found int == string, expected two that go together",
    "x % 2.0 == 0.0": "1, column 1: found double % double, which does not exist",
    "s - s == ''": "1, column 1: found string - string, which does not exist",
    "numbers + numbers == []": "1, column 1: found list(int) + list(int), which does not exist",
    "now + now > now": "1, column 1: found timestamp + timestamp, which does not exist",
    "since - now > since": (
        "1, column 1: found duration - timestamp, expected two that go together"
    ),
    "now > 5": "1, column 1: found timestamp > int, expected two that go together",
    "since * 2 > since": "1, column 1: found duration * int, expected two that go together",
    "-s == s": "1, column 1: found -string, expected int or double",
    "-since < since": "1, column 1: found -duration, expected int or double",
    # Conditions.
    "!n": "1, column 1: found !int, expected bool",
    "flag && n": "1, column 9: found int beside &&, expected bool",
    "n || flag": "1, column 1: found int beside ||, expected bool",
    "n ? flag : flag": "1, column 1: found int before ?, expected bool",
    "flag ? n : s": "1, column 1: found int and string around :, expected one type",
    "1 < n < 3": "1, column 1: found bool < int, expected two that go together",
    # What has no order, and what cannot be compared at all.
    "flag < true": "1, column 1: found bool <, expected numbers, text or times",
    "numbers < numbers": "1, column 1: found list(int) <, expected numbers, text or times",
    "event == event": "1, column 1: found event ==, expected a value or a list",
    "count.votes != count.votes": (
        "1, column 1: found map(string, int) !=, expected a value or a list"
    ),
    "event.kind < 'opened'": (
        "1, column 1: found StatusKind <, but its words have no order; expected == or in"
    ),
    # Words.
    "event.kind == 'hartbeat'": (
        '1, column 15: found "hartbeat", which is no StatusKind; did you mean heartbeat?'
    ),
    "'zzz' != event.kind": (
        f'1, column 1: found "zzz", which is no StatusKind; expected one of {KINDS}'
    ),
    "event.kind in ['opened', 'closde']": (
        '1, column 15: found "closde", which is no StatusKind; did you mean closed?'
    ),
    "'closde' in [event.kind]": (
        '1, column 1: found "closde", which is no StatusKind; did you mean closed?'
    ),
    "event.kind == (flag ? 'opened' : 'shut')": (
        f'1, column 16: found "shut", which is no StatusKind; expected one of {KINDS}'
    ),
    "[event.kind] == ['closd']": (
        '1, column 17: found "closd", which is no StatusKind; did you mean closed?'
    ),
    # Lists, indexes, `in`.
    "[1, 's'] == []": "1, column 5: found string in a list of int, expected items of one type",
    "numbers['a'] == 1": "1, column 9: found [string] of a list, expected int",
    "'01' in count.votes && count.votes[n] == 1": (
        "1, column 36: found [int] of a map, expected string"
    ),
    "n[0] == 1": "1, column 1: found [...] of int, expected a list or a map",
    "s in numbers": (
        "1, column 1: found string in list(int), expected an item as the list has them"
    ),
    "n in count.votes": "1, column 1: found int in map(string, int), expected a string",
    "n in s": "1, column 6: found in string, expected a list or a map",
    "report in [report]": (
        "1, column 1: found report in list(report), expected an item as the list has them"
    ),
    # The whole.
    "n": "1, column 1: found int, expected bool",
}
GUARD: Final = "may be missing: write"
UNGUARDED: Final = (
    "event.queue > 3",
    "event.queue > 3 && has(event.queue)",
    "has(event.queue) || event.queue > 3",
    "!has(event.queue) && event.queue > 3",
    "has(event.voters) && event.queue > 3",
    "has(event.queue) ? flag : event.queue > 3",
    "(has(event.queue) && flag) || event.queue > 3",
    "(has(event.queue) || flag) && event.queue > 3",
    "(has(event.queue) == true) && event.queue > 3",
    "(n / m > 1 ? has(event.queue) : false) && event.queue > 3",
    "[1].all(v, has(event.queue)) && event.queue > 3",
    "has(report.place.tps)",
    "has(report.place) && report.place.tps == s",
    "event.source.camp == '01'",
    "(flag ? event : event).queue > 3",
)
GUARDED: Final = (
    "has(event.queue) && event.queue > 3",
    "has(event.queue) && flag && event.queue > 3",
    "flag && has(event.queue) && (flag || event.queue > 3)",
    "(has(event.queue) && flag) && event.queue > 3",
    "!has(event.queue) || event.queue > 3",
    "!(has(event.queue) && flag) || event.queue > 3",
    "flag || !has(event.queue) || event.queue > 3",
    "!(!has(event.queue)) && event.queue > 3",
    "has(event.queue) ? event.queue > 3 : flag",
    "!has(event.queue) ? flag : event.queue > 3",
    "(has(event.queue) ? flag : false) && event.queue > 3",
    "(flag ? has(event.queue) : has(event.queue)) && event.queue > 3",
    "(has(event.queue) || has(event.queue)) && event.queue > 3",
    "has(event.queue) && n / m > 1 && event.queue > 3",
    "n / m > 1 && has(event.queue) && event.queue > 3",
    "has(event.queue) && numbers.all(v, v < event.queue)",
    "has((event).queue) && (event . queue) > 3",
    "has(report.place) && has(report.place.tps) && report.place.tps == s",
    "report.evidence.all(e, has(e.uri) && e.uri == s || e.kind == 'photo')",
    "size(report.evidence) > 0 && has(report.evidence[0].uri) && report.evidence[0].uri == s",
    "false && event.queue > 3",
    "true || event.queue > 3",
)
UNGUARDED_KEYS: Final = {
    'count.votes["01"] > 1': (
        '1, column 1: count.votes["01"] may be missing: write "01" in count.votes && ... in front'
    ),
    '"02" in count.votes && count.votes["01"] > 1': (
        '1, column 24: count.votes["01"] may be missing: write "01" in count.votes && ... in front'
    ),
    "words.all(w, count.votes[w] > 1)": (
        "1, column 14: count.votes[w] may be missing: write w in count.votes && ... in front"
    ),
    '"01" in count.votes && count.votes["0" + "1"] > 1': (
        "1, column 24: count.votes[...] may be missing: write a key in count.votes && ... in front"
    ),
}
GUARDED_KEYS: Final = (
    '"01" in count.votes && count.votes["01"] > 1',
    "'01' in count.votes && count.votes[\"01\"] > 1",
    '!("01" in count.votes) || count.votes["01"] > 1',
    "count.votes.all(k, count.votes[k] > 1)",
    "words.all(w, w in count.votes && count.votes[w] > 1)",
    "count.contest in count.votes && count.votes[count.contest] > 1",
)


@pytest.mark.parametrize(("text", "told"), REFUSED.items())
def test_what_means_nothing_is_refused(text: str, told: str) -> None:
    """With the place, what was found and what was expected."""
    assert f"line {told}" == refusal_of(text)


@pytest.mark.parametrize("text", UNGUARDED)
def test_what_may_be_missing_is_not_read(text: str) -> None:
    """Unless a condition in front has made sure of it, however that came out."""
    assert GUARD in refusal_of(text)


@pytest.mark.parametrize("text", GUARDED)
def test_what_is_known_to_be_there_is_read(text: str) -> None:
    """A guard counts through conjunction, negation and the ternary."""
    assert BOOL == compiled_as(text).type


def test_a_missing_guard_is_spelt_out() -> None:
    """So that it can be copied."""
    told = "event.queue may be missing: write has(event.queue) && ... in front"
    assert f"line 1, column 9: {told}" == refusal_of("flag && event.queue > 3")


@pytest.mark.parametrize(("text", "told"), UNGUARDED_KEYS.items())
def test_a_key_that_may_be_missing_is_not_read(text: str, told: str) -> None:
    """The guard of a key is `in`."""
    assert f"line {told}" == refusal_of(text)


@pytest.mark.parametrize("text", GUARDED_KEYS)
def test_a_key_that_is_known_is_read(text: str) -> None:
    """By `in`, or because a macro goes over the keys of that map."""
    assert BOOL == compiled_as(text).type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n + 1", INT),
        ("now - now", DURATION),
        ("s + event.id", STRING),
        ("event.kind in ['opened'] ? event.id : s", STRING),
        ("event.source.role == event.source.role ? 1 : 2", INT),
    ],
)
def test_an_expression_has_the_type_that_is_asked_for(text: str, expected: Type) -> None:
    """Not only conditions can be written."""
    assert expected == compiled_as(text, expected).type


def test_two_enumerations_are_compared_by_their_words() -> None:
    """Where one has words that the other has not, they are not of one kind."""
    told = "found StatusKind beside Role, expected words of one enumeration"
    assert f"line 1, column 15: {told}" == refusal_of("event.kind == event.source.role")
