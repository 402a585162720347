"""Keeps what people write down about an alert, and ticks what of its checklist they have done.

A note makes no line and no revision: the alert is what it was. It is shown again, with what is
ticked and with the number of its notes. Their texts may hold anything, so they stand in the
journal and in what is saved, and on no topic: whoever may see the alert reads them in a view.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.alert import Alert, ChecklistItem
from streams.domain.events import Actor
from streams.domain.journal import AcceptedCommand
from streams.domain.times import EpochMs
from streams.judge.rows import Note, Notes
from streams.judge.telling import Teller

__all__ = ["NOTES_MAX", "write"]

NOTES_MAX: Final = 50
"""Notes kept of one alert, the newest; all are in the journal."""


def write(teller: Teller, alert: Alert, actor: Actor, accepted: AcceptedCommand) -> str:
    """Take down a note, tick what it says is done, or return why neither can be."""
    text, step = accepted.event.reason, accepted.event.step
    if not (text or step):
        return "note needs in `reason` its text, or in `step` what is done"
    if step and (unknown := _unknown_step(alert, step)):
        return unknown
    at = teller.by_record().at
    if text:
        _keep(teller, alert, Note(at, actor.id, text))
    checklist = tuple(_ticked(item, step, at, actor) for item in alert.checklist)
    noted = replace(alert, checklist=checklist, notes=alert.notes + bool(text))
    teller.put((noted, ()))
    return ""


def _keep(teller: Teller, alert: Alert, note: Note) -> None:
    table = teller.state.notes
    known = table.get((alert.id,)) or Notes()
    table.put((alert.id,), Notes((*known.notes, note)[-NOTES_MAX:]))


def _unknown_step(alert: Alert, step: str) -> str:
    keys = [item.key for item in alert.checklist]
    if not keys:
        return f"rule {alert.rule} has no checklist: a note about it has no `step`"
    if step not in keys:
        return f"the checklist of rule {alert.rule} has no step {step}; it has {', '.join(keys)}"
    return ""


def _ticked(item: ChecklistItem, step: str, at: EpochMs, actor: Actor) -> ChecklistItem:
    """Return an item after a note; what was done already is as it was first said."""
    if item.key != step or item.done_at is not None:
        return item
    return replace(item, done_at=at, done_by=actor.id)
