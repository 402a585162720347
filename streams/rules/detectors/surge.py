"""Detector `surge`: so many reports in so short a time that it is not the usual trickle.

Reports stand at their own time, whenever they came. The *window* is closed on both sides and ends
with the newest report, at T; before it lie the windows of the baseline, half-open, so that each
report is in exactly one of them:

       [   k = 2   )[   k = 1   )[  window  ]
    T - 3w       T - 2w       T - w         T

What is counted is voices: of a place each source once a window, of a source each report. The rate
is *usual* by the mean of the baseline's windows, but never by less than a floor. Reports that come
independently of each other follow Poisson's law, so the chance of `n` or more in a window is

    P(X >= n) = sum over k >= n of e^-m * m^k / k!        (m: what is usual)

and it is a surge if `n` reaches the threshold and that chance is below a limit.

    IDLE --a surge, not over by `now`--> HOLDING
    HOLDING --more reports--> HOLDING, the end moves
    HOLDING --`now` reaches the end--> IDLE, since the end
    HOLDING --a report is taken back, and the end has passed without it--> IDLE

The end is `quiet` after the rate has become normal. The rate of a place is normal when fewer
sources than the threshold are in the window, so a whole window after the newest report of the
source that is the threshold-th newest; a baseline that has grown by the surge itself ends nothing.
One source is normal as soon as it is silent; what it said after such a silence is no part of it.

Without a baseline any window that the new report lies in may be the one, so that a flood is seen
in whatever order it comes; with one it is the newest, since of an older one the baseline may be
forgotten.

Bound: the windows that can matter, and of one source and class of TPS at most two reports in each:
a report that has others of its kind before and after it, all within one window, makes no
difference, as every interval of that length that it lies in has one of those in it too. So nobody
can push others out by being loud. Of all together the newest `ITEMS_MAX` are kept. Without the rest
a place seems to have been quieter than it was: that can tell a surge too many, and hides none.
"""

from collections.abc import Iterable
from math import exp, lgamma, log
from sys import float_info
from typing import Final

from msgspec import Struct

from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.domain.words import VULNERABILITY, TpsClass

__all__ = [
    "ITEMS_MAX",
    "Heard",
    "Rate",
    "SurgeLimits",
    "SurgeState",
    "add",
    "class_of",
    "due",
    "next_wake",
    "poisson_tail",
    "rate_at",
    "withdraw",
]

ITEMS_MAX: Final = 200
"""Reports kept of one scope."""
_LATEST_MS: Final = HOUR_MS + 2 * MINUTE_MS
"""By how much a report may be older than the newest that came before it. Source: domain §4b, an
hour of SMS and radio; contract §1, two minutes of a clock that is ahead."""


class Heard(Struct, frozen=True, gc=False, array_like=True, order=True):
    """A report, as far as its rate is concerned."""

    at: EpochMs
    source: str
    id: str
    topic: str
    offset: str
    """Where it stands in the journal."""
    tps_class: TpsClass = TpsClass.KURANG_RAWAN
    """Of the TPS that it is about."""


class SurgeState(Struct, frozen=True, gc=False, array_like=True):
    """Reports of one scope, in order, and whether they are more than usual."""

    items: tuple[Heard, ...] = ()
    threshold: int = 0
    """By which it holds, whatever is asked by now; 0: it does not."""

    @property
    def holding(self) -> bool:
        """Whether they are more than usual."""
        return self.threshold > 0


class SurgeLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the rate of a scope."""

    threshold: int
    """1 to `ITEMS_MAX / 10`: fewer are never a surge."""
    window_ms: int
    quiet_ms: int
    each_report: bool = False
    """Whether each report counts, instead of each source: the scope is one source then."""
    baseline_windows: int = 0
    """How many windows say what is usual; 0: the threshold alone decides."""
    baseline_min: float = 0.2
    """Voices a window that are usual everywhere; more than 0."""
    chance_max: float = 0.001
    """Above 0, at most 1: it must be less likely than this."""


class Rate(Struct, frozen=True, gc=False):
    """What one window says."""

    items: tuple[Heard, ...]
    """The newest report of each voice in the window, in order: there are as many as are counted."""
    usual: float
    """Mean of the baseline, in voices a window; 0 without one."""
    chance: float
    """Of so many voices or more by chance, from 0 to 1; 0 without a baseline."""


def add(
    state: SurgeState, item: Heard, limits: SurgeLimits, now: EpochMs
) -> tuple[SurgeState, Rate | None]:
    """Take in one more report; return also the rate by which it begins to hold, if it does.

    A report that is known, or older than all that can matter, changes nothing. What would have
    been over by `now` does not begin: nobody is left to be told.
    """
    items = _kept(state.items, item, limits)
    if items == state.items:
        return state, None
    after = SurgeState(items, state.threshold)
    if state.holding or _end(items, limits.threshold, limits) <= now:
        return after, None
    best = max(
        (rate_at(items, end, limits) for end in _ends(items, item, limits)),
        key=lambda rate: len(rate.items),
    )
    if len(best.items) < limits.threshold or _was_over(items, best, limits, now):
        return after, None
    if limits.baseline_windows and best.chance >= limits.chance_max:
        return after, None
    return SurgeState(items, limits.threshold), best


def _was_over(items: tuple[Heard, ...], rate: Rate, limits: SurgeLimits, now: EpochMs) -> bool:
    """Tell whether one source was silent for the quiet time since a window, whatever came later."""
    if not limits.each_report:
        return False
    last = rate.items[-1].at
    for one in items:
        if last < one.at < last + limits.quiet_ms:
            last = one.at
    return last + limits.quiet_ms <= now


def withdraw(
    state: SurgeState, source: str, event: str, limits: SurgeLimits, now: EpochMs
) -> tuple[SurgeState, bool]:
    """Take a report back that should never have been made; tell whether it is over by that.

    It is over if its end has passed by what is left, or fewer voices than the threshold are.
    """
    left = tuple(one for one in state.items if (one.source, one.id) != (source, event))
    if left == state.items:
        return state, False
    after = SurgeState(left, state.threshold)
    if not state.holding:
        return after, False
    # Of one source its last report is all that counts by now.
    needed = 1 if limits.each_report else state.threshold
    few = len({_voice(one, limits) for one in left}) < needed
    over = few or _end(left, state.threshold, limits) <= now
    return (SurgeState(left) if over else after), over


def _kept(items: tuple[Heard, ...], item: Heard, limits: SurgeLimits) -> tuple[Heard, ...]:
    """Return the reports that can matter, in order, with `item` among them if it is one."""
    if any(one.id == item.id and one.source == item.source for one in items):
        return items
    ordered = sorted((*items, item))
    oldest = ordered[-1].at - _matters_ms(limits)
    kind = _kind(item, limits)
    own: list[Heard] = []
    for one in ordered:
        if _kind(one, limits) != kind:
            continue
        while len(own) > 1 and one.at - own[-2].at <= limits.window_ms:
            own.pop()
        own.append(one)
    kept = (
        one for one in ordered if one.at >= oldest and (_kind(one, limits) != kind or one in own)
    )
    return tuple(kept)[-ITEMS_MAX:]


def _kind(item: Heard, limits: SurgeLimits) -> tuple[str, TpsClass]:
    return _voice(item, limits), item.tps_class


def _matters_ms(limits: SurgeLimits) -> int:
    """Return how much older than the newest a report may be that still matters.

    With a baseline, as far as that reaches. Without, all of a window that a late one may lie in.
    """
    if limits.baseline_windows:
        return limits.window_ms * (1 + limits.baseline_windows)
    return limits.window_ms + max(limits.quiet_ms, _LATEST_MS)


def _voice(item: Heard, limits: SurgeLimits) -> str:
    return item.id if limits.each_report else item.source


def _ends(items: tuple[Heard, ...], item: Heard, limits: SurgeLimits) -> tuple[EpochMs, ...]:
    """Return the ends of the windows to look at, the newest first."""
    if limits.baseline_windows:
        return (items[-1].at,)
    last = item.at + limits.window_ms
    return tuple(one.at for one in reversed(items) if item.at <= one.at <= last)


def rate_at(items: tuple[Heard, ...], end: EpochMs, limits: SurgeLimits) -> Rate:
    """Return what the window says that ends at `end`, inclusive; `items` are in order."""
    inside: dict[str, Heard] = {}
    usual: set[tuple[int, str]] = set()
    for item in items:
        # The window has its oldest millisecond, and so has each one before it.
        window = max(0, (end - item.at - 1) // limits.window_ms)
        voice = _voice(item, limits)
        if item.at > end or window > limits.baseline_windows:
            continue
        if window:
            usual.add((window, voice))
        else:
            inside[voice] = item
    counted = tuple(sorted(inside.values()))
    if not limits.baseline_windows:
        return Rate(counted, 0.0, 0.0)
    mean = max(limits.baseline_min, len(usual) / limits.baseline_windows)
    return Rate(counted, mean, poisson_tail(len(counted), mean))


def class_of(items: Iterable[Heard], end: EpochMs, window_ms: int) -> TpsClass:
    """Return the class of the most vulnerable TPS in the window that ends at `end`."""
    inside = (one.tps_class for one in items if end - window_ms <= one.at <= end)
    return max(inside, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)


def poisson_tail(count: int, mean: float) -> float:
    """Return the chance that a Poisson variable is `count` or more.

    The chances of `count`, `count` + 1 and so on are summed until one adds nothing any more, so
    that a small chance is not what is left of 1. Right to 12 digits for a `mean` up to 500; 0
    where it is too small for a float.
    """
    assert mean > 0, "a mean of nothing has no law"
    if count <= 0:
        return 1.0
    term = exp(count * log(mean) - mean - lgamma(count + 1))
    total, k = 0.0, count
    while term > total * float_info.epsilon:
        total += term
        k += 1
        term *= mean / k
    return min(1.0, total)


def _end(items: tuple[Heard, ...], threshold: int, limits: SurgeLimits) -> EpochMs:
    """Return when it is over if nothing more comes.

    If there are fewer voices than the threshold, as where the others are forgotten, the oldest one
    counts.
    """
    if limits.each_report:
        return EpochMs(items[-1].at + limits.quiet_ms)
    newest = {_voice(one, limits): one.at for one in items}
    ranked = sorted(newest.values(), reverse=True)
    last = ranked[min(threshold, len(ranked)) - 1]
    return EpochMs(last + limits.window_ms + limits.quiet_ms)


def next_wake(state: SurgeState, limits: SurgeLimits) -> EpochMs | None:
    """Return when it will be over, if it holds and nothing more comes."""
    return _end(state.items, state.threshold, limits) if state.holding else None


def due(state: SurgeState, now: EpochMs, limits: SurgeLimits) -> tuple[SurgeState, EpochMs | None]:
    """Let time pass; return when it ended, if it did. What was said stays what it was."""
    end = next_wake(state, limits)
    if end is None or end > now:
        return state, None
    return SurgeState(state.items), end
