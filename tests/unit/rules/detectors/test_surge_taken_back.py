"""The detector `surge`: what is taken back, and what is kept of a loud source.

Times are minutes; a report is told as `source minute`.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TpsClass
from streams.rules.detectors.surge import Heard, SurgeLimits, SurgeState, add, withdraw

PLACE: Final = SurgeLimits(
    threshold=4, window_ms=15 * MINUTE_MS, quiet_ms=30 * MINUTE_MS, baseline_windows=8
)
"""W05 at `sangat_rawan`. Source: domain §4b, ADR 18."""
SOURCE: Final = SurgeLimits(
    threshold=11, window_ms=10 * MINUTE_MS, quiet_ms=30 * MINUTE_MS, each_report=True
)
"""W14. Source: domain §4b, ADR 18."""


def ms(minutes: float) -> EpochMs:
    """Return a moment; the day begins at minute 1000, so that there are some before."""
    return EpochMs(round((1000 + minutes) * MINUTE_MS))


def heard(source: str, minute: float) -> Heard:
    """Return a report."""
    return Heard(ms(minute), source, f"{source}-{minute:g}", "crowd.reports", "0:1")


def told(text: str) -> tuple[Heard, ...]:
    """Return the reports of `source minute, source minute`."""
    pairs = [one.split() for one in text.split(",")]
    return tuple(heard(source, float(minute)) for source, minute in pairs)


def after(text: str, limits: SurgeLimits) -> SurgeState:
    """Add reports, each as it is made."""
    state = SurgeState()
    for item in told(text):
        state, _ = add(state, item, limits, item.at)
    return state


def test_a_loud_source_keeps_a_report_of_each_class() -> None:
    """In between its others it spoke of a more vulnerable TPS, which sets the number."""
    loud = [replace(heard("a", minute), tps_class=TpsClass.KURANG_RAWAN) for minute in (0, 1, 2)]
    loud[1] = replace(loud[1], tps_class=TpsClass.RAWAN)
    state = SurgeState()
    for one in loud:
        state, _ = add(state, one, PLACE, one.at)
    assert loud == [*state.items]


TAKEN_BACK: Final[dict[str, tuple[str, SurgeLimits, float, bool]]] = {
    # reports, of which the last is taken back; now, and whether it is over by that
    "fewer than the threshold": ("a 0, b 1, c 2, d 3", PLACE, 4, True),
    "another of its source is left": ("a 0, b 1, c 2, d 3, d 4", PLACE, 5, False),
    "the end has come by that": ("a 0, b 1, c 2, d 3, e 20", PLACE, 45, True),
    "the end has not come yet": ("a 0, b 1, c 2, d 3, e 20", PLACE, 44, False),
    "ten of a source": (", ".join(f"s {n}" for n in range(11)), SOURCE, 38, False),
    "ten of a source that is silent": (", ".join(f"s {n}" for n in range(11)), SOURCE, 39, True),
}


@pytest.mark.parametrize(("reports", "limits", "now", "over"), TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_what_is_taken_back_was_never_a_report(
    reports: str, limits: SurgeLimits, now: float, *, over: bool
) -> None:
    """It is over if it would be without it; what nobody said takes nothing back."""
    state, last = after(reports, limits), told(reports)[-1]
    found, is_over = withdraw(state, last.source, last.id, limits, ms(now))
    assert (over, not over) == (is_over, found.holding)
    assert last not in found.items
    assert (state, False) == withdraw(state, "nobody", last.id, limits, ms(now))
    quiet = replace(state, threshold=0)
    assert not withdraw(quiet, last.source, last.id, limits, ms(now))[1]
