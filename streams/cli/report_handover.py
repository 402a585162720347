"""Writes the sheet that one shift hands to the next."""

from collections.abc import Callable, Iterable
from typing import Final

from streams.cli.report_parts import (
    boxes_of,
    head_of,
    is_restricted,
    signature,
    strength_of,
    trust_of,
)
from streams.cli.report_writer import Language, Writer, joined, plain, section
from streams.domain.alert import Alert, AlertState
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.texts.words import level_text
from streams.views.asked import alerts_of
from streams.views.chronicle import Chronicle, Deed
from streams.views.custody import custody_of
from streams.views.handover import Handover, NoteOfAlert, handover_of, role_of_actor

__all__ = ["handover_report"]

_MOST: Final = 60
"""Lines of one list; how many more there are is said."""
_Telling = Callable[[Alert], str]


def handover_report(
    writer: Writer, state: PartitionState, chronicle: Chronicle, since: EpochMs
) -> str:
    """Return the sheet of the shift that began at `since`, as Markdown."""
    view = handover_of(state, chronicle, writer.asked, since)
    shown = [one for one in alerts_of(state, writer.asked) if one.is_open or one in view.resolved]
    shift = f"{writer.at(since)} – {writer.at(writer.asked.now)}"
    restricted = is_restricted([*shown, *(one.alert for one in view.notes)])
    lines = head_of(writer, "handover", view.trust, restricted=restricted, shift=shift)
    lines += trust_of(writer, view.trust)
    taken = _taken(writer, state)
    later = [one for one in view.unacknowledged if one not in view.due_soon]
    counts = custody_of(state, writer.asked).counts
    parts = (
        ("due_soon", _alerts(writer, view.due_soon, _next(writer, taken))),
        ("open", _alerts(writer, later, _due(writer))),
        ("acknowledged", _alerts(writer, view.acknowledged, taken)),
        ("shelved", _alerts(writer, view.shelved, _shelved(writer))),
        ("returned", _alerts(writer, view.returned, _opened(writer))),
        ("inhibited", _alerts(writer, view.inhibited, _opened(writer))),
        ("checklists", _checklists(writer, view.to_do)),
        ("notes", _listed(writer, [_note(writer, one) for one in view.notes])),
        ("people", [_reports(writer, view)]),
        ("boxes", boxes_of(writer, counts, view.boxes, _MOST)),
        ("officers", _alerts(writer, view.officers, _opened(writer))),
        ("strength", strength_of(writer, view.strength)),
        ("resolved", _alerts(writer, view.resolved, _resolved(writer))),
        ("refused", _listed(writer, [_refused(writer, one) for one in view.refused])),
        ("end", signature(writer, "giver", "taker")),
    )
    for number, (key, part) in enumerate(parts, 1):
        lines += section(number, writer.word(key), part)
    return joined(lines)


def _listed(writer: Writer, items: list[str]) -> list[str]:
    return writer.listed(items, _MOST) if items else [writer.word("nothing")]


def _alerts(writer: Writer, alerts: Iterable[Alert], tell: _Telling) -> list[str]:
    found = [
        f"{writer.at(one.opened_at, one.place)} {writer.title(one)}{_more(tell(one))}"
        for one in alerts
    ]
    return _listed(writer, found)


def _more(told: str) -> str:
    return f" – {told}" if told else ""


def _opened(_writer: Writer) -> _Telling:
    return lambda _alert: ""


def _next(writer: Writer, taken: _Telling) -> _Telling:
    due, shelved = _due(writer), _shelved(writer)

    def tell(alert: Alert) -> str:
        match alert.state:
            case AlertState.ACKNOWLEDGED:
                return taken(alert)
            case AlertState.SHELVED:
                return shelved(alert)
            case _:
                return due(alert)

    return tell


def _due(writer: Writer) -> _Telling:
    def tell(alert: Alert) -> str:
        told = [writer.word("told_to", level=writer.say(level_text(alert.level)))]
        if alert.due_at is not None:
            told.append(writer.word("climbs_at", at=writer.at(alert.due_at, alert.place)))
        return ", ".join(told)

    return tell


def _taken(writer: Writer, state: PartitionState) -> _Telling:
    def tell(alert: Alert) -> str:
        actor = alert.acknowledged_by
        role = role_of_actor(state, writer.asked, actor)
        called = plain(actor) if role is None else f"{plain(actor)} ({writer.word(role)})"
        at = alert.acknowledged_at
        told = [writer.word("taken_by", actor=called, at=writer.at(at, alert.place) if at else "")]
        if alert.act_by_at is not None:
            told.append(writer.word("act_by", at=writer.at(alert.act_by_at, alert.place)))
        return ", ".join(told)

    return tell


def _shelved(writer: Writer) -> _Telling:
    def tell(alert: Alert) -> str:
        until = alert.shelved_until
        return "" if until is None else writer.word("until", at=writer.at(until, alert.place))

    return tell


def _resolved(writer: Writer) -> _Telling:
    def tell(alert: Alert) -> str:
        at = alert.resolved_at
        return "" if at is None else writer.word("ended", at=writer.at(at, alert.place))

    return tell


def _checklists(writer: Writer, alerts: Iterable[Alert]) -> list[str]:
    lines: list[str] = []
    for alert in alerts:
        lines += ["", f"**{writer.title(alert)}**", ""]
        for item in alert.checklist:
            words = plain(item.en if writer.language is Language.EN else item.id)
            if item.done_at is None:
                lines.append(f"- ☐ {words} ({writer.word('to_do')})")
            else:
                at = writer.at(item.done_at, alert.place)
                done = writer.word("done_at", at=at, actor=plain(item.done_by))
                lines.append(f"- ☑ {words} ({done})")
    return lines or [writer.word("nothing")]


def _note(writer: Writer, one: NoteOfAlert) -> str:
    at, text = writer.at(one.note.at, one.alert.place), plain(one.note.text)
    return f"{at} {plain(one.note.actor)}: {text} – {writer.title(one.alert)}"


def _reports(writer: Writer, view: Handover) -> str:
    since = view.reports.waiting_since
    if since is None:
        return writer.word("no_reports")
    return writer.word("waiting", waiting=str(view.reports.waiting), at=writer.at(since))


def _refused(writer: Writer, deed: Deed) -> str:
    at, command = writer.at(deed.at, deed.place), writer.word(f"do_{deed.command}")
    return f"{at} {plain(deed.actor)}: {command} – {plain(deed.reason)}"
