"""What was made for somebody, held for all who are to get the same: only so many bytes of it.

What was asked for least lately goes first. So whoever asks for much that nobody else looks at takes
no more memory than anybody, and it is made anew for who comes again.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, NamedTuple, TypeVar

from streams.room.kinds import Kind

__all__ = ["Made", "MadeOnce", "Restricted"]

_EACH: Final = 1_024
"""Bytes that one takes besides its body."""
_KeyT = TypeVar("_KeyT", bound=Hashable)
Restricted = frozenset[tuple[Kind, str]]
"""Rows that only some roles may see."""


class Made(NamedTuple):
    """Something to be sent, and what of it only some roles may see."""

    body: bytes = b""
    """Empty: there is nothing to send."""
    restricted: Restricted = frozenset()


class MadeOnce(Generic[_KeyT]):
    """What was made, by what it was made for."""

    def __init__(self, most: int) -> None:
        """Begin empty; `most` is how many bytes are held, but for the newest, however long."""
        self._most = most
        self._held = OrderedDict[_KeyT, Made]()
        self._size = 0

    def get(self, key: _KeyT) -> Made | None:
        """Return what is held; None: it has to be made."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: _KeyT, made: Made) -> Made:
        """Hold something that was not held, and return it."""
        self._held[key] = made
        self._size += _weight(made)
        while self._size > self._most and len(self._held) > 1:
            _, oldest = self._held.popitem(last=False)
            self._size -= _weight(oldest)
        return made

    def clear(self) -> None:
        """Hold nothing any more."""
        self._held.clear()
        self._size = 0


def _weight(made: Made) -> int:
    return len(made.body) + _EACH
