"""The table of the breaker: steps in words, and when somebody may try after them."""

import pytest

from streams.delivery.breaker import Breaker, BreakerState

FOREVER = float("inf")


def after(steps: str, witnesses: int = 1) -> tuple[Breaker, float]:
    """Return a breaker after steps, one a second, and the time.

    `a` and `b` are failures of two destinations, `.` is a success, `t` a try that goes out, a digit
    that many times ten seconds.
    """
    breaker, now = Breaker(), 0.0
    for step in steps:
        now += 1
        match step:
            case ".":
                breaker = breaker.succeeded()
            case "t":
                breaker = breaker.tried()
            case digit if digit.isdigit():
                now += 10 * int(digit)
            case destination:
                breaker = breaker.failed(destination, witnesses, now)
    return breaker, now


@pytest.mark.parametrize(
    ("steps", "witnesses", "state", "wait_s"),
    [
        ("", 1, BreakerState.CLOSED, 0),
        ("aaaa", 1, BreakerState.CLOSED, 0),
        ("aaaaa", 1, BreakerState.OPEN, 5),
        ("aaaa.aaaa", 1, BreakerState.CLOSED, 0),
        ("aaaaaaaa", 2, BreakerState.CLOSED, 0),
        ("aaaab", 2, BreakerState.OPEN, 5),
        ("aaaaaaaab", 2, BreakerState.OPEN, 5),
        ("aaaaa1", 1, BreakerState.OPEN, 0),
        ("aaaaa1t", 1, BreakerState.HALF_OPEN, FOREVER),
        ("aaaaa1t.", 1, BreakerState.CLOSED, 0),
        ("aaaaa1ta", 1, BreakerState.OPEN, 10),
        ("aaaaa1ta1ta", 1, BreakerState.OPEN, 20),
        ("aaaaa1ta1ta3ta5ta9ta9ta", 1, BreakerState.OPEN, 60),
        ("aaaaa1ta1t.aaaaa", 1, BreakerState.OPEN, 5),
        ("aaaaaa", 1, BreakerState.OPEN, 4),
        ("aaaaa.", 1, BreakerState.CLOSED, 0),
    ],
    ids=[
        "new",
        "four failures",
        "five",
        "not in a row",
        "of one destination where two are needed",
        "of two",
        "the second one late",
        "its time is over",
        "somebody tries",
        "and succeeds",
        "and fails: twice as long",
        "and fails again",
        "never longer than a minute",
        "closed, it begins anew",
        "a failure of one that was on its way",
        "a success of one that was on its way",
    ],
)
def test_table(steps: str, witnesses: int, state: BreakerState, wait_s: float) -> None:
    """Five failures in a row open it; a single try decides whether it closes."""
    breaker, now = after(steps, witnesses)
    assert (state, wait_s) == (breaker.state, breaker.free_at(now) - now)
