"""A table of frozen rows that knows which of them have changed.

Rows are kept in memory by a tuple of texts and saved under the bytes of that tuple. A row is
replaced, never changed in place, so whoever holds one holds what was true then.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

__all__ = ["Key", "Table"]

Key = tuple[str, ...]
Row = TypeVar("Row", bound=Struct)

_SEPARATOR = "\x1f"
_ESCAPE = "\x1e"
"""What strangers write may have a separator in it: their ids are part of keys."""


class Table(Generic[Row]):
    """Rows of one kind; `name` is the first part of their saved keys."""

    def __init__(self, name: str, kind: type[Row]) -> None:
        """Make an empty table of rows of `kind`."""
        self.kind = kind
        self._prefix = (name + _SEPARATOR).encode()
        self._rows: dict[Key, Row] = {}
        self._changed: set[Key] = set()
        self._news: dict[Key, None] | None = None
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def get(self, key: Key) -> Row | None:
        """Return a row, or None."""
        return self._rows.get(key)

    def put(self, key: Key, row: Row) -> None:
        """Set a row."""
        self._rows[key] = row
        self._changed.add(key)
        if self._news is not None:
            self._news[key] = None

    def delete(self, key: Key) -> None:
        """Remove a row, if it is there."""
        if self._rows.pop(key, None) is not None:
            self._changed.add(key)
            if self._news is not None:
                self._news[key] = None

    def items(self) -> Iterator[tuple[Key, Row]]:
        """Walk through all rows in the order in which they came."""
        return iter(self._rows.items())

    def watch(self) -> None:
        """Keep which rows change, for the one who asks for `take_news`; at first all are news."""
        self._news = dict.fromkeys(self._rows)

    def take_news(self) -> Iterator[Key]:
        """Return the keys that changed since the last call, each once, in order; first `watch`."""
        assert self._news is not None, "nobody watches this table"
        news, self._news = self._news, {}
        return iter(news)

    def take_changes(self) -> dict[bytes, bytes | None]:
        """Return what changed since the last call, as it is saved; None for a removed row."""
        rows = {
            self._name(key): self._encode(self._rows[key]) if key in self._rows else None
            for key in sorted(self._changed)
        }
        self._changed.clear()
        return rows

    def load(self, key: bytes, row: bytes) -> bool:
        """Take on a saved row, if it is of this table."""
        if not key.startswith(self._prefix):
            return False
        parts = key[len(self._prefix) :].decode().split(_SEPARATOR)
        self._rows[tuple(map(_unescaped, parts))] = self._decode(row)
        return True

    def _name(self, key: Key) -> bytes:
        return self._prefix + _SEPARATOR.join(map(_escaped, key)).encode()


def _escaped(part: str) -> str:
    return part.replace(_ESCAPE, f"{_ESCAPE}e").replace(_SEPARATOR, f"{_ESCAPE}s")


def _unescaped(part: str) -> str:
    return part.replace(f"{_ESCAPE}s", _SEPARATOR).replace(f"{_ESCAPE}e", _ESCAPE)
