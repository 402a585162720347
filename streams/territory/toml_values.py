"""The values of a TOML text, with every whole number in it one of 64 bits.

That is what TOML asks of a reader. The standard library's takes more: a number of some thousand
digits it refuses without saying where, and a longer hexadecimal one it takes, so that whoever
writes it into a message fails. Both are refused here as any other slip, with line and field.
"""

import re
import tomllib
from typing import Final, cast

__all__ = ["TomlNumberError", "toml_values"]

_MIN: Final = -(1 << 63)
_MAX: Final = (1 << 63) - 1
_LENGTH_MAX: Final = 66
"""Characters of the longest number that may fit, which is a binary one."""
_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|(?<![\w.+-])(?P<number>[+-]?(?:0[xob][0-9A-Fa-f_]+|[0-9][0-9_]*))(?=\s*(?:[],}#\n]|\Z))",
    re.DOTALL,
)
"""Texts and comments are passed over whole: what looks like a number in them is none."""
_KEY: Final = re.compile(r"\s*([\w.\"'-]+)\s*=")
_PREFIXES: Final = ("0x", "0o", "0b")


class TomlNumberError(tomllib.TOMLDecodeError):
    """A whole number is beyond 64 bits."""

    def __init__(self, field: str, line: int, column: int, digits: int) -> None:
        """Stand for a number of so many digits; line 0: nobody knows where."""
        self.field = field
        """Its key; empty: it stands on a line of its own."""
        self.line = line
        self.found = f"a number of {digits} digits" if digits else "a number beyond 64 bits"
        self.expected = "a whole number of 64 bits"
        where = f" (at line {line}, column {column})" if line else ""
        told = f"found {self.found}, expected {self.expected}{where}"
        super().__init__(f"{field}: {told}" if field else told)


def toml_values(text: str) -> dict[str, object]:
    """Return what a TOML text says.

    Raises:
        tomllib.TOMLDecodeError: It is no TOML, a number in it is too large, or it is nested too
            deeply to be read.
    """
    try:
        values: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise tomllib.TOMLDecodeError("found values nested too deeply") from None
    except ValueError:
        # The one other thing that it raises: a number that Python does not read.
        raise _of_number(text) from None
    if _is_beyond(values):
        raise _of_number(text)
    return values


def _is_beyond(value: object) -> bool:
    match value:
        case dict():
            return any(map(_is_beyond, cast("dict[str, object]", value).values()))
        case list():
            return any(map(_is_beyond, cast("list[object]", value)))
        case int():
            return not _MIN <= value <= _MAX
        case _:
            return False


def _of_number(text: str) -> TomlNumberError:
    """Find the first number that is too large, and say where it stands."""
    for token in _TOKEN.finditer(text):
        number = token["number"]
        if number is None or not _is_large(number.replace("_", "")):
            continue
        begins = text.rfind("\n", 0, token.start()) + 1
        key = _KEY.match(text, begins, token.start())
        line = text.count("\n", 0, begins) + 1
        digits = len(number.replace("_", "").lstrip("+-"))
        return TomlNumberError(key[1] if key else "", line, token.start() - begins + 1, digits)
    return TomlNumberError("", 0, 0, 0)


def _is_large(number: str) -> bool:
    if len(number) > _LENGTH_MAX:
        return True
    return not _MIN <= int(number, 0 if number.startswith(_PREFIXES) else 10) <= _MAX
