"""Detector `situation`: how grave it is in an area, by the alerts that are open there together.

    HIJAU --one critical, or enough high ones within a window, or an order--> KUNING
    KUNING (HIJAU) --enough critical ones at once, or an order--> MERAH
    MERAH --a commander's order, after calm--> KUNING --a commander's order, after calm--> HIJAU

It goes up by itself and never comes down by itself: what is over may begin again, and who has seen
the place decides. Calm is counted from the last trouble: a moment at which a critical alert was
open, or one opened, reopened or rose to high. What was there before an order down is no reason to
go up again.

Source: Perkap 16/2006 has the colours; the numbers are proposals.

Bound: `MARKS_MAX` alerts an area, the newest; a step looks at each.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AlertId
from streams.domain.times import EpochMs
from streams.domain.words import SituationColour

__all__ = [
    "MARKS_MAX",
    "Mark",
    "SituationLimits",
    "SituationState",
    "calm_for",
    "colour_of",
    "lower",
    "mark",
    "most_high",
    "raise_to",
    "rank",
]

MARKS_MAX: Final = 200
_ORDER: Final = (SituationColour.HIJAU, SituationColour.KUNING, SituationColour.MERAH)


class Mark(Struct, frozen=True, gc=False, array_like=True):
    """An open alert of high or critical severity."""

    at: EpochMs
    """When it opened, reopened or rose last."""
    alert: AlertId
    critical: bool


class SituationState(Struct, frozen=True, gc=False, array_like=True):
    """The colour of an area, and what it rests on."""

    colour: SituationColour = SituationColour.HIJAU
    marks: tuple[Mark, ...] = ()
    """In order of time."""
    trouble_at: EpochMs = EpochMs(0)
    """When there was trouble last; while a critical alert is open there still is."""
    ordered_at: EpochMs = EpochMs(0)
    """When it was ordered down last: only what came later raises it."""


class SituationLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the alerts."""

    kuning_high: int
    window_ms: int
    merah_critical: int


def rank(colour: SituationColour) -> int:
    """Return how grave a colour is, from 0."""
    return _ORDER.index(colour)


def mark(state: SituationState, alert: AlertId, now: Mark | None, at: EpochMs) -> SituationState:
    """Take in how an alert stands now; None: it is open no more, or not so grave."""
    before = next((one for one in state.marks if one.alert == alert), None)
    if now == before:
        return state
    others = [one for one in state.marks if one.alert != alert]
    marks = others if now is None else sorted((*others, now), key=lambda one: (one.at, one.alert))
    over = before is not None and before.critical and (now is None or not now.critical)
    newer = now is not None and (before is None or now.at > before.at)
    trouble_at = max(state.trouble_at, at) if over or newer else state.trouble_at
    return replace(state, marks=tuple(marks[-MARKS_MAX:]), trouble_at=EpochMs(trouble_at))


def colour_of(state: SituationState, limits: SituationLimits) -> SituationColour:
    """Return the colour that the alerts ask for; it never lies below the present one."""
    counted = _counted(state)
    critical = sum(one.critical for one in counted)
    if critical >= limits.merah_critical:
        asked = SituationColour.MERAH
    elif critical or most_high(state, limits) >= limits.kuning_high:
        asked = SituationColour.KUNING
    else:
        asked = SituationColour.HIJAU
    return max(state.colour, asked, key=rank)


def most_high(state: SituationState, limits: SituationLimits) -> int:
    """Return how many alerts, high or critical, came within one window at the most."""
    times = [one.at for one in _counted(state)]
    return max(
        (sum(end - limits.window_ms <= at <= end for at in times) for end in times), default=0
    )


def _counted(state: SituationState) -> tuple[Mark, ...]:
    return tuple(one for one in state.marks if one.at > state.ordered_at)


def raise_to(state: SituationState, colour: SituationColour) -> SituationState:
    """Return the state with a graver colour."""
    return replace(state, colour=max(state.colour, colour, key=rank))


def calm_for(state: SituationState, now: EpochMs) -> int | None:
    """Return for how long it has been calm, in milliseconds; None: it is not."""
    return None if any(one.critical for one in state.marks) else now - state.trouble_at


def lower(state: SituationState, at: EpochMs) -> SituationState:
    """Return the state after an order down: one colour, from hijau nowhere."""
    below = _ORDER[max(0, rank(state.colour) - 1)]
    return replace(state, colour=below, ordered_at=EpochMs(max(state.ordered_at, at)))
