"""What a demo knows of its day: made of what was read from the topics, and of the player's clock.

The board reads what any consumer may read; it asks no worker. It has no clock of its own, so a test
hands it records and looks at what it made of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from streams.cli.demo_latency import Latency
from streams.domain.alert import AlertState
from streams.domain.effects import Line, Reply, ReplyOutcome
from streams.domain.ids import AlertId, AreaCode, ElectionId
from streams.domain.journal import Accepted
from streams.domain.times import EpochMs
from streams.domain.words import Severity
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.simulation.story import Caption
from streams.wire.documents import AlertDocument, ReplyDocument, TransitionDocument
from streams.wire.journal import decode_record
from streams.wire.picture import AreaPicture, TpsPicture
from streams.wire.picture import decode as decode_picture
from streams.wire.time import parse_time

__all__ = ["TOPICS", "Board", "OpenAlert"]

TOPICS: Final = (
    Topic.JOURNAL,
    Topic.ALERTS,
    Topic.RESTRICTED_ALERTS,
    Topic.TRANSITIONS,
    Topic.RESTRICTED_TRANSITIONS,
    Topic.REPLIES,
    Topic.DEADLETTER,
    Topic.PICTURE,
)
"""What it wants to read."""
_SEVERITIES: Final = tuple(reversed(Severity))
"""The worst first."""

_alert_of: Final = msgspec.json.Decoder(AlertDocument).decode
_line_of: Final = msgspec.json.Decoder(TransitionDocument).decode
_reply_of: Final = msgspec.json.Decoder(ReplyDocument).decode


class OpenAlert(Struct, frozen=True):
    """An alert that waits for somebody."""

    shown: AlertDocument
    due_at: EpochMs | None
    """When the next level is told; None: it climbs no further."""


class Board:
    """The state of a demo."""

    def __init__(self, latency: Latency, captions: tuple[Caption, ...], starts: EpochMs) -> None:
        """Begin before the first record; `captions` in the order of time."""
        self.latency = latency
        self.now = starts
        self.alerts: dict[str, AlertDocument] = {}
        self.lines: list[TransitionDocument] = []
        self.replies: list[Reply] = []
        self.taken: Counter[str] = Counter()
        """Events in the journal, by topic."""
        self.dead_letters: Counter[str] = Counter()
        self.told: list[Caption] = []
        self._captions = captions
        self._heard: dict[str, EpochMs] = {}
        """Of each kabupaten: everything that was sent before this is judged."""

    def play_to(self, at: EpochMs) -> None:
        """Let the player's clock stand at `at`."""
        self.now = at
        self.told = [caption for caption in self._captions if caption.at <= at]

    def take(self, slot: Slot, record: RecordView, read_s: float) -> None:
        """Take in a record that was read at a moment of the clock on the wall."""
        value = record.value or b""
        match slot.topic:
            case Topic.JOURNAL:
                self._take_journal(slot, record.offset, value)
            case Topic.PICTURE:
                self._take_picture(decode_picture(value))
            case Topic.ALERTS | Topic.RESTRICTED_ALERTS:
                shown = _alert_of(value)
                self.alerts[shown.id] = shown
            case Topic.TRANSITIONS | Topic.RESTRICTED_TRANSITIONS:
                self._take_line(_line_of(value), dict(record.headers), read_s)
            case Topic.REPLIES:
                self.replies.append(_reply(_reply_of(value)))
            case Topic.DEADLETTER:
                reason = dict(record.headers).get("reason") or b""
                self.dead_letters[reason.decode()] += 1
            case _:
                pass

    def judged_to(self, kabupaten: Iterable[AreaCode]) -> EpochMs:
        """Return up to when all that was sent is judged; 0: of some nothing is known yet."""
        return min((self._heard.get(code, EpochMs(0)) for code in kabupaten), default=EpochMs(0))

    def open_alerts(self) -> list[OpenAlert]:
        """Return what is open, the most urgent first: severity, then the next step, then age."""
        found = [
            OpenAlert(one, None if one.due_at is None else parse_time(one.due_at))
            for one in self.alerts.values()
            if one.state is not AlertState.RESOLVED
        ]
        return sorted(found, key=_urgency)

    def by_severity(self) -> Mapping[Severity, tuple[int, int]]:
        """Return how many alerts there were of each severity, and how many are open."""
        everything = list(self.alerts.values())
        return {
            severity: (
                sum(one.severity is severity for one in everything),
                sum(
                    one.severity is severity and one.state is not AlertState.RESOLVED
                    for one in everything
                ),
            )
            for severity in _SEVERITIES
        }

    def lines_told(self) -> list[Line]:
        """Return the changes as the story's verdict wants them."""
        return [_line(one) for one in self.lines]

    def _take_journal(self, slot: Slot, offset: int, value: bytes) -> None:
        record = decode_record(value)
        if isinstance(record, Accepted):
            self.taken[record.origin.topic] += 1
            self.latency.journaled((slot.partition, offset), record.origin)

    def _take_picture(self, picture: AreaPicture | TpsPicture) -> None:
        if isinstance(picture, AreaPicture) and picture.heard is not None:
            self._heard[picture.code] = parse_time(picture.heard)

    def _take_line(
        self, line: TransitionDocument, headers: Mapping[str, bytes | None], read_s: float
    ) -> None:
        self.lines.append(line)
        place = int(headers["partition"] or b""), int(headers["offset"] or b"")
        if line.cause == "{}:{}".format(*place) or line.cause.startswith("command:"):
            self.latency.told(place, read_s)


def _urgency(alert: OpenAlert) -> tuple[int, EpochMs, str]:
    latest = EpochMs(1 << 62)
    due = latest if alert.due_at is None else alert.due_at
    return _SEVERITIES.index(alert.shown.severity), due, alert.shown.opened_at


def _line(line: TransitionDocument) -> Line:
    return Line(
        at=parse_time(line.at),
        alert=AlertId(line.alert),
        revision=line.revision,
        rule=line.rule,
        scope=line.scope,
        key=line.key,
        change=line.change,
        state=line.state,
        severity=line.severity,
        ladder=line.ladder,
        level=line.level,
        drill=line.drill,
        cause=line.cause,
        election=ElectionId(""),
    )


def _reply(reply: ReplyDocument) -> Reply:
    return Reply(
        command=reply.command,
        outcome=ReplyOutcome(reply.outcome),
        reason=reply.reason,
        at=parse_time(reply.at),
        kind=reply.command_kind,
    )
