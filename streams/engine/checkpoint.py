"""Checkpoints: how rows lie in the state topic, and which of their versions make a state.

A checkpoint of a journal partition is taken at a *cut*: the first journal offset that is not in
it. Its rows and, behind them, its meta record go out as one record batch, which a broker keeps
whole or not at all. Where they don't fit in one batch a crash may leave the first half, and a
process that was paused may write an old checkpoint behind a newer one. So every record carries
its cut, and `StateReader` chooses by cuts, never by where a record lies:

- the meta with the largest cut `m` says what the state is;
- of each key the version with the largest cut ≤ m is its row. Folds are deterministic, so the row
  of a key at a cut is the same whoever wrote it: a foreign version is either right or ignored;
- versions above m are torn or foreign. If a key has no other, it was either born after m, and is
  dropped, or compaction has taken the version that counted. The writer knows which: it marks the
  first version of a key as new *since* the cut of its last complete checkpoint. New since a cut
  ≥ m: dropped. Else the state can't be trusted, and the fold starts at the beginning of the
  journal, which is kept for ever.

Compaction, however, prefers what lies last. So a key whose best version is not its last record is
*overlaid*: the owner writes the best version again before the compaction lag has passed. A key
that was dropped is overlaid as well; there the owner writes that it is gone.

A deleted row is a version too (kind `GONE`), not a tombstone: a tombstone has no cut, so a
foreign older row behind it would rise from the dead. Real tombstones follow a long time after
(`STALE_MS`), when nobody can still have the row on its way.

    value = cut (8 bytes) · kind (1 byte) · since (8 bytes, kinds NEW and PASSED) · payload
"""

import struct
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from streams.domain.times import HOUR_MS

__all__ = [
    "META_KEY",
    "STALE_MS",
    "Kind",
    "Meta",
    "StateImage",
    "StateReader",
    "Version",
    "decode_version",
    "encode_version",
]

META_KEY: Final = b"\0meta"
"""Key of the meta record; keys of rows never begin with a zero byte."""
STALE_MS: Final = HOUR_MS
"""Age, by the broker's clock, at which a deleted row may be forgotten for good."""
_HEAD: Final = struct.Struct(">QB")
_SINCE: Final = struct.Struct(">Q")
_NO_CUT: Final = -1


class Kind(IntEnum):
    """What a version says of its key."""

    KEPT = 0
    """The row is this; it was there before."""
    NEW = 1
    """The row is this; it was not there at the cut `since`."""
    GONE = 2
    """The row is no more; it was there before."""
    PASSED = 3
    """The row is no more, and was not there at the cut `since`: it came and went between."""

    @property
    def is_new(self) -> bool:
        """Whether the key was not there at the cut `since`."""
        return self in _NEW_KINDS

    @property
    def is_row(self) -> bool:
        """Whether there is a row."""
        return self not in _GONE_KINDS


_NEW_KINDS: Final = frozenset({Kind.NEW, Kind.PASSED})
_GONE_KINDS: Final = frozenset({Kind.GONE, Kind.PASSED})


class Version(NamedTuple):
    """One record of the state topic."""

    cut: int
    kind: Kind
    since: int
    """Only of a new key; else 0."""
    payload: bytes


class Meta(Struct, frozen=True, array_like=True):
    """What belongs to a checkpoint besides its rows."""

    lines_from: dict[str, int]
    """By topic of lines: all lines of journal offsets ≥ the cut lie at this offset or behind it."""
    fold: bytes
    layout: int = 0
    """Of the rows and of `fold`."""


class StateImage(Struct, frozen=True):
    """The state that a state partition holds."""

    cut: int
    """First journal offset that is not in it; 0 if there is none."""
    meta: Meta | None
    """None: the fold starts empty, at the beginning of the journal."""
    rows: dict[bytes, bytes]
    known: set[bytes]
    """Keys that the state topic has a version of which counts; deleted ones too."""
    floor: int
    """No checkpoint may be written at a cut up to this one: of a state that can't be trusted."""
    overlaid: dict[bytes, bytes]
    """State records to be written again, because something else lies behind them."""
    stale: tuple[bytes, ...]
    """Keys that were deleted long ago."""


def encode_version(version: Version) -> bytes:
    """Return the value of a state record."""
    since = _SINCE.pack(version.since) if version.kind.is_new else b""
    return _HEAD.pack(version.cut, version.kind) + since + version.payload


