"""A report as evidence: whose voice it is, what it weighs, and where it is about."""

from typing import Final

from msgspec import UnsetType

from streams.domain.events import CrowdReport, Place, TpsStatus, VoteCount
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.words import BASE_WEIGHT, Role, TpsClass, source_class_of
from streams.judge.rates import weight_max
from streams.judge.state import PartitionState
from streams.rules.evidence import Item

__all__ = ["item_of", "officer_of", "voices_of"]

_TPS_LENGTH: Final = 17


def item_of(state: PartitionState, accepted: AcceptedReport | AcceptedStatus, name: str) -> Item:
    """Return a report as evidence; `name` is where it stands in the journal."""
    source, role = accepted.event.source, accepted.event.source.speaks_as
    plan = state.world.of(accepted.election).plan
    at_tps = len(accepted.place) == _TPS_LENGTH
    tps = plan.tps_or_unknown(accepted.place) if at_tps else None
    lat, lon = _coordinates(accepted)
    if lat is None and tps is not None:
        lat, lon = tps.lat, tps.lon
    return Item(
        at=accepted.at,
        weight=min(BASE_WEIGHT[role], weight_max(state, accepted)),
        source_class=source_class_of(role),
        voices=voices_of(accepted.event),
        tps=accepted.place if at_tps else None,
        tps_class=tps.tps_class if tps else TpsClass.KURANG_RAWAN,
        lat=lat,
        lon=lon,
        topic=accepted.origin.topic,
        id=accepted.event.id,
        source=source.id,
        offset=name,
        documented=isinstance(accepted.event, CrowdReport) and bool(accepted.event.evidence),
    )


def officer_of(accepted: AcceptedReport | AcceptedStatus) -> str:
    """Return the officer whom a report is about; empty: it names none."""
    event = accepted.event
    if not isinstance(event, CrowdReport) or isinstance(event.subject, UnsetType):
        return ""
    return event.subject.officer


def _coordinates(accepted: AcceptedReport | AcceptedStatus) -> tuple[float | None, float | None]:
    if isinstance(accepted, AcceptedStatus) or not isinstance(accepted.event.place, Place):
        return None, None
    lat, lon = accepted.event.place.lat, accepted.event.place.lon
    if isinstance(lat, UnsetType) or isinstance(lon, UnsetType):
        return None, None
    return lat, lon


def voices_of(event: TpsStatus | CrowdReport | VoteCount) -> tuple[str, ...]:
    """Return what makes an event the same voice as another: sender or camp, photos, text."""
    source = event.source
    camp = [f"camp:{source.camp}"] if source.speaks_as is Role.SAKSI else []
    sender = (f"source:{source.id}", *camp)
    if not isinstance(event, CrowdReport):
        return sender
    photos = [f"photo:{one.sha256}" for one in event.evidence if one.sha256]
    text = event.text
    words = " ".join(text.casefold().split()) if isinstance(text, str) else ""
    return (*sender, *photos, *([f"text:{words}"] if words else []))
