"""The picture as the room holds it: areas as documents, and TPS as the bytes that came.

There are few areas and they are asked all the time; of TPS there may be half a million, of which
somebody looks at those of one kabupaten. What only says that the clocks of a kabupaten have moved
is told apart, so that a screen that shows the country is not sent all of it each second.

A key that names an election beside the code (`36.04@…#drill-1`) is of a drill, or of a second
election of the same place. Every row that goes out has its key, so that no two are taken for one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from streams.domain.ids import area_kind, kabupaten_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import AreaKind
from streams.room.arrived import Arrived
from streams.room.kinds import Kind
from streams.room.sight import Shade
from streams.wire.picture import AreaPicture, TpsPicture, decode
from streams.wire.time import moment_of

__all__ = ["Clocks", "Pictures", "Together", "code_of", "election_of"]

_ELECTION: Final = "@"
_STILL_MS: Final = MINUTE_MS
"""A worker tells each kabupaten every second; the page's `LAG_MS_MAX` is the same."""
_encode: Final = msgspec.json.Encoder().encode


class Clocks(NamedTuple):
    """The two clocks of a kabupaten, and the broker's."""

    now: EpochMs
    heard: EpochMs | None
    moved_at: EpochMs
    """When the broker had its newest record; 0: it keeps no times."""


class Together(NamedTuple):
    """The clocks of several kabupaten as one."""

    now: EpochMs | None
    """The oldest; None: none has told it."""
    heard: EpochMs | None
    """The oldest; None: none has told it."""
    moved: tuple[tuple[EpochMs, str], ...]
    """When each has moved, and its code: the longest ago first."""

    @classmethod
    def of(cls, clocks: Iterable[tuple[str, Clocks]]) -> Self:
        """Put the clocks of these together."""
        found = tuple(clocks)
        return cls(
            min((one.now for _, one in found), default=None),
            min((one.heard for _, one in found if one.heard is not None), default=None),
            tuple(sorted((one.moved_at, code) for code, one in found if one.moved_at > 0)),
        )

    @property
    def moved_at(self) -> EpochMs | None:
        """When one of them has moved last; None: it is not known."""
        return self.moved[-1][0] if self.moved else None

    def still(self, server_ms: EpochMs) -> tuple[tuple[str, EpochMs], ...]:
        """Return those that stand still while others move, and since when: the longest first."""
        count = bisect_left(self.moved, (server_ms - _STILL_MS, ""))
        if count == len(self.moved):
            return ()
        return tuple((code, moved_at) for moved_at, code in self.moved[:count])


class Pictures:
    """How areas and TPS stand, by the keys of the topic."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.areas: dict[str, AreaPicture] = {}
        self.bytes_of: dict[str, bytes] = {}
        """Of areas and TPS, as they came."""
        self.tps_of: dict[str, dict[str, None]] = {}
        """Keys of the TPS of a kabupaten, in the order in which they were first heard of."""
        self.areas_of: dict[str, dict[str, None]] = {}
        """Keys of the areas below a kabupaten."""
        self.whole: dict[str, dict[str, None]] = {}
        """Keys of a kabupaten: the code, and one more for each other election that has it."""
        self.clocks: dict[str, Clocks] = {}
        """Of each kabupaten: by the record of its code, which comes each second; no drill's."""

    def apply(self, key: str, arrived: Arrived) -> Iterator[tuple[Kind, str, Shade | None]]:
        """Take in a record; yield what changed, with who saw it before."""
        code = code_of(key)
        kind = area_kind(code)
        if kind is None:
            return
        before = self.shade(key)
        if arrived.value is None:
            self._remove(key, code)
            told = Kind.TPS if kind is AreaKind.TPS else Kind.AREAS
        else:
            told = self._take(key, arrived.value, arrived.timestamp)
        yield told, key, before

    def tps(self, key: str) -> TpsPicture | None:
        """Return how a TPS stands; None: nothing is known of it."""
        value = self.bytes_of.get(key)
        found = None if value is None else decode(value)
        return found if isinstance(found, TpsPicture) else None

    def shade(self, key: str) -> Shade | None:
        """Return what decides who sees a document; None: there is none."""
        return Shade(code_of(key)) if key in self.bytes_of else None

    def row(self, key: str) -> bytes:
        """Return a document, which must be there, with its key before everything else."""
        value = self.bytes_of[key]
        return b'{"key":%b,%b' % (_encode(key), value[value.index(b"{") + 1 :])

    @property
    def oldest_now(self) -> EpochMs:
        """The oldest clock of a kabupaten; 0: none has told it."""
        return min((one.now for one in self.clocks.values()), default=EpochMs(0))

    def _take(self, key: str, value: bytes, at: EpochMs) -> Kind:
        """Hold a document; return what of it is new.

        Raises:
            ValueError: It is none, or of another place than its key.
        """
        picture = decode(value)
        if picture.code != code_of(key):
            raise ValueError(f"its code is {picture.code}, and its key {key}")
        if isinstance(picture, TpsPicture):
            self.tps_of.setdefault(kabupaten_of(picture.code), {}).setdefault(key)
            told = Kind.TPS
        else:
            told = Kind.CLOCKS if self._take_area(key, picture, at) else Kind.AREAS
        # On the stream a row is one line.
        is_line = b"\n" not in value and b"\r" not in value
        self.bytes_of[key] = value if is_line else msgspec.json.format(value, indent=-1)
        return told

    def _take_area(self, key: str, picture: AreaPicture, at: EpochMs) -> bool:
        """Hold an area; tell whether only its clocks have moved."""
        if picture.kind == "kabupaten":
            heard = None if picture.heard is None else moment_of(picture.heard)
            clocks = Clocks(moment_of(picture.now), heard, at)
            self.whole.setdefault(picture.code, {}).setdefault(key)
            if key == picture.code:
                self.clocks[key] = clocks
        else:
            self.areas_of.setdefault(kabupaten_of(key), {}).setdefault(key)
        before = self.areas.get(key)
        self.areas[key] = picture
        return before is not None and _still(before) == _still(picture)

    def _remove(self, key: str, code: str) -> None:
        self.bytes_of.pop(key, None)
        self.areas.pop(key, None)
        self.clocks.pop(key, None)
        for of in (self.tps_of, self.areas_of, self.whole):
            of.get(kabupaten_of(code), {}).pop(key, None)


def election_of(key: str) -> str:
    """Return the election that a key names; empty: it is of the first that has the code."""
    return key.partition(_ELECTION)[2]


def code_of(key: str) -> str:
    """Return the code of the place that a key is of."""
    return key.partition(_ELECTION)[0]


def _still(picture: AreaPicture) -> AreaPicture:
    return replace(picture, at="", now="", heard=None)
