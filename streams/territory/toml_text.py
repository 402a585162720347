"""A TOML file whose keys know their lines, so that a fault can name the line.

The values come from the standard library's parser, which keeps no lines; these come from a second,
coarse reading that looks at headers of tables and at the beginnings of `key = value` only.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Final, cast

from msgspec import Struct

from streams.territory.fault import Faults, quote
from streams.territory.sheet import nearest
from streams.territory.toml_values import TomlNumberError, toml_values

__all__ = ["Document", "Table", "read_toml"]

_BYTE_ORDER_MARK: Final = "\ufeff"
_HEADER: Final = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_-]+)\s*\]{1,2}")
_KEY: Final = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
_ERROR_LINE: Final = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")

Values = Mapping[str, object]


class Table:
    """One table of a file: checked values by key, and where to note what is wrong with them."""

    def __init__(self, values: Values, lines: Mapping[str, int], faults: Faults) -> None:
        self._values = values
        self._lines = lines
        self._faults = faults

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._values

    def value(self, key: str) -> object:
        """Return the value as it stands, None if there is none."""
        return self._values.get(key)

    def error(self, key: str, expected: str) -> None:
        """Note that a value makes the folder unusable."""
        self._faults.error(self.line_of(key), key, self._shown(key), expected)

    def warning(self, key: str, expected: str) -> None:
        """Note that a person should look at a value."""
        self._faults.warning(self.line_of(key), key, self._shown(key), expected)

    def hidden(self, key: str, expected: str) -> None:
        """Note an error in a value that must not be shown."""
        found = "something else (not shown)" if self.has(key) else "nothing"
        self._faults.error(self.line_of(key), key, found, expected)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty; a missing one is `default`, or noted if that is None."""
        value = self._values.get(key, default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.error(key, "a text in quotes")
        return default or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty or twice; empty if it is not, and noted."""
        value = self._values.get(key)
        items = cast("list[object]", value) if isinstance(value, list) else []
        texts = tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
        if items and len(set(texts)) == len(items):
            return texts
        self.error(key, 'a list of different texts in quotes, as ["01", "02"]')
        return ()

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a number from `low` to `high`; a missing one is `default`, which is told."""
        if not self.has(key):
            self.warning(key, f"a number; {default} is taken")
            return default
        value = self._values[key]
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.error(key, f"a number from {low} to {high}")
        return default

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`; a missing one is `default`, which is told."""
        value = self._values.get(key, default)
        if isinstance(value, float):
            self.error(key, f"a whole number from {low} to {high}")
            return default
        return int(self.number(key, default, low, high))

    def known_keys(self, *known: str) -> None:
        """Note each key that is not one of `known`: a slip must not pass silently."""
        for key in self._values:
            if key not in known:
                expected = f"one of {', '.join(known)}{nearest(key, known)}"
                found = "an unknown key, which is not read"
                self._faults.warning(self.line_of(key), key, found, expected)

    def line_of(self, key: str) -> int:
        """Return the line of a key, of the table's header where the key is missing, else 0."""
        return self._lines.get(key, self._lines.get("", 0))

    def _shown(self, key: str) -> str:
        value = self._values.get(key)
        return quote(value) if isinstance(value, str) else quote_value(value)


class Document(Struct, frozen=True):
    """A file: its keys before the first header, and its tables by the name of their header."""

    top: Table
    tables: Mapping[str, tuple[Table, ...]]


def read_toml(text: str, arrays: tuple[str, ...], faults: Faults) -> Document | None:
    """Read a TOML file; None if it cannot be read, which is noted.

    Args:
        text: The file.
        arrays: Names of the tables that may be repeated, as `contests` in `[[contests]]`.
        faults: Where to note what is wrong.
    """
    plain = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
    try:
        values = toml_values(plain)
    except TomlNumberError as error:
        faults.error(error.line, error.field, error.found, error.expected)
        return None
    except tomllib.TOMLDecodeError as error:
        line = _ERROR_LINE.search(str(error))
        found = _ERROR_LINE.sub("", str(error)).strip()
        faults.error(int(line[1]) if line else 0, "", f"no TOML: {found}", 'lines as key = "value"')
        return None
    lines = _lines_of(plain)
    top = {key: value for key, value in values.items() if key not in arrays}
    tables = {name: _tables(name, values.get(name), lines, faults) for name in arrays}
    return Document(top=Table(top, lines["", 0], faults), tables=tables)


def quote_value(value: object) -> str:
    """Show a value that is not a text in a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case _:
            return quote(str(value)).strip("'")


def _tables(
    name: str, value: object, lines: Mapping[tuple[str, int], dict[str, int]], faults: Faults
) -> tuple[Table, ...]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    if value is not None and not (items and all(isinstance(item, dict) for item in items)):
        line = lines.get((name, 0), {}).get("") or lines["", 0].get(name, 0)
        faults.error(line, name, "another form", f"tables, each below a line [[{name}]]")
        return ()
    return tuple(
        Table(cast("dict[str, object]", item), lines.get((name, at), {}), faults)
        for at, item in enumerate(items)
    )


def _lines_of(text: str) -> dict[tuple[str, int], dict[str, int]]:
    """Find lines by (table, number of the table among its namesakes), then by key.

    The key "" is the line of the table's header.
    """
    found: dict[tuple[str, int], dict[str, int]] = {("", 0): {}}
    seen: dict[str, int] = {}
    current = found["", 0]
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            name = header[1]
            current = found.setdefault((name, seen.get(name, 0)), {"": number})
            seen[name] = seen.get(name, 0) + 1
        elif key := _KEY.match(line):
            current.setdefault(key[1], number)
    return found
