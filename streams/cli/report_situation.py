"""Writes the situation report (*laporan situasi*) in the form of the police."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from streams.cli.report_parts import (
    boxes_of,
    dossiers_of,
    head_of,
    is_restricted,
    signature,
    strength_of,
    ties_of,
    trust_of,
)
from streams.cli.report_writer import Writer, joined, plain, section, table
from streams.domain.alert import Alert, AlertState
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.domain.words import Severity, SituationColour
from streams.judge.state import PartitionState
from streams.rules.wording import contest_text
from streams.texts.words import colour_text, level_text, state_text
from streams.views.asked import alerts_of
from streams.views.chronicle import Chronicle, Deed
from streams.views.custody import BoxState, custody_of
from streams.views.dossier import dossiers_of as find_dossiers
from streams.views.handover import deadline_of
from streams.views.situation import OpenAlerts, Situation, situation_of
from streams.views.tie import ties_of as find_ties

__all__ = ["situation_report"]

_MOST: Final = 25
"""Lines of one list; how many more there are is said."""
_ALIKE: Final = 5
"""More alerts by one rule, as grave and in one state, are told of together."""
_LATELY_MS: Final = HOUR_MS
_GRAVE: Final = frozenset({Severity.HIGH, Severity.CRITICAL})


class _Day(Struct, frozen=True):
    """What the report is written from."""

    writer: Writer
    state: PartitionState
    chronicle: Chronicle
    view: Situation

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts of the area, open or not."""
        return alerts_of(self.state, self.writer.asked)


def situation_report(writer: Writer, state: PartitionState, chronicle: Chronicle) -> str:
    """Return the report as Markdown."""
    day = _Day(writer, state, chronicle, situation_of(state, chronicle, writer.asked))
    restricted = is_restricted([*day.view.alerts.alerts, *_standing_out(day)])
    lines = head_of(writer, "situation", day.view.trust, restricted=restricted)
    parts = (
        ("general", _general(day)),
        ("stages", _stages(day)),
        ("events", _events(day)),
        ("steps", _deeds(day)),
        ("strength", strength_of(writer, day.view.strength)),
        ("boxes", _boxes(day)),
        ("reports", [_reports(day)]),
        ("forecast", _forecast(day)),
        ("end", [writer.word("closing"), *signature(writer, "reporter")]),
    )
    for number, (key, part) in enumerate(parts, 1):
        lines += section(number, writer.word(key), part)
    return joined(lines)


def _general(day: _Day) -> Iterator[str]:
    writer, view = day.writer, day.view
    yield from trust_of(writer, view.trust)
    yield from _colours(day)
    yield ""
    if not view.alerts.alerts:
        yield writer.word("no_alerts")
        return
    yield writer.word(
        "alerts",
        total=str(len(view.alerts.alerts)),
        severities=", ".join(
            f"{count} {writer.word(one)}" for one, count in view.alerts.by_severity if count
        ),
        states=", ".join(
            f"{count} {writer.say(state_text(one))}" for one, count in view.alerts.by_state
        ),
    )
    yield from _unanswered(writer, view.alerts)


def _unanswered(writer: Writer, alerts: OpenAlerts) -> Iterator[str]:
    if alerts.by_level:
        levels = ", ".join(
            f"{writer.say(level_text(level))} {count}" for level, count in alerts.by_level
        )
        yield writer.word("levels", levels=levels)
    if alerts.overdue:
        yield f"**{writer.word('overdue', count=str(alerts.overdue))}**"
    if (oldest := alerts.oldest_unacknowledged) is not None:
        at = writer.at(oldest.opened_at, oldest.place)
        yield writer.word("oldest", title=writer.title(oldest), at=at)


def _colours(day: _Day) -> Iterator[str]:
    writer = day.writer
    asked = (writer.asked.area, *writer.kabupaten)
    by_colour: dict[SituationColour, list[str]] = {}
    for one in day.view.colours:
        if one.area in asked:
            colour = writer.say(colour_text(one.colour))
            yield writer.word("colour_of", name=writer.area(one.area), colour=colour)
        else:
            name = plain(writer.plan.name_of(one.area))
            by_colour.setdefault(one.colour, []).append(name)
    if set(by_colour) == {SituationColour.HIJAU}:
        yield writer.word("all_hijau")
    elif by_colour:
        for colour in reversed(SituationColour):
            if colour in by_colour:
                names = ", ".join(by_colour[colour])
                told = writer.say(colour_text(colour))
                yield writer.word("colours_of", colour=told, names=names)


def _stages(day: _Day) -> Iterator[str]:
    writer, stations = day.writer, day.view.stations
    rows = [(writer.word(stage), str(count)) for stage, count in stations.by_stage if count]
    yield from table((writer.word("stage"), writer.word("tps")), rows)
    if stations.last_heard_at is None:
        yield writer.word("unheard")
    else:
        yield writer.word(
            "heard",
            at=writer.at(stations.last_heard_at),
            silent=str(stations.silent),
            never=str(stations.never_heard),
        )
    yield ""
    yield from _counts(day)


