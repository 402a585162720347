"""Values of a TOML text: whole numbers of 64 bits, and nothing that fails later."""

import tomllib
from typing import Final

import pytest

from streams.territory.toml_values import TomlNumberError, toml_values

LONG: Final = "9" * 5000
REFUSED: Final = {
    # what is wrong: the text; field, line and digits
    "more digits than Python reads": (f"a = 1\nb = {LONG}\n", "b", 2, 5000),
    "a negative one": (f"\n\nb = -{LONG}", "b", 3, 5000),
    "hexadecimal ones are read at any length": (f"b = 0x{'f' * 5000}\n", "b", 1, 5002),
    "octal": (f"b = 0o{'7' * 22}\n", "b", 1, 24),
    "binary": (f"b = 0b{'1' * 64}\n", "b", 1, 66),
    "one more than fits": ("b = 9223372036854775808", "b", 1, 19),
    "one less than fits": ("b = -9223372036854775809", "b", 1, 19),
    "with underscores": ("b = 9_223_372_036_854_775_808 # so many", "b", 1, 19),
    "in a list over lines": (f"b = [\n  1, # one\n  {LONG},\n]", "", 3, 5000),
    "in a table in a line": (f"b = {{c = {LONG}}}", "b", 1, 5000),
    "below the name of a table": (f"[a.b]\nc.d = {LONG}\n", "c.d", 2, 5000),
    "behind texts that look like it": (
        f'a = "{LONG}"\nb = \'{LONG}\' # {LONG}\nc = """\n{LONG}\n"""\nd = {LONG}',
        "d",
        6,
        5000,
    ),
    "behind a key that looks like it": (f"{LONG} = 1\nb = {LONG}", "b", 2, 5000),
    "behind a fraction and a date": (f"a = 1.{LONG}\nb = 2024-11-27\nc = {LONG}", "c", 3, 5000),
}


@pytest.mark.parametrize(("text", "field", "line", "digits"), REFUSED.values(), ids=REFUSED)
def test_a_number_beyond_64_bits_is_refused(text: str, field: str, line: int, digits: int) -> None:
    """With its line and field, and without the number itself."""
    with pytest.raises(TomlNumberError) as raised:
        toml_values(text)
    error = raised.value
    assert (field, line, f"a number of {digits} digits") == (error.field, error.line, error.found)
    assert f"(at line {line}, column " in str(error)
    assert len(str(error)) < len("a number and where it stands") * 5


TAKEN: Final = {
    "the largest": ("a = 9223372036854775807", 9223372036854775807),
    "the least": ("a = -9223372036854775808", -9223372036854775808),
    "the largest, as bits": (f"a = 0b{'1' * 63}", 9223372036854775807),
    "zeros in front": (f"a = 0x{'0' * 5000}1", 1),
    "a text of digits": (f'a = "{LONG}"', LONG),
    "yes": ("a = true", True),
    "a list": ("a = [1, 2]", [1, 2]),
}


@pytest.mark.parametrize(("text", "value"), TAKEN.values(), ids=TAKEN)
def test_what_fits_is_taken(text: str, value: object) -> None:
    """As the standard library reads it."""
    assert {"a": value} == toml_values(text)


@pytest.mark.parametrize("text", ["= 1", "a = 007", f"a = {'[' * 3000}{']' * 3000}"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    """In the words of the standard library, and what it can't go down into as well."""
    with pytest.raises(tomllib.TOMLDecodeError):
        toml_values(text)
