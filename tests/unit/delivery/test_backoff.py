"""Waits grow, spread, and are the same each time."""

import pytest

from streams.delivery.backoff import delay_s


@pytest.mark.parametrize(
    ("tries", "longest"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (1_000, 60)]
)
def test_waits_double_up_to_a_minute(tries: int, longest: float) -> None:
    """And lie between half of it and all."""
    waits = [delay_s(f"key {n}", tries) for n in range(200)]
    assert longest / 2 <= min(waits) < 0.55 * longest
    assert 0.95 * longest < max(waits) <= longest


def test_the_spread_is_no_chance() -> None:
    """A day that is played again is the same to the second."""
    assert delay_s("a", 3) == delay_s("a", 3) != delay_s("b", 3)
