"""What Alertmanager is told: which label sets fire, which have ended, and in how many requests.

Labels are identity there and annotations are not, so what a route may ask for is a label and all
that changes otherwise is an annotation. A new level is a new identity: the old one is ended and the
new one fires, in one request.

| label                    | is                                                             |
|--------------------------|----------------------------------------------------------------|
| `alertname`, `alert`     | the rule, and the id of the alert                              |
| `severity`               | `low` to `critical`                                            |
| `ladder`, `level`        | who is called, and how far up it has come                      |
| `provinsi`, `kabupaten`, `kecamatan` | codes; a desa, a TPS or a person is in no label    |
| `election`, `drill`      | `drill` is `true` or `false`                                   |
| `inhibited`              | `true` while a parent stands for it: route it to nobody        |
| `restricted`             | `true`: not for everybody                                      |
| `source`                 | by which a mirror knows its own                                |

A shelved alert is silenced (`alertmanager_silences`).

Alertmanager takes an alert as ended that nobody repeats, so all that is open is said again at every
beat, each time good for four beats. What has ended is said for five minutes more.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct, field

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId, kecamatan_of, provinsi_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.sinks.mirror_settings import AlertmanagerSettings, shows
from streams.wire.board import Board, kabupaten_of_alert, place_of
from streams.wire.documents import AlertDocument
from streams.wire.time import format_time, moment_of

__all__ = [
    "BEATS",
    "Ended",
    "Firing",
    "Held",
    "Labels",
    "PostedAlert",
    "Words",
    "batches",
    "end_of",
    "firing_of",
    "is_over",
    "posted",
    "to_say",
]

BEATS: Final = 4
"""For how many beats an alert that fires is good, as Prometheus has it."""
_BATCH: Final = 256
_SAY_ENDED_MS: Final = 5 * MINUTE_MS
"""How long Alertmanager's authors ask for an end to be repeated."""
_KECAMATAN_LENGTH: Final = len("36.04.17")

Labels = tuple[tuple[str, str], ...]
"""Sorted, without empty ones: the identity of an alert there."""


class Firing(Struct, frozen=True):
    """What is said of an alert, but for its end."""

    labels: Labels
    annotations: tuple[tuple[str, str], ...]
    starts_at: EpochMs
    link: str = ""

    @property
    def alert(self) -> str:
        """The id of the alert."""
        return dict(self.labels).get("alert", "")


class Held(Struct, frozen=True):
    """What Alertmanager has, as far as we know."""

    firing: Firing
    ended_at: EpochMs | None = None
    """When it ended; None: it fires."""
    said_ended_at: EpochMs | None = None
    """When its end was first said."""


class PostedAlert(Struct, frozen=True, kw_only=True, rename="camel"):
    """One alert of a request, in Alertmanager's own words."""

    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    starts_at: str
    ends_at: str
    generator_url: str = field(name="generatorURL", default="")


Ended = Callable[[Held], Held]
"""Returns what is said of something that must not fire any more."""


class Words:
    """What is said of each open alert, made again only when its document has changed."""

    def __init__(self, settings: AlertmanagerSettings, source: str) -> None:
        self._settings = settings
        self._source = source
        self._made: dict[AlertId, tuple[AlertDocument, Firing | None]] = {}
        """None: it is not shown."""

    def wanted(self, board: Board) -> Mapping[Labels, Firing]:
        """Return all that must fire, by its identity."""
        self._made = {alert: self._make(alert, one) for alert, one in board.open.items()}
        return {one.labels: one for _, one in self._made.values() if one is not None}

    def _make(self, alert: AlertId, document: AlertDocument) -> tuple[AlertDocument, Firing | None]:
        made = self._made.get(alert)
        if made is not None and made[0] is document:
            return made
        if not shows(self._settings, document):
            return document, None
        return document, firing_of(self._settings, self._source, document)


def firing_of(settings: AlertmanagerSettings, source: str, alert: AlertDocument) -> Firing:
    """Return what is said of an alert."""
    return Firing(
        labels=_labels(source, alert),
        annotations=_filled(_annotations(settings, alert)),
        starts_at=moment_of(alert.opened_at),
        link=settings.link.replace("{alert}", alert.id),
    )


