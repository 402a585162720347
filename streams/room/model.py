"""The read model: what the topics have said last, in memory, and what changed since it was asked.

    record ─► apply ─► alerts · triage · letters · replies · picture
                  └──► touched: which rows changed, each with who saw it before

It decides nothing and forgets in the open: what has ended is held for an hour of the broker's
clock, of an alert the last hundred changes, of dead letters and replies the newest. So memory
follows what is open, not how long the room has run. Whoever asks gets documents; nothing here
knows who asks (`streams.room.sight` does).

Topics are read side by side. A row that only some roles may know of is never taken for one that all
may see, in whatever order its records come; and what is said of an alert that is not known waits
for it: until all that was there is read, and then for an hour.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from streams.domain.alert import AlertState
from streams.domain.effects import TriageStatus
from streams.domain.times import EpochMs
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.arrived import Arrived
from streams.room.deeds import Deeds
from streams.room.kinds import Kind
from streams.room.letters import CONDUCT, Letters
from streams.room.lives import Life, Opened, read_alert
from streams.room.pictures import Pictures
from streams.room.sight import Shade
from streams.wire.documents import (
    AlertDocument,
    ReplyDocument,
    TransitionDocument,
    TriageDocument,
)
from streams.wire.endings import Endings

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
_ENDED_MAX: Final = 20_000
_UNKNOWN_MAX: Final = 40_000
"""Alerts of which something is known but not how they stand."""
_REPLIES_MAX: Final = 10_000
_RESTRICTED: Final = frozenset({Topic.RESTRICTED_ALERTS, Topic.RESTRICTED_TRIAGE})
_LINES: Final = frozenset({Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS})
_WAITING: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})

_line: Final = msgspec.json.Decoder(TransitionDocument).decode
_report: Final = msgspec.json.Decoder(TriageDocument).decode
_reply: Final = msgspec.json.Decoder(ReplyDocument).decode


Touched = dict[tuple[Kind, str], Shade | None]
"""Rows that changed, each with what decided who saw it before; None: it was not there."""


class Model:
    """What the topics have said."""

    def __init__(self, restricted: Mapping[str, tuple[str, ...]] = CONDUCT) -> None:
        """Begin without anything.

        Args:
            restricted: Categories of reports that only some roles may know of, and which.
        """
        self.alerts: dict[str, AlertDocument] = {}
        self.reports: dict[str, TriageDocument] = {}
        self.replies: dict[str, ReplyDocument] = {}
        self.letters = Letters(restricted)
        self.pictures = Pictures()
        self.deeds = Deeds()
        self.newest_at: EpochMs | None = None
        """The latest moment of the day that an alert tells."""
        self._lives: dict[str, Life] = {}
        """What else is known of alerts."""
        self._shades: dict[tuple[Kind, str], Shade] = {}
        self._ended = Endings[tuple[Kind, str]](_ENDED_MAX)
        self._unknown = Endings[str](_UNKNOWN_MAX)
        """Alerts that are not there, by when something of them was heard last."""
        self._restricted: set[tuple[Kind, str]] = set()
        """What was said to be restricted."""
        self._opened = Opened()
        self._now = EpochMs(0)
        """The time of the newest record."""
        self._is_settled = False
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
        self._now = max(self._now, arrived.timestamp)
        self._forget()

    def settle(self) -> None:
        """Know that all that was there is read: what waits for its alert will not wait for ever."""
        self._is_settled = True
        self._restricted.intersection_update(self._shades)
        self._forget()

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
        life = self._lives.get(alert)
        return () if life is None else tuple(life.lines)

    def absorbed(self, alert: str) -> int:
        """Return how many open alerts one has absorbed, but those that fewer may know of."""
        life, shade = self._lives.get(alert), self._shades.get((Kind.ALERTS, alert))
        return 0 if life is None or shade is None else life.absorbed(shade.roles)

    def opened_lately(self, now: EpochMs) -> Iterable[str]:
        """Return the alerts that opened in the ten minutes before a moment of the day."""
        return self._opened.lately(now)

    def forget_opened(self, now: EpochMs) -> None:
        """Forget when alerts opened long before a moment of the day."""
        self._opened.forget(now)

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
                self._take_saying(arrived.topic, arrived.value, arrived.timestamp)
            case _:
                pass

    def _take_saying(self, topic: str, value: bytes, at: EpochMs) -> None:
        """Take in what is said once: a change, or a reply."""
        if topic in _LINES:
            line = _line(value)
            self._life(line.alert, at).add_line(line)
        elif topic == Topic.REPLIES:
            self._take_reply(_reply(value), at)

    def _take_alert(self, key: str, arrived: Arrived) -> None:
        read = None if arrived.value is None else read_alert(arrived.value, key)
        if not self._may_come(arrived, Kind.ALERTS, key):
            return
        before = self.alerts.get(key)
        if read is None:
            self._drop(Kind.ALERTS, key)
            self._unknown.end(key, arrived.timestamp)
            self._move_child(before, None, arrived.timestamp)
            return
        self.alerts[key] = read.document
        self._unknown.take_back(key)
        self._place(Kind.ALERTS, key, read.shade)
        if before is None:
            self._opened.add(read.opened_at, key)
        self.newest_at = max(self.newest_at or EpochMs(0), read.updated_at)
        self._move_child(before, read.document, arrived.timestamp)
        if read.document.state is AlertState.RESOLVED:
            self._ended.end((Kind.ALERTS, key), arrived.timestamp)

    def _move_child(
        self, before: AlertDocument | None, now: AlertDocument | None, at: EpochMs
    ) -> None:
        """Hold which open alerts a parent has absorbed; its row says how many."""
        parents = {one.parent for one in (before, now) if one is not None and one.parent}
        counts = {parent: self.absorbed(parent) for parent in parents}
        if before is not None and before.parent is not None:
            self._life(before.parent, at).lose(before.id)
        if now is not None and now.parent is not None and now.state is not AlertState.RESOLVED:
            self._life(now.parent, at).absorb(now.id, now.restricted_to)
        for parent, count in counts.items():
            if self.absorbed(parent) != count:
                self._note(Kind.ALERTS, parent)

    def _take_report(self, key: str, arrived: Arrived) -> None:
        report = None if arrived.value is None else _report(arrived.value)
        if report is not None and report.id != key:
            raise ValueError(f"{report.id} is not the id that its key has")
        if not self._may_come(arrived, Kind.TRIAGE, key):
            return
        if report is None:
            self._drop(Kind.TRIAGE, key)
            return
        self.reports[key] = report
        self._place(Kind.TRIAGE, key, Shade(report.area, report.restricted_to))
        if report.status not in _WAITING:
            self._ended.end((Kind.TRIAGE, key), arrived.timestamp)

    def _take_reply(self, reply: ReplyDocument, at: EpochMs) -> None:
        self._note_deed(self.deeds.answer(reply))
        if reply.alert and reply.alert not in self.alerts:
            self._unknown.end(reply.alert, at)
        self._touched.setdefault((Kind.REPLIES, reply.command), None)
        self.replies.pop(reply.command, None)
        self.replies[reply.command] = reply
        while len(self.replies) > _REPLIES_MAX:
            del self.replies[next(iter(self.replies))]

    def _note_deed(self, alert: str) -> None:
        """Show an alert anew of which it is known now what was done, or what was written."""
        if alert in self.alerts:
            self._note(Kind.ALERTS, alert)

    def _may_come(self, arrived: Arrived, kind: Kind, key: str) -> bool:
        """Tell whether a record counts: what is restricted is not made open by an older record."""
        if arrived.topic in _RESTRICTED:
            self._restricted.add((kind, key))
            return True
        return (kind, key) not in self._restricted

    def _life(self, alert: str, at: EpochMs) -> Life:
        """Return what else is known of an alert; of one that is not there, for a while."""
        if alert not in self.alerts:
            self._unknown.end(alert, at)
        return self._lives.setdefault(alert, Life())

    def _note(self, kind: Kind, key: str) -> None:
        """Have a row shown anew, if it is there."""
        shade = self._shades.get((kind, key))
        if shade is not None:
            self._touched.setdefault((kind, key), shade)

    def _place(self, kind: Kind, key: str, shade: Shade | None) -> None:
        """Let a row be seen by others than before; it counts as not ended."""
        before = self._shades.pop((kind, key), None)
        self._touched.setdefault((kind, key), before)
        self._ended.take_back((kind, key))
        if shade is not None:
            self._shades[kind, key] = shade
        if kind is Kind.ALERTS and shade != before and key in self._lives:
            # The rows of what it has absorbed name it, to who may see it.
            for child in self._lives[key].children():
                self._note(Kind.ALERTS, child)

    def _drop(self, kind: Kind, key: str) -> None:
        rows = self.alerts if kind is Kind.ALERTS else self.reports
        rows.pop(key, None)
        self._place(kind, key, None)
        if self._is_settled:
            self._restricted.discard((kind, key))

    def _forget(self) -> None:
        for kind, key in self._ended.due(self._now):
            self._drop(kind, key)
            if kind is Kind.ALERTS:
                self._lives.pop(key, None)
                self.deeds.forget(key)
        # While partitions are read one after another the clock says nothing about what is to come.
        for alert in self._unknown.due(self._now if self._is_settled else EpochMs(0)):
            self._lives.pop(alert, None)
            self.deeds.forget(alert)
