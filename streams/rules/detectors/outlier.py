"""Detector `outlier`: one value among its siblings that lies far above all of them.

For V11 the values are shares of invalid ballots of the TPS of one kecamatan. "Far" is measured by
the *modified z-score*, which a few wild values cannot pull along:

    z = 0.6745 × (x − median) / MAD          MAD = median of |x − median|

0.6745 makes MAD comparable with a standard deviation. More than half of the values may be equal
(most often 0), and then MAD is 0 and says nothing; the mean of |x − median| takes its place:

    z = (x − median) / (1.253314 × mean)

Are all values equal, nobody lies apart. Of the first twenty forms the spread may be small by luck,
smaller than what chance does to the ballots of one TPS. So what a z of 1 is can never be less than
the standard error of a share at that TPS, if its ballots were invalid as often as the median says:

    √(median × (1 − median) / ballots)

As z by the spread alone grows with x, those that lie too far are among the end of the sorted
values. A share must also be high in itself (over 10 %), else the most careful kecamatan would be
shown for its smallest slip. What is found is something to look at, "perlu dicek".

Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993); for MAD = 0 as IBM Cognos
Analytics documents its modified z score; the standard error as in funnel plots, Spiegelhalter,
Statistics in Medicine 24 (2005), 1185-1202.

Cost: a change is found in O(log n) and copies n references; median and MAD are O(log n), the mean
O(n). Bound: one value a TPS; the largest kecamatan has some hundreds. Shares are quotients of whole
numbers and sums are exact (`fsum`), so every machine gets the same bits.
"""

from bisect import bisect_left, bisect_right
from math import fsum, sqrt
from typing import Final, NamedTuple

from msgspec import Struct

from streams.domain.counts import valid_votes
from streams.domain.forms import Form
from streams.domain.ids import AreaCode

__all__ = [
    "Outlier",
    "OutlierLimits",
    "Share",
    "Siblings",
    "Spread",
    "invalid_share",
    "outliers",
    "replace",
    "spread_of",
]

_MAD_FACTOR: Final = 0.6745
"""Third quartile of the standard normal distribution. Source: Iglewicz and Hoaglin (1993)."""
_MEAN_FACTOR: Final = 1.253314
"""√(π/2): standard deviation by mean absolute deviation of a normal distribution."""
_ONE: Final = 1000


class OutlierLimits(Struct, frozen=True):
    """When a value lies too far. Source: V11 of the table of rules, proposal."""

    z: float = 4.0
    """It must be above."""
    share_permille: int = 100
    """It must be above, too."""
    siblings_min: int = 20
    """Values there must be, its own among them."""


class Share(NamedTuple):
    """Invalid ballots among all of a TPS."""

    of_one: float
    """0–1."""
    ballots: int
    """Of how many; at least 1."""


class Siblings(Struct, frozen=True, gc=False, array_like=True):
    """Shares of one contest in one kecamatan, with their TPS and ballots, from the smallest."""

    ranked: tuple[tuple[float, AreaCode, int], ...] = ()

    def of(self, tps: AreaCode) -> Share | None:
        """Return the share of a TPS that was put last; None: it has none."""
        found = (Share(share, ballots) for share, code, ballots in self.ranked if code == tps)
        return next(found, None)


class Spread(Struct, frozen=True):
    """Where the middle of some values is, and how far they lie from it."""

    median: float
    scale: float
    """What a z of 1 is; 0: all values are equal."""
    by_mean: bool
    """Whether the mean stands for a MAD of 0."""

    def error(self, ballots: int) -> float:
        """Return the standard error of a share of so many ballots, if it were the median."""
        return sqrt(self.median * (1 - self.median) / ballots)


class Outlier(Struct, frozen=True):
    """A TPS that lies too far above its siblings."""

    tps: AreaCode
    share: float
    z: float


def invalid_share(form: Form) -> Share | None:
    """Return the invalid ballots of all that were valid or not; None: not told, or none."""
    valid = valid_votes(form)
    if form.invalid is None or form.invalid < 0 or valid < 0 or form.invalid + valid == 0:
        return None
    return Share(form.invalid / (form.invalid + valid), form.invalid + valid)


def replace(siblings: Siblings, tps: AreaCode, old: Share | None, new: Share | None) -> Siblings:
    """Put a new share of a TPS in the place of its old one; None: it has none.

    `old` must be what was put last.
    """
    ranked = siblings.ranked
    if old is not None:
        entry = (old.of_one, tps, old.ballots)
        place = bisect_left(ranked, entry)
        assert ranked[place : place + 1] == (entry,), "the old share is the one put last"
        ranked = (*ranked[:place], *ranked[place + 1 :])
    if new is not None:
        entry = (new.of_one, tps, new.ballots)
        place = bisect_left(ranked, entry)
        ranked = (*ranked[:place], entry, *ranked[place:])
    return Siblings(ranked)


def outliers(siblings: Siblings, limits: OutlierLimits) -> tuple[Outlier, ...]:
    """Return the TPS that lie too far above the others, by code."""
    ranked = siblings.ranked
    if len(ranked) < max(1, limits.siblings_min):
        return ()
    spread = spread_of(siblings)
    if spread.scale == 0:
        return ()
    first = bisect_right(ranked, limits.z, key=lambda one: (one[0] - spread.median) / spread.scale)
    floor = limits.share_permille / _ONE
    far = (
        Outlier(tps, share, (share - spread.median) / max(spread.scale, spread.error(ballots)))
        for share, tps, ballots in ranked[first:]
        if share > floor
    )
    return tuple(sorted((one for one in far if one.z > limits.z), key=lambda one: one.tps))


def spread_of(siblings: Siblings) -> Spread:
    """Return the middle and the spread of at least one value."""
    values = siblings.ranked
    assert values, "nothing has no middle"
    half = len(values) // 2
    median = (values[half][0] + values[-half - 1][0]) / 2
    # Of an even number the middle is between the two that stand there; of an odd one they are one.
    near = _nearest(siblings, median, (len(values) + 1) // 2)
    mad = (near + _nearest(siblings, median, half + 1)) / 2
    if mad > 0:
        return Spread(median, mad / _MAD_FACTOR, by_mean=False)
    mean = fsum(abs(share - median) for share, _, _ in values) / len(values)
    return Spread(median, mean * _MEAN_FACTOR, by_mean=True)


def _nearest(siblings: Siblings, median: float, rank: int) -> float:
    """Return how far the value of that rank lies from the median; the nearest has rank 1.

    The nearest ones stand side by side, so what is looked for is where they begin.
    """
    values = siblings.ranked
    low, high = 0, len(values) - rank
    while low < high:
        middle = (low + high) // 2
        if median - values[middle][0] > values[middle + rank][0] - median:
            low = middle + 1
        else:
            high = middle
    return max(median - values[low][0], values[low + rank - 1][0] - median)
