"""Ladders: which level is told at opening, and when the next ones are due (contract §5).

Minutes count from opening and are multiplied by the factor of the class of the TPS. A ladder
that is shorter than its severity asks for stays at its top.
"""

from streams.domain.alert import LADDERS, PILKADES_LADDERS, Ladder
from streams.domain.policy import Policy
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Severity, TpsClass

__all__ = [
    "climb_due",
    "due_minutes",
    "levels_of",
    "opening_levels",
    "restarted_from",
    "start_index",
]


def levels_of(ladder: Ladder, kind: str) -> tuple[str, ...]:
    """Return the levels of a ladder, lowest first, in an election of `kind`."""
    return (PILKADES_LADDERS if kind == "pilkades" else LADDERS)[ladder]


def start_index(policy: Policy, severity: Severity, levels: tuple[str, ...]) -> int:
    """Return the index of the highest level that is told at opening."""
    return min(policy.pace(severity).start, len(levels) - 1)


def opening_levels(
    policy: Policy, severity: Severity, start: int, levels: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who is told at opening, lowest first: of a critical alert two levels at once.

    Where a rule names another start level than its severity has, that level alone is told. A
    ladder that is too short for the start level is told from the same index as a longer one.
    """
    pace = policy.pace(severity)
    if start != start_index(policy, severity, levels):
        return levels[start : start + 1]
    return levels[min(pace.start - pace.together + 1, start) : start + 1]


def due_minutes(
    policy: Policy, severity: Severity, tps_class: TpsClass, levels: tuple[str, ...]
) -> tuple[float, ...]:
    """Return the minutes from opening at which each level is due, as far as time alone climbs."""
    factor = policy.factor(tps_class)
    return tuple(minutes * factor for minutes in policy.pace(severity).minutes[: len(levels)])


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
