"""Which level stands above another on a ladder."""

from streams.domain.alert import LADDERS, PILKADES_LADDERS, Ladder

__all__ = ["level_above"]


def level_above(ladder: str, level: str) -> str:
    """Return the level above, in any kind of election; empty: there is none, or no such ladder."""
    if ladder not in set(Ladder):
        return ""
    for ladders in (LADDERS, PILKADES_LADDERS):
        levels = ladders[Ladder(ladder)]
        if level in levels[:-1]:
            return levels[levels.index(level) + 1]
    return ""
