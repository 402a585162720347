"""Detector `series`: counts of one side, one after the other, and what cannot follow.

A count only grows while it goes on. Two questions are asked of the forms of one side in order of
time, and both are pure functions of the forms, so nothing is remembered beside them.

*Fallen* (V04): a choice has fewer votes than an earlier form of the same side had.

    at        14:10   14:25   14:40   14:55
    votes        58      93      39      95
                         peak   fallen    at least as many again: over

A form with `corrects` from an organiser or a supervisor explains itself and begins anew. One from
anybody else takes that one's place as the side's word, and explains no fall. Official numbers
often drop when they are put right, so a fall is something to look at ("perlu dicek"), no more.

*Too fast* (V05): more ballots were read out than people can between two forms, or a final form
came as soon as the count had begun.

Bound: the forms that the ledger keeps; every pair of one side's is looked at, so n² of them.
"""

from itertools import combinations

from msgspec import Struct

from streams.domain.counts import valid_votes
from streams.domain.forms import Form, Ledger, begun_anew, kept, precedence_of, sides_of
from streams.domain.times import MINUTE_MS, EpochMs

__all__ = ["Fall", "Hurry", "PaceLimits", "falls", "falls_of_side", "hurry"]


class Fall(Struct, frozen=True):
    """A choice with fewer votes than before; it holds as long as it is found."""

    choice: str
    peak: int
    """The most that an earlier form had."""
    now: int
    """What the latest form has that names the choice."""
    earlier: Form
    """The first with the peak."""
    latest: Form


class PaceLimits(Struct, frozen=True):
    """How fast a count may go. Source: V05 of the table of rules, proposal."""

    ballots_per_minute: int = 20
    over_ms: int = 5 * MINUTE_MS
    """Shortest span that is looked at."""
    final_after_ms: int = 5 * MINUTE_MS
    final_ballots: int = 100
    """A final form of fewer may come at once."""


class Hurry(Struct, frozen=True):
    """Ballots that were counted in too short a time."""

    ballots: int
    span_ms: int
    since: EpochMs
    """Time of the form before, or when the count began."""
    form: Form
    """The one that came too soon."""


def falls(ledger: Ledger) -> tuple[Fall, ...]:
    """Return what has fallen on any side, by choice, then by precedence of the sides."""
    found = (fall for forms in sides_of(ledger) for fall in falls_of_side(forms))
    order = sorted(found, key=lambda fall: (fall.choice, precedence_of(fall.latest.side)))
    return tuple(order)


def falls_of_side(forms: tuple[Form, ...]) -> tuple[Fall, ...]:
    """Return what has fallen in the forms of one side, given in order of time, by choice."""
    series = begun_anew(forms)
    word = kept(series)
    choices = sorted({choice for form in word for choice, _ in form.votes})
    found = (_fall(choice, series, word) for choice in choices)
    return tuple(fall for fall in found if fall is not None)


def _fall(choice: str, series: tuple[Form, ...], word: tuple[Form, ...]) -> Fall | None:
    """Judge one choice: a form that does not name it says nothing of it."""
    latest, now = _naming(choice, word)[-1]
    before = _naming(choice, series[: series.index(latest)])
    if not before:
        return None
    earlier, peak = max(before, key=lambda named: named[1])
    return Fall(choice, peak, now, earlier, latest) if now < peak else None


def _naming(choice: str, forms: tuple[Form, ...]) -> list[tuple[Form, int]]:
    votes = ((form, dict(form.votes).get(choice)) for form in forms)
    return [(form, number) for form, number in votes if number is not None]


def hurry(forms: tuple[Form, ...], started_at: EpochMs | None, limits: PaceLimits) -> Hurry | None:
    """Return the first form of one side that came too fast, or None.

    Args:
        forms: The forms of one side in order of time.
        started_at: When the count began, with no ballot read; None: not known. What was counted
            before it is not looked at: the order of stages is another rule's.
        limits: How fast a count may go.
    """
    points = [(form.at, _ballots(form), form) for form in kept(forms)]
    spans = [(a[0], b[0] - a[0], b[1] - a[1], b[2]) for a, b in combinations(points, 2)]
    if started_at is not None:
        since = [(started_at, at - started_at, ballots, form) for at, ballots, form in points]
        spans += [span for span in since if span[1] >= 0]
    found = [
        Hurry(ballots, span_ms, since_at, form)
        for since_at, span_ms, ballots, form in spans
        if _is_too_fast(span_ms, ballots, limits)
        or (since_at == started_at and _is_too_soon(form, span_ms, limits))
    ]
    return min(found, key=lambda one: (one.form.at, one.form.id, one.span_ms), default=None)


def _ballots(form: Form) -> int:
    return valid_votes(form) + (form.invalid or 0)


def _is_too_fast(span_ms: int, ballots: int, limits: PaceLimits) -> bool:
    faster = ballots * MINUTE_MS > limits.ballots_per_minute * span_ms
    return span_ms >= limits.over_ms and faster


def _is_too_soon(form: Form, span_ms: int, limits: PaceLimits) -> bool:
    many = _ballots(form) >= limits.final_ballots
    return form.is_final and span_ms < limits.final_after_ms and many
