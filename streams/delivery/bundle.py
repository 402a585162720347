"""Several notices in one message: of each alert the newest telling is told, the older are not.

Whoever reads "taken on by P03" does not want the call of a minute before underneath. What is left
out is not lost: every notice is settled with the message that made it needless.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing

__all__ = ["asks", "bundled", "newest_of"]


def newest_of(notices: Iterable[Outgoing]) -> dict[AlertId, int]:
    """Return the newest revision of each alert that some notices tell."""
    newest: dict[AlertId, int] = {}
    for notice in notices:
        for one in notice.alerts:
            newest[one.alert] = max(one.revision, newest.get(one.alert, 0))
    return newest


def bundled(notices: Iterable[Outgoing]) -> tuple[Outgoing, ...]:
    """Return what one message of these notices says, in their order; never nothing."""
    given = tuple(notices)
    newest, told = newest_of(given), set[AlertId]()
    said: list[Outgoing] = []
    for notice in given:
        alerts = tuple(
            one
            for one in notice.alerts
            if one.alert not in told and one.revision == newest[one.alert]
        )
        told.update(one.alert for one in alerts)
        if alerts or notice.message is not None or notice.rolled_up is not None:
            said.append(replace(notice, alerts=alerts))
    assert said, "the newest telling of an alert is told"
    return tuple(said)


def asks(notice: Outgoing, newest: Mapping[AlertId, int]) -> bool:
    """Tell whether somebody must answer for a notice.

    Args:
        notice: The notice.
        newest: What else is going to be told, by alert: an older telling asks for nothing more.
    """
    if notice.kind is NoticeKind.INFORM:
        return False
    if notice.rolled_up is not None or not notice.alerts:
        return True
    return any(
        one.kind is not NoticeKind.INFORM and newest.get(one.alert, 0) <= one.revision
        for one in notice.alerts
    )
