"""Ladders: which level is told at opening, and when the next ones are due (contract §5).

Minutes count from opening and are multiplied by the factor of the class of the TPS. A ladder
that is shorter than its severity asks for stays at its top.
"""

from typing import Final

from streams.domain.alert import LADDERS, PILKADES_LADDERS, Ladder
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Severity, TpsClass

__all__ = ["climb_due", "due_minutes", "levels_of", "restarted_from", "start_index"]

_MINUTES: Final = {
    Severity.CRITICAL: (0.0, 0.0, 0.0, 3.0, 8.0),
    Severity.HIGH: (0.0, 0.0, 5.0, 15.0),
    Severity.MEDIUM: (0.0, 15.0, 45.0),
    Severity.LOW: (0.0,),
}
"""Due minutes of L0, L1, … Source: contract §5; proposals that a police planner must confirm."""
_START: Final = {
    Severity.CRITICAL: 2,
    Severity.HIGH: 1,
    Severity.MEDIUM: 0,
    Severity.LOW: 0,
}
_FACTORS: Final = dict(zip(TPS_CLASSES, (1.0, 0.75, 0.5, 0.75), strict=True))


def levels_of(ladder: Ladder, kind: str) -> tuple[str, ...]:
    """Return the levels of a ladder, lowest first, in an election of `kind`."""
    return (PILKADES_LADDERS if kind == "pilkades" else LADDERS)[ladder]


def start_index(severity: Severity, levels: tuple[str, ...]) -> int:
    """Return the index of the highest level that is told at opening."""
    return min(_START[severity], len(levels) - 1)


def due_minutes(
    severity: Severity, tps_class: TpsClass, levels: tuple[str, ...]
) -> tuple[float, ...]:
    """Return the minutes from opening at which each level is due, as far as time alone climbs."""
    factor = _FACTORS[tps_class]
    return tuple(minutes * factor for minutes in _MINUTES[severity][: len(levels)])


def climb_due(minutes: tuple[float, ...], climbs_from: EpochMs, told: int) -> EpochMs | None:
    """Return when the level above index `told` is due, or None at the top."""
    above = told + 1
    if above >= len(minutes):
        return None
    return EpochMs(climbs_from + round(minutes[above] * MINUTE_MS))


def restarted_from(minutes: tuple[float, ...], start: int, told: int, at: EpochMs) -> EpochMs:
    """Return the time to count from, so that level `told` has its full time again from `at`.

    The next level is then due after the difference between its minutes and those of the present
    level; the start level has none behind it.
    """
    behind = 0.0 if told == start or told >= len(minutes) else minutes[told]
    return EpochMs(at - round(behind * MINUTE_MS))
