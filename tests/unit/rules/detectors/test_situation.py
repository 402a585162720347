"""The detector `situation`: the colour of an area by the alerts that are open there.

Times are minutes.
"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.ids import AlertId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import SituationColour
from streams.rules.detectors.situation import (
    MARKS_MAX,
    Mark,
    SituationLimits,
    SituationState,
    calm_for,
    colour_of,
    lower,
    mark,
    most_high,
    raise_to,
    rank,
)
from tests.support.histories import quick

LIMITS: Final = SituationLimits(kuning_high=3, window_ms=60 * MINUTE_MS, merah_critical=2)
"""X03: three high ones in an hour, two critical ones at once. Source: domain §4b."""
HIJAU, KUNING, MERAH = SituationColour.HIJAU, SituationColour.KUNING, SituationColour.MERAH


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


def one(minute: float, name: str, *, critical: bool = False) -> Mark:
    """Return an alert that opened at a minute."""
    return Mark(ms(minute), AlertId(name), critical)


def state_of(*alerts: Mark, colour: SituationColour = HIJAU, ordered: float = 0) -> SituationState:
    """Return an area in which these alerts have opened."""
    state = SituationState(colour=colour, ordered_at=ms(ordered))
    for alert in alerts:
        state = mark(state, alert.alert, alert, alert.at)
    return state


def high(*minutes: float) -> list[Mark]:
    """Return high alerts that opened at these minutes."""
    return [one(minute, f"h{number}") for number, minute in enumerate(minutes)]


def critical(*minutes: float) -> list[Mark]:
    """Return critical alerts that opened at these minutes."""
    return [one(minute, f"c{number}", critical=True) for number, minute in enumerate(minutes)]


COLOURS: Final[dict[str, tuple[SituationState, SituationColour]]] = {
    "nothing": (state_of(), HIJAU),
    "two high ones": (state_of(*high(1, 2)), HIJAU),
    "three in an hour": (state_of(*high(1, 30, 61)), KUNING),
    "three in a little more": (state_of(*high(1, 30, 61.001)), HIJAU),
    "three of many": (state_of(*high(1, 70, 140, 150, 199)), KUNING),
    "one critical": (state_of(*critical(1)), KUNING),
    "two critical, hours apart": (state_of(*critical(1, 400)), MERAH),
    "a critical one is a high one as well": (state_of(*high(1, 2), *critical(3)), KUNING),
    "it does not come down": (state_of(colour=MERAH), MERAH),
    "what was ordered stays": (state_of(*critical(1), colour=MERAH), MERAH),
    "from before an order down": (state_of(*critical(1, 2), colour=KUNING, ordered=3), KUNING),
    "at the moment of the order": (state_of(*critical(1, 3), ordered=3), HIJAU),
    "one before and one after the order": (state_of(*critical(1, 4), ordered=3), KUNING),
    "three, one of them before the order": (state_of(*high(1, 4, 5), ordered=3), HIJAU),
}


@pytest.mark.parametrize(("state", "colour"), COLOURS.values(), ids=COLOURS)
def test_the_colour_that_the_alerts_ask_for(state: SituationState, colour: SituationColour) -> None:
    """Never below the present one; what an order down has seen counts no more."""
    assert colour is colour_of(state, LIMITS)


def test_an_alert_that_is_over_counts_no_more() -> None:
    """But the colour that it has brought stays."""
    state = state_of(*critical(1, 2))
    red = raise_to(state, colour_of(state, LIMITS))
    over = mark(red, AlertId("c0"), None, ms(9))
    assert (["c1"], MERAH) == ([at.alert for at in over.marks], colour_of(over, LIMITS))
    assert KUNING is colour_of(replace(over, colour=HIJAU), LIMITS)


CALM: Final[dict[str, tuple[SituationState, float | None]]] = {
    # at minute 50
    "there was never any trouble": (state_of(), 50),
    "a high one opened": (state_of(*high(10)), 40),
    "the newest counts": (state_of(*high(10, 30)), 20),
    "a critical one is open": (state_of(*critical(10)), None),
    "a critical one is over": (mark(state_of(*critical(10)), AlertId("c0"), None, ms(35)), 15),
    "a high one is over": (mark(state_of(*high(10)), AlertId("h0"), None, ms(35)), 40),
    "a critical one is high now": (
        mark(state_of(*critical(10)), AlertId("c0"), one(10, "c0"), ms(35)),
        15,
    ),
    "a high one has become critical": (
        mark(state_of(*high(10)), AlertId("h0"), one(35, "h0", critical=True), ms(35)),
        None,
    ),
    "an order down is no trouble": (lower(state_of(*high(10)), ms(45)), 40),
    "what is told late does not turn time back": (
        mark(state_of(*high(30)), AlertId("x"), one(10, "x"), ms(10)),
        20,
    ),
}


@pytest.mark.parametrize(("state", "minutes"), CALM.values(), ids=CALM)
def test_calm_is_counted_from_the_last_trouble(
    state: SituationState, minutes: float | None
) -> None:
    """A critical alert is trouble as long as it is open; a high one when it comes."""
    assert (None if minutes is None else ms(minutes)) == calm_for(state, ms(50))


def test_an_order_down_is_one_colour() -> None:
    """From hijau nowhere; and the order is remembered."""
    state = SituationState(colour=MERAH)
    colours: list[SituationColour] = []
    for minute in (5, 6, 7):
        state = lower(state, ms(minute))
        colours.append(state.colour)
    assert ([KUNING, HIJAU, HIJAU], ms(7)) == (colours, state.ordered_at)
    assert ms(7) == lower(state, ms(6)).ordered_at


def test_the_same_again_is_nothing_new() -> None:
    """Evidence that makes an alert no graver."""
    state = state_of(*high(1, 2))
    assert state is mark(state, AlertId("h0"), one(1, "h0"), ms(30))
    assert state is mark(state, AlertId("unknown"), None, ms(30))


def test_the_newest_alerts_are_kept() -> None:
    """An area with more than so many has its colour anyway."""
    state = state_of(*high(*range(1, MARKS_MAX + 3)))
    assert (MARKS_MAX, "h2") == (len(state.marks), state.marks[0].alert)


def test_colours_have_an_order() -> None:
    """Raising to less is nothing."""
    assert [0, 1, 2] == [rank(colour) for colour in (HIJAU, KUNING, MERAH)]
    assert MERAH is raise_to(SituationState(colour=MERAH), KUNING).colour


CHANGES: Final = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=40),
        st.sampled_from("abcd"),
        st.sampled_from((None, False, True)),
    ),
    max_size=25,
)


@quick(100)
@given(CHANGES)
def test_the_count_is_that_of_somebody_who_counts_again(
    changes: list[tuple[int, str, bool | None]],
) -> None:
    """Of each alert its last word; in whatever window holds the most."""
    state, now, known = SituationState(), 0, dict[str, tuple[int, bool]]()
    for gap, name, grave in changes:
        now += gap
        known.pop(name, None)
        if grave is not None:
            known[name] = (now, grave)
        found = None if grave is None else one(now, name, critical=grave)
        state = mark(state, AlertId(name), found, ms(now))
        times = [at for at, _ in known.values()]
        most = max(
            (sum(end - 60 <= at <= end for at in times) for end in range(now + 1)), default=0
        )
        # From minute 1: at minute 0 everything is as old as the order that never was.
        if all(times):
            assert most == most_high(state, LIMITS)
        assert {(at.alert, at.at, at.critical) for at in state.marks} == {
            (name, ms(at), grave) for name, (at, grave) in known.items()
        }
        assert (calm_for(state, ms(now)) is None) is any(grave for _, grave in known.values())
