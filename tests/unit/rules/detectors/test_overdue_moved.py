"""The detector `overdue`: a longer limit becomes known after a deadline was told."""

import pytest

from streams.domain.facts import Span
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors.overdue import (
    NOTHING,
    Finding,
    Finished,
    Moved,
    OverdueState,
    TakenBack,
    never_rises,
    step,
)


def ms(minutes: float | None) -> EpochMs:
    """Return a moment, or `NEVER`."""
    return NEVER if minutes is None else EpochMs(round(minutes * MINUTE_MS))


def spans_of(spans: list[tuple[float, float | None]]) -> tuple[Span, ...]:
    """Return spans of milliseconds."""
    return tuple((ms(start), ms(end)) for start, end in spans)


@pytest.mark.parametrize(
    ("overdue", "moved", "after", "found"),
    [
        ([(50, None)], {30: 50}, OverdueState((ms(50),), ms(50)), [Moved(ms(30), ms(50))]),
        (
            [(50, 55)],
            {30: 50},
            OverdueState((ms(50),)),
            [Moved(ms(30), ms(50)), Finished(ms(50), ms(55))],
        ),
        ([(25, None)], {30: 50}, OverdueState((ms(30),), ms(30)), []),
        ([(50, None)], {31: 50}, OverdueState(), [TakenBack(ms(30))]),
    ],
    ids=("later", "later, and over", "it holds as it was told", "another was moved"),
)
def test_a_longer_limit_moves_what_was_told(
    overdue: list[tuple[float, float | None]],
    moved: dict[int, int],
    after: OverdueState,
    found: list[Finding],
) -> None:
    """Nobody is told anew, also if the later deadline has not come yet."""
    state = OverdueState((ms(30),), ms(30))
    named = {ms(at): ms(to) for at, to in moved.items()}
    assert (after, tuple(found)) == step(state, spans_of(overdue), NOTHING, never_rises, named)
