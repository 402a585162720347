"""What is known of one alert: how it stands, its changes, what it has absorbed, when it opened."""

from collections.abc import Iterable
from heapq import heappop, heappush
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from streams.domain.ids import area_kind
from streams.domain.times import MINUTE_MS, EpochMs
from streams.room.sight import Shade
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument, TransitionDocument
from streams.wire.time import moment_of

__all__ = ["Life", "Opened", "Read", "read_alert"]

_LATELY_MS: Final = 10 * MINUTE_MS
_LINES_MAX: Final = 100


_decode: Final = msgspec.json.Decoder(AlertDocument).decode


class Read(NamedTuple):
    """The document of an alert, and what follows from it."""

    document: AlertDocument
    shade: Shade
    opened_at: EpochMs
    updated_at: EpochMs


def read_alert(value: bytes, key: str) -> Read:
    """Read the document of an alert.

    Raises:
        ValueError: It is none, or of another key, or of no place.
    """
    document = _decode(value)
    place = place_of(document)
    if document.id != key:
        raise ValueError(f"its id is {document.id}, and its key {key}")
    if area_kind(place) is None:
        raise ValueError(f"it is of no place: {document.scope.code}")
    return Read(
        document,
        Shade(place, document.restricted_to),
        moment_of(document.opened_at),
        moment_of(document.updated_at),
    )


class Opened:
    """When alerts opened."""

    def __init__(self) -> None:
        """Begin without any."""
        self._heap: list[tuple[EpochMs, str]] = []

    def add(self, at: EpochMs, alert: str) -> None:
        """Take down when one opened."""
        heappush(self._heap, (at, alert))

    def forget(self, now: EpochMs) -> None:
        """Let go of those that opened long before a moment of the day."""
        while self._heap and self._heap[0][0] <= now - 2 * _LATELY_MS:
            heappop(self._heap)

    def lately(self, now: EpochMs) -> Iterable[str]:
        """Return those that opened in the ten minutes before a moment of the day."""
        return (one for at, one in self._heap if now - _LATELY_MS < at <= now)


class Life(Struct):
    """The changes of an alert, and the open alerts that it has absorbed."""

    lines: list[TransitionDocument] = field(default_factory=list[TransitionDocument])
    """The last hundred, the oldest first."""
    _roles: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Of each alert that it has absorbed: who may know of it."""
    _counts: dict[tuple[str, ...], int] = field(default_factory=dict[tuple[str, ...], int])

    def add_line(self, line: TransitionDocument) -> None:
        """Take in a change; it may come twice."""
        if all(line.revision != one.revision for one in self.lines):
            self.lines.append(line)
            del self.lines[:-_LINES_MAX]

    def absorb(self, child: str, roles: tuple[str, ...]) -> None:
        """Hold an open alert that it has absorbed, and who may know of it."""
        self.lose(child)
        self._roles[child] = roles
        self._counts[roles] = self._counts.get(roles, 0) + 1

    def lose(self, child: str) -> None:
        """Let go of an alert, if it has absorbed it."""
        roles = self._roles.pop(child, None)
        if roles is not None:
            self._counts[roles] -= 1

    def children(self) -> Iterable[str]:
        """Return all that it has absorbed."""
        return tuple(self._roles)

    def absorbed(self, roles: tuple[str, ...]) -> int:
        """Return how many it has absorbed that whoever knows of it may know of.

        Args:
            roles: Who may know of it; none: everybody.
        """
        return sum(self._counts.get(one, 0) for one in {(), roles})
