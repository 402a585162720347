"""Who is told of an alert, and what for: from the lines of one moment to posts.

    opened, reopened ──────────► the levels of the opening, and the route      call · inform
    escalated ─────────────────► the level that it has come to                 call
    raised ────────────────────► the levels of the new severity, and who knows call
    free again, lapsed ────────► who knows of it; if nobody does, as at opening call
    acknowledged, shelved, lowered ─► the levels that know of it               inform
    returned, resolved ────────► everybody who knows of it                     inform

Nobody hears of the end of what he never heard the beginning of, and what has come and gone within
one moment is told to nobody. An inhibited alert is its parent's to tell.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from streams.alerts.ladder import levels_of, opening_levels
from streams.domain.alert import AGENCY, Alert, AlertState, Change, Ladder
from streams.domain.effects import Line
from streams.domain.notice import NoticeKind, Post
from streams.domain.times import HOUR_MS
from streams.domain.words import Severity

__all__ = ["FLAPS", "Due", "began", "due", "is_flapping"]

FLAPS: Final = 3
"""What has come back so often within an hour flaps, unless it is critical."""
_FLAPS_WITHIN_MS: Final = HOUR_MS
_BEGINS: Final = frozenset({Change.OPENED, Change.REOPENED})
_AGAIN: Final = frozenset(
    {Change.RAISED, Change.UNACKNOWLEDGED, Change.UNSHELVED, Change.UNINHIBITED}
)
_CALLS: Final = _BEGINS | _AGAIN | {Change.ESCALATED}
_ENDS: Final = frozenset({Change.RETURNED, Change.RESOLVED})
_INFORMS: Final = _ENDS | {Change.ACKNOWLEDGED, Change.SHELVED, Change.LOWERED}
_ALIASES: Final = {"panwas": "panwascam", "gakkumdu": "bawaslu", "propam": "propam_polres"}
"""Words of routes that people use for a level of a ladder. `gakkumdu` sits with Bawaslu
(domain §2), where its reports go first."""


class Due(Struct, frozen=True):
    """Somebody who must be told, and what for."""

    post: Post
    kind: NoticeKind
    change: Change


def began(lines: Sequence[Line]) -> bool:
    """Tell whether an alert has opened, or reopened, by these lines."""
    return any(line.change in _BEGINS for line in lines)


def is_flapping(alert: Alert) -> bool:
    """Tell whether an alert comes and goes too often for it to be told each time."""
    times = alert.reopened[-FLAPS:]
    often = len(times) == FLAPS and times[-1] - times[0] <= _FLAPS_WITHIN_MS
    return often and alert.severity is not Severity.CRITICAL


def due(alert: Alert, lines: Sequence[Line], kind: str) -> tuple[Due, ...]:
    """Return who must be told of what one moment has brought.

    Args:
        alert: As it is after the lines; `told` says who knew of it before them.
        lines: Its own, of one moment, in order.
        kind: Of election: some have other levels.
    """
    calls = [line for line in lines if line.change in _CALLS]
    if alert.state is AlertState.INHIBITED:
        return ()
    if alert.state is AlertState.UNACKNOWLEDGED and calls:
        return _called(alert, calls, kind)
    informs = [line for line in lines if line.change in _INFORMS]
    if not informs or began(lines):
        return ()
    change = informs[-1].change
    known = (Post(one.ladder, one.level) for one in alert.told)
    return tuple(
        Due(post, NoticeKind.INFORM, change)
        for post in dict.fromkeys(known)
        if change in _ENDS or post.ladder == alert.ladder
    )


def _called(alert: Alert, calls: Sequence[Line], kind: str) -> tuple[Due, ...]:
    told = () if began(calls) else alert.told
    known = tuple(one.level for one in told if one.ladder == alert.ladder)
    changes = {line.change for line in calls}
    levels = {line.level for line in calls if line.change not in _BEGINS}
    if not known or Change.RAISED in changes:
        levels |= {*opening_levels(alert.policy, alert.severity, alert.start, alert.levels)}
    if changes & _AGAIN:
        levels |= {*known}
    own = tuple(Post(alert.ladder, level) for level in alert.levels if level in levels)
    route = () if known else tuple(post for post in _route(alert, kind) if post not in own)
    return (
        *(Due(post, NoticeKind.CALL, calls[-1].change) for post in own),
        *(Due(post, NoticeKind.INFORM, calls[0].change) for post in dict.fromkeys(route)),
    )


def _route(alert: Alert, kind: str) -> tuple[Post, ...]:
    """Return the posts of a route: a ladder is told at the same index as ours, or at its top."""
    return tuple(_post(alert, word, kind) for word in alert.route)


def _post(alert: Alert, word: str, kind: str) -> Post:
    if word in {*Ladder}:
        levels = levels_of(Ladder(word), kind)
        return Post(word, levels[min(alert.start, len(levels) - 1)])
    level = _ALIASES.get(word, word)
    for ladder in (alert.ladder, *Ladder):
        if level in levels_of(ladder, kind):
            return Post(ladder, level)
    return Post(AGENCY, word)
