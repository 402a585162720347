"""What each person is sent: everything in sight once, and then what changes, a few times a second.

    model ─► tick ─► a frame: which rows changed ─► ring of the newest frames
                                                       │ since frame N, for a sight
                                                       ▼
                         delta: rows as they are now, and which are seen no more

A frame has no rows, only which changed. So one who comes back after a gap, or reads slowly, gets
one delta of everything since, each row once and as it is now; and who is too far behind for the
ring begins anew. People with equal sight who were sent the same so far are sent the same bytes,
made once; so are the clocks of an area.

A row is told gone only to who saw it before: else its id would be told to who may not know of it.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw

from streams.domain.ids import AreaCode, area_kind, kabupaten_of, parents_of
from streams.domain.times import EpochMs
from streams.domain.words import AreaKind
from streams.room.documents import Clock, Session
from streams.room.encoded import Encoded
from streams.room.kinds import Kind
from streams.room.made import Made, MadeOnce, Restricted
from streams.room.model import Model, Touched
from streams.room.names import Names
from streams.room.pictures import Together, code_of
from streams.room.rows import reply_row
from streams.room.sight import Sight
from streams.room.watched import Watched

__all__ = ["Feed"]

_FRAMES_MAX: Final = 3_000
_ROWS_MAX: Final = 300_000
"""How many changed rows all frames of the ring have together at most."""
_SHOWN: Final = (Kind.ALERTS, Kind.TRIAGE, Kind.LETTERS, Kind.AREAS, Kind.TPS)
_NOTED: Final = frozenset({Kind.ALERTS, Kind.TRIAGE})
"""Rows of which it is noted who was shown them, where only some roles may see them."""
_HELD_MAX: Final = 64 * 1_024 * 1_024
"""Bytes of what was made of the newest frame: of snapshots, and of deltas as many."""

_encode: Final = msgspec.json.Encoder().encode


class _Frame(NamedTuple):
    number: int
    touched: Touched
    replies: dict[str, list[str]]
    """Commands that were answered, by who gave them."""


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
        self.watched = Watched(model.pictures, names)
        self._deltas = MadeOnce[tuple[Sight, int]](_HELD_MAX)
        self._snapshots = MadeOnce[Sight](_HELD_MAX)
        self._clocks: dict[str, Together] = {}
        """Of the kabupaten of an area."""
        self._lately: dict[str, Counter[tuple[str, ...]]] | None = None
        model.take_touched()

    def tick(self) -> bool:
        """Make a frame of what has changed since the last; tell whether there was anything."""
        touched = self.model.take_touched()
        if not touched:
            return False
        self.number += 1
        self._frames.append(_Frame(self.number, touched, self._answered(touched)))
        self._rows += len(touched)
        while len(self._frames) > 1 and (len(self._frames) > _FRAMES_MAX or self._rows > _ROWS_MAX):
            self._rows -= len(self._frames.popleft().touched)
        self.encoded.forget(touched)
        self.watched.look()
        self._deltas.clear()
        self._snapshots.clear()
        self._clocks.clear()
        return True

    def sees(self, sight: Sight, kind: Kind, key: str) -> bool:
        """Tell whether a row is there, and seen."""
        return self.encoded.sees(sight, kind, self.model.shade(kind, key))

    def second(self) -> None:
        """Let a second pass: what is counted by time is counted anew."""
        self._lately = None
        if (now := self._now()) is not None:
            self.model.forget_opened(now)

    def can_continue(self, since: int) -> bool:
        """Tell whether everything after a frame is still there."""
        if since > self.number:
            return False
        return since == self.number or (bool(self._frames) and self._frames[0].number <= since + 1)

    def snapshot(self, sight: Sight, session: Session, clock: Clock) -> bytes:
        """Return everything in sight, as the JSON of a `Snapshot`, as of the newest frame."""
        self.tick()
        head = _encode({"session": session, "clock": clock})
        return head[:-1] + b"," + self._whole(sight).body[1:]

    def delta(self, sight: Sight, since: int) -> bytes | None:
        """Return what has changed in sight after a frame, as the JSON of a `Delta`; None: nothing.

        `can_continue` has to hold. Replies are not in it: they are for one person.
        """
        return self._change(sight, since).body or None

    def restricted(self, sight: Sight, since: int | None = None) -> Restricted:
        """Return what only some roles may see of a delta; without a frame, of a snapshot."""
        made = self._whole(sight) if since is None else self._change(sight, since)
        return made.restricted

    def replies(self, viewer: tuple[Sight, str], since: int) -> bytes | None:
        """Return the answers to a person's commands after a frame, as the JSON of a `Delta`."""
        sight, user = viewer
        if Kind.REPLIES in sight.shut:
            return None
        commands = [one for frame in self._after(since) for one in frame.replies.get(user, ())]
        found = [self.model.replies[one] for one in commands if one in self.model.replies]
        if not found:
            return None
        rows = [reply_row(one, user) for one in found]
        return _encode({"replies": {"put": rows}, "opened_lately": self.opened_lately(sight)})

    def opened_lately(self, sight: Sight) -> int:
        """Return how many alerts in sight opened in the last ten minutes, as of this second."""
        if self._lately is None:
            self._lately = self._counted()
        return sum(
            count
            for roles, count in self._lately.get(sight.area, Counter()).items()
            if not roles or sight.role in roles
        )

    def clock(self, sight: Sight, server_ms: EpochMs, *, is_live: bool) -> Clock:
        """Return the clocks as somebody sees them."""
        if sight.area not in self._clocks:
            self._clocks[sight.area] = self._together(sight)
        seen = self._clocks[sight.area]
        return Clock(
            server_ms=server_ms,
            is_live=is_live,
            heard_ms=seen.heard,
            now_ms=seen.now,
            moved_ms=seen.moved_at,
            still=seen.still(server_ms),
        )

    def _after(self, since: int) -> Iterator[_Frame]:
        newest = list[_Frame]()
        for frame in reversed(self._frames):
            if frame.number <= since:
                break
            newest.append(frame)
        return reversed(newest)

    def _answered(self, touched: Touched) -> dict[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for kind, key in touched:
            if kind is Kind.REPLIES and key in self.model.replies:
                found[self.model.replies[key].actor].append(key)
        return found

    def _together(self, sight: Sight) -> Together:
        known = self.model.pictures.clocks
        judged = self.watched.part(sight.area).judged
        return Together.of((code, known[code]) for code in judged if code in known)

    def _change(self, sight: Sight, since: int) -> Made:
        key = sight, since
        return self._deltas.get(key) or self._deltas.put(key, self._changes(sight, since))

    def _changes(self, sight: Sight, since: int) -> Made:
        merged: Touched = {}
        for frame in self._after(since):
            for name, before in frame.touched.items():
                merged.setdefault(name, before)
        changed: dict[str, dict[str, list[object]]] = {}
        restricted = set[tuple[Kind, str]]()
        for (kind, key), before in merged.items():
            told = Kind.AREAS if kind is Kind.CLOCKS else kind
            if told not in _SHOWN or not self._is_shown(sight, kind, key):
                continue
            shade = self.model.shade(told, key)
            if self.encoded.sees(sight, told, shade):
                _of(changed, told, "put").append(Raw(self.encoded.row(sight, told, key)))
                if told in _NOTED and shade is not None and shade.roles:
                    restricted.add((told, key))
            elif self.encoded.sees(sight, told, before):
                _of(changed, told, "gone").append(key)
        if not changed:
            return Made()
        lately = self.opened_lately(sight)
        return Made(_encode({**changed, "opened_lately": lately}), frozenset(restricted))

    def _whole(self, sight: Sight) -> Made:
        return self._snapshots.get(sight) or self._snapshots.put(sight, self._everything(sight))

    def _everything(self, sight: Sight) -> Made:
        pictures = self.model.pictures
        whole = chain.from_iterable(pictures.whole.values())
        keys: dict[Kind, Iterable[str]] = {
            Kind.ALERTS: self.model.alerts,
            Kind.TRIAGE: self.model.reports,
            Kind.LETTERS: self.model.letters.open,
            Kind.AREAS: chain(whole, pictures.areas_of.get(sight.zoom, ())),
            Kind.TPS: pictures.tps_of.get(sight.zoom, ()),
        }
        seen = {kind: self._seen(sight, kind, of) for kind, of in keys.items()}
        rows = {
            kind: [Raw(self.encoded.row(sight, kind, key)) for key, _ in found]
            for kind, found in seen.items()
        }
        body = _encode(
            {
                **rows,
                "zoom": sight.zoom,
                "names": self.names_for(sight),
                "opened_lately": self.opened_lately(sight),
            }
        )
        hidden = ((kind, key) for kind in _NOTED for key, is_hidden in seen[kind] if is_hidden)
        return Made(body, frozenset(hidden))

    def _seen(self, sight: Sight, kind: Kind, keys: Iterable[str]) -> list[tuple[str, bool]]:
        """Return those of some rows that are seen, each with whether only some roles may."""
        found = ((key, self.model.shade(kind, key)) for key in keys)
        return [
            (key, bool(shade and shade.roles))
            for key, shade in found
            if self.encoded.sees(sight, kind, shade)
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
        now = self._now()
        if now is None:
            return found
        for one in self.model.opened_lately(now):
            shade = self.model.shade(Kind.ALERTS, one)
            if shade is not None:
                for area in ("", *parents_of(shade.place)):
                    found.setdefault(area, Counter())[shade.roles] += 1
        return found

    def _now(self) -> EpochMs | None:
        """Return the newest clock of the day; None: nothing has told the time."""
        clocks = self.model.pictures.clocks.values()
        return max((one.now for one in clocks), default=self.model.newest_at)

    def names_for(self, sight: Sight) -> dict[str, str]:
        """Return the names of the kabupaten in sight and of the areas above them, by code."""
        part = self.watched.part(sight.area)
        return {code: self.names.of(code) for code in sorted(part.kabupaten | part.provinces)}


def _of(changed: dict[str, dict[str, list[object]]], kind: Kind, what: str) -> list[object]:
    return changed.setdefault(kind, {}).setdefault(what, [])
