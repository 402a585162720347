"""A message that was refused is told again in halves, until it is known whose fault it was.

One notice that a channel chokes on must not cost those that went with it. Halves rather than single
notices: of a thousand the bad one is found in ten steps, and the others cost their reader ten
messages at most. What tells of the same alert stays together, so the older is still left out.
"""

from collections.abc import Sequence
from itertools import chain

from streams.delivery.bundle import bundled
from streams.delivery.parcel import Parcel
from streams.domain.ids import AlertId

__all__ = ["halves"]


def halves(parcels: Sequence[Parcel]) -> tuple[tuple[Parcel, ...], ...]:
    """Return the parcels of a message in two parts, in their order; none: it says one thing."""
    groups = _linked(parcels)
    if len(groups) == 1:
        if len(bundled(one.notice for one in parcels)) == 1:
            return ()
        groups = [[one] for one in parcels]
    middle = (len(groups) + 1) // 2
    return tuple(tuple(chain(*part)) for part in (groups[:middle], groups[middle:]))


def _linked(parcels: Sequence[Parcel]) -> list[list[Parcel]]:
    """Return parcels in groups that have no alert in common."""
    group_of: dict[AlertId, list[Parcel]] = {}
    groups: dict[int, list[Parcel]] = {}
    for parcel in parcels:
        alerts = [one.alert for one in parcel.notice.alerts]
        met = {id(group): group for one in alerts if (group := group_of.get(one)) is not None}
        first, *others = met.values() if met else ([],)
        first.append(parcel)
        groups[id(first)] = first
        for other in others:
            first += groups.pop(id(other))
            group_of |= {one.alert: first for each in other for one in each.notice.alerts}
        group_of |= dict.fromkeys(alerts, first)
    return list(groups.values())
