"""Who is on duty when; the rule about acts off duty (X07) tries the same hours by a whole day."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.judge.shifts import is_on_duty, next_change
from streams.territory.plan import Officer
from tests.support.world import KABUPATEN, clock, local, plan

ANYBODY: Final = plan().officers[KABUPATEN, "A1"]


def of_shift(start: int, end: int) -> Officer:
    """Return an officer with a shift, by hours."""
    return replace(ANYBODY, shift_start_minutes=start * 60, shift_end_minutes=end * 60)


MORNING: Final = of_shift(6, 10)
NIGHT: Final = of_shift(22, 6)
NEXT: Final[dict[str, tuple[tuple[Officer, ...], str, str]]] = {
    "the beginning of a shift": ((MORNING,), "05:00", "06:00"),
    "its end": ((MORNING,), "09:59:59", "10:00"),
    "at its end the beginning of the next day": ((MORNING,), "10:00", "30:00"),
    "the end of a shift over midnight": ((NIGHT,), "00:30", "06:00"),
    "whichever comes first": ((MORNING, NIGHT), "10:00", "22:00"),
    "nobody's who is off": ((replace(MORNING, on_duty=False), NIGHT), "06:00", "22:00"),
}


@pytest.mark.parametrize(("officers", "after", "at"), NEXT.values(), ids=NEXT)
def test_when_a_shift_changes_next(officers: tuple[Officer, ...], after: str, at: str) -> None:
    """Behind a moment, never at it; by the local time of the kabupaten."""
    found = next_change(plan(), officers, local(after))
    assert found is not None
    assert at == clock(found)


def test_who_has_no_shift_never_changes() -> None:
    """Nor does a list of nobody."""
    changes = [next_change(plan(), officers, local("07:00")) for officers in ((ANYBODY,), ())]
    assert [None, None] == changes


@pytest.mark.parametrize(
    ("officer", "on_duty"), [(ANYBODY, True), (replace(ANYBODY, on_duty=False), False)]
)
def test_without_a_shift_the_roster_says_it_all(officer: Officer, *, on_duty: bool) -> None:
    """Whatever the hour."""
    assert on_duty is is_on_duty(plan(), officer, local("03:00"))
