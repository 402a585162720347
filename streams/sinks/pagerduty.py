"""What PagerDuty is told: one incident for each kabupaten with an open alert, and what is in it.

PagerDuty takes some 120 events a minute, so it is told of kabupaten, not of alerts:

    none ──an alert opens──► triggered ──all are taken on──► acknowledged
      ▲                       │     ▲                          │    │
      └─────none is open──────┴─────│──────none is open────────┘    │
                                    └── resolved, then triggered ◄──┘ another one opens

What joins an incident that somebody has acknowledged calls nobody there. So an acknowledged one
that gets an alert which nobody has taken on is ended and begun anew.

Its `dedup_key` names election and kabupaten, so a repeat is the same incident, and PagerDuty's
webhook brings it back to us. Nobody can ask what PagerDuty has: at the first look every kabupaten
without an open alert is resolved once more, and what is all taken on is acknowledged, not
triggered; of an incident that is not there PagerDuty heeds neither. Where somebody is needed, the
incident that is there may be one that was acknowledged, so it is begun anew: who has not answered
yet is called twice, which is better than never.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.alert import AlertState
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.sinks.mirror_settings import PagerDutySettings, shows
from streams.wire.board import Board, Place, kabupaten_of_alert
from streams.wire.documents import AlertDocument

__all__ = [
    "TAKEN",
    "Action",
    "Groups",
    "Incident",
    "Step",
    "dedup_key",
    "incidents",
    "place_of_key",
    "to_send",
]

_KEY_BEGINS: Final = "siaga"
_KEY_SEPARATOR: Final = "|"
_KEY_PARTS: Final = 3
_KEY_MAX: Final = 255
_AGAIN_MS: Final = MINUTE_MS
"""How soon an incident that has got no graver is told of anew."""
TAKEN: Final = frozenset({AlertState.ACKNOWLEDGED, AlertState.SHELVED, AlertState.INHIBITED})
"""States in which nobody has to be called for an alert."""


class Action(StrEnum):
    """What an event does to an incident."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


class Incident(Struct, frozen=True):
    """What PagerDuty is to have of a kabupaten, or has as far as we know."""

    action: Action
    severity: Severity = Severity.LOW
    """Of the gravest alert."""
    counts: tuple[int, ...] = ()
    """Open alerts by severity, in the order of `SEVERITIES`."""
    said_at: EpochMs = EpochMs(0)


class Step(Struct, frozen=True):
    """What is sent for one kabupaten, and what PagerDuty has then."""

    place: Place
    actions: tuple[Action, ...]
    then: Incident


Groups = Mapping[Place, tuple[AlertDocument, ...]]
"""Alerts of every place, the gravest first."""


def incidents(settings: PagerDutySettings, board: Board) -> Groups:
    """Return the alerts of every place that ever had one, the gravest first; of most there is none.

    Those that nobody has taken on stand before others of their severity, then the oldest.
    """
    found: dict[Place, list[AlertDocument]] = {
        place: []
        for place in sorted(board.places)
        if (DRILL_MARK in place.election) == settings.drill
    }
    for alert in board.open.values():
        if shows(settings, alert):
            found[Place(alert.election, kabupaten_of_alert(alert.id))].append(alert)
    return {place: tuple(sorted(alerts, key=_grave)) for place, alerts in found.items()}


def to_send(groups: Groups, has: Mapping[Place, Incident], now: EpochMs) -> tuple[Step, ...]:
    """Return what PagerDuty must hear: first who must be called, the gravest before others."""
    steps = (
        _step(place, _incident(alerts, now), has.get(place)) for place, alerts in groups.items()
    )
    return tuple(sorted((one for one in steps if one is not None), key=_urgent))


def dedup_key(place: Place) -> str:
    """Return how PagerDuty knows the incident of a place."""
    key = _KEY_SEPARATOR.join((_KEY_BEGINS, place.election, place.kabupaten))
    assert len(key) <= _KEY_MAX, "ids of elections are short"
    return key


def place_of_key(key: str) -> Place | None:
    """Return the place of such a key; None: it is not one of ours."""
    parts = key.split(_KEY_SEPARATOR)
    if len(parts) != _KEY_PARTS or parts[0] != _KEY_BEGINS:
        return None
    return Place(ElectionId(parts[1]), AreaCode(parts[2]))


def _incident(alerts: Sequence[AlertDocument], now: EpochMs) -> Incident:
    if not alerts:
        return Incident(Action.RESOLVE)
    taken = all(one.state in TAKEN for one in alerts)
    counted = Counter(one.severity for one in alerts)
    return Incident(
        Action.ACKNOWLEDGE if taken else Action.TRIGGER,
        alerts[0].severity,
        tuple(counted[one] for one in SEVERITIES),
        now,
    )


def _step(place: Place, then: Incident, has: Incident | None) -> Step | None:
    match then.action, None if has is None else has.action:
        case Action.TRIGGER, Action.ACKNOWLEDGE | None:
            return Step(place, (Action.RESOLVE, Action.TRIGGER), then)
        case Action.TRIGGER, Action.TRIGGER:
            assert has is not None, "it has been triggered"
            return Step(place, (Action.TRIGGER,), then) if _is_news(then, has) else None
        case wanted, present if wanted is present:
            return None
        case Action.ACKNOWLEDGE, Action.RESOLVE:
            # What was taken on before it was told of here calls nobody.
            return None
        case wanted, _:
            return Step(place, (wanted,), then)


def _is_news(then: Incident, has: Incident) -> bool:
    graver = SEVERITIES.index(then.severity) > SEVERITIES.index(has.severity)
    return graver or (then.counts != has.counts and then.said_at - has.said_at >= _AGAIN_MS)


def _grave(alert: AlertDocument) -> tuple[int, bool, str, str]:
    return -SEVERITIES.index(alert.severity), alert.state in TAKEN, alert.opened_at, alert.id


def _urgent(step: Step) -> tuple[int, int, Place]:
    last = list(Action).index(step.actions[-1])
    return last, -SEVERITIES.index(step.then.severity), step.place
