"""What can happen at a TPS or to an officer, as the facts of the day keep it.

A *happening* is named by the word of the status, count or command that tells it. Of what was said
with it only that is kept which rules ask for later: facts are judged again whenever something late
comes in between, so what a rule asks of a status must still be there.
"""

from enum import StrEnum
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from streams.domain.events import BoxPlace, CountStatus, StatusKind, TpsStatus, VoteCount
from streams.domain.times import EpochMs
from streams.domain.words import Role, Situation

__all__ = ["NOTHING_SAID", "STAGES", "Happening", "Point", "Said", "said_by"]


class Happening(StrEnum):
    """Kinds of points: those of statuses, then what else can be waited for."""

    LOGISTICS_RECEIVED = "logistics_received"
    OPENED = "opened"
    HEARTBEAT = "heartbeat"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    POSTPONED = "postponed"
    CLOSED = "closed"
    COUNTING_STARTED = "counting_started"
    COUNTING_FINISHED = "counting_finished"
    BOX_DEPARTED = "box_departed"
    ESCORT_JOINED = "escort_joined"
    BOX_ARRIVED = "box_arrived"
    CHECKIN = "checkin"
    DURESS = "duress"
    COUNT = "count"
    """A provisional or final count of a contest at the TPS."""
    CONFIRM_IDENTITY = "confirm_identity"
    CONFIRM_SEAL = "confirm_seal"


STAGES: Final = frozenset(
    {
        Happening.LOGISTICS_RECEIVED,
        Happening.OPENED,
        Happening.SUSPENDED,
        Happening.RESUMED,
        Happening.POSTPONED,
        Happening.CLOSED,
        Happening.COUNTING_STARTED,
        Happening.COUNTING_FINISHED,
        Happening.BOX_DEPARTED,
        Happening.ESCORT_JOINED,
        Happening.BOX_ARRIVED,
    }
)
"""What changes how far the day of a TPS is; heartbeats and check-ins don't."""


class Said(Struct, frozen=True, gc=False, omit_defaults=True):
    """What was said with a happening, of what rules may ask for; field names as on the wire."""

    ballots: int | UnsetType = UNSET
    complete: bool | UnsetType = UNSET
    situation: Situation | UnsetType = UNSET
    queue: int | UnsetType = UNSET
    voters: int | UnsetType = UNSET
    all_voted: bool | UnsetType = UNSET
    box: str = ""
    seal: str = ""
    seal_intact: bool | UnsetType = UNSET
    escort: tuple[str, ...] | UnsetType = UNSET
    eta_minutes: float | UnsetType = UNSET
    place: BoxPlace | UnsetType = UNSET
    contest: str = ""
    status: CountStatus | UnsetType = UNSET
    """Of a count."""


NOTHING_SAID: Final = Said()


class Point(Struct, frozen=True, gc=False, array_like=True):
    """A happening at a moment. Ids are unique within a source only."""

    at: EpochMs
    kind: Happening
    id: str
    source: str
    offset: str
    """Where it stands in the journal."""
    role: Role = Role.SYSTEM
    said: Said = NOTHING_SAID

    @property
    def order(self) -> tuple[EpochMs, Happening, str, str]:
        """By this all who keep points sort them, whenever they came."""
        return self.at, self.kind, self.id, self.source


def said_by(event: TpsStatus | VoteCount) -> Said:
    """Return what is kept of what an event says."""
    if isinstance(event, VoteCount):
        return Said(contest=event.contest, status=event.status)
    if event.kind is StatusKind.HEARTBEAT and event.queue is UNSET and event.voters is UNSET:
        # By far the most messages are of this kind and say no more than that somebody is there.
        return NOTHING_SAID if event.situation is UNSET else Said(situation=event.situation)
    return Said(
        ballots=event.ballots,
        complete=event.complete,
        situation=event.situation,
        queue=event.queue,
        voters=event.voters,
        all_voted=event.all_voted,
        box=event.box,
        seal=event.seal,
        seal_intact=event.seal_intact,
        escort=event.escort,
        eta_minutes=event.eta_minutes,
        place=event.place,
        contest=event.contest,
    )
