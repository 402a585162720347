"""How one TPS sends: who speaks for it, by which channel, and how late.

Who runs the poll follows from its kind: KPPS and PTPS where KPU and Bawaslu do, in a village the
panitia, watched by a panwas of its own. All luck of a TPS is drawn from one stream, in the order of
its day.
"""

from functools import cached_property

from msgspec import UNSET

from streams.domain.events import CountStatus, Source, StatusKind, TpsStatus, VoteCount
from streams.domain.ids import desa_of
from streams.domain.times import EpochMs
from streams.domain.words import Channel, Role
from streams.simulation.outage import Outage, outage_of
from streams.simulation.post import (
    Post,
    box_name,
    chance_of,
    delay_ms,
    post_count,
    post_status,
)
from streams.simulation.tally import Tally
from streams.territory.plan import ElectionKind, Officer, Plan, Tps
from streams.wire.time import format_time

__all__ = ["Sender"]


class Sender:
    """One TPS, its luck and its ways of sending.

    Attributes:
        plan: The election.
        tps: The TPS.
        chance: All luck of its day.
        organiser: The role of those who run it.
        supervisor: The role of those who watch them.
    """

    def __init__(self, plan: Plan, tps: Tps, seed: int) -> None:
        self.plan = plan
        self.tps = tps
        self.chance = chance_of(seed, "station", tps.code)
        self._outage: Outage | None = outage_of(self.chance, tps)
        self._channel = Channel.SMS if tps.internet is False else Channel.APP
        in_village = plan.election.kind is ElectionKind.PILKADES
        self.organiser = Role.PANITIA if in_village else Role.KPPS
        self.supervisor = Role.PANWAS if in_village else Role.PTPS
        self._about = (tps.code, desa_of(tps.code))
        self._count = 0

    @cached_property
    def guards(self) -> tuple[Officer, ...]:
        """Return the officers of its pair who are on duty."""
        tps = self.tps
        return tuple(
            one
            for one in self.plan.officers.values()
            if tps.pair and one.on_duty and (one.kabupaten, one.pair) == (tps.kabupaten, tps.pair)
        )

    def source(self, role: Role, camp: str = "") -> Source:
        """Return who speaks for the TPS, or for a camp at it."""
        name = f"{role}-{camp}-{self.tps.code}" if camp else f"{role}-{self.tps.code}"
        return Source(name, role, camp=camp, channel=self._channel)

    def status(self, kind: StatusKind, at: EpochMs, source: Source | None = None) -> TpsStatus:
        """Return a status without details; without `source` it is of those who run the TPS."""
        return TpsStatus(
            id=self._next_id(),
            at=self._time(at),
            kind=kind,
            source=self.source(self.organiser) if source is None else source,
            tps=self.tps.code,
        )

    def count(self, tally: Tally, status: CountStatus, at: EpochMs, source: Source) -> VoteCount:
        """Return a form of this TPS, as somebody sends it at a time."""
        return VoteCount(
            id=self._next_id(),
            at=self._time(at),
            tps=self.tps.code,
            contest=tally.contest,
            status=status,
            source=source,
            votes=dict(tally.votes),
            valid=tally.valid,
            invalid=tally.invalid,
            ballots=tally.ballots,
            voters=tally.voters,
        )

    def send(self, event: TpsStatus | VoteCount, at: EpochMs) -> Post:
        """Return the post of an event, late if there is no signal."""
        held = self._outage.received_at(self.chance, at) if self._outage else None
        channel = self._channel if event.source.channel is UNSET else event.source.channel
        received = held or EpochMs(at + delay_ms(self.chance, channel))
        if isinstance(event, VoteCount):
            return post_count(event, at, received, self._about)
        boxes = (box_name(self.tps.code, event.box),) if event.box else ()
        return post_status(event, at, received, (*self._about, *boxes))

    def _next_id(self) -> str:
        self._count += 1
        return f"{self.tps.code}-{self._count:02}"

    def _time(self, at: EpochMs) -> str:
        return format_time(at, self.plan.offset_minutes(self.tps.code))
