"""Puts what is said of a TPS, and by an officer, among the facts of the day.

An ordinary heartbeat is nearly all of the traffic: it moves the end of an island, and no rule but
those of silence needs to be asked. What else changed is told by the kind of the happening, so
that only rules are asked which listen to it.
"""

from typing import Final

from msgspec import Struct

from streams.domain.events import StatusKind, VoteCount
from streams.domain.facts import (
    TpsFacts,
    add_count,
    add_message,
    add_point,
    add_remark,
    take_back,
)
from streams.domain.happenings import NOTHING_SAID, STAGES, Happening, Point, said_by
from streams.domain.journal import AcceptedCount, AcceptedStatus
from streams.domain.times import DAY_MS, HOUR_MS
from streams.judge.state import PartitionState
from streams.judge.world import Watched
from streams.rules.views import About
from streams.territory.plan import Tps

__all__ = ["EVERYTHING", "Noted", "note_count", "note_status", "point_of"]

EVERYTHING: Final = frozenset(Happening)
"""What a correction may have changed."""
_NOTHING: Final[frozenset[Happening]] = frozenset()
_NO_FACTS: Final = TpsFacts()
_OF_THE_DAY: Final = frozenset(
    {
        StatusKind.OPENED,
        StatusKind.SUSPENDED,
        StatusKind.RESUMED,
        StatusKind.CLOSED,
        StatusKind.COUNTING_STARTED,
        StatusKind.COUNTING_FINISHED,
    }
)
"""Stages of voting and counting; a box or a postponement may be spoken of days before."""
_EARLY_MS: Final = 6 * HOUR_MS
"""Stages of voting that are told longer before the opening than this are a rehearsal's."""
_DAY_SLACK_MS: Final = 2 * DAY_MS
"""Messages further from the opening than this say nothing about the day."""


class Noted(Struct, frozen=True, gc=False):
    """What a message has changed of the facts of its TPS."""

    changed: frozenset[Happening]
    """Kinds of happenings of which there are others now; empty: it was only a sign of life."""
    ordinary: bool
    """Whether it is the newest message of its TPS."""
    before: TpsFacts = _NO_FACTS
    """What was known until then."""


def note_status(
    state: PartitionState, watched: Watched, tps: Tps, accepted: AcceptedStatus, name: str
) -> Noted:
    """Put a status among the facts of its TPS; `name` is its record's in the journal."""
    event = accepted.event
    key = (accepted.election, tps.code)
    before = state.facts.get(key)
    facts = before or _NO_FACTS
    ordinary = False
    if abs(accepted.at - tps.opens_at) <= _DAY_SLACK_MS:
        islands = add_message(facts.islands, accepted.at, name)
        ordinary = islands[-1][1] == accepted.at
        facts = TpsFacts(facts.points, islands, facts.taken_back, facts.remarks, facts.counts)
    if event.corrects:
        facts = take_back(facts, event.source.id, event.corrects)
    facts = _with_point(facts, watched, tps, accepted, name)
    state.facts.put(key, facts)
    before = before or _NO_FACTS
    if event.corrects or _is_first(before, tps, ordinary=ordinary) or _is_full(before, facts):
        return Noted(EVERYTHING, ordinary, before)
    same = facts.points is before.points and facts.remarks is before.remarks
    return Noted(_NOTHING if same else frozenset({Happening(event.kind)}), ordinary, before)


def note_count(state: PartitionState, tps: Tps, accepted: AcceptedCount, name: str) -> Noted:
    """Put a count among the facts of its TPS."""
    key = (accepted.election, tps.code)
    before = state.facts.get(key) or _NO_FACTS
    facts = add_count(before, point_of(accepted, name))
    state.facts.put(key, facts)
    everything = _is_first(before, tps, ordinary=False) or _is_full(before, facts)
    changed = EVERYTHING if everything else frozenset({Happening.COUNT})
    return Noted(changed, ordinary=False, before=before)


def _is_first(before: TpsFacts, tps: Tps, *, ordinary: bool) -> bool:
    """Tell whether this may be the first that was said of a TPS, so that its deadlines are set.

    One that no plan has may have spoken earlier than was known, and could be missed since then.
    """
    return before == _NO_FACTS or not (tps.listed or ordinary)


def _is_full(before: TpsFacts, after: TpsFacts) -> bool:
    """Tell whether something had to go to make room, of whatever kind it was."""
    return any(
        new is not old and len(new) <= len(old)
        for old, new in (
            (before.points, after.points),
            (before.remarks, after.remarks),
            (before.counts, after.counts),
        )
    )


def point_of(accepted: AcceptedStatus | AcceptedCount, name: str) -> Point:
    """Return what a status or count tells as a happening."""
    event = accepted.event
    return Point(
        at=accepted.at,
        kind=Happening.COUNT if isinstance(event, VoteCount) else Happening(event.kind),
        id=event.id,
        source=event.source.id,
        offset=name,
        role=event.source.speaks_as,
        said=said_by(event),
    )


def _with_point(
    facts: TpsFacts, watched: Watched, tps: Tps, accepted: AcceptedStatus, name: str
) -> TpsFacts:
    kind = Happening(accepted.event.kind)
    if kind in STAGES:
        rehearsed = _is_rehearsed(accepted, tps)
        return facts if rehearsed else add_point(facts, point_of(accepted, name))
    asked = watched.rules.remarks.get(kind)
    if asked is None:
        return facts
    point = point_of(accepted, name)
    if point.said is NOTHING_SAID and not asked.bare:
        return facts
    about = About(tps, watched.plan.election)
    return add_remark(facts, point) if asked.matches(point, about) else facts


def _is_rehearsed(accepted: AcceptedStatus, tps: Tps) -> bool:
    """Tell whether a stage was told so early that it can't be one of the day.

    By the time of receipt: a telephone whose date is wrong still speaks of the day.
    """
    return accepted.event.kind in _OF_THE_DAY and accepted.received_at < tps.opens_at - _EARLY_MS
