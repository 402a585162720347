"""The read model: what the topics have said last, in memory, and what changed since it was asked.

    record ─► apply ─► alerts · triage · letters · replies · picture
                  └──► touched: which rows changed, each with who saw it before

It decides nothing and forgets in the open: what has ended is held for an hour of the broker's
clock, of an alert the last hundred changes, of dead letters and replies the newest. So memory
follows what is open, not how long the room has run. Whoever asks gets documents; nothing here
knows who asks (`streams.room.sight` does).

A row that only some roles may know of is never taken for one that all may see, in whatever order
its records come: topics are read side by side.
"""

from collections import deque
from collections.abc import Iterable
from typing import Final

import msgspec

from streams.domain.alert import AlertState
from streams.domain.effects import TriageStatus
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.arrived import Arrived
from streams.room.deeds import Deeds
from streams.room.kinds import Kind
from streams.room.letters import Letters
from streams.room.pictures import Pictures
from streams.room.sight import Shade
from streams.wire.board import place_of
from streams.wire.documents import (
    AlertDocument,
    ReplyDocument,
    TransitionDocument,
    TriageDocument,
)
from streams.wire.time import moment_of

__all__ = ["TOPICS", "Model", "Touched"]

TOPICS: Final = (
    Topic.ALERTS,
    Topic.RESTRICTED_ALERTS,
    Topic.TRANSITIONS,
    Topic.RESTRICTED_TRANSITIONS,
    Topic.TRIAGE,
    Topic.RESTRICTED_TRIAGE,
    Topic.REPLIES,
    Topic.PICTURE,
    Topic.DEADLETTER,
    Topic.OPERATOR_COMMANDS,
)
"""All that the room reads."""
_ENDED_MS: Final = HOUR_MS
_ENDED_MAX: Final = 20_000
_LATELY_MS: Final = 10 * MINUTE_MS
_LINES_MAX: Final = 100
_LIVES_MAX: Final = 40_000
"""Alerts whose changes are held; beyond it those go first that are not open."""
_REPLIES_MAX: Final = 10_000
_RESTRICTED: Final = frozenset({Topic.RESTRICTED_ALERTS, Topic.RESTRICTED_TRIAGE})
_LINES: Final = frozenset({Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS})
_WAITING: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})

_alert: Final = msgspec.json.Decoder(AlertDocument).decode
_line: Final = msgspec.json.Decoder(TransitionDocument).decode
_report: Final = msgspec.json.Decoder(TriageDocument).decode
_reply: Final = msgspec.json.Decoder(ReplyDocument).decode


Touched = dict[tuple[Kind, str], Shade | None]
"""Rows that changed, each with what decided who saw it before; None: it was not there."""


