"""What expressions see of an event and of a place: records with the names that authors write.

    event.queue > 0 && event.at >= tps.closes_at - duration("1h")

A field that may be missing must be asked for first: `has(event.queue) && event.queue > 0`.
"""

from msgspec import UNSET, Struct, UnsetType, field

from streams.domain.events import BoxPlace, CountStatus
from streams.domain.happenings import Happening, Point
from streams.domain.times import EpochMs
from streams.domain.words import Role, Situation, TpsClass
from streams.territory.plan import Election, Tps

__all__ = [
    "About",
    "DepartureView",
    "EventView",
    "TpsView",
    "departure_view",
    "event_view",
    "tps_view",
]


class EventView(Struct, frozen=True, gc=False, kw_only=True):
    """A happening as expressions see it; times are moments."""

    kind: Happening
    at: EpochMs
    role: Role
    """What the source speaks as."""
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


class DepartureView(Struct, frozen=True, gc=False):
    """What was said when a box left its TPS; nothing, where nobody said that it left."""

    box: str = ""
    seal: str = ""


class TpsView(Struct, frozen=True, gc=False, kw_only=True):
    """A TPS of the plan as expressions see it; times are moments."""

    code: str
    tps_class: TpsClass = field(name="class")
    dpt: int
    ballots_expected: int
    """Of each contest: the DPT and its reserve, rounded up."""
    opens_at: EpochMs
    closes_at: EpochMs
    listed: bool
    """Whether the plan has it."""
    transit_minutes: int | UnsetType = UNSET
    internet: bool | UnsetType = UNSET


class About(Struct, frozen=True, gc=False):
    """What a happening is about, beside itself."""

    tps: Tps | None
    """None: it is about an officer."""
    election: Election
    departure: Point | None = None
    """Of a box: its last departure before."""


def event_view(point: Point) -> EventView:
    """Return a happening as expressions see it."""
    said = point.said
    return EventView(
        kind=point.kind,
        at=point.at,
        role=point.role,
        ballots=said.ballots,
        complete=said.complete,
        situation=said.situation,
        queue=said.queue,
        voters=said.voters,
        all_voted=said.all_voted,
        box=said.box,
        seal=said.seal,
        seal_intact=said.seal_intact,
        escort=said.escort,
        eta_minutes=said.eta_minutes,
        place=said.place,
        contest=said.contest,
        status=said.status,
    )


def departure_view(departure: Point | None) -> DepartureView:
    """Return the departure of a box as expressions see it."""
    if departure is None:
        return DepartureView()
    return DepartureView(departure.said.box, departure.said.seal)


def tps_view(tps: Tps, election: Election) -> TpsView:
    """Return a TPS as expressions see it."""
    return TpsView(
        code=tps.code,
        tps_class=tps.tps_class,
        dpt=tps.dpt,
        ballots_expected=election.ballots_due(tps.dpt),
        opens_at=tps.opens_at,
        closes_at=tps.closes_at,
        listed=tps.listed,
        transit_minutes=UNSET if tps.transit_minutes is None else tps.transit_minutes,
        internet=UNSET if tps.internet is None else tps.internet,
    )
