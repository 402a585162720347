"""The detector `overdue`, step by step: what is told of facts that change, and when.

Times are minutes; `None` as an end is what still lasts.
"""

from typing import Final, NamedTuple

import pytest

from streams.domain.facts import Span
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.rules.detectors.overdue import (
    NOTHING,
    Began,
    Finding,
    Finished,
    OverdueState,
    Rose,
    Settled,
    TakenBack,
    never_rises,
    step,
)

Minutes = list[tuple[float, float | None]]
IDLE: Final = OverdueState()


def ms(minutes: float | None) -> EpochMs:
    """Return a moment, or `NEVER`."""
    return NEVER if minutes is None else EpochMs(round(minutes * MINUTE_MS))


def spans_of(spans: Minutes) -> tuple[Span, ...]:
    """Return spans of milliseconds."""
    return tuple((ms(start), ms(end)) for start, end in spans)


def settled(heard: float, before: float = 0, started: float = 0) -> Settled:
    """Return what a mark settles that brings `heard` here."""
    return Settled(ms(started), ms(before), ms(heard), NEVER)


class Case(NamedTuple):
    """A state, the facts and what a mark settles; then the state after it and what is told."""

    state: OverdueState
    overdue: Minutes
    mark: Settled
    rises: float | None
    after: OverdueState | None
    """None: it is no matter."""
    found: list[Finding]