class Model:
    """What the topics have said."""

    def __init__(self) -> None:
        """Begin without anything."""
        self.alerts: dict[str, AlertDocument] = {}
        self.reports: dict[str, TriageDocument] = {}
        self.replies: dict[str, ReplyDocument] = {}
        self.letters = Letters()
        self.pictures = Pictures()
        self.deeds = Deeds()
        self.newest_at: EpochMs | None = None
        """The latest moment of the day that an alert tells."""
        self._shades: dict[tuple[Kind, str], Shade] = {}
        self._ended: dict[tuple[Kind, str], EpochMs] = {}
        """What has ended, the oldest first."""
        self._lines: dict[str, deque[TransitionDocument]] = {}
        self._children: dict[str, set[str]] = {}
        self._restricted: set[str] = set()
        self._opened: deque[tuple[EpochMs, str]] = deque()
        """When alerts opened, in the order in which that was heard."""
        self._touched: Touched = {}

    def apply(self, arrived: Arrived) -> None:
        """Take in a record.

        Raises:
            InputError: It is no document of its topic; the model stays as it was.
        """
        try:
            self._apply(arrived)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
            raise InputError(f"not a document of {arrived.topic}: {error}") from error
        self._forget(arrived.timestamp)

    def take_touched(self) -> Touched:
        """Return which rows changed since the last call, each with who saw it before."""
        touched, self._touched = self._touched, {}
        return touched

    def shade(self, kind: Kind, key: str) -> Shade | None:
        """Return what decides who sees a row; None: there is none."""
        match kind:
            case Kind.ALERTS | Kind.TRIAGE:
                return self._shades.get((kind, key))
            case Kind.LETTERS:
                return self.letters.shade(key)
            case Kind.AREAS | Kind.CLOCKS | Kind.TPS:
                return self.pictures.shade(key)
            case Kind.REPLIES:
                return Shade("") if key in self.replies else None

    def lines(self, alert: str) -> tuple[TransitionDocument, ...]:
        """Return the last changes of an alert, the oldest first."""
        return tuple(self._lines.get(alert, ()))

    def children(self, alert: str) -> tuple[AlertDocument, ...]:
        """Return the open alerts that one has absorbed, but those that fewer may know of."""
        roles = self.alerts[alert].restricted_to if alert in self.alerts else ()
        found = (self.alerts[one] for one in sorted(self._children.get(alert, ())))
        return tuple(one for one in found if one.restricted_to in {(), roles})

    def parent(self, alert: AlertDocument, role: str) -> str | None:
        """Return the alert that has absorbed one, if somebody of this role may know of it."""
        shade = self._shades.get((Kind.ALERTS, alert.parent or ""))
        return None if shade is None or (shade.roles and role not in shade.roles) else alert.parent

    def opened_lately(self, now: EpochMs) -> Iterable[str]:
        """Return the alerts that opened in the ten minutes before a moment of the day."""
        while self._opened and self._opened[0][0] <= now - 2 * _LATELY_MS:
            self._opened.popleft()
        return (one for at, one in self._opened if now - _LATELY_MS < at <= now)

    def _apply(self, arrived: Arrived) -> None:
        key = (arrived.key or b"").decode()
        match arrived.topic:
            case Topic.ALERTS | Topic.RESTRICTED_ALERTS:
                self._take_alert(key, arrived)
            case Topic.TRIAGE | Topic.RESTRICTED_TRIAGE:
                self._take_report(key, arrived)
            case Topic.PICTURE:
                for kind, code, before in self.pictures.apply(key, arrived):
                    self._touched.setdefault((kind, code), before)
            case Topic.DEADLETTER:
                for number, before in self.letters.apply(arrived):
                    self._touched.setdefault((Kind.LETTERS, number), before)
            case Topic.OPERATOR_COMMANDS:
                self._note_deed(self.deeds.say(arrived.value or b"", arrived.headers))
            case _ if arrived.value is not None:
                self._take_saying(arrived.topic, arrived.value)
            case _:
                pass

    def _take_saying(self, topic: str, value: bytes) -> None:
        """Take in what is said once: a change, or a reply."""
        if topic in _LINES:
            self._take_line(_line(value))
        elif topic == Topic.REPLIES:
            self._take_reply(_reply(value))

    def _take_alert(self, key: str, arrived: Arrived) -> None:
        document = None if arrived.value is None else _alert(arrived.value)
        if not self._may_come(arrived, key):
            return
        before = self.alerts.get(key)
        self._note(Kind.ALERTS, key)
        if before is None and document is not None:
            self._opened.append((moment_of(document.opened_at), key))
        self._move_child(before, document)
        if document is None:
            self.alerts.pop(key, None)
            self._place(Kind.ALERTS, key, None)
            return
        self.alerts[key] = document
        self.newest_at = max(self.newest_at or EpochMs(0), moment_of(document.updated_at))
        roles = document.restricted_to
        self._place(Kind.ALERTS, key, Shade(place_of(document), roles))
        if document.state is AlertState.RESOLVED:
            self._ended[Kind.ALERTS, key] = arrived.timestamp

    def _move_child(self, before: AlertDocument | None, now: AlertDocument | None) -> None:
        """Hold which open alerts a parent has absorbed; its row says how many."""
        for one, is_there in ((before, False), (now, True)):
            if one is None or one.parent is None:
                continue
            mine = self._children.setdefault(one.parent, set())
            if is_there and one.state is not AlertState.RESOLVED:
                mine.add(one.id)
            else:
                mine.discard(one.id)
            if not mine:
                del self._children[one.parent]
            if one.parent in self.alerts:
                self._note(Kind.ALERTS, one.parent, is_own=False)
        if before is None and now is not None:
            for child in self._children.get(now.id, ()):
                self._note(Kind.ALERTS, child, is_own=False)

    def _take_line(self, line: TransitionDocument) -> None:
        told = self._lines.setdefault(line.alert, deque(maxlen=_LINES_MAX))
        if all(line.revision != one.revision for one in told):
            told.append(line)
        while len(self._lines) > _LIVES_MAX:
            oldest = next((one for one in self._lines if one not in self.alerts), line.alert)
            del self._lines[oldest]

    def _take_report(self, key: str, arrived: Arrived) -> None:
        report = None if arrived.value is None else _report(arrived.value)
        if not self._may_come(arrived, key):
            return
        self._note(Kind.TRIAGE, key)
        if report is None:
            self.reports.pop(key, None)
            self._place(Kind.TRIAGE, key, None)
            return
        self.reports[key] = report
        self._place(Kind.TRIAGE, key, Shade(report.area, report.restricted_to))
        if report.status not in _WAITING:
            self._ended[Kind.TRIAGE, key] = arrived.timestamp

    def _take_reply(self, reply: ReplyDocument) -> None:
        self._note_deed(self.deeds.answer(reply))
        self._touched.setdefault((Kind.REPLIES, reply.command), None)
        self.replies.pop(reply.command, None)
        self.replies[reply.command] = reply
        while len(self.replies) > _REPLIES_MAX:
            del self.replies[next(iter(self.replies))]

    def _note_deed(self, alert: str) -> None:
        """Show an alert anew of which it is known now what was done, or what was written."""
        if alert in self.alerts:
            self._note(Kind.ALERTS, alert, is_own=False)

    def _may_come(self, arrived: Arrived, key: str) -> bool:
        """Tell whether a record counts: what is restricted is not made open by an older record."""
        if arrived.topic in _RESTRICTED:
            self._restricted.add(key)
            return True
        return key not in self._restricted

    def _note(self, kind: Kind, key: str, *, is_own: bool = True) -> None:
        self._touched.setdefault((kind, key), self._shades.get((kind, key)))
        if is_own:
            self._ended.pop((kind, key), None)

    def _place(self, kind: Kind, key: str, shade: Shade | None) -> None:
        if shade is None:
            self._shades.pop((kind, key), None)
        else:
            self._shades[kind, key] = shade

    def _forget(self, now: EpochMs) -> None:
        while self._ended:
            (kind, key), at = next(iter(self._ended.items()))
            if at > now - _ENDED_MS and len(self._ended) <= _ENDED_MAX:
                return
            self._note(kind, key)
            self._place(kind, key, None)
            (self.alerts if kind is Kind.ALERTS else self.reports).pop(key, None)
            if kind is Kind.ALERTS:
                self._lines.pop(key, None)
                self._children.pop(key, None)
                self.deeds.forget(key)
