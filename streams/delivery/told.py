"""What each destination has been told of each alert, so that nothing older is told after it.

An older telling comes late in many ways: by a fallback, after a rest, or because it lay in another
partition. It is out of date if the destination has got a newer one since; a call only if that one
asked, too, or if nobody is asked any more. It is set aside then, and settled by what was told in
its place.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from streams.delivery.bundle import Newest, Says, newest_of, replaces_calls
from streams.delivery.parcel import Ended, Parcel, Result
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import OutgoingAlert

__all__ = ["Told"]

_KEPT_MAX: Final = 50_000
"""Alerts of destinations; what was told longest ago is forgotten, and costs a message."""
_REASON: Final = "newer news was delivered"


class _Got(NamedTuple):
    revision: int = 0
    """The newest."""
    instead_of_calls: int = 0
    """The newest that takes the place of calls."""

    def after(self, told: Newest) -> "_Got":
        revision = told.telling.revision
        is_instead = told.is_call or replaces_calls(told.telling)
        return _Got(
            max(self.revision, revision),
            max(self.instead_of_calls, revision if is_instead else 0),
        )


class Told:
    """The newest tellings by addressee and alert."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.aside: list[Parcel] = []
        """What is out of date, and not settled yet."""
        self._got: dict[tuple[str, AlertId], _Got] = {}

    def note(self, addressee: str, notices: Iterable[Says]) -> frozenset[AlertId]:
        """Remember what an addressee has got in one message; return the alerts that it told.

        Notices that went out together may be handed in as they came: what their message said of an
        alert follows from all of them.
        """
        told = newest_of(notices)
        for alert, newest in told.items():
            got = self._got.pop((addressee, alert), _Got())
            self._got[addressee, alert] = got.after(newest)
        while len(self._got) > _KEPT_MAX:
            del self._got[next(iter(self._got))]
        return frozenset(told)

    def is_outdated(self, parcel: Parcel) -> bool:
        """Tell whether all that a parcel says is older than what its addressee has got."""
        notice = parcel.notice
        if notice.message is not None or notice.rolled_up is not None:
            return False
        return all(self._is_older(parcel.addressee, one) for one in notice.alerts)

    def settled(self) -> Iterator[Ended]:
        """Yield the end of all that was set aside."""
        for parcel in self.aside:
            yield Ended(
                parcel=parcel, result=Result.DELIVERED, tries=0, reason=_REASON, is_settled=True
            )
        self.aside.clear()

    def _is_older(self, addressee: str, one: OutgoingAlert) -> bool:
        got = self._got.get((addressee, one.alert), _Got())
        newest = got.revision if one.kind is NoticeKind.INFORM else got.instead_of_calls
        return one.revision < newest
