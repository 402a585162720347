"""What is held at a moment, counted by the types of channels."""

from collections import Counter
from collections.abc import Callable

from streams.courier.observer import Held
from streams.delivery.outbox import Outbox

__all__ = ["held_by_type"]


def held_by_type(outbox: Outbox, type_of: Callable[[str], str]) -> Held:
    """Count what an outbox holds; `type_of` returns the type of a channel."""
    notices, oldest_at = Counter[str](), dict[str, float]()
    for parcel in outbox.parcels:
        kind = type_of(parcel.channel)
        notices[kind] += 1
        oldest_at[kind] = min(parcel.since, oldest_at.get(kind, parcel.since))
    states = outbox.servers.states.items()
    return Held(notices, oldest_at, Counter((type_of(name), state) for (name, _), state in states))