def to_say(
    wanted: Mapping[Labels, Firing], held: Mapping[Labels, Held], ended: Ended, *, beat: bool
) -> tuple[Held, ...]:
    """Return what Alertmanager must hear, of each alert its end before what fires.

    Args:
        wanted: What must fire.
        held: What it has.
        ended: Says when something ended that it has and that must not fire any more.
        beat: Everything is said again; otherwise what is new.
    """
    firing = [Held(one) for labels, one in wanted.items() if beat or held.get(labels) != Held(one)]
    over = [has for labels, has in held.items() if labels not in wanted]
    said = [ended(one) for one in over if one.ended_at is None]
    again = [one for one in over if one.ended_at is not None] if beat else []
    everything = (*said, *again, *firing)
    return tuple(sorted(everything, key=lambda one: (one.firing.alert, one.ended_at is None)))


def batches(said: Sequence[Held]) -> tuple[tuple[Held, ...], ...]:
    """Return what one request takes each; all that is said of one alert stands in one of them."""
    found: list[list[Held]] = [[]]
    for _, group in groupby(said, lambda one: one.firing.alert):
        together = list(group)
        if found[-1] and len(found[-1]) + len(together) > _BATCH:
            found.append([])
        found[-1] += together
    return tuple(tuple(one) for one in found if one)


def end_of(held: Held, board: Board, now: EpochMs) -> Held:
    """Return what is said of something that must not fire any more; it ended now if nobody knows.

    The alert may be open all the same, with other labels.
    """
    document = board.ended(AlertId(held.firing.alert))
    resolved_at = None if document is None else document.resolved_at
    return Held(held.firing, now if resolved_at is None else moment_of(resolved_at), now)


def is_over(held: Held, now: EpochMs) -> bool:
    """Tell whether an end has been said for long enough."""
    return held.said_ended_at is not None and now - held.said_ended_at >= _SAY_ENDED_MS


def posted(held: Held, now: EpochMs, beat_ms: int) -> PostedAlert:
    """Return the words for Alertmanager; it takes no alert that begins after its end."""
    ends_at = now + BEATS * beat_ms if held.ended_at is None else min(held.ended_at, now)
    return PostedAlert(
        labels=dict(held.firing.labels),
        annotations=dict(held.firing.annotations),
        starts_at=format_time(EpochMs(min(held.firing.starts_at, ends_at)), 0),
        ends_at=format_time(EpochMs(ends_at), 0),
        generator_url=held.firing.link,
    )


def _labels(source: str, alert: AlertDocument) -> Labels:
    place = place_of(alert)
    return _filled(
        {
            "alertname": alert.rule,
            "alert": alert.id,
            "severity": alert.severity,
            "ladder": alert.ladder,
            "level": alert.level,
            "provinsi": provinsi_of(place),
            "kabupaten": kabupaten_of_alert(alert.id),
            "kecamatan": kecamatan_of(place) if len(place) >= _KECAMATAN_LENGTH else "",
            "election": alert.election,
            "drill": _word(yes=alert.drill),
            "inhibited": _word(yes=alert.state is AlertState.INHIBITED),
            "restricted": _word(yes=bool(alert.restricted_to)),
            "source": source,
        }
    )


def _annotations(settings: AlertmanagerSettings, alert: AlertDocument) -> Mapping[str, str]:
    return {
        "summary": alert.title.id,
        "summary_en": alert.title.en,
        "description": alert.summary.id,
        "description_en": alert.summary.en,
        "action": alert.action.id,
        "action_en": alert.action.en,
        "where": ", ".join(reversed(alert.scope.path)),
        "state": alert.state,
        "deadline": alert.due_at or "",
        "acknowledged": alert.acknowledged_at or "",
        "taken_by": "" if alert.taken_by is None else alert.taken_by.id,
        "parent": alert.parent or "",
        "told": ", ".join(f"{one.ladder}/{one.level} {one.at}" for one in alert.told),
        "runbook": alert.runbook,
        "runbook_url": settings.runbooks + alert.runbook if settings.runbooks else "",
    }


def _filled(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what is not empty: Alertmanager takes an empty label as none."""
    return tuple((name, str(word)) for name, word in sorted(words.items()) if word)


def _word(*, yes: bool) -> str:
    return "true" if yes else "false"
