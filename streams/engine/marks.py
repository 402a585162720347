"""Marks: how time gets into the journal (contract §4).

- The *owner's mark*, one a second into each owned journal partition, carries no time: its time is
  its own append time, so it is always the broker's. It keeps ladders and quiet times moving.
- *Intake's mark*, one a second into every journal partition, carries claims: how far this worker
  has heard each source partition it holds, and how many partitions each source topic has, so that a
  partition that nobody has ever claimed holds `heard` at zero.

A played day has intake's marks only, one a played second, and they carry the player's clock.
"""

from collections.abc import Sequence

from streams.domain.journal import IntakeMark
from streams.domain.times import EpochMs
from streams.engine.ports import Log, Slot

__all__ = ["claim_name", "count_sources", "intake_mark"]


def claim_name(slot: Slot) -> str:
    """Return how a mark names a source partition: `tps.status/3`."""
    return f"{slot.topic}/{slot.partition}"


async def count_sources(log: Log, topics: Sequence[str]) -> dict[str, int]:
    """Return the number of partitions of each source topic, as of now."""
    return {topic: await log.partitions(topic) for topic in topics}


def intake_mark(
    claims: dict[Slot, EpochMs],
    sources: dict[str, int],
    clock: EpochMs | None = None,
    partitions: int = 1,
) -> IntakeMark:
    """Return the mark with these claims.

    Args:
        claims: How far each source partition was heard.
        sources: How many partitions each source topic has.
        clock: The player's time of a played day.
        partitions: Of the journal.
    """
    named = {claim_name(slot): claims[slot] for slot in sorted(claims)}
    return IntakeMark(claims=named, sources=sources, partitions=partitions, clock=clock)
