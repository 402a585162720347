"""What Grafana is told: an annotation for each alert, a region from its opening to its end.

Annotations are found by tags, not by dashboards: whoever draws a panel asks for `siaga` and, say,
`severity:critical`.

| tag                               | is                                                    |
|-----------------------------------|-------------------------------------------------------|
| `siaga`, the mirror's own         | by the second one a mirror knows what is its own      |
| `alert:ID`                        | by which it is found again after a restart            |
| `open`                            | goes with the end of the alert, which `timeEnd` then is |
| `severity:…`, `rule:…`, `kabupaten:…` | as in the alert                                   |
| `drill`                           | it is of a drill                                      |
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from msgspec import Struct

from streams.domain.ids import AlertId
from streams.domain.times import EpochMs
from streams.domain.words import SEVERITIES
from streams.sinks.mirror_settings import GrafanaSettings
from streams.wire.board import Board, kabupaten_of_alert
from streams.wire.documents import AlertDocument
from streams.wire.time import moment_of

__all__ = [
    "OPEN",
    "Annotation",
    "Change",
    "Found",
    "Make",
    "Remove",
    "annotation",
    "to_write",
]

OPEN: Final = "open"
_ALERT: Final = "alert:"


class Found(Struct, frozen=True):
    """An annotation as Grafana shows it."""

    id: int
    tags: tuple[str, ...] = ()


class Annotation(Struct, frozen=True, rename="camel", omit_defaults=True):
    """An annotation, in Grafana's own words; of a change what is not there stays as it is."""

    tags: tuple[str, ...]
    text: str = ""
    time: int = 0
    time_end: int = 0


class Make(Struct, frozen=True):
    """An annotation to be made."""

    alert: AlertId
    annotation: Annotation


class Change(Struct, frozen=True):
    """One to be changed."""

    alert: AlertId
    id: int
    annotation: Annotation


class Remove(Struct, frozen=True):
    """One too many: two of ours were made at the same moment."""

    id: int


Writing = Make | Change | Remove


def annotation(settings: GrafanaSettings, source: str, alert: AlertDocument) -> Annotation:
    """Return the annotation of an open alert; one that came back begins when it did."""
    link = settings.link.replace("{alert}", alert.id)
    lines = [escape(alert.title.id), escape(alert.title.en)]
    begins_at = [moment_of(alert.opened_at), *(moment_of(one.at) for one in alert.told[:1])]
    return Annotation(
        tags=_tags(source, alert),
        text="\n".join([*lines, f'<a href="{escape(link)}">{alert.id}</a>' if link else alert.id]),
        time=max(begins_at),
    )


def to_write(
    wanted: Mapping[AlertId, Annotation], found: Sequence[Found], board: Board, now: EpochMs
) -> tuple[Writing, ...]:
    """Return what makes the open annotations equal to the open alerts, the gravest first.

    Args:
        wanted: The annotation of each alert that is shown.
        found: The annotations of ours that say that their alert is open.
        board: Knows when an alert ended.
        now: When it ended, if nobody knows.
    """
    has: dict[AlertId, Found] = {}
    writings: list[Writing] = []
    for one in sorted(found, key=lambda one: one.id):
        alert = _alert_of(one.tags)
        if alert in has:
            writings.append(Remove(one.id))
            continue
        has[alert] = one
        if (wants := wanted.get(alert)) is None:
            writings.append(Change(alert, one.id, _ended(one, board.ended(alert), now)))
        elif sorted(wants.tags) != sorted(one.tags):
            writings.append(Change(alert, one.id, Annotation(wants.tags, wants.text)))
    missing = [Make(alert, one) for alert, one in wanted.items() if alert not in has]
    return (*sorted(missing, key=_grave), *writings)


def _tags(source: str, alert: AlertDocument) -> tuple[str, ...]:
    return (
        "siaga",
        source,
        OPEN,
        f"{_ALERT}{alert.id}",
        f"severity:{alert.severity}",
        f"rule:{alert.rule}",
        f"kabupaten:{kabupaten_of_alert(alert.id)}",
        *(("drill",) if alert.drill else ()),
    )


def _ended(found: Found, alert: AlertDocument | None, now: EpochMs) -> Annotation:
    resolved_at = None if alert is None else alert.resolved_at
    return Annotation(
        tags=tuple(tag for tag in found.tags if tag != OPEN),
        time_end=now if resolved_at is None else moment_of(resolved_at),
    )


def _alert_of(tags: Iterable[str]) -> AlertId:
    named = (tag.removeprefix(_ALERT) for tag in tags if tag.startswith(_ALERT))
    return AlertId(next(named, ""))


def _grave(one: Make) -> tuple[int, int]:
    severity = next(tag for tag in one.annotation.tags if tag.startswith("severity:"))
    rank = [f"severity:{word}" for word in SEVERITIES].index(severity)
    return -rank, one.annotation.time
