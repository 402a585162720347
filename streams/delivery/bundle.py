"""Several notices in one message: of each alert the newest telling is told, the older are not.

Whoever reads "taken on by P03" does not want the call of a minute before underneath. What is left
out is not lost: every notice is settled with the message that made it needless. But news makes a
call needless only if nobody is asked any more: an alert that was lowered before its call went out,
and that still waits for an answer, is told as it is now, and as a call.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert

__all__ = ["Newest", "Says", "Tells", "asks", "bundled", "newest_of", "replaces_calls"]


class Tells(Protocol):
    """As much of a telling of an alert as decides what becomes of the others."""

    @property
    def alert(self) -> AlertId:
        """Which alert it tells."""
        ...

    @property
    def revision(self) -> int:
        """How new it is."""
        ...

    @property
    def kind(self) -> NoticeKind:
        """Whether it calls."""
        ...

    @property
    def state(self) -> AlertState:
        """How the alert stands."""
        ...


class Says(Protocol):
    """Somebody's notice, or as much of it as is remembered."""

    @property
    def alerts(self) -> Sequence[Tells]:
        """What it tells."""
        ...


class Newest(Struct, frozen=True):
    """What some tellings of one alert come to."""

    telling: Tells
    """The newest; of two of one revision the one that calls."""
    has_call: bool
    """Whether any of them calls."""

    @property
    def is_call(self) -> bool:
        """Whether the newest is told as a call: it is one, or the call of an older one is due."""
        is_due = self.telling.state is AlertState.UNACKNOWLEDGED
        return self.has_call and (is_due or _calls(self.telling))

    def beside(self, other: "Newest") -> "Newest":
        """Return what the tellings of both come to."""
        return Newest(
            max(self.telling, other.telling, key=_age), has_call=self.has_call or other.has_call
        )


def newest_of(notices: Iterable[Says]) -> dict[AlertId, Newest]:
    """Return what some notices tell of each alert."""
    newest: dict[AlertId, Newest] = {}
    for notice in notices:
        for one in notice.alerts:
            found = Newest(one, has_call=_calls(one))
            before = newest.get(one.alert)
            newest[one.alert] = found if before is None else before.beside(found)
    return newest


def bundled(notices: Iterable[Outgoing]) -> tuple[Outgoing, ...]:
    """Return what one message of these notices says, in their order; never nothing."""
    given = tuple(notices)
    newest, told = newest_of(given), set[AlertId]()
    said: list[Outgoing] = []
    for notice in given:
        alerts = tuple(
            replace(one, kind=NoticeKind.CALL) if _is_raised(one, newest) else one
            for one in notice.alerts
            if one.alert not in told and one.revision == newest[one.alert].telling.revision
        )
        told.update(one.alert for one in alerts)
        if alerts or notice.message is not None or notice.rolled_up is not None:
            is_raised = notice.kind is NoticeKind.INFORM and any(map(_calls, alerts))
            kind = NoticeKind.CALL if is_raised else notice.kind
            said.append(replace(notice, alerts=alerts, kind=kind))
    assert said, "the newest telling of an alert is told"
    return tuple(said)


def asks(notice: Outgoing, newest: Mapping[AlertId, Newest]) -> bool:
    """Tell whether somebody must answer for a notice.

    Args:
        notice: The notice.
        newest: What is going to be told beside it, by alert: an older telling asks for nothing
            more, and the newest asks for all of them.
    """
    if notice.rolled_up is not None or not notice.alerts:
        return notice.kind is not NoticeKind.INFORM
    return any(_asks(one, newest.get(one.alert)) for one in notice.alerts)


def replaces_calls(telling: Tells) -> bool:
    """Tell whether whoever was told this needs no older call any more."""
    return _calls(telling) or telling.state is not AlertState.UNACKNOWLEDGED


def _asks(one: OutgoingAlert, newest: Newest | None) -> bool:
    if newest is None or newest.telling.revision < one.revision:
        return _calls(one)
    return newest.is_call and newest.telling.revision == one.revision


def _is_raised(one: OutgoingAlert, newest: Mapping[AlertId, Newest]) -> bool:
    return not _calls(one) and newest[one.alert].is_call


def _calls(one: Tells) -> bool:
    return one.kind is not NoticeKind.INFORM


def _age(one: Tells) -> tuple[int, bool]:
    return one.revision, _calls(one)