STEPS: Final[dict[str, Case]] = {
    # state, overdue, what a mark settles, rises after, state then, findings
    "nothing is overdue": Case(IDLE, [], settled(60), None, IDLE, []),
    "not settled yet": Case(IDLE, [(30, None)], settled(30), None, IDLE, []),
    "settled": Case(
        IDLE,
        [(30, None)],
        settled(30.001),
        None,
        OverdueState((ms(30),), ms(30)),
        [Began(ms(30))],
    ),
    "settled and told already": Case(
        OverdueState((ms(30),), ms(30)),
        [(30, None)],
        settled(60),
        None,
        OverdueState((ms(30),), ms(30)),
        [],
    ),
    "its end is known at once": Case(
        IDLE,
        [(30, 40)],
        settled(50),
        None,
        OverdueState((ms(30),)),
        [Began(ms(30)), Finished(ms(30), ms(40))],
    ),
    "what expected comes": Case(
        OverdueState((ms(30),), ms(30)),
        [(30, 40)],
        NOTHING,
        None,
        OverdueState((ms(30),)),
        [Finished(ms(30), ms(40))],
    ),
    "it should never have been told": Case(
        OverdueState((ms(30),), ms(30), raised=True),
        [],
        NOTHING,
        None,
        IDLE,
        [TakenBack(ms(30))],
    ),
    "it is over, and should never have been told": Case(
        OverdueState((ms(30),)),
        [(50, 60)],
        NOTHING,
        None,
        IDLE,
        [TakenBack(ms(30))],
    ),
    "moved to a later deadline, which a mark settles": Case(
        OverdueState((ms(30),), ms(30)),
        [(50, None)],
        settled(60),
        None,
        OverdueState((ms(50),), ms(50)),
        [TakenBack(ms(30)), Began(ms(50))],
    ),
    "it had begun earlier": Case(
        OverdueState((ms(30),), ms(30)),
        [(25, None)],
        NOTHING,
        None,
        OverdueState((ms(30),), ms(30)),
        [],
    ),
    "it had begun earlier, and is over": Case(
        OverdueState((ms(30),), ms(30)),
        [(25, 40)],
        NOTHING,
        None,
        OverdueState((ms(30),)),
        [Finished(ms(30), ms(40))],
    ),
    "it had begun earlier, and was over before that": Case(
        OverdueState((ms(30),), ms(30)),
        [(25, 28)],
        NOTHING,
        None,
        IDLE,
        [TakenBack(ms(30))],
    ),
    "it had begun earlier, and its end was taken back": Case(
        OverdueState((ms(30),)),
        [(25, None)],
        settled(60, before=59),
        None,
        OverdueState((ms(25),), ms(25)),
        [Began(ms(25))],
    ),
    "it had begun earlier, and ended after all that was told": Case(
        OverdueState((ms(30), ms(50)), ms(50)),
        [(25, None)],
        settled(60, before=59),
        None,
        OverdueState((ms(30), ms(50)), ms(50)),
        [],
    ),
    "before the log began": Case(IDLE, [(30, None)], settled(60, started=31), None, None, []),
    "right when the log began": Case(
        IDLE,
        [(30, None)],
        settled(60, started=30),
        None,
        OverdueState((ms(30),), ms(30)),
        [Began(ms(30))],
    ),
    "known late, and still so": Case(
        IDLE,
        [(30, None)],
        settled(60, before=59),
        None,
        OverdueState((ms(30),), ms(30)),
        [Began(ms(30))],
    ),
    "known late, and over": Case(
        IDLE,
        [(30, 40)],
        settled(60, before=59),
        None,
        OverdueState((ms(30),)),
        [],
    ),
    "an earlier gap while a later one lasts": Case(
        OverdueState((ms(70),), ms(70)),
        [(30, 40), (70, None)],
        settled(90),
        None,
        OverdueState((ms(70), ms(30)), ms(70)),
        [],
    ),
    "two gaps at one mark": Case(
        IDLE,
        [(30, 40), (70, None)],
        settled(90),
        None,
        OverdueState((ms(30), ms(70)), ms(70)),
        [Began(ms(30)), Finished(ms(30), ms(40)), Began(ms(70))],
    ),
    "its end was taken back": Case(
        OverdueState((ms(30),)),
        [(30, None)],
        settled(60, before=59),
        None,
        OverdueState((ms(30),), ms(30)),
        [Began(ms(30))],
    ),
    "its end was taken back before the log began": Case(
        OverdueState((ms(30),)),
        [(30, None)],
        settled(60, before=59, started=31),
        None,
        OverdueState((ms(30),)),
        [],
    ),
    "it rises": Case(
        OverdueState((ms(30),), ms(30)),
        [(30, None)],
        settled(60.001),
        30,
        OverdueState((ms(30),), ms(30), raised=True),
        [Rose(ms(60))],
    ),
    "it rises once": Case(
        OverdueState((ms(30),), ms(30), raised=True),
        [(30, None)],
        settled(120),
        30,
        OverdueState((ms(30),), ms(30), raised=True),
        [],
    ),
    "it does not rise before a mark says so": Case(
        OverdueState((ms(30),), ms(30)),
        [(30, None)],
        settled(60),
        30,
        OverdueState((ms(30),), ms(30)),
        [],
    ),
    "it has risen when it is told": Case(
        IDLE,
        [(30, None)],
        settled(90),
        30,
        OverdueState((ms(30),), ms(30), raised=True),
        [Began(ms(30)), Rose(ms(60))],
    ),
    "it had risen before it ended": Case(
        IDLE,
        [(30, 70)],
        settled(90),
        30,
        OverdueState((ms(30),)),
        [Began(ms(30)), Rose(ms(60)), Finished(ms(30), ms(70))],
    ),
    "it ended before it rose": Case(
        IDLE,
        [(30, 60)],
        settled(90),
        30,
        OverdueState((ms(30),)),
        [Began(ms(30)), Finished(ms(30), ms(60))],
    ),
}


@pytest.mark.parametrize("case", STEPS.values(), ids=STEPS)
def test_step(case: Case) -> None:
    """Each cell of the drawing on top of the module, and its corners."""
    after_ms = None if case.rises is None else ms(case.rises)
    after, findings = step(case.state, spans_of(case.overdue), case.mark, lambda _: after_ms)
    assert tuple(case.found) == findings
    assert case.after is None or case.after == after


def test_what_waits_for_something_later_is_left_alone() -> None:
    """It was queued for minute 30, and a message has moved its deadline to 50."""
    early = Settled(ms(0), ms(59), ms(60), ms(30))
    assert (IDLE, ()) == step(IDLE, spans_of([(50, None)]), early, never_rises)
    due = Settled(ms(0), ms(59), ms(60), ms(50))
    assert (Began(ms(50)),) == step(IDLE, spans_of([(50, None)]), due, never_rises)[1]
