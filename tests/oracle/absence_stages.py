"""Deadlines of the stages of a TPS: T01, T05, T08, T09 and V10, as functions of all that was said.

Statuses are those that stand, in the order of their times; counts are all that came, for a count
that was replaced says all the same that somebody was counting.
"""

from dataclasses import dataclass

from tests.oracle.absence import Deadline, judge_deadline
from tests.oracle.events import Event
from tests.oracle.times import MINUTE
from tests.oracle.told import by_moment, order
from tests.oracle.values import number

__all__ = [
    "Closing",
    "count_silences",
    "logistics",
    "not_closed",
    "not_counted",
    "not_counting",
]

_VOTES = frozenset({"opened", "resumed"})
_COUNTS_NOW = frozenset({"counting_started", "counting_finished", "box_departed"})
_VOTES_NO_MORE = frozenset({"closed", "postponed"})
_COUNTS = frozenset({"counting_started", "counting_finished", "box_departed", "postponed"})
_COUNTS_NO_MORE = frozenset({"counting_finished", "box_departed", "postponed"})
_HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Closing:
    """When a TPS should close, and how much longer it may go on without a word."""

    at: int
    limit_minutes: int


def logistics(due: int, stages: list[Event]) -> list[Deadline]:
    """T01: "Ends: `logistics_received`, `opened`, `postponed`"."""
    kinds = {"logistics_received", "opened", "postponed"}
    return [judge_deadline("logistics", due, [s for s in stages if s.kind in kinds])]


def not_closed(
    closing: Closing, stages: list[Event], counts: list[Event], queue: list[Event]
) -> list[Deadline]:
    """T05: while a TPS votes beyond its closing time and no queue is declared.

    The clock starts at the closing time, or with an opening after it, and again with each word
    that nobody queues any more; a word of a queue stops it.
    """
    words = [word for word in queue if word.at >= closing.at - _HOUR]
    found: list[Deadline] = []
    for index, (begins, ends) in enumerate(_spells(stages, counts)):
        since = max(closing.at, begins.at)
        if ends is not None and ends.at <= since:
            continue
        before = [word for word in words if word.at <= since]
        starts = [] if before and _declared(before[-1]) else [(f"spell {index}", since)]
        starts += [
            (f"queue of {word.at}", word.at)
            for word in words
            if word.at > since and not _declared(word) and (ends is None or word.at < ends.at)
        ]
        for name, start in starts:
            over = [word for word in words if word.at > start and _declared(word)]
            came = over + ([ends] if ends is not None else [])
            found.append(judge_deadline(name, start + closing.limit_minutes * MINUTE, came))
    return found


def _declared(word: Event) -> bool:
    return (number(word.value, "queue") or 0) > 0


def _spells(stages: list[Event], counts: list[Event]) -> list[tuple[Event, Event | None]]:
    """The times in which a TPS votes: what began each and what ended it.

    Who counts does not vote; what is resumed after that is the counting.
    """
    spells: list[tuple[Event, Event | None]] = []
    begun: Event | None = None
    counting = False
    for stage in by_moment([*stages, *counts]):
        counts_now = stage.kind in _COUNTS_NOW or stage in counts
        counting = counts_now or (counting and stage.kind != "opened")
        if begun is None and stage.kind in _VOTES and not counting:
            begun = stage
        elif begun is not None and (stage.kind in _VOTES_NO_MORE or counts_now):
            spells.append((begun, stage))
            begun = None
    return [*spells, (begun, None)] if begun is not None else spells


def not_counting(limit_minutes: int, stages: list[Event], counts: list[Event]) -> list[Deadline]:
    """T08: from each `closed` on; counting that was heard of since the TPS last opened fulfils it.

    Another sender may say `closed` when the counting has begun, or by a clock that is ahead.
    """
    found: list[Deadline] = []
    for closed in (stage for stage in stages if stage.kind == "closed"):
        voted = [s for s in stages if s.kind in _VOTES and order(s) < order(closed)]
        since = voted[-1].at if voted else 0
        came = [s for s in stages if s.kind in _COUNTS and s.at >= since]
        came += [s for s in stages if s.kind in _VOTES and order(s) > order(closed)]
        came += [count for count in counts if count.at >= since]
        due = closed.at + limit_minutes * MINUTE
        found.append(judge_deadline(f"{closed.source} {closed.id}", due, came))
    return found


def not_counted(
    due: int, rise: int, stages: list[Event], all_final: Event | None
) -> list[Deadline]:
    """T09: "ends with `counting_finished`, `postponed` or a final count of every contest"."""
    came = [s for s in stages if s.kind in {"counting_finished", "postponed"}]
    return [
        judge_deadline("count", due, [*came, *([all_final] if all_final is not None else [])], rise)
    ]


def count_silences(
    limit_minutes: int, stages: list[Event], counts: list[Event], all_final: Event | None
) -> list[Deadline]:
    """V10: "from `counting_started` …; any count of that TPS starts the clock anew"."""
    over = [stage for stage in stages if stage.kind in _COUNTS_NO_MORE]
    last = [] if all_final is None else [all_final]
    starts = [stage for stage in stages if stage.kind == "counting_started"]

    def counting(at: int) -> bool:
        """Whether the TPS was counting: an end at a moment is after a start at that moment."""
        begun = max((start.at for start in starts if start.at <= at), default=None)
        if begun is None or any(final.at <= at for final in last):
            return False
        return not any(begun <= end.at < at for end in over)

    found: list[Deadline] = []
    for told in (*starts, *counts):
        if counting(told.at):
            came = [end for end in (*over, *last) if end.at >= told.at]
            came += [count for count in counts if count.at > told.at]
            due = told.at + limit_minutes * MINUTE
            found.append(judge_deadline(f"message of {told.at}", due, came))
    return found
