"""A message as JSON, for machines: what a webhook carries and what a file of lines keeps.

It is made of *tellings*, the smallest things that can be told on their own: an alert of a notice, a
text, some of the alerts of a roll-up. So what is too long for one message can be cut between two of
them (`split`), and each part is a whole that says which of how many it is. No address is in it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind, Severity
from streams.sinks.sender import Message
from streams.wire.time import format_time

__all__ = ["Telling", "ToldAlert", "ToldRollUp", "kind_of", "split", "tellings_of"]

_ALERTS_A_TELLING: Final = 250
"""Of a roll-up: some 6 kB of ids."""


class ToldAlert(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One alert, as its destination is told of it."""

    alert: AlertId
    revision: int
    change: Change
    rule: str
    scope: Scope
    scope_kind: ScopeKind
    path: tuple[str, ...]
    severity: Severity
    state: AlertState
    ladder: Ladder
    level: str
    title: Text
    summary: Text
    action: Text
    runbook: str
    opened_at: str
    due_at: str = ""
    taken_by: Text | None = None
    instead_of: str = ""
    unreached: tuple[str, ...] = ()
    flapping: bool = False


class ToldRollUp(Struct, frozen=True, kw_only=True):
    """Some of the alerts of a kecamatan that are told together; `opened` counts all."""

    kecamatan: AreaCode
    name: str
    since: str
    opened: int
    alerts: tuple[AlertId, ...]


class Telling(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that is told: an alert, a message, or some of a roll-up."""

    notice: AlertId
    kind: NoticeKind
    destination: str
    election: ElectionId
    at: str
    drill: bool = False
    alert: ToldAlert | None = None
    message: Text | None = None
    rolled_up: ToldRollUp | None = None


def kind_of(one: Message) -> NoticeKind:
    """Return what a message wants: if anything in it calls, it is a call."""
    kinds = {notice.kind for notice in one.notices}
    order = (NoticeKind.CALL, NoticeKind.ROLL_UP, NoticeKind.INFORM)
    return next(kind for kind in order if kind in kinds)


def tellings_of(one: Message) -> tuple[Telling, ...]:
    """Return all that a message tells, in the order of its notices."""
    return tuple(telling for notice in one.notices for telling in _tellings(notice))


def _tellings(notice: Outgoing) -> Iterator[Telling]:
    def telling(
        alert: ToldAlert | None = None,
        message: Text | None = None,
        rolled_up: ToldRollUp | None = None,
    ) -> Telling:
        return Telling(
            notice=notice.id,
            kind=notice.kind,
            destination=str(notice.destination),
            election=notice.election,
            at=format_time(notice.at, notice.offset_minutes),
            drill=notice.drill,
            alert=alert,
            message=message,
            rolled_up=rolled_up,
        )

    if notice.message is not None:
        yield telling(message=notice.message)
    for alert in notice.alerts:
        yield telling(alert=_told_alert(alert, notice.offset_minutes))
    if notice.rolled_up is not None:
        for some in _told_roll_ups(notice.rolled_up, notice.offset_minutes):
            yield telling(rolled_up=some)


def _told_alert(alert: OutgoingAlert, offset_minutes: int) -> ToldAlert:
    return ToldAlert(
        alert=alert.alert,
        revision=alert.revision,
        change=alert.change,
        rule=alert.rule,
        scope=alert.scope,
        scope_kind=alert.scope_kind,
        path=alert.path,
        severity=alert.severity,
        state=alert.state,
        ladder=alert.ladder,
        level=alert.level,
        title=alert.title,
        summary=alert.summary,
        action=alert.action,
        runbook=alert.runbook,
        opened_at=format_time(alert.opened_at, offset_minutes),
        due_at=_time_or_nothing(alert.due_at, offset_minutes),
        taken_by=alert.taken_by,
        instead_of=alert.instead_of,
        unreached=alert.unreached,
        flapping=alert.flapping,
    )


def _told_roll_ups(rolled_up: OutgoingRollUp, offset_minutes: int) -> Iterator[ToldRollUp]:
    alerts = rolled_up.alerts
    for start in range(0, max(len(alerts), 1), _ALERTS_A_TELLING):
        yield ToldRollUp(
            kecamatan=rolled_up.kecamatan,
            name=rolled_up.name,
            since=format_time(rolled_up.since, offset_minutes),
            opened=rolled_up.opened,
            alerts=alerts[start : start + _ALERTS_A_TELLING],
        )


def _time_or_nothing(at: EpochMs | None, offset_minutes: int) -> str:
    return "" if at is None else format_time(at, offset_minutes)


def split(
    tellings: Iterable[Telling], room: int, cost: Callable[[Telling], int]
) -> tuple[tuple[Telling, ...], ...]:
    """Cut tellings into parts, each of which costs no more than there is room for.

    One that costs more than that is a part of its own: told too long is better than not told.
    """
    parts: list[list[Telling]] = [[]]
    left = room
    for telling in tellings:
        needed = cost(telling)
        if needed > left and parts[-1]:
            parts.append([])
            left = room
        parts[-1].append(telling)
        left -= needed
    return tuple(tuple(part) for part in parts)
