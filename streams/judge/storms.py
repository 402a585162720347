"""Drives `storm`: what is told of a kecamatan that has too many new alerts to be told singly."""

from collections.abc import Sequence
from typing import Final

from streams.alerts import storm
from streams.domain.alert import Alert, AlertState, Change
from streams.domain.ids import AlertId, kecamatan_of
from streams.domain.notice import Destination, Notice, NoticeKind, RolledUp, Telling
from streams.domain.times import EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.judge.notices import envelope_of, notice
from streams.judge.reaching import addressee_of
from streams.judge.receipts import note_rolled_up
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Teller

__all__ = ["STORM_WAKE", "hold_back", "is_stormy", "restore_wakes", "told_apart", "wake"]

STORM_WAKE: Final = "storm"
"""First part of the key under which what is held back is told."""
_SHOWN_MAX: Final = 10
"""The gravest alerts of a roll-up, which are in it as a whole."""
_DESA_LENGTH: Final = 13
_CALM: Final = storm.Storm()


def is_stormy(teller: Teller, alert: Alert, *, new: bool) -> bool:
    """Tell whether an alert is told with others of its kecamatan; a new one is counted."""
    if alert.severity is Severity.CRITICAL or len(alert.place) < _DESA_LENGTH:
        return False
    key = _storm_key(alert)
    known = teller.state.storms.get(key)
    if new:
        known = storm.opened(known or _CALM, teller.now)
        teller.state.storms.put(key, known)
    return known is not None and known.rages(teller.now)


def _storm_key(alert: Alert) -> Key:
    return (alert.election, kecamatan_of(alert.place), *alert.restricted_to)


def hold_back(teller: Teller, alert: Alert, destination: Destination) -> None:
    """Keep what a destination is to be told of an alert until the others are told as well."""
    key = _storm_key(alert)
    held = storm.hold_back(teller.state.storms.get(key) or _CALM, destination, alert.id, teller.now)
    teller.state.storms.put(key, held)
    teller.state.by_now.arm((STORM_WAKE, *key), EpochMs(held.since + storm.HELD_MS))


def told_apart(teller: Teller, alert: Alert, destination: Destination) -> None:
    """Take in that somebody is told of an alert at once, which may have been held back before."""
    key = _storm_key(alert)
    row = teller.state.storms.get(key)
    if row is not None and row.held:
        teller.state.storms.put(key, storm.told_apart(row, destination, alert.id))


def wake(teller: Teller, key: Key) -> None:
    """Tell what was held back of a kecamatan."""
    row = teller.state.storms.get(key)
    if row is None:
        return
    held: dict[Destination, dict[AlertId, None]] = {}
    for one in row.held:
        held.setdefault(one.destination, {})[one.alert] = None
    for destination, ids in held.items():
        told = _rolled_up(teller, row, destination, tuple(ids))
        note_rolled_up(teller.state, told)
        teller.effects.append(told)
    after = storm.flushed(row, teller.now)
    if after is None:
        teller.state.storms.delete(key)
    else:
        teller.state.storms.put(key, after)


def _rolled_up(
    teller: Teller, row: storm.Storm, destination: Destination, ids: Sequence[AlertId]
) -> Notice:
    alerts = [alert for one in ids if (alert := teller.state.alert(one)) is not None]
    alerts.sort(key=lambda one: (-SEVERITIES.index(one.severity), one.opened_at, one.id))
    watched = teller.state.world.of(alerts[0].election)
    addressee = addressee_of(watched, destination)
    tellings = [
        Telling(
            alert=alert,
            change=Change.OPENED,
            kind=NoticeKind.CALL if _waits(alert) else NoticeKind.INFORM,
        )
        for alert in alerts[:_SHOWN_MAX]
    ]
    rolled_up = RolledUp(
        kecamatan=kecamatan_of(alerts[0].place),
        since=row.since,
        opened=row.new_at(teller.now),
        alerts=tuple(ids),
    )
    return notice(teller.now, envelope_of(addressee, alerts[0]), tellings, rolled_up)


def _waits(alert: Alert) -> bool:
    return alert.state is AlertState.UNACKNOWLEDGED


def restore_wakes(state: PartitionState) -> None:
    """Queue what is held back, after a saved state was taken on."""
    for key, row in state.storms.items():
        if row.held:
            state.by_now.arm((STORM_WAKE, *key), EpochMs(row.since + storm.HELD_MS))
