"""Makes notices: what one destination is told at one moment, in one record."""

from collections.abc import Sequence

from msgspec import Struct

from streams.domain.alert import Alert, Text
from streams.domain.ids import AreaCode, ElectionId, digest_id, kabupaten_of
from streams.domain.notice import Notice, NoticeKind, RolledUp, Telling
from streams.domain.times import EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.judge.reaching import Addressee

__all__ = ["Envelope", "envelope_of", "message", "notice"]


class Envelope(Struct, frozen=True):
    """What the tellings of one notice have in common: nothing restricted among what is not."""

    addressee: Addressee
    election: ElectionId
    drill: bool
    restricted_to: tuple[str, ...]


def envelope_of(addressee: Addressee, alert: Alert) -> Envelope:
    """Return the envelope in which somebody is told of an alert."""
    return Envelope(addressee, alert.election, alert.drill, alert.restricted_to)


def notice(
    now: EpochMs,
    envelope: Envelope,
    tellings: Sequence[Telling],
    rolled_up: RolledUp | None = None,
) -> Notice:
    """Return the notice of some tellings, of which there is at least one."""
    alerts = [one.alert for one in tellings]
    calls = [one.alert for one in tellings if one.kind is NoticeKind.CALL]
    kind = NoticeKind.CALL if calls else NoticeKind.INFORM
    named = rolled_up.alerts if rolled_up else ()
    parts = (str(envelope.addressee.destination), *named, *(f"{a.id}:{a.revision}" for a in alerts))
    kabupaten = kabupaten_of(alerts[0].place)
    return Notice(
        id=digest_id(kabupaten, envelope.election, *parts),
        kabupaten=kabupaten,
        destination=envelope.addressee.destination,
        kind=kind if rolled_up is None else NoticeKind.ROLL_UP,
        channel=envelope.addressee.channel,
        language=envelope.addressee.language,
        election=envelope.election,
        drill=envelope.drill,
        restricted_to=envelope.restricted_to,
        severity=max((one.severity for one in alerts), key=SEVERITIES.index),
        at=now,
        due_at=min((one.due_at for one in calls if one.due_at is not None), default=None),
        tellings=tuple(tellings),
        rolled_up=rolled_up,
    )


def message(now: EpochMs, envelope: Envelope, kabupaten: AreaCode, text: Text) -> Notice:
    """Return a notice that is about no alert, but about what is watched in a kabupaten."""
    destination = envelope.addressee.destination
    return Notice(
        id=digest_id(kabupaten, envelope.election, str(destination), text.id),
        kabupaten=kabupaten,
        destination=destination,
        kind=NoticeKind.INFORM,
        channel=envelope.addressee.channel,
        language=envelope.addressee.language,
        election=envelope.election,
        drill=envelope.drill,
        restricted_to=envelope.restricted_to,
        severity=Severity.LOW,
        at=now,
        due_at=None,
        tellings=(),
        message=text,
    )