def decode_version(value: bytes) -> Version:
    """Read the value of a state record."""
    cut, number = _HEAD.unpack_from(value)
    kind = Kind(number)
    if not kind.is_new:
        return Version(cut, kind, 0, value[_HEAD.size :])
    (since,) = _SINCE.unpack_from(value, _HEAD.size)
    return Version(cut, kind, since, value[_HEAD.size + _SINCE.size :])


class _Seen(NamedTuple):
    version: Version
    timestamp: int


class StateReader:
    """Takes the records of a state partition in log order, and then says what state they hold.

    Only the versions that may still count are kept in memory: of each key the best one up to the
    largest meta so far, and those above it.
    """

    def __init__(self, limit: int | None = None) -> None:
        """With a `limit`, the state at that cut is asked for, whatever newer metas there are."""
        self._limit = limit
        self._cut = limit or 0
        self._meta: bytes | None = None
        self._floor = 0
        self._newest = 0
        self._seen: dict[bytes, tuple[_Seen, ...]] = {}
        self._last_cut: dict[bytes, int] = {}

    def add(self, key: bytes, value: bytes | None, timestamp: int) -> None:
        """Take in the next record; a tombstone takes nothing back, it only lets go."""
        self._newest = max(self._newest, timestamp)
        if value is None:
            self._last_cut[key] = _NO_CUT
            return
        version = decode_version(value)
        self._floor = max(self._floor, version.cut)
        if key == META_KEY:
            self._add_meta(version)
            return
        kept = (*self._seen.get(key, ()), _Seen(version, timestamp))
        self._seen[key] = kept if len(kept) == 1 else self._pruned(kept)
        self._last_cut[key] = version.cut

    def _add_meta(self, version: Version) -> None:
        if self._limit is None and (self._meta is None or version.cut >= self._cut):
            self._cut, self._meta = version.cut, version.payload

    def _pruned(self, seen: tuple[_Seen, ...]) -> tuple[_Seen, ...]:
        counting = [one for one in seen if one.version.cut <= self._cut]
        above = tuple(one for one in seen if one.version.cut > self._cut)
        return (max(counting, key=lambda one: one.version.cut), *above) if counting else above

    def best(self, key: bytes) -> Version | None:
        """Return the version of a key that counts, if there is one."""
        kept = self._pruned(self._seen.get(key, ()))
        return kept[0].version if kept and kept[0].version.cut <= self._cut else None

    def image(self, layout: int) -> StateImage:
        """Return the state, or the order to start anew when it can't be trusted, or not be read.

        Args:
            layout: The one that can be read.
        """
        meta = None if self._meta is None else msgspec.msgpack.decode(self._meta, type=Meta)
        is_unreadable = meta is not None and meta.layout != layout
        if is_unreadable or any(self._is_lost(key) for key in self._seen):
            return StateImage(0, None, {}, set(self._seen), self._floor, {}, ())
        best = dict(self._counting())
        return StateImage(
            cut=self._cut,
            meta=meta,
            rows={k: v.payload for k, v in best.items() if v.kind.is_row},
            known=set(best),
            floor=0,
            overlaid=self._overlaid(best),
            stale=tuple(key for key in best if self._is_stale(key)),
        )

    def _counting(self) -> Iterator[tuple[bytes, Version]]:
        for key in self._seen:
            if (version := self.best(key)) is not None:
                yield key, version

    def _is_lost(self, key: bytes) -> bool:
        if self.best(key) is not None:
            return False
        return not any(
            version.kind.is_new and version.since >= self._cut for version, _ in self._seen[key]
        )

    def _overlaid(self, best: Mapping[bytes, Version]) -> dict[bytes, bytes]:
        absent = encode_version(Version(self._cut, Kind.GONE, 0, b""))
        dropped = {key: absent for key in self._seen if key not in best}
        covered = {k: encode_version(v) for k, v in best.items() if self._is_overlaid(k, v)}
        return {**dropped, **covered}

    def _is_overlaid(self, key: bytes, best: Version) -> bool:
        last = self._last_cut[key]
        if last == _NO_CUT:
            return best.kind.is_row
        return last != best.cut

    def _is_stale(self, key: bytes) -> bool:
        version, timestamp = self._pruned(self._seen[key])[0]
        return (
            not version.kind.is_row
            and timestamp + STALE_MS < self._newest
            and self._last_cut[key] == version.cut
        )
