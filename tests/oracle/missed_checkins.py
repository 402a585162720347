"""Rule W10: officers who check in no more.

ADR 18: "an officer is watched from the first `checkin` that names him … until the boxes of his TPS
are in (or those are postponed), and again from the moment that another one departs"; "“Any KAM” is
an alert of a KAM category about the desa, or a TPS of it, of any of those TPS: from its opening
until it ends the limit is 10 minutes, counted from the later of its opening and the last check-in."
"""

from dataclasses import dataclass

from tests.oracle.absence import Deadline, judge_deadline
from tests.oracle.book import Line
from tests.oracle.boxes import BOX_KINDS, Boxes
from tests.oracle.events import Event
from tests.oracle.rows import W10_AFTER_KAM_MINUTES
from tests.oracle.times import MINUTE
from tests.oracle.told import Told, by_moment

__all__ = ["Span", "done_since", "missed_checkins", "spans_of_trouble"]

_VOTING = ("opened", "resumed", "postponed")
_OF_THE_END = BOX_KINDS.union(_VOTING)
_SHORT = W10_AFTER_KAM_MINUTES * MINUTE


@dataclass(frozen=True)
class Span:
    """A time in which an alert was told of."""

    since: int
    until: int | None


def spans_of_trouble(lines: list[Line], desas: set[str]) -> list[Span]:
    """When there was an alert of a KAM category about any of some desa."""
    begun: dict[str, int] = {}
    found: list[Span] = []
    for line in lines:
        about = line.about
        if not about.key.startswith("KAM-") or about.scope[:13] not in desas:
            continue
        if line.change in {"opened", "reopened"}:
            begun.setdefault(line.alert, line.at)
        elif line.state in {"returned", "resolved"} and line.alert in begun:
            found.append(Span(begun.pop(line.alert), line.at))
    return found + [Span(since, None) for since in begun.values()]


def done_since(told: Told, codes: list[str]) -> list[tuple[int, Event | None]]:
    """From when on nothing is left to watch at any of some TPS: the word by which that came.

    None stands for a word by which there is something again. A TPS is done when its boxes are in,
    or it is postponed and has not opened since.
    """
    stages = {tps: told.stages(tps) for tps in codes}
    words = by_moment(word for own in stages.values() for word in own if word.kind in _OF_THE_END)
    found: list[tuple[int, Event | None]] = []
    for word in words:
        every = all(_is_done(told, tps, word.at) for tps in codes)
        if every != (bool(found) and found[-1][1] is not None):
            found.append((word.at, word if every else None))
    return found


def _is_done(told: Told, tps: str, at: int) -> bool:
    said = [stage for stage in told.stages(tps) if stage.at <= at and stage.kind in _OF_THE_END]
    words = [s.kind for s in by_moment(said) if s.kind in _VOTING]
    return (
        words[-1:] == ["postponed"] or Boxes(tps, said, len(told.folder.contests_of(tps))).all_in()
    )


def missed_checkins(
    limit_ms: int,
    checkins: list[Event],
    done: list[tuple[int, Event | None]],
    trouble: list[Span],
) -> list[Deadline]:
    """Another check-in within the limit from each, or from when he is watched again."""
    by_time = {checkin.at: checkin for checkin in reversed(checkins)}
    again = {since for since, end in done if end is None and since > min(by_time, default=since)}
    found: list[Deadline] = []
    for at in sorted({*by_time, *again}):
        before = [end for since, end in done if since <= at]
        if before and before[-1] is not None:
            continue
        came = [end for since, end in done if since > at and end is not None]
        came += [checkin for checkin in by_time.values() if checkin.at > at]
        due, rise = at + limit_ms, at + 2 * limit_ms
        for span in trouble:
            since = max(span.since, at)
            if span.until is None or span.until > since + _SHORT:
                due = min(due, since + _SHORT)
            if span.until is None or span.until > since + 2 * _SHORT:
                rise = min(rise, since + 2 * _SHORT)
        found.append(judge_deadline(f"check-in of {at}", due, came, rise))
    return found
