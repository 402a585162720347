"""Rule V05: counts that come faster than anybody can count.

ADR 18: "of the forms of one side and contest that are not corrected, each two: more than 20 ballots
a minute over 5 minutes or longer; or more of them since `counting_started`; or a final form less
than 5 minutes after that with 100 ballots or more."
"""

from itertools import combinations

from tests.oracle.events import Event
from tests.oracle.forms import is_final, valid
from tests.oracle.rows import V05_A_MINUTE, V05_AT_ONCE, V05_MINUTES
from tests.oracle.times import MINUTE
from tests.oracle.values import integer

__all__ = ["is_too_fast"]


def is_too_fast(forms: list[Event], starts: list[Event]) -> bool:
    """Whether the forms of one side, in the order of their times, came too fast.

    Of several words that the counting has started the first begins it, as the first of several
    words of a suspension (T06) or a departure (T10) does.
    """
    begun = min((start.at for start in starts), default=None)
    if any(
        _outruns(_ballots(later) - _ballots(form), later.at - form.at)
        for form, later in combinations(forms, 2)
    ):
        return True
    for form in forms:
        if begun is None or form.at < begun:
            continue
        if _outruns(_ballots(form), form.at - begun):
            return True
        at_once = form.at - begun < V05_MINUTES * MINUTE
        if at_once and is_final(form) and _ballots(form) >= V05_AT_ONCE:
            return True
    return False


def _outruns(ballots: int, span_ms: int) -> bool:
    return span_ms >= V05_MINUTES * MINUTE and ballots * MINUTE > V05_A_MINUTE * span_ms


def _ballots(form: Event) -> int:
    """ADR 18 "Ballots: valid (else Σ votes) + invalid"."""
    return valid(form) + (integer(form.value, "invalid") or 0)
