"""The detector `surge`: when reports are more than usual, and when the rate is normal again.

Times are minutes; a report is told as `source minute`.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TpsClass
from streams.rules.detectors.surge import (
    ITEMS_MAX,
    Heard,
    SurgeLimits,
    SurgeState,
    add,
    class_of,
    due,
    next_wake,
    poisson_tail,
    rate_at,
)

PLACE: Final = SurgeLimits(
    threshold=4,
    window_ms=15 * MINUTE_MS,
    quiet_ms=30 * MINUTE_MS,
    baseline_windows=8,
)
"""W05 at `sangat_rawan`. Source: domain §4b, ADR 18."""
SOURCE: Final = SurgeLimits(
    threshold=11, window_ms=10 * MINUTE_MS, quiet_ms=30 * MINUTE_MS, each_report=True
)
"""W14. Source: domain §4b, ADR 18."""
A_MOMENT: Final = 1 / MINUTE_MS


def ms(minutes: float) -> EpochMs:
    """Return a moment; the day begins at minute 1000, so that there are some before."""
    return EpochMs(round((1000 + minutes) * MINUTE_MS))


def heard(source: str, minute: float) -> Heard:
    """Return a report."""
    return Heard(ms(minute), source, f"{source}-{minute:.6f}", "crowd.reports", "0:1")


def told(text: str) -> tuple[Heard, ...]:
    """Return the reports of `source minute, source minute`."""
    pairs = [one.split() for one in text.split(",") if one]
    return tuple(heard(source, float(minute)) for source, minute in pairs)


def after(text: str, limits: SurgeLimits = PLACE) -> tuple[SurgeState, list[str]]:
    """Add reports as they come, each at once or as the newest does; return which began it."""
    state, began, now = SurgeState(), list[str](), 0
    for item in told(text):
        now = max(now, item.at)
        state, rate = add(state, item, limits, EpochMs(now))
        if rate is not None:
            began.append(f"{item.source} {len(rate.items)}")
    return state, began


PLACES: Final[dict[str, tuple[str, list[str]]]] = {
    # reports in the order of arrival, and by which it began, with how many sources
    "nothing": ("", []),
    "three are too few": ("a 0, b 1, c 2", []),
    "the fourth": ("a 0, b 1, c 2, d 3", ["d 4"]),
    "it begins once": ("a 0, b 1, c 2, d 3, e 4", ["d 4"]),
    "one source is one voice": ("a 0, b 1, c 2, c 3, b 4", []),
    "the window is closed on both sides": ("a 0, b 1, c 2, d 15", ["d 4"]),
    "a moment later it is another": (f"a 0, b 1, c 2, d {15 + A_MOMENT}", []),
    "who speaks again is in it again": (f"a 0, b 1, c 2, a 3, d {15 + A_MOMENT}", ["d 4"]),
    "one that comes late is put in its place": ("a 0, b 1, d 3, c 2", ["c 4"]),
    "the window ends with the newest": ("a 0, b 1, c 2, x 40, d 3", []),
    "where it is always so it is usual": (
        "a -20, b -20, c -20, d -20, a -35, b -35, c -35, d -35, a 0, b 1, c 2, d 3",
        ["d 4"],
    ),
    "one that is older than all that matters changes nothing": ("a 0, b 1, c 2, d -133", []),
}


@pytest.mark.parametrize(("reports", "began"), PLACES.values(), ids=PLACES)
def test_a_place(reports: str, began: list[str]) -> None:
    """One voice a source, in the quarter hour up to the newest report."""
    assert began == after(reports)[1]


SOURCES: Final[dict[str, tuple[str, list[str]]]] = {
    "ten": (", ".join(f"s {minute}" for minute in range(10)), []),
    "eleven in ten minutes": (", ".join(f"s {minute}" for minute in range(11)), ["s 11"]),
    "eleven in a moment more": (
        ", ".join(f"s {minute}" for minute in [*range(10), 10 + A_MOMENT]),
        [],
    ),
    "eleven at once": (", ".join(f"s {n * A_MOMENT}" for n in range(11)), ["s 11"]),
    "a newer one came before the eleventh": (
        ", ".join(f"s {minute}" for minute in [*range(10), 25, 9.5]),
        ["s 11"],
    ),
    "the newest of many windows": (
        ", ".join(f"s {minute}" for minute in [*range(11, 1, -1), 1, 12]),
        ["s 11"],
    ),
    "so old that it would be over": (
        ", ".join(f"s {minute}" for minute in [*range(10), 60, 9.5]),
        [],
    ),
    "a word after it was over": (
        ", ".join(f"s {minute}" for minute in [*range(10), 39.5, 45, 9.5]),
        [],
    ),
    "it went on all the time": (
        ", ".join(f"s {minute}" for minute in [*range(10), 38, 45, 60, 9.5]),
        ["s 11"],
    ),
    "an hour late, by SMS": (
        ", ".join(f"s {minute}" for minute in [*range(10), 30, 50, 69, 9.5]),
        ["s 11"],
    ),
}


@pytest.mark.parametrize(("reports", "began"), SOURCES.values(), ids=SOURCES)
def test_a_source(reports: str, began: list[str]) -> None:
    """Every report counts, in whatever ten minutes."""
    assert began == after(reports, SOURCE)[1]


def test_what_is_told_is_the_newest_report_of_each_voice() -> None:
    """In the order of their times, with what is usual, and how likely so many are."""
    state, rate = SurgeState(), None
    for item in told("a 0, b 1, a 2, c 2, d 3"):
        state, rate = add(state, item, PLACE, item.at)
    assert rate is not None
    assert told("b 1, a 2, c 2, d 3") == rate.items
    assert (0.2, poisson_tail(4, 0.2)) == (rate.usual, rate.chance)


def test_what_is_usual_is_counted_once_a_source_and_quarter_hour() -> None:
    """In the eight before the window, each with its oldest moment and without its newest."""
    quarter = [heard("a", -15 - A_MOMENT), heard("a", -30), heard("b", -20)]
    before = [heard("a", -30 - A_MOMENT), heard("a", -135), heard("b", -135 - A_MOMENT)]
    inside = [heard("a", -15), heard("c", 0)]
    rate = rate_at(tuple(sorted([*quarter, *before, *inside])), ms(0), PLACE)
    # `a` in the quarter before, in the one before that and in the eighth; `b` in the first.
    assert 4 / 8 == rate.usual
    assert ["a", "c"] == [item.source for item in rate.items]


def test_who_goes_on_speaking_is_usual_in_each_quarter_hour() -> None:
    """Three reports in three windows are kept, though each is near to the next."""
    state = after("a -47, a -40, a -29, b 0")[0]
    assert 3 / 8 == rate_at(state.items, ms(0), PLACE).usual


def test_without_a_baseline_nothing_is_usual() -> None:
    """The threshold alone decides."""
    rate = rate_at(told("a -11, a -1, a 0"), ms(0), SOURCE)
    assert (2, 0.0, 0.0) == (len(rate.items), rate.usual, rate.chance)


@pytest.mark.parametrize(("chance_max", "holds"), [(0.0001, True), (0.00005, False)])
def test_it_must_be_less_likely_than_the_limit(chance_max: float, *, holds: bool) -> None:
    """Four where 0.2 are usual: 0.0000568."""
    limits = replace(PLACE, chance_max=chance_max)
    assert holds is after("a 0, b 1, c 2, d 3", limits)[0].holding


def test_a_chance_of_exactly_the_limit_is_not_below_it() -> None:
    """Less likely, not as likely."""
    limits = replace(PLACE, chance_max=poisson_tail(4, 0.2))
    assert not after("a 0, b 1, c 2, d 3", limits)[0].holding


@pytest.mark.parametrize(
    ("reports", "limits", "end"),
    [
        ("a 0, b 1, c 2, d 3", PLACE, 45),
        ("a 0, b 1, c 2, d 3, e 10", PLACE, 46),
        ("a 0, b 1, c 2, d 3, a 10", PLACE, 46),
        ("a 0, b 1, c 2, d 3, d 10", PLACE, 45),
        (", ".join(f"s {minute}" for minute in range(11)), SOURCE, 40),
        (", ".join(f"s {minute}" for minute in [*range(11), 20, 15]), SOURCE, 50),
    ],
    ids=("four", "a fifth", "the first again", "the last again", "a source", "it goes on"),
)
def test_it_ends_when_the_rate_has_been_normal_for_long_enough(
    reports: str, limits: SurgeLimits, end: int
) -> None:
    """Of a place by the fourth newest source, of a source by its last report; and it is told."""
    state = after(reports, limits)[0]
    assert ms(end) == next_wake(state, limits)
    assert (state, None) == due(state, EpochMs(ms(end) - 1), limits)
    over, at = due(state, ms(end + 5), limits)
    assert ms(end) == at
    assert replace(state, threshold=0) == over
    assert next_wake(over, limits) is None
    assert (over, None) == due(over, ms(end + 60), limits)


def test_it_ends_at_the_very_moment() -> None:
    """Inclusive."""
    state = after("a 0, b 1, c 2, d 3")[0]
    assert not due(state, ms(45), PLACE)[0].holding


@pytest.mark.parametrize("asked", [1, 9])
def test_it_ends_by_the_number_that_it_began_with(asked: int) -> None:
    """Whatever is asked by now: a more vulnerable TPS may have been named since."""
    state = after("a 0, b 1, c 2, d 3, e 10")[0]
    assert (4, ms(46)) == (state.threshold, next_wake(state, replace(PLACE, threshold=asked)))


def test_where_some_are_forgotten_the_oldest_that_is_left_ends_it() -> None:
    """There is no ninth."""
    state = replace(after("a 0, b 1, c 2, d 3")[0], threshold=9)
    assert ms(45) == next_wake(state, PLACE)


CLASSES: Final[dict[str, tuple[list[tuple[float, TpsClass]], TpsClass]]] = {
    "nobody": ([], TpsClass.KURANG_RAWAN),
    "the most vulnerable": (
        [(0, TpsClass.RAWAN), (1, TpsClass.SANGAT_RAWAN), (2, TpsClass.KHUSUS)],
        TpsClass.SANGAT_RAWAN,
    ),
    "a prison before a busy place": (
        [(0, TpsClass.KHUSUS), (1, TpsClass.RAWAN)],
        TpsClass.KHUSUS,
    ),
    "as old as the window": ([(-13, TpsClass.SANGAT_RAWAN)], TpsClass.SANGAT_RAWAN),
    "older": ([(-13 - A_MOMENT, TpsClass.SANGAT_RAWAN)], TpsClass.KURANG_RAWAN),
    "after its end": ([(2 + A_MOMENT, TpsClass.SANGAT_RAWAN)], TpsClass.KURANG_RAWAN),
}


@pytest.mark.parametrize(("named", "tps_class"), CLASSES.values(), ids=CLASSES)
def test_a_window_is_as_vulnerable_as_the_worst_tps_in_it(
    named: list[tuple[float, TpsClass]], tps_class: TpsClass
) -> None:
    """Closed on both sides: from a quarter of an hour before its end, here minute 2."""
    items = [replace(heard("a", minute), tps_class=one) for minute, one in named]
    assert tps_class is class_of(items, ms(2), PLACE.window_ms)


def test_after_its_end_it_may_begin_again() -> None:
    """By then four are usual once in two hours, so that it takes a fifth."""
    state, _ = due(after("a 0, b 1, c 2, d 3")[0], ms(45), PLACE)
    for item in told("a 50, b 51, c 52, d 53"):
        state, rate = add(state, item, PLACE, item.at)
        assert rate is None
    _, rate = add(state, heard("e", 54), PLACE, ms(54))
    assert rate is not None
    assert (5, 0.5) == (len(rate.items), rate.usual)


@pytest.mark.parametrize(("now", "holds"), [(45 - A_MOMENT, True), (45, False)])
def test_what_would_be_over_by_now_does_not_begin(now: float, *, holds: bool) -> None:
    """All four came late: nobody is left to be told."""
    state = SurgeState(tuple(sorted(told("a 0, b 1, c 2"))))
    after_it, rate = add(state, heard("d", 3), PLACE, ms(now))
    assert (holds, holds) == (after_it.holding, rate is not None)


def test_the_same_report_again_changes_nothing() -> None:
    """Known by source and id; another source may use the same id."""
    state = after("a 0, b 1")[0]
    again = replace(heard("a", 0), at=ms(5))
    assert (state, None) == add(state, again, PLACE, ms(5))
    assert 3 == len(add(state, replace(again, source="c"), PLACE, ms(5))[0].items)


def test_nobody_pushes_others_out_by_being_loud() -> None:
    """A thousand reports of one source leave two a window, and the others are still there."""
    loud = ", ".join(f"x {minute / 100}" for minute in range(1000))
    state, began = after(f"a 0, b 0, {loud}, c 12")
    assert ["c 4"] == began
    assert ["a", "b", "c"] == [item.source for item in state.items if item.source != "x"]
    assert 2 == sum(item.source == "x" for item in state.items)


def test_the_newest_are_kept() -> None:
    """At most `ITEMS_MAX`, whoever says them."""
    crowd = ", ".join(f"s{number} {number / 100}" for number in range(ITEMS_MAX + 5))
    items = after(crowd)[0].items
    assert ITEMS_MAX == len(items)
    assert (heard("s5", 0.05), heard("s204", 2.04)) == (items[0], items[-1])


def test_what_can_no_longer_matter_is_forgotten() -> None:
    """With a baseline after nine windows, without one when no late one can lie beside it."""
    assert told("a 0, b 135") == after("a 0, b 135")[0].items
    assert told(f"b {135 + A_MOMENT}") == after(f"a 0, b {135 + A_MOMENT}")[0].items
    assert told("s 0, s 72") == after("s 0, s 72", SOURCE)[0].items
    assert told(f"s {72 + A_MOMENT}") == after(f"s 0, s {72 + A_MOMENT}", SOURCE)[0].items
