"""The desk of one TPS: who speaks for it, what is sent twice as it was wrong, what comes late."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import StatusKind, TpsStatus, VoteCount
from streams.domain.ids import desa_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES, Channel
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import wait
from streams.simulation.ordinary.kinds import Day
from streams.simulation.ordinary.signal import Spell, clock_error_ms
from streams.simulation.post import Post, chance_of, delay_ms, post_count, post_status, whole_second
from streams.simulation.sender import Sender
from streams.territory.plan import Tps
from streams.wire.time import format_time

__all__ = ["Desk"]

_TYPO_MAX: Final = 9
_Event = TypeVar("_Event", TpsStatus, VoteCount)


class Desk:
    """One TPS on a day.

    Attributes:
        day: The day, of which election, and of which kind.
        plan: The election.
        tps: The TPS.
        sender: Writes what is said.
        chance: All luck of its day.
        spell: When it has no signal.
    """

    def __init__(self, day: Day, tps: Tps, spell: Spell) -> None:
        self.day = day
        self.plan = day.plan
        self.tps = tps
        self.sender = Sender(day.plan, tps, day.seed)
        self.chance: Random = chance_of(day.seed, "desk", tps.code)
        self.spell = spell
        self._about = (tps.code, desa_of(tps.code))

    def say(self, kind: StatusKind, at: EpochMs) -> Iterator[Post]:
        """Send a status without details of those who run the TPS."""
        yield from self.tell(self.sender.status(kind, at), at)

    def tell(self, status: TpsStatus, at: EpochMs) -> Iterator[Post]:
        """Send a status; now and then a wrong one first, and then this one to correct it."""
        if self.chance.random() >= rates.CORRECTED_SHARE:
            yield self.post(status, at)
            return
        wrong = status
        if isinstance(status.voters, int):
            wrong = replace(status, voters=status.voters + self.chance.randint(1, _TYPO_MAX))
        yield self.post(wrong, at)
        right = replace(status, id=self.sender.status(status.kind, at).id, corrects=status.id)
        yield self.post(right, at, self.later(at, rates.CORRECTED_MEAN_MINUTES))

    def most_ms(self, limits_minutes: Sequence[float]) -> float:
        """Return how long at most something takes here, of its limits by class."""
        limit = limits_minutes[TPS_CLASSES.index(self.tps.tps_class)]
        return limit * MINUTE_MS * self.day.kind.of_limit

    def stamped(self, event: _Event, at: EpochMs) -> _Event:
        """Return an event with its time by the clock of whoever tells it."""
        error = clock_error_ms(self.day.seed, event.source.id)
        if not error:
            return event
        told = whole_second(at + error)
        return replace(event, at=format_time(told, self.plan.offset_minutes(self.tps.code)))

    def later(self, at: EpochMs, mean_minutes: float) -> EpochMs:
        """Return a moment some time after another."""
        return whole_second(at + wait(self.chance, mean_minutes))

    def post(
        self, event: TpsStatus | VoteCount, at: EpochMs, sent_at: EpochMs | None = None
    ) -> Post:
        """Return the post of an event: received soon after it was sent, or when signal is back.

        Args:
            event: What is said.
            at: Its own time.
            sent_at: When it was written, if that was later than what it tells of.
        """
        sent = at if sent_at is None else sent_at
        channel = event.source.channel
        delay = delay_ms(self.chance, Channel.APP if channel is UNSET else channel)
        received = self.spell.received_at(self.chance, sent) or EpochMs(sent + delay)
        if isinstance(event, VoteCount):
            return post_count(self.stamped(event, at), at, received, self._about)
        return post_status(self.stamped(event, at), at, received, self._about)
