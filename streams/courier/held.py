"""What is held at a moment, by the types of channels, and when somebody should look at it."""

from collections import Counter
from collections.abc import Callable
from typing import Final

from streams.courier.observer import Held
from streams.delivery.outbox import Outbox

__all__ = ["Crowding", "held_by_type"]

_MUCH: Final = 0.5
_LESS: Final = 0.4
"""Below it a new rise is told again; what swings around a half is told once."""


def held_by_type(outbox: Outbox, type_of: Callable[[str], str], filled: float) -> Held:
    """Count what an outbox holds.

    Args:
        outbox: Holds it.
        type_of: Returns the type of a channel.
        filled: Which part of what may be held is held.
    """
    notices, oldest_at = Counter[str](), dict[str, float]()
    for parcel in outbox.parcels:
        kind = type_of(parcel.channel)
        notices[kind] += 1
        oldest_at[kind] = min(parcel.since, oldest_at.get(kind, parcel.since))
    states = outbox.servers.states.items()
    breakers = Counter((type_of(name), state) for (name, _), state in states)
    return Held(notices, oldest_at, breakers, filled)


class Crowding:
    """Whether much is held, so that it is told when that begins, and not all the time."""

    def __init__(self) -> None:
        """Begin with little."""
        self._is_much = False

    def begins(self, filled: float) -> bool:
        """Take in which part of what may be held is held, and say whether it has become much."""
        was_much = self._is_much
        self._is_much = filled >= (_LESS if was_much else _MUCH)
        return self._is_much and not was_much
