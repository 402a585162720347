"""Silences that mirror shelving: each shelved alert has exactly one, and nothing else has.

A silence of ours names one alert and says by whom it was made, so it is found again after a
restart. Replicas tell each other of silences, so two mirrors may make one at the same moment: of
several the one with the smallest id stays, and both come to the same.

A silence ends by itself when the shelf time does, even if nobody of ours is there any more. Where
an alert is still shelved behind that time, as on a played day, it is made longer beat by beat.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.sinks.alertmanager import BEATS
from streams.wire.documents import AlertDocument
from streams.wire.time import format_time, moment_of, parse_time

__all__ = [
    "Expire",
    "FoundSilence",
    "Matcher",
    "PostSilence",
    "Silence",
    "SilenceStatus",
    "shelved",
    "to_silence",
]

_MATCHED: Final = "alert"
_EXPIRED: Final = "expired"
_LONGER_BEATS: Final = 2
"""With how many beats left a silence is made longer."""


class Matcher(Struct, frozen=True, rename="camel"):
    """What a silence asks of a label, in Alertmanager's own words."""

    name: str
    value: str
    is_regex: bool = False
    is_equal: bool = True


class SilenceStatus(Struct, frozen=True):
    """Whether a silence is in force: `pending`, `active` or `expired`."""

    state: str


class FoundSilence(Struct, frozen=True, kw_only=True, rename="camel"):
    """A silence as Alertmanager shows it."""

    id: str
    status: SilenceStatus
    matchers: tuple[Matcher, ...]
    starts_at: str
    ends_at: str
    created_by: str


class PostSilence(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A silence to be made, or with an `id` to be changed."""

    matchers: tuple[Matcher, ...]
    starts_at: str
    ends_at: str
    created_by: str
    comment: str
    id: str = ""


class Expire(Struct, frozen=True):
    """A silence to be ended."""

    id: str


Silence = PostSilence | Expire


def shelved(alerts: Iterable[AlertDocument]) -> Mapping[AlertId, EpochMs]:
    """Return until when each shelved alert is shelved."""
    return {
        AlertId(one.id): EpochMs(0 if one.shelved_until is None else moment_of(one.shelved_until))
        for one in alerts
        if one.state is AlertState.SHELVED
    }


def to_silence(
    wanted: Mapping[AlertId, EpochMs],
    found: Sequence[FoundSilence],
    source: str,
    now: EpochMs,
    beat_ms: int,
) -> tuple[Silence, ...]:
    """Return what makes the silences equal to what is shelved.

    Args:
        wanted: Until when each shelved alert is shelved.
        found: All silences that Alertmanager has.
        source: Who has made ours.
        now: By our own clock.
        beat_ms: How often we look, without a change.
    """
    ours = sorted((one for one in found if _is_ours(one, source)), key=lambda one: one.id)
    kept: dict[AlertId, FoundSilence] = {}
    extra: list[Silence] = []
    for one in ours:
        alert = AlertId(one.matchers[0].value)
        if alert in wanted and alert not in kept:
            kept[alert] = one
        else:
            extra.append(Expire(one.id))
    said = [
        _said(
            alert, kept.get(alert), _end(wanted[alert], kept.get(alert), now, beat_ms), source, now
        )
        for alert in sorted(wanted)
    ]
    return (*extra, *(one for one in said if one is not None))


def _is_ours(silence: FoundSilence, source: str) -> bool:
    return (
        silence.created_by == source
        and silence.status.state != _EXPIRED
        and [one.name for one in silence.matchers] == [_MATCHED]
    )


def _end(until: EpochMs, has: FoundSilence | None, now: EpochMs, beat_ms: int) -> EpochMs:
    """Return when a silence must end: with the shelf time, or a few beats from now if that is past.

    One that has some beats left is left as it is.
    """
    if until > now + beat_ms:
        return until
    if has is not None:
        ends_at = parse_time(has.ends_at)
        if ends_at > now + _LONGER_BEATS * beat_ms:
            return ends_at
    return EpochMs(now + BEATS * beat_ms)


def _said(
    alert: AlertId, has: FoundSilence | None, ends_at: EpochMs, source: str, now: EpochMs
) -> PostSilence | None:
    if has is not None and abs(parse_time(has.ends_at) - ends_at) < SECOND_MS:
        return None
    return PostSilence(
        id="" if has is None else has.id,
        matchers=(Matcher(_MATCHED, alert),),
        # Alertmanager's clock may be behind ours; of a time that is past it makes its own present.
        starts_at=format_time(EpochMs(now - MINUTE_MS), 0) if has is None else has.starts_at,
        ends_at=format_time(ends_at, 0),
        created_by=source,
        comment=f"Disisihkan di Siaga / shelved in Siaga: {alert}",
    )
