"""The detector `surge`: how likely so many reports are, by Poisson's law."""

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Final

import pytest

from streams.rules.detectors.surge import ITEMS_MAX, poisson_tail

KNOWN: Final = [
    # count, mean, and the chance as tables of the Poisson distribution have it
    (0, 0.2, 1.0),
    (1, 0.2, 0.18127),
    (2, 0.2, 0.01752),
    (3, 0.2, 0.00115),
    (4, 0.2, 0.00006),
    (1, 1.0, 0.63212),
    (5, 1.0, 0.00366),
    (5, 5.0, 0.55951),
    (10, 5.0, 0.03183),
    (8, 10.0, 0.77978),
]


@pytest.mark.parametrize(("count", "mean", "chance"), KNOWN)
def test_poisson_tail_is_what_the_tables_say(count: int, mean: float, chance: float) -> None:
    """To five places."""
    assert chance == round(poisson_tail(count, mean), 5)


def exact_tail(count: int, mean: float) -> Decimal:
    """Return P(X >= count) by the sum as it is written, to 60 digits."""
    with localcontext() as context:
        context.prec = 60
        term = (-Decimal(mean)).exp()
        below = Decimal(0)
        for k in range(count):
            below += term
            term *= Decimal(mean) / (k + 1)
        return 1 - below


GRID: Final = [
    (count, mean)
    for count in (1, 4, 6, 20, 90, 200, 600)
    for mean in (0.125, 0.2, 3, 19.5, 99, 500)
]


@pytest.mark.parametrize(("count", "mean"), GRID)
def test_poisson_tail_is_right_to_twelve_digits(count: int, mean: float) -> None:
    """Wherever 60 digits are enough to say so, however unlikely it is."""
    exact = exact_tail(count, mean)
    if exact > Decimal("1e-40"):
        assert abs(Decimal(poisson_tail(count, mean)) / exact - 1) < Decimal("1e-12")


def test_poisson_tail_of_more_is_less_likely() -> None:
    """From 1 down to what no float can say, without a step at the mean."""
    tails = [poisson_tail(count, 20.0) for count in range(400)]
    assert all(one > other for one, other in pairwise(tails[10:200]))
    assert all(0 <= other <= one <= 1 for one, other in pairwise(tails))
    assert poisson_tail(2000, 0.2) == 0
    assert max(poisson_tail(1, float(mean)) for mean in range(1, 100)) == 1


def test_no_machine_can_see_a_surge_that_another_does_not() -> None:
    """Logarithms may differ in their last digits; no count of eight quarters is so close."""
    means = [max(0.2, voices / 8) for voices in range(ITEMS_MAX)]
    closest = min(
        abs(poisson_tail(count, mean) / 0.001 - 1) for mean in means for count in range(1, 70)
    )
    assert closest > 1e-6


def test_a_mean_of_nothing_is_refused() -> None:
    """There is always a floor."""
    with pytest.raises(AssertionError):
        poisson_tail(1, 0.0)
