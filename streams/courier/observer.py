"""What the courier tells of its work: in types of channels and fixed words, for metrics."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from streams.delivery.breaker import BreakerState
from streams.delivery.parcel import Result
from streams.domain.receipt import ReceiptOutcome

__all__ = ["CourierObserver", "Held"]


class Held(Struct, frozen=True):
    """What is taken and not settled, by the type of the channel that it waits for."""

    notices: Mapping[str, int]
    oldest_at: Mapping[str, float]
    """When the broker took the oldest of them, in seconds since 1970."""
    breakers: Mapping[tuple[str, BreakerState], int]
    """How many servers of a type are in a state."""
    filled: float = 0.0
    """Which part of what may be held is held; at 1 nothing more is taken in."""


class CourierObserver(Protocol):
    """Is told what happened; must neither wait nor raise."""

    def on_receipt(self, channel_type: str, outcome: ReceiptOutcome, seconds: float) -> None:
        """A receipt is written, so long after the broker took the notice."""
        ...

    def on_try(self, channel_type: str, result: Result, *, over_limit: bool) -> None:
        """A try has ended; `over_limit`: a critical call beyond what its destination gets."""
        ...

    def on_bundle(self, channel_type: str, notices: int) -> None:
        """So many notices went out in one message."""
        ...

    def on_unreadable(self, topic: str) -> None:
        """A record of a topic of notices is none."""
        ...

    def on_taken_over(self, partitions: int, settled: int) -> None:
        """Partitions became ours; so many notices behind their commit points are settled."""
        ...

    def on_held(self, held: Held) -> None:
        """What is held now; told once a second while there is anything."""
        ...
