"""Patterns: which are accepted, how many ways they have, and what is said of the others."""

import re
from typing import Final

import pytest

from streams.rules.expression.pattern import COUNT_MAX, LENGTH_MAX, WAYS_MAX, pattern_of

WAYS: Final = {
    "": 1,
    "abc": 1,
    "a.c": 1,
    "[a-z][^0-9]": 1,
    "a|b|cd": 3,
    "(a|b)(c|d)": 4,
    "(?:a|b)": 2,
    "a?": 2,
    "a{3}": 1,
    "a{2,4}": 3,
    "(ab){2}": 1,
    "(a|b){0,2}": 7,
    ".{0,40}": 41,
    "^a*$": 1,
    "^a+b": 1,
    "^a{2,}b?": 2,
    "^(a|b)$": 2,
    r"\d\w\s\.\\": 1,
    r"[\d.\]-]": 1,
    "suap.{0,40}(TPS|tps|uang)": 123,
}
FINDS: Final[dict[str, tuple[list[str], list[str]]]] = {
    # pattern: texts that it finds, and texts that it does not
    "a.c": (["xabcx"], ["a\nc", "ac"]),
    "^a": (["ab"], ["ba", "b\na"]),
    "a$": (["ba"], ["ab", "a\n"]),
    "": (["", "x"], []),
    r"\d": (["x1"], ["x", "٣"]),
    r"\w": (["_"], ["é", "-"]),
    r"\s": (["\t", "\f"], ["\v", "\xa0"]),
    r"[\s\d]x": (["1x", " x"], ["ax"]),
    "[^a]": (["b", "\n"], ["a", ""]),
    "[a-c-]": (["b", "-"], ["d"]),
    "[&&a]": (["&"], ["b"]),
    "a{2,3}b": (["aab", "aaaab"], ["ab"]),
    "^a{2,}$": (["aa", "aaaaa"], ["a"]),
    "^(suap|uang)$": (["suap", "uang"], ["suap uang"]),
    r"\$1\.0": (["$1.0"], ["$1x0"]),
    "a b#c": (["a b#c"], ["abc"]),
    "é|😀": (["😀"], ["e"]),
}
REFUSED: Final = {
    "a*": "found * or + in a pattern without ^, expected a bound: .{0,40}",
    "^a*b*": "found * or + twice, expected one, and bounds for the others: .{0,40}",
    "^(ab)*": "found an unbounded group before character 7, expected a bound: {0,5}",
    "(a?){2}": "found a repetition in a repetition before character 8",
    "(a{1,2}b)?": "found a repetition in a repetition before character 11",
    "a??": "found '?' at character 3, expected no second repetition",
    "a{1,2}+": "found '+' at character 7, expected no second repetition",
    "a{1,2}{3}": "found '{' at character 7, expected no second repetition",
    "a{2,1}": "found {2,1}, expected numbers that rise and are at most 100",
    "a{0,101}": "found {0,101}, expected numbers that rise and are at most 100",
    "a{101,}": "found {101,}, expected numbers that rise and are at most 100",
    "a{,3}": "found '{' at character 2, expected numbers in {}, as {0,40}",
    "a{x": "found '{' at character 2, expected numbers in {}, as {0,40}",
    "*a": r"found '*' at character 1, expected \* for the character itself",
    "a|+": r"found '+' at character 3, expected \+ for the character itself",
    "]": r"found ']' at character 1, expected \] for the character itself",
    "a^": r"found '^' at character 2, expected \^ for the character itself",
    "a$b": "found 'b' at character 3, expected the end of the pattern",
    "a)": "found ')' at character 2, expected the end of the pattern",
    "(a": "found the end at character 3, expected )",
    "(a$)": "found '$' at character 3, expected )",
    "^a|b": "found ^ or $ beside |, expected parentheses: ^(a|b)$",
    "a|b$": "found ^ or $ beside |, expected parentheses: ^(a|b)$",
    "(?=a)": (
        "found '?' at character 2, expected a plain group; look-around, names and flags are refused"
    ),
    "(?i)a": (
        "found '?' at character 2, expected a plain group; look-around, names and flags are refused"
    ),
    r"(a)\1": r"found '\\' at character 4, expected one of \d \w \s \n \t, or \ before a sign",
    r"\bsuap": r"found '\\' at character 1, expected one of \d \w \s \n \t, or \ before a sign",
    "a\\": r"found '\\' at character 2, expected one of \d \w \s \n \t, or \ before a sign",
    "[a": r"found the end at character 3, expected ] at the end of a class; "
    r"\[ for the character itself",
    "[[:alpha:]]": r"found '[' at character 2, expected ] at the end of a class; "
    r"\[ for the character itself",
    "[]a]": "found ']' at character 2, expected a character in []",
    "[z-a]": "found ']' at character 5, expected a range that rises, as a-z",
    r"[\d-z]": "found ']' at character 6, expected a range that rises, as a-z",
    "(a|b){0,8}": (
        "found 511 ways to match from one place, expected at most 250; "
        "take choices or repetitions away"
    ),
    "a" * (LENGTH_MAX + 1): "found 201 characters, expected at most 200",
}


@pytest.mark.parametrize(("text", "expected"), WAYS.items())
def test_ways_are_counted(text: str, expected: int) -> None:
    """As the table on top of the module says."""
    assert expected == pattern_of(text).ways


@pytest.mark.parametrize(("text", "expected"), FINDS.items())
def test_what_a_pattern_finds(text: str, expected: tuple[list[str], list[str]]) -> None:
    """Somewhere in a text, as RE2 does."""
    pattern = re.compile(pattern_of(text).python)
    found, missed = expected
    assert [] == [one for one in found if not pattern.search(one)]
    assert [] == [one for one in missed if pattern.search(one)]


@pytest.mark.parametrize(("text", "told"), REFUSED.items())
def test_what_could_take_long_is_refused(text: str, told: str) -> None:
    """With what was found, where, and what to write."""
    with pytest.raises(ValueError, match=r"^found ") as refused:
        pattern_of(text)
    assert told == str(refused.value)


def test_the_bounds_are_those_that_are_told() -> None:
    """In the module's text and in the messages above."""
    assert (250, 200, 100) == (WAYS_MAX, LENGTH_MAX, COUNT_MAX)
