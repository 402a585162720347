"""Notices made short for tests of delivery, and an outbox on simulated time.

played = Played(policies)
played.put(call("A", at="36.04.17"))
played.run(60)
assert [...] == played.starts
"""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.delivery.outbox import Outbox
from streams.delivery.parcel import Ended, Parcel, Result, Send, Tried
from streams.delivery.policy import ChannelPolicy
from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope, digest_id
from streams.domain.notice import Destination, NoticeKind, Post
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import ScopeKind, Severity

__all__ = [
    "DELIVERED",
    "Answers",
    "Played",
    "Started",
    "alert",
    "call",
    "destination",
    "inform",
    "lowered",
    "notice",
    "parcel",
]

DELIVERED: Final = Tried(Result.DELIVERED)
KABUPATEN: Final = "36.04"


def destination(number: int = 1, area: str = KABUPATEN) -> Destination:
    """Return a contact of the Polsek."""
    return Destination(Post("OPS", "polsek"), AreaCode(area), number)


def alert(
    name: str,
    revision: int = 1,
    *,
    at: str = "36.04.17",
    kind: NoticeKind = NoticeKind.CALL,
    severity: Severity = Severity.HIGH,
) -> OutgoingAlert:
    """Return an alert of a kecamatan as a notice tells it."""
    text = Text(f"Siaga {name}", f"Alert {name}")
    is_call = kind is NoticeKind.CALL
    return OutgoingAlert(
        alert=digest_id(KABUPATEN, name),
        revision=revision,
        change=Change.OPENED if is_call else Change.ACKNOWLEDGED,
        kind=kind,
        rule="T03",
        scope=Scope(at),
        scope_kind=ScopeKind.KECAMATAN,
        scope_name="Binuang",
        path=("Banten", "Kab. Serang", "Binuang"),
        key="",
        severity=severity,
        state=AlertState.UNACKNOWLEDGED if is_call else AlertState.ACKNOWLEDGED,
        ladder=Ladder.OPS,
        level="polsek",
        title=text,
        summary=text,
        action=text,
        runbook="T03",
        opened_at=EpochMs(0),
        due_at=None,
        taken_by=None,
        told=(),
        instead_of="",
        unreached=(),
        flapping=False,
    )


def notice(*alerts: OutgoingAlert, to: Destination, due_s: float | None = None) -> Outgoing:
    """Return a notice of some alerts; its kind and severity are those of the first."""
    named = (f"{one.alert}.{one.revision}" for one in alerts)
    due_at = None if due_s is None else EpochMs(int(due_s * SECOND_MS))
    return Outgoing(
        id=digest_id(KABUPATEN, str(to), *named),
        destination=to,
        kind=alerts[0].kind,
        channel="sms",
        language="id",
        election=ElectionId("serang-2019"),
        drill=False,
        restricted_to=(),
        severity=alerts[0].severity,
        at=EpochMs(0),
        due_at=due_at,
        offset_minutes=420,
        alerts=alerts,
        message=None,
        rolled_up=None,
    )


def call(
    name: str,
    revision: int = 1,
    *,
    at: str = "36.04.17",
    severity: Severity = Severity.HIGH,
    to: Destination | None = None,
) -> Outgoing:
    """Return a call for one alert."""
    told = alert(name, revision, at=at, severity=severity)
    return notice(told, to=to or destination())


def inform(name: str, revision: int = 2, *, to: Destination | None = None) -> Outgoing:
    """Return a notice that wants no answer."""
    told = alert(name, revision, kind=NoticeKind.INFORM)
    return notice(told, to=to or destination())


def lowered(name: str, revision: int = 2, *, to: Destination | None = None) -> Outgoing:
    """Return news of an alert that still waits for an answer."""
    told = alert(name, revision, kind=NoticeKind.INFORM)
    told = replace(told, change=Change.LOWERED, state=AlertState.UNACKNOWLEDGED)
    return notice(told, to=to or destination())


def parcel(one: Outgoing, *ways: str, since: float = 0.0, dead: Iterable[int] = ()) -> Parcel:
    """Return a notice with the channels of its ways; by default `sms` alone."""
    return Parcel(notice=one, ways=ways or ("sms",), dead=frozenset(dead), since=since)


class Started(Struct, frozen=True):
    """A try that began."""

    at: float
    send: Send

    @property
    def names(self) -> frozenset[AlertId]:
        """The notices that it carries."""
        return frozenset(one.notice.id for one in self.send.parcels)


Answers = Callable[[Send, float], tuple[float, Tried]]
"""How long a try takes, and what comes of it."""


def at_once(_: Send, __: float) -> tuple[float, Tried]:
    """Let every try succeed within a tenth of a second."""
    return 0.1, DELIVERED


class Played:
    """An outbox, and receivers that answer as a test wants it, on simulated time."""

    def __init__(self, policies: dict[str, ChannelPolicy], answers: Answers = at_once) -> None:
        self.outbox = Outbox(policies)
        self.now = 0.0
        self.started: list[Started] = []
        self.ended: list[Ended] = []
        self.most_at_once: Counter[str] = Counter()
        self._answers = answers
        self._coming: list[tuple[float, int, Parcel | tuple[str, Tried]]] = []
        self._numbers = itertools.count()
        self._under_way: Counter[str] = Counter()
        self._channels: dict[str, str] = {}

    def put(self, *parcels: Parcel, at: float | None = None) -> None:
        """Let parcels come in at a time, or now."""
        for one in parcels:
            self._push(self.now if at is None else at, one)

    def run(self, until: float) -> None:
        """Let time pass."""
        look_at = self.now
        while (step := min(look_at, self._next)) <= until:
            assert step >= self.now, "time goes on"
            self.now = step
            self._take_in()
            look_at = self._begin()
        self.now = until

    @property
    def settled(self) -> Counter[AlertId]:
        """How often each notice was settled."""
        return Counter(one.parcel.notice.id for one in self.ended if one.is_settled)

    @property
    def delivered(self) -> Counter[AlertId]:
        """How often each notice was delivered."""
        return Counter(one.parcel.notice.id for one in self.ended if one.result is Result.DELIVERED)

    @property
    def _next(self) -> float:
        return self._coming[0][0] if self._coming else float("inf")

    def _push(self, at: float, what: Parcel | tuple[str, Tried]) -> None:
        heapq.heappush(self._coming, (at, next(self._numbers), what))

    def _take_in(self) -> None:
        while self._next <= self.now:
            match heapq.heappop(self._coming)[2]:
                case Parcel() as one:
                    self.outbox.put(one, self.now)
                case (key, tried):
                    self._under_way[self._channels.pop(key)] -= 1
                    self.ended += self.outbox.done(key, tried, self.now)

    def _begin(self) -> float:
        due = self.outbox.due(self.now)
        self.ended += due.ended
        for send in due.sends:
            channel = self._channels[send.key] = send.first.channel
            self._under_way[channel] += 1
            self.most_at_once[channel] = max(self.most_at_once[channel], self._under_way[channel])
            self.started.append(Started(self.now, send))
            seconds, tried = self._answers(send, self.now)
            self._push(self.now + seconds, (send.key, tried))
        return due.look_at