def _counts(day: _Day) -> Iterator[str]:
    writer, counts = day.writer, day.view.counts
    if not any(one.tps_in for one in counts):
        return
    yield writer.word(
        "counts",
        tps_in=str(sum(one.tps_in for one in counts)),
        tps_all=str(sum(one.tps_all for one in counts)),
        tps_final=str(sum(one.tps_final for one in counts)),
    )
    under_way = ", ".join(
        f"{plain(contest_text(writer.plan, one.contest))} {one.tps_final}/{one.tps_all}"
        for one in counts
        if one.tps_final < one.tps_all
    )
    if under_way:
        yield writer.word("not_final", contests=under_way)


def _standing_out(day: _Day) -> list[Alert]:
    """Return what is grave and open, or was of late, the gravest first."""
    since = day.writer.asked.now - _LATELY_MS
    lately = [one for one in day.alerts if not one.is_open and (one.resolved_at or 0) >= since]
    return [one for one in (*day.view.alerts.alerts, *lately) if one.severity in _GRAVE]


def _events(day: _Day) -> list[str]:
    found = list(_grouped(day.writer, _standing_out(day)))
    lines = day.writer.listed(found, _MOST) if found else [day.writer.word("no_events")]
    asked = day.writer.asked
    return [
        *lines,
        *dossiers_of(day.writer, find_dossiers(day.state, asked), _MOST),
        *ties_of(day.writer, find_ties(day.state, asked)),
    ]


def _grouped(writer: Writer, alerts: Iterable[Alert]) -> Iterator[str]:
    """Tell of each alert, or of many by one rule together: a storm must not hide the rest."""
    by_rule: dict[tuple[str, Severity, AlertState], list[Alert]] = {}
    for alert in alerts:
        by_rule.setdefault((alert.rule, alert.severity, alert.state), []).append(alert)
    for alike in by_rule.values():
        if len(alike) > _ALIKE:
            more = writer.word("alike", count=str(len(alike) - 1))
            yield f"{_event(writer, alike[0])}; {more}"
        else:
            yield from (_event(writer, one) for one in alike)


def _event(writer: Writer, alert: Alert) -> str:
    at = writer.at(alert.opened_at, alert.place)
    parts = [f"{at} {writer.title(alert)} – {_standing(writer, alert)}"]
    if alert.checklist:
        done = sum(item.done_at is not None for item in alert.checklist)
        parts.append(writer.word("progress", done=str(done), all=str(len(alert.checklist))))
    return "; ".join(parts)


def _standing(writer: Writer, alert: Alert) -> str:
    match alert.state:
        case AlertState.ACKNOWLEDGED if alert.acknowledged_at is not None:
            at = writer.at(alert.acknowledged_at, alert.place)
            return writer.word("taken_by", actor=plain(alert.acknowledged_by), at=at)
        case AlertState.UNACKNOWLEDGED:
            return writer.word("told_to", level=writer.say(level_text(alert.level)))
        case AlertState.RESOLVED if alert.resolved_at is not None:
            return writer.word("ended", at=writer.at(alert.resolved_at, alert.place))
        case state:
            return writer.say(state_text(state))


def _deeds(day: _Day) -> list[str]:
    writer = day.writer
    since = EpochMs(writer.asked.now - _LATELY_MS)
    done = [one for one in day.chronicle.deeds(day.state, writer.asked, since) if not one.reason]
    found = [_deed(day, one) for one in reversed(done)]
    return writer.listed(found, _MOST) if found else [writer.word("no_steps")]


def _deed(day: _Day, deed: Deed) -> str:
    writer, alert = day.writer, day.state.alert(deed.alert)
    at = writer.at(deed.at, deed.place)
    about = writer.area(deed.place) if alert is None else writer.title(alert)
    return f"{at} {plain(deed.actor)}: {writer.word(f'do_{deed.command}')} – {about}"


def _boxes(day: _Day) -> list[str]:
    boxes = custody_of(day.state, day.writer.asked).boxes
    shown = [one for one in boxes if one.disputed or one.state is BoxState.OVERDUE]
    return boxes_of(day.writer, day.view.custody, shown, _MOST)


def _reports(day: _Day) -> str:
    writer, reports = day.writer, day.view.reports
    since = reports.waiting_since
    return writer.word(
        "received",
        received=str(reports.received),
        lately=str(reports.received_lately),
        waiting=str(reports.waiting),
        since="" if since is None else writer.word("since", at=writer.at(since)),
        handled=str(reports.handled),
    )


def _forecast(day: _Day) -> list[str]:
    writer = day.writer
    soon = EpochMs(writer.asked.now + _LATELY_MS)
    due = sorted(_due(day.view.alerts.alerts, soon), key=lambda one: (one[0], one[1].id))
    found = [_due_line(writer, at, alert) for at, alert in due]
    return writer.listed(found, _MOST) if found else [writer.word("nothing_due")]


def _due(alerts: Iterable[Alert], soon: EpochMs) -> Iterator[tuple[EpochMs, Alert]]:
    for alert in alerts:
        at = deadline_of(alert)
        if at != NEVER and at <= soon:
            yield at, alert


def _due_line(writer: Writer, at: EpochMs, alert: Alert) -> str:
    key = {AlertState.UNACKNOWLEDGED: "climbs", AlertState.ACKNOWLEDGED: "lapses"}
    return writer.word(
        key.get(alert.state, "unshelves"),
        at=writer.at(at, alert.place),
        actor=plain(alert.acknowledged_by),
        title=writer.title(alert),
    )
