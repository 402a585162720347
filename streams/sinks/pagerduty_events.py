"""The words of an event for PagerDuty (Events API v2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from streams.domain.alert import AlertState, Text
from streams.domain.words import SEVERITIES, Severity
from streams.sinks.mirror_settings import PagerDutySettings
from streams.sinks.pagerduty import TAKEN, Action, dedup_key
from streams.wire.board import Place
from streams.wire.documents import AlertDocument

__all__ = ["PagerDutyEvent", "event_of"]

_LISTED_MAX: Final = 20
"""How many alerts an incident names: the gravest."""
_KABUPATEN_IN_PATH: Final = 1
_PAGERDUTY: Final = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "info",
}
_WORDS: Final = {
    Severity.CRITICAL: Text("kritis", "critical"),
    Severity.HIGH: Text("tinggi", "high"),
    Severity.MEDIUM: Text("sedang", "medium"),
    Severity.LOW: Text("rendah", "low"),
}


class Listed(Struct, frozen=True):
    """One alert of an incident."""

    alert: str
    rule: str
    severity: Severity
    state: AlertState
    level: str
    since: str
    title: str
    title_en: str
    link: str


class Details(Struct, frozen=True):
    """What is in an incident."""

    open: int
    not_taken: int
    by_severity: Mapping[str, int]
    gravest: tuple[Listed, ...]


class Payload(Struct, frozen=True, kw_only=True):
    """What an incident says."""

    summary: str
    source: str
    severity: str
    component: str
    group: str
    kind: str = field(name="class")
    custom_details: Details


class PagerDutyEvent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request; what ends or acknowledges an incident has no payload."""

    routing_key: str
    event_action: Action
    dedup_key: str
    client: str = ""
    payload: Payload | None = None

    def __repr__(self) -> str:
        """Show everything but the key."""
        return f"PagerDutyEvent({self.event_action}, {self.dedup_key})"


def event_of(
    action: Action, place: Place, alerts: Sequence[AlertDocument], settings: PagerDutySettings
) -> PagerDutyEvent:
    """Return the request for an action, still without a routing key.

    Args:
        action: What it does to the incident.
        place: Whose incident it is.
        alerts: The open alerts of the place, the gravest first.
        settings: Whether it is for drills, and where people look at an alert.
    """
    return PagerDutyEvent(
        routing_key="",
        event_action=action,
        dedup_key=dedup_key(place),
        client="Siaga",
        payload=_payload(place, alerts, settings) if action is Action.TRIGGER else None,
    )


def _payload(place: Place, alerts: Sequence[AlertDocument], settings: PagerDutySettings) -> Payload:
    return Payload(
        summary=_summary(place, alerts, is_drill=settings.drill),
        source=f"siaga {place.election}",
        severity=_PAGERDUTY[alerts[0].severity],
        component=place.kabupaten,
        group=place.election,
        kind=alerts[0].rule,
        custom_details=Details(
            open=len(alerts),
            not_taken=sum(one.state not in TAKEN for one in alerts),
            by_severity={one: count for one, count in _counts(alerts) if count},
            gravest=tuple(_listed(one, settings.link) for one in alerts[:_LISTED_MAX]),
        ),
    )


def _listed(alert: AlertDocument, link: str) -> Listed:
    return Listed(
        alert=alert.id,
        rule=alert.rule,
        severity=alert.severity,
        state=alert.state,
        level=alert.level,
        since=alert.opened_at,
        title=alert.title.id,
        title_en=alert.title.en,
        link=link.replace("{alert}", alert.id),
    )


def _summary(place: Place, alerts: Sequence[AlertDocument], *, is_drill: bool) -> str:
    """Return one line: `Kabupaten Serang: 3 alarm terbuka (1 kritis, 2 tinggi) / …`."""
    names = alerts[0].scope.path
    name = names[_KABUPATEN_IN_PATH] if len(names) > _KABUPATEN_IN_PATH else place.kabupaten
    there = [(one, count) for one, count in reversed(_counts(alerts)) if count]
    local = ", ".join(f"{count} {_WORDS[one].id}" for one, count in there)
    english = ", ".join(f"{count} {_WORDS[one].en}" for one, count in there)
    drill = "LATIHAN / EXERCISE: " if is_drill else ""
    count = len(alerts)
    return f"{drill}{name}: {count} alarm terbuka ({local}) / {count} open alerts ({english})"


def _counts(alerts: Sequence[AlertDocument]) -> list[tuple[Severity, int]]:
    counted = Counter(one.severity for one in alerts)
    return [(one, counted[one]) for one in SEVERITIES]
