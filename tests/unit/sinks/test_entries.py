"""Entries of a settings file: of a type that is known, with fields that are known."""

import pytest

from streams.errors import ConfigError
from streams.sinks.channel_settings import FileSettings, StdoutSettings
from streams.sinks.entries import as_table, check_known, read_entry

TYPES = (StdoutSettings, FileSettings)


def test_an_entry_is_of_the_type_that_it_names() -> None:
    """And of no other."""
    assert StdoutSettings(drill=True) == read_entry("x", {"type": "stdout", "drill": True}, TYPES)
    assert FileSettings(path="p") == read_entry("x", {"type": "file", "path": "p"}, TYPES)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (7, "x: expected a table"),
        ({}, "x.type: expected one of file, stdout"),
        ({"type": 7}, "x.type: expected one of file, stdout"),
        ({"type": "fil"}, "x.type: 'fil' is not known here; did you mean file?"),
        ({"type": "radio"}, "x.type: 'radio' is not known here; known are file, stdout"),
        (
            {"type": "file", "pth": "p"},
            "x.pth: 'pth' is not known here; did you mean path?",
        ),
        ({"type": "file"}, "x: Object missing required field `path`"),
        ({"type": "stdout", "at_once": 0}, "x: Expected `int` >= 1 - at `$.at_once`"),
        (
            {"type": "stdout", "calls": [{"count": 1, "within": 2}]},
            "x: Object contains unknown field `within` - at `$.calls[0]`",
        ),
    ],
)
def test_what_is_none_is_refused(entry: object, expected: str) -> None:
    """The message names where it is and what was expected."""
    with pytest.raises(ConfigError) as raised:
        read_entry("x", entry, TYPES)
    assert expected == str(raised.value)


def test_a_word_that_is_known_is_no_fault() -> None:
    """And a table is what it is."""
    check_known("x", "a", ("a", "b"))
    table = {"a": 1}
    assert table is as_table("x", table)
