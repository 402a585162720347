"""The whole of one alert, and of one TPS, as somebody may see it."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.events import CommandKind
from streams.domain.ids import parents_of
from streams.domain.times import EpochMs
from streams.room.deeds import Deed
from streams.room.documents import AlertRow
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.page_documents import AlertPage, Note, TpsPage
from streams.room.reach import stations_of_alert
from streams.room.rows import checks_of, path_of, told_rows
from streams.room.runbooks import runbook_of
from streams.room.sight import Sight
from streams.texts.words import change_text, level_text
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument, TransitionDocument
from streams.wire.time import moment_of

__all__ = ["alert_page", "tps_page"]

_RELATED_MAX: Final = 50
Line = tuple[TransitionDocument, Text]


def alert_page(feed: Feed, sight: Sight, key: str) -> AlertPage | None:
    """Return the whole of an alert; None: there is none, as far as this sight goes."""
    model = feed.model
    if not feed.sees(sight, Kind.ALERTS, key):
        return None
    alert, row = model.alerts[key], feed.encoded.alert(sight, key)
    deeds = tuple(model.deeds.of(key))
    return AlertPage(
        row=row,
        alert=replace(alert, parent=row.parent),
        why=checks_of(alert),
        path=path_of(alert, feed.names),
        told=told_rows(alert),
        lines=_lines(model.lines(key)),
        notes=tuple(_note(one) for one in deeds if one.kind is CommandKind.NOTE and _says(one)),
        deeds=tuple(one for one in deeds if one.kind is not CommandKind.NOTE),
        related=tuple(_related(feed, sight, alert, row.parent)),
        runbook=runbook_of(alert.runbook),
        stations=stations_of_alert(feed, alert) if CommandKind.DISPATCH in row.may else (),
        agencies=tuple(level_text(one) for one in alert.route),
    )


def tps_page(feed: Feed, sight: Sight, key: str) -> TpsPage | None:
    """Return the whole of a TPS in its election; None: there is none, as far as this sight goes.

    Args:
        feed: What is known.
        sight: Of who asks.
        key: As the row of the TPS has it: its code, or `CODE@ELECTION`.
    """
    model = feed.model
    tps = model.pictures.tps(key)
    if tps is None or not feed.sees(sight, Kind.TPS, key):
        return None
    place = tps.code, tps.election
    alerts = [one for one in _seen(feed, sight) if (place_of(one), one.election) == place]
    lines = sorted(
        (line for one in alerts for line in model.lines(one.id)),
        key=lambda line: (moment_of(line.at), line.alert, line.revision),
    )
    now = () if tps.stage_at is None else ((str(tps.stage), tps.stage_at),)
    # A worker of before tells the present stage alone.
    stages = tuple((str(one.stage), one.at) for one in tps.stages_at) or now
    return TpsPage(
        key=key,
        tps=tps,
        path=tuple((one, feed.names.of(one)) for one in parents_of(tps.code)),
        alerts=tuple(feed.encoded.alert(sight, one.id) for one in alerts),
        lines=_lines(lines),
        stages=stages,
    )


def _lines(lines: Iterable[TransitionDocument]) -> tuple[Line, ...]:
    return tuple((line, change_text(line.change)) for line in lines)


def _says(deed: Deed) -> bool:
    """Tell whether it is known what a note says: its text may come later, or be kept no more."""
    return bool(deed.text or deed.step)


def _note(deed: Deed) -> Note:
    return Note(at=deed.at, by=deed.by, role=deed.role, text=deed.text, step=deed.step)


def _related(
    feed: Feed, sight: Sight, alert: AlertDocument, parent: str | None
) -> Iterable[AlertRow]:
    """Return its parent, what it has absorbed, and other open alerts of its place."""
    place = place_of(alert)
    near = [
        one
        for one in _seen(feed, sight)
        if one.id != alert.id
        and (one.id == parent or one.parent == alert.id or place_of(one) == place)
    ]
    near.sort(key=lambda one: (one.id != parent, one.parent != alert.id, _opened(one), one.id))
    return (feed.encoded.alert(sight, one.id) for one in near[:_RELATED_MAX])


def _opened(alert: AlertDocument) -> EpochMs:
    return moment_of(alert.opened_at)


def _seen(feed: Feed, sight: Sight) -> Iterable[AlertDocument]:
    model = feed.model
    return (one for key, one in model.alerts.items() if feed.sees(sight, Kind.ALERTS, key))
