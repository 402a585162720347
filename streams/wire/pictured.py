"""From what the picture says to the records of `siaga.picture`: moments become local times."""

from typing import Final, Literal

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Severity
from streams.territory.zone import offset_minutes
from streams.views.pictured import Away, PicturedArea, PicturedTps, PolsekLedger, Wide
from streams.wire.picture import (
    AreaPicture,
    AwayBox,
    ContestProgress,
    ExpectedBy,
    PolsekPicture,
    Position,
    SeverityCounts,
    StageAt,
    TpsPicture,
    encode,
    key_of,
)
from streams.wire.time import format_time

__all__ = ["area_document", "record", "tps_document"]

_KINDS: Final[dict[int, Literal["kabupaten", "kecamatan", "desa"]]] = {
    5: "kabupaten",
    8: "kecamatan",
    13: "desa",
}


def record(value: PicturedArea | PicturedTps) -> tuple[bytes, bytes]:
    """Return key and value of a record of `siaga.picture`."""
    match value:
        case PicturedTps():
            key = key_of(value.tps.code, value.election, is_first=value.is_first)
            return key, encode(tps_document(value))
        case PicturedArea():
            key = key_of(value.code, value.election, is_first=value.is_first)
            return key, encode(area_document(value))


def tps_document(value: PicturedTps) -> TpsPicture:
    """Return the document of a TPS."""
    tps, zone = value.tps, offset_minutes(value.tps.code)
    place = None if tps.lat is None or tps.lon is None else Position(tps.lat, tps.lon)
    return TpsPicture(
        kind="tps",
        code=tps.code,
        election=value.election,
        drill=DRILL_MARK in value.election,
        at=format_time(value.now, zone),
        name=tps.name,
        tps_class=tps.tps_class,
        stage=value.stage,
        stage_at=_local(value.stage_at, zone),
        stages_at=tuple(StageAt(stage, format_time(at, zone)) for stage, at in value.stages),
        suspended=value.stage is Stage.SUSPENDED,
        suspended_stage=value.suspended_stage,
        heard_at=_local(value.heard_at, zone),
        silent=value.silent,
        raised=value.raised,
        box=None if value.box is None else value.box.value,
        place=place,
        alerts=_severities(value.alerts),
    )


def area_document(value: PicturedArea) -> AreaPicture:
    """Return the document of an area."""
    zone, counts, wide = offset_minutes(value.code), value.counts, value.wide
    now = format_time(value.now, zone)
    return AreaPicture(
        kind=_KINDS[len(value.code)],
        code=value.code,
        name=value.name,
        election=value.election,
        drill=DRILL_MARK in value.election,
        at=now,
        now=now,
        heard=None if wide is None else _local(wide.heard, zone),
        colour=value.colour,
        colour_since=_local(value.colour_since, zone),
        tps=counts.tps,
        stages=counts.stages,
        classes=counts.classes,
        never_heard=counts.tps - counts.heard,
        silent=counts.silent,
        raised=counts.raised,
        alerts=_severities(counts.alerts),
        unacknowledged=counts.unacknowledged,
        triage=counts.waiting,
        counts=tuple(
            ContestProgress(contest, one.tps, one.forms, one.final)
            for contest, one in counts.contests.items()
        ),
        expected=None if wide is None else wide.expected,
        expected_by=None if wide is None else _rising(wide, zone),
        strength=None if wide is None else tuple(map(_polsek, wide.strength)),
        boxes=None if wide is None else tuple(_box(one, zone) for one in wide.boxes),
        boxes_away=counts.away,
    )


def _local(at: EpochMs | None, zone: int) -> str | None:
    return None if at is None else format_time(at, zone)


def _rising(wide: Wide, zone: int) -> dict[Stage, tuple[ExpectedBy, ...]]:
    return {
        stage: tuple(ExpectedBy(format_time(at, zone), count) for at, count in rising)
        for stage, rising in wide.expected_by.items()
    }


def _severities(counts: dict[Severity, int]) -> SeverityCounts:
    return SeverityCounts(
        critical=counts[Severity.CRITICAL],
        high=counts[Severity.HIGH],
        medium=counts[Severity.MEDIUM],
        low=counts[Severity.LOW],
    )


def _polsek(ledger: PolsekLedger) -> PolsekPicture:
    return PolsekPicture(
        name=ledger.name,
        total=ledger.total,
        free=ledger.free,
        bound=ledger.bound,
        escorting=ledger.escorting,
        off_duty=ledger.off_duty,
        missing=ledger.missing,
        needed=ledger.needed,
        bko=ledger.bko,
        pairs=ledger.pairs,
    )


def _box(box: Away, zone: int) -> AwayBox:
    return AwayBox(
        box=box.box,
        tps=box.tps,
        name=box.name,
        left_at=format_time(box.left_at, zone),
        due_at=_local(box.due_at, zone),
        limit_minutes=None if box.due_at is None else box.limit_ms / MINUTE_MS,
        eta_at=_local(box.eta_at, zone),
        escorts=box.escorts,
    )
