"""What a mirror of `notify_file` may say: which alerts it shows, and where the other system is.

    [mirrors.posko]
    type = "alertmanager"
    urls = ["http://am-1:9093", "http://am-2:9093"]    # every replica, no load balancer
    areas = ["36.04"]                                  # none: all
    min_severity = "medium"

Restricted alerts are left out unless one of those that they are restricted to is named, and drills
unless the mirror is there for drills: then it shows nothing else.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from streams.domain.alert import Ladder
from streams.domain.ids import DRILL_MARK
from streams.domain.words import SEVERITIES, Severity
from streams.territory.plan import covers
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument

__all__ = [
    "MIRROR_TYPES",
    "AlertmanagerSettings",
    "GrafanaSettings",
    "MirrorSettings",
    "PagerDutySettings",
    "shows",
]

Address = Annotated[str, Meta(pattern=r"^https?://[^\s?#]+\Z", max_length=2_000)]
Link = Annotated[str, Meta(pattern=r"^(https?://[^\s]+)?\Z", max_length=2_000)]
AreaText = Annotated[str, Meta(pattern=r"^[0-9]{2}(\.[0-9]{2}){0,2}(\.[0-9]{4})?\Z")]
Seconds = Annotated[float, Meta(ge=1, le=3_600)]


class MirrorSettings(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"
):
    """What every mirror may say."""

    drill: bool = False
    """It shows drills alone; otherwise it shows none."""
    restricted: tuple[str, ...] = ()
    """Whose restricted alerts it may show besides: `propam`, `commander`, `liaison`."""
    elections: tuple[str, ...] = ()
    """Of which elections; empty: of all. A drill counts as its election."""
    areas: tuple[AreaText, ...] = ()
    """Codes of areas that lie in an alert's place, or that it lies in; empty: all."""
    ladders: tuple[Ladder, ...] = ()
    told: tuple[str, ...] = ()
    """Levels of which one must have been told: `polres_ops`; empty: whoever was told."""
    min_severity: Severity = Severity.LOW
    link: Link = ""
    """Where people look at an alert: `{alert}` in it stands for its id; empty: nowhere."""
    runbooks: Link = ""
    """What stands before the path of a runbook, to make an address of it; empty: no addresses."""
    timeout_s: Annotated[float, Meta(gt=0, le=120)] = 15.0
    ca_file: str = ""
    """Authorities to trust in the place of the usual ones."""


class AlertmanagerSettings(MirrorSettings, frozen=True, kw_only=True, tag="alertmanager"):
    """Alertmanager's API v2, at every replica for itself."""

    urls: Annotated[tuple[Address, ...], Meta(min_length=1)]
    resend_s: Seconds = 60.0
    """How often it is told again what is open; it forgets what it has not heard of for four."""
    source: Annotated[str, Meta(max_length=64)] = ""
    """Value of the label `source`, by which a mirror knows what is its own; empty: `siaga/NAME`."""
    username: str = ""
    """With a password; without a name the secret is sent as a bearer's token."""
    secret_file: str = ""
    secret_env: str = ""


class PagerDutySettings(MirrorSettings, frozen=True, kw_only=True, tag="pagerduty"):
    """PagerDuty's Events API v2, one incident a kabupaten."""

    url: Address = "https://events.pagerduty.com/v2/enqueue"
    min_severity: Severity = Severity.HIGH
    routing_key_file: str = ""
    routing_key_env: str = ""
    per_minute: Annotated[int, Meta(ge=1, le=1_000)] = 100
    """How many events a minute; PagerDuty takes some 120 a key."""


class GrafanaSettings(MirrorSettings, frozen=True, kw_only=True, tag="grafana"):
    """Annotations of Grafana: a region from the opening of an alert to its end."""

    url: Address
    min_severity: Severity = Severity.HIGH
    token_file: str = ""
    token_env: str = ""
    source: Annotated[str, Meta(max_length=64)] = ""
    """Tag by which a mirror knows what is its own; empty: `siaga/NAME`."""
    at_once: Annotated[int, Meta(ge=1, le=1_000)] = 100
    """How many annotations are written before it looks again what is graver."""


MIRROR_TYPES: Final[tuple[type[MirrorSettings], ...]] = (
    AlertmanagerSettings,
    PagerDutySettings,
    GrafanaSettings,
)


def shows(settings: MirrorSettings, alert: AlertDocument) -> bool:
    """Tell whether a mirror shows an alert, whatever its state."""
    told = {one.level for one in alert.told} | {f"{one.ladder}/{one.level}" for one in alert.told}
    return (
        alert.drill == settings.drill
        and _may_see(settings, alert)
        and SEVERITIES.index(alert.severity) >= SEVERITIES.index(settings.min_severity)
        and (not settings.ladders or alert.ladder in settings.ladders)
        and (not settings.told or not told.isdisjoint(settings.told))
        and _is_of(settings, alert)
    )


def _is_of(settings: MirrorSettings, alert: AlertDocument) -> bool:
    election, place = alert.election.partition(DRILL_MARK)[0], place_of(alert)
    near = any(covers(one, place) or covers(place, one) for one in settings.areas)
    return (not settings.elections or election in settings.elections) and (
        not settings.areas or near
    )


def _may_see(settings: MirrorSettings, alert: AlertDocument) -> bool:
    return not alert.restricted_to or not set(alert.restricted_to).isdisjoint(settings.restricted)
