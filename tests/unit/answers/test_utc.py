"""A moment as text: what the calendar of the standard library says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.answers.utc import utc_text
from streams.domain.times import EpochMs


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399_999, "2000-02-28T23:59:59Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
        (1_732_667_400_000, "2024-11-27T00:30:00Z"),
        (1_735_689_599_000, "2024-12-31T23:59:59Z"),
        (4_102_444_800_000, "2100-01-01T00:00:00Z"),
    ],
)
def test_a_moment_is_told_in_whole_seconds(at: int, expected: str) -> None:
    """What is left of the last one is cut."""
    assert expected == utc_text(EpochMs(at))


@given(st.integers(min_value=0, max_value=253_402_300_799_999))
def test_the_calendar_is_that_of_everybody(at: int) -> None:
    """Of every second until the year 10000."""
    moment = datetime.fromtimestamp(at // 1_000, UTC)
    assert moment.isoformat().replace("+00:00", "Z") == utc_text(EpochMs(at))
