"""What each person is sent: everything in sight once, and then what changes, a few times a second.

    model ─► tick ─► a frame: which rows changed ─► ring of the newest frames
                                                       │ since frame N, for a sight
                                                       ▼
                         delta: rows as they are now, and which are seen no more

A frame has no rows, only which changed. So one who comes back after a gap, or reads slowly, gets
one delta of everything since, each row once and as it is now; and who is too far behind for the
ring begins anew. People with equal sight who were sent the same so far are sent the same bytes.

A row is told gone only to who saw it before: else its id would be told to who may not know of it.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw

from streams.domain.ids import AreaCode, area_kind, kabupaten_of, parents_of, provinsi_of
from streams.domain.times import EpochMs
from streams.domain.words import AreaKind
from streams.room.documents import Clock, Session
from streams.room.encoded import Encoded
from streams.room.kinds import Kind
from streams.room.model import Model, Touched
from streams.room.names import Names
from streams.room.pictures import code_of
from streams.room.rows import reply_row
from streams.room.sight import Sight, sees
from streams.territory.plan import covers

__all__ = ["Feed"]

_FRAMES_MAX: Final = 3_000
_ROWS_MAX: Final = 300_000
"""How many changed rows all frames of the ring have together at most."""
_SHOWN: Final = (Kind.ALERTS, Kind.TRIAGE, Kind.LETTERS, Kind.AREAS, Kind.TPS)

_encode: Final = msgspec.json.Encoder().encode


class _Frame(NamedTuple):
    number: int
    touched: Touched


class Feed:
    """The frames of a replica, and the bytes that are made of them."""

    def __init__(self, model: Model, names: Names) -> None:
        """Begin with what the model has now."""
        self.model = model
        self.names = names
        self.number = 0
        """Of the newest frame."""
        self._frames: deque[_Frame] = deque()
        self._rows = 0
        self.encoded = Encoded(model, names)
        self._deltas: dict[tuple[Sight, int], bytes | None] = {}
        self._snapshots: dict[Sight, bytes] = {}
        self._lately: dict[str, Counter[tuple[str, ...]]] | None = None
        model.take_touched()

    def tick(self) -> bool:
        """Make a frame of what has changed since the last; tell whether there was anything."""
        touched = self.model.take_touched()
        if not touched:
            return False
        self.number += 1
        self._frames.append(_Frame(self.number, touched))
        self._rows += len(touched)
        while len(self._frames) > 1 and (len(self._frames) > _FRAMES_MAX or self._rows > _ROWS_MAX):
            self._rows -= len(self._frames.popleft().touched)
        self.encoded.forget(touched)
        self._deltas.clear()
        self._snapshots.clear()
        return True

    def second(self) -> None:
        """Let a second pass: what is counted by time is counted anew."""
        self._lately = None

    def can_continue(self, since: int) -> bool:
        """Tell whether everything after a frame is still there."""
        if since > self.number:
            return False
        return since == self.number or (bool(self._frames) and self._frames[0].number <= since + 1)

    def snapshot(self, sight: Sight, session: Session, clock: Clock) -> bytes:
        """Return everything in sight, as the JSON of a `Snapshot`, as of the newest frame."""
        self.tick()
        if sight not in self._snapshots:
            self._snapshots[sight] = self._everything(sight)
        head = _encode({"session": session, "clock": clock})
        return head[:-1] + b"," + self._snapshots[sight][1:]

    def delta(self, sight: Sight, since: int) -> bytes | None:
        """Return what has changed in sight after a frame, as the JSON of a `Delta`; None: nothing.

        `can_continue` has to hold. Replies are not in it: they are for one person.
        """
        key = sight, since
        if key not in self._deltas:
            self._deltas[key] = self._changes(sight, since)
        return self._deltas[key]

    def replies(self, viewer: tuple[Sight, str], since: int) -> bytes | None:
        """Return the answers to a person's commands after a frame, as the JSON of a `Delta`."""
        sight, user = viewer
        found = [
            reply_row(reply, user)
            for frame in self._after(since)
            for kind, key in frame.touched
            if kind is Kind.REPLIES
            and (reply := self.model.replies.get(key)) is not None
            and reply.actor == user
        ]
        if not found:
            return None
        return _encode({"replies": {"put": found}, "opened_lately": self.opened_lately(sight)})

    def opened_lately(self, sight: Sight) -> int:
        """Return how many alerts in sight opened in the last ten minutes, as of this second."""
        if self._lately is None:
            self._lately = self._counted()
        return sum(
            count
            for roles, count in self._lately.get(sight.area, Counter()).items()
            if not roles or sight.role in roles
        )

    def restricted(self, sight: Sight) -> int:
        """Return how many alerts in sight only some roles may see."""
        return sum(
            bool(one.restricted_to) and sees(sight, self.model.shade(Kind.ALERTS, key))
            for key, one in self.model.alerts.items()
        )

    def clock(self, sight: Sight, server_ms: EpochMs, *, is_live: bool) -> Clock:
        """Return the clocks as somebody sees them."""
        clocks = [self.model.pictures.clocks[code] for code in self._kabupaten(sight)]
        heard = [one.heard for one in clocks if one.heard is not None]
        return Clock(
            server_ms=server_ms,
            is_live=is_live,
            heard_ms=min(heard, default=None),
            now_ms=min((one.now for one in clocks), default=None),
            moved_ms=self.model.pictures.moved_at,
        )

    def _after(self, since: int) -> Iterator[_Frame]:
        newest = list[_Frame]()
        for frame in reversed(self._frames):
            if frame.number <= since:
                break
            newest.append(frame)
        return reversed(newest)

    def _changes(self, sight: Sight, since: int) -> bytes | None:
        merged: Touched = {}
        for frame in self._after(since):
            for name, before in frame.touched.items():
                merged.setdefault(name, before)
        changed: dict[str, dict[str, list[object]]] = {}
        for (kind, key), before in merged.items():
            told = Kind.AREAS if kind is Kind.CLOCKS else kind
            if told not in _SHOWN or not self._is_shown(sight, kind, key):
                continue
            if self.encoded.sees(sight, told, self.model.shade(told, key)):
                _of(changed, told, "put").append(Raw(self.encoded.row(sight.role, told, key)))
            elif self.encoded.sees(sight, told, before):
                _of(changed, told, "gone").append(key)
        if not changed:
            return None
        return _encode({**changed, "opened_lately": self.opened_lately(sight)})

    def _everything(self, sight: Sight) -> bytes:
        pictures = self.model.pictures
        whole = chain.from_iterable(pictures.whole.values())
        areas = chain(whole, pictures.areas_of.get(sight.zoom, ()))
        rows = {
            Kind.ALERTS: self._rows_of(sight, Kind.ALERTS, self.model.alerts),
            Kind.TRIAGE: self._rows_of(sight, Kind.TRIAGE, self.model.reports),
            Kind.LETTERS: self._rows_of(sight, Kind.LETTERS, self.model.letters.open),
            Kind.AREAS: self._rows_of(sight, Kind.AREAS, areas),
            Kind.TPS: self._rows_of(sight, Kind.TPS, pictures.tps_of.get(sight.zoom, ())),
        }
        return _encode(
            {
                **rows,
                "zoom": sight.zoom,
                "names": self.names_for(sight),
                "opened_lately": self.opened_lately(sight),
            }
        )

    def _rows_of(self, sight: Sight, kind: Kind, keys: Iterable[str]) -> list[Raw]:
        return [
            Raw(self.encoded.row(sight.role, kind, key))
            for key in keys
            if self.encoded.sees(sight, kind, self.model.shade(kind, key))
        ]

    def _is_shown(self, sight: Sight, kind: Kind, key: str) -> bool:
        """Tell whether a document of the picture is among what this sight is sent."""
        if kind not in {Kind.AREAS, Kind.CLOCKS, Kind.TPS}:
            return True
        code = code_of(key)
        if area_kind(code) is AreaKind.KABUPATEN and kind is Kind.AREAS:
            return True
        return kabupaten_of(AreaCode(code)) == sight.zoom

    def _counted(self) -> dict[str, Counter[tuple[str, ...]]]:
        """Return how many opened lately in each area, by who may know: once for all sights."""
        found: dict[str, Counter[tuple[str, ...]]] = {}
        clocks = self.model.pictures.clocks.values()
        now = max((one.now for one in clocks), default=self.model.newest_at)
        if now is None:
            return found
        for one in self.model.opened_lately(now):
            shade = self.model.shade(Kind.ALERTS, one)
            if shade is not None:
                for area in ("", *parents_of(shade.place)):
                    found.setdefault(area, Counter())[shade.roles] += 1
        return found

    def _kabupaten(self, sight: Sight) -> list[str]:
        area = sight.area
        known = self.model.pictures.kabupaten()
        return [one for one in known if not area or covers(area, one) or covers(one, area)]

    def names_for(self, sight: Sight) -> dict[str, str]:
        """Return the names of the kabupaten in sight and of the areas above them, by code."""
        codes = self._kabupaten(sight)
        above = {*codes, *(provinsi_of(one) for one in codes)}
        return {code: self.names.of(code) for code in sorted(above)}


def _of(changed: dict[str, dict[str, list[object]]], kind: Kind, what: str) -> list[object]:
    return changed.setdefault(kind, {}).setdefault(what, [])
