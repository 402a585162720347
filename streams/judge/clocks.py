"""The two clocks of a journal partition, made of its records only (contract §4).

`now` is the largest of the events' times and of the times of marks: ladders, shelves, quiet times
go by it. `heard` is the smallest claim over all source partitions, never above `now`, never
falling: "everything sent before it has been judged", so absence goes by it. A lagging intake
stops `heard` and never `now`.

A mark's time is the journal's append time of its record; of a played day it is the player's, and
such a mark says so. A claim counts at most as the time of the mark that brings it.
"""

from msgspec import Struct

from streams.domain.journal import IntakeMark, Origin, OwnerMark
from streams.domain.times import EpochMs
from streams.rules.detectors.blind import Letters

__all__ = ["Clocks"]


class Clocks(Struct):
    """Clocks of one partition, and how far each source has been taken in."""

    started_at: EpochMs | None = None
    """Time of the first record of the log; None: there was none yet."""
    now: EpochMs = EpochMs(0)
    heard: EpochMs = EpochMs(0)
    heard_before: EpochMs = EpochMs(0)
    """`heard` of the mark before the last one."""
    claims: dict[str, EpochMs] = {}
    sources: dict[str, int] = {}
    partitions: int = 0
    """Of the journal; 0: no mark has told yet."""
    played: bool = False
    """Whether the day is played: its clock is the player's."""
    letters: tuple[Letters, ...] = ()
    """What intake took in and put aside lately."""
    taken: dict[str, int] = {}
    """Highest offset taken in of each source partition, or part of one."""

    def event(self, received_at: EpochMs) -> None:
        """An event moves `now`."""
        self._move(received_at)

    def mark(self, mark: OwnerMark | IntakeMark, appended_at: EpochMs) -> None:
        """An owner's mark moves `now`, one of intake what was claimed; either may move `heard`.

        A played day has no owner's marks: there those of intake bring the player's clock.
        """
        self.heard_before = self.heard
        match mark:
            case OwnerMark():
                self._move(appended_at)
            case IntakeMark(clock=clock) if clock is not None:
                self.played = True
                self._move(clock)
                self._claim(mark, clock)
            case IntakeMark():
                self._begin(appended_at)
                self._claim(mark, appended_at)
        self.heard = max(self.heard, min(self._claimed(), self.now))

    def is_repeated(self, origin: Origin, part: str = "") -> bool:
        """Tell whether a source record, or this part of it, was taken in before; remember it.

        Sound because intake appends the records of a source partition in their order, and again
        in their order if it must repeat some.
        """
        source = f"{origin.topic}/{origin.partition}" + (f"/{part}" if part else "")
        if origin.offset <= self.taken.get(source, -1):
            return True
        self.taken[source] = origin.offset
        return False

    def _claim(self, mark: IntakeMark, time: EpochMs) -> None:
        self.partitions = mark.partitions
        for topic, count in mark.sources.items():
            self.sources[topic] = max(count, self.sources.get(topic, 0))
        for source, claim in mark.claims.items():
            self.claims[source] = max(self.claims.get(source, EpochMs(0)), min(claim, time))

    def _begin(self, time: EpochMs) -> None:
        if self.started_at is None:
            self.started_at = time

    def _move(self, time: EpochMs) -> None:
        self._begin(time)
        self.now = max(self.now, time)

    def _claimed(self) -> EpochMs:
        return min(
            (
                self.claims.get(f"{topic}/{partition}", EpochMs(0))
                for topic, count in self.sources.items()
                for partition in range(count)
            ),
            default=EpochMs(0),
        )
