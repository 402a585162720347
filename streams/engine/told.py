"""Lines that were told already: read back at takeover, so that a replay does not repeat them.

A line is identified for good by the journal record that caused it and by which line of that record
it is: (offset, n). Both stand in its headers.
"""

from streams.engine.ports import Headers

__all__ = ["Told", "line_identity"]


def line_identity(headers: Headers) -> tuple[int, int]:
    """Return (journal offset, n) of a line."""
    words = dict(headers)
    offset, n = words["offset"], words["n"]
    assert offset is not None, "a line has the offset of its journal record"
    assert n is not None, "a line has its number among the lines of that record"
    return int(offset), int(n)


class Told:
    """The lines of one journal partition that are in their topics, and not yet replayed."""

    def __init__(self) -> None:
        self._lines: set[tuple[int, int]] = set()
        self._last = -1

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, offset: int, n: int) -> None:
        """Note that line `n` of journal record `offset` is in its topic."""
        self._lines.add((offset, n))
        self._last = max(self._last, offset)

    def has(self, headers: Headers) -> bool:
        """Say whether the line with these headers must not be told again."""
        return bool(self._lines) and line_identity(headers) in self._lines

    def pass_by(self, offset: int) -> None:
        """Note that journal record `offset` was replayed: behind the last line none is left."""
        if self._lines and offset >= self._last:
            self._lines.clear()
