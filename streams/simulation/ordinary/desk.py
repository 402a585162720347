"""The desk of one TPS: who speaks for it, what is sent twice as it was wrong, what comes late."""

from collections.abc import Iterator
from random import Random
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import StatusKind, TpsStatus, VoteCount
from streams.domain.ids import desa_of
from streams.domain.times import EpochMs
from streams.domain.words import Channel
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.chances import wait
from streams.simulation.ordinary.signal import Spell
from streams.simulation.post import Post, chance_of, delay_ms, post_count, post_status, whole_second
from streams.simulation.sender import Sender
from streams.territory.plan import Plan, Tps

__all__ = ["Desk"]

_TYPO_MAX: Final = 9


class Desk:
    """One TPS on a day of noise.

    Attributes:
        plan: The election.
        tps: The TPS.
        sender: Writes what is said.
        chance: All luck of its day.
        spell: When it has no signal.
    """

    def __init__(self, plan: Plan, tps: Tps, seed: int, spell: Spell) -> None:
        self.plan = plan
        self.tps = tps
        self.sender = Sender(plan, tps, seed)
        self.chance: Random = chance_of(seed, "desk", tps.code)
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
            return post_count(event, at, received, self._about)
        return post_status(event, at, received, self._about)
