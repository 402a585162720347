"""What the next shift must know: what is open and until when, and what has been done meanwhile."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.alert import Alert, AlertState
from streams.domain.events import ActorRole
from streams.domain.ids import AlertId
from streams.domain.times import HOUR_MS, NEVER, EpochMs
from streams.judge.rows import Note
from streams.judge.state import PartitionState
from streams.views.asked import Asked, alerts_of
from streams.views.chronicle import Chronicle, Deed, Reports
from streams.views.custody import Box, BoxState, custody_of
from streams.views.situation import Trust, trust_of
from streams.views.strength import PolsekStrength, strength_of

__all__ = ["Handover", "NoteOfAlert", "deadline_of", "handover_of", "role_of_actor"]

_SOON_MS: Final = HOUR_MS
_OFFICER: Final = "officer:"


class NoteOfAlert(Struct, frozen=True):
    """A note, and what it is about."""

    alert: Alert
    note: Note


class Handover(Struct, frozen=True, kw_only=True):
    """What one shift hands on to the next. Lists of alerts begin with the nearest deadline."""

    unacknowledged: tuple[Alert, ...]
    acknowledged: tuple[Alert, ...]
    shelved: tuple[Alert, ...]
    inhibited: tuple[Alert, ...]
    due_soon: tuple[Alert, ...]
    """Something falls due of them within the hour."""
    returned: tuple[Alert, ...]
    """Over before anybody took them, and nobody has looked at them since."""
    resolved: tuple[Alert, ...]
    """In the shift."""
    to_do: tuple[Alert, ...]
    """Open ones with a checklist of which something is still to do."""
    notes: tuple[NoteOfAlert, ...]
    """Of the shift, in order."""
    refused: tuple[Deed, ...]
    """Commands of the shift that were not carried out."""
    reports: Reports
    boxes: tuple[Box, ...]
    """On their way, or disputed."""
    officers: tuple[Alert, ...]
    """Open alerts about single officers: who is missed, or has called for help."""
    strength: tuple[PolsekStrength, ...]
    trust: Trust


def handover_of(
    state: PartitionState, chronicle: Chronicle, asked: Asked, since: EpochMs
) -> Handover:
    """Return what the shift that began at `since` hands on."""
    alerts = alerts_of(state, asked)
    standing = sorted((one for one in alerts if one.is_open), key=_first_due)
    boxes = custody_of(state, asked).boxes

    def of(wanted: AlertState) -> tuple[Alert, ...]:
        return tuple(one for one in standing if one.state is wanted)

    return Handover(
        unacknowledged=of(AlertState.UNACKNOWLEDGED),
        acknowledged=of(AlertState.ACKNOWLEDGED),
        shelved=of(AlertState.SHELVED),
        inhibited=of(AlertState.INHIBITED),
        due_soon=tuple(one for one in standing if deadline_of(one) <= asked.now + _SOON_MS),
        returned=of(AlertState.RETURNED),
        resolved=tuple(one for one in alerts if not one.is_open and _ended(one) >= since),
        to_do=tuple(one for one in standing if _is_to_do(one)),
        notes=_notes(state, alerts, since),
        refused=tuple(one for one in chronicle.deeds(state, asked, since) if one.reason),
        reports=chronicle.reports(asked, asked.now - since),
        boxes=tuple(one for one in boxes if one.disputed or one.state is not BoxState.ARRIVED),
        officers=tuple(one for one in standing if one.scope.startswith(_OFFICER) and one.holds),
        strength=strength_of(state, asked),
        trust=trust_of(state, alerts),
    )


def role_of_actor(state: PartitionState, asked: Asked, actor: str) -> ActorRole | None:
    """Return what somebody acts as by the roster; None: nobody knows."""
    roster = state.world.of(asked.election).plan.actors or ()
    return next((one.role for one in roster if one.actor == actor), None)


def deadline_of(alert: Alert) -> EpochMs:
    """Return when the next thing of an open alert falls due by time alone; `NEVER`: nothing."""
    match alert.state:
        case AlertState.UNACKNOWLEDGED:
            return alert.due_at or NEVER
        case AlertState.ACKNOWLEDGED:
            return alert.act_by_at or NEVER
        case AlertState.SHELVED:
            return alert.shelved_until or NEVER
        case AlertState.RETURNED | AlertState.INHIBITED | AlertState.RESOLVED:
            return NEVER


def _first_due(alert: Alert) -> tuple[EpochMs, EpochMs, AlertId]:
    return deadline_of(alert), alert.opened_at, alert.id


def _ended(alert: Alert) -> EpochMs:
    return alert.updated_at if alert.resolved_at is None else alert.resolved_at


def _is_to_do(alert: Alert) -> bool:
    return any(item.done_at is None for item in alert.checklist)


def _notes(
    state: PartitionState, alerts: Iterable[Alert], since: EpochMs
) -> tuple[NoteOfAlert, ...]:
    found = [
        NoteOfAlert(alert, note)
        for alert in alerts
        if (kept := state.notes.get((alert.id,))) is not None
        for note in kept.notes
        if note.at >= since
    ]
    return tuple(sorted(found, key=lambda one: (one.note.at, one.alert.id)))
