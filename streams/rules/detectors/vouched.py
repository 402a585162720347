"""Machine `vouched`: until when a gateway vouches that it has handed on what was sent through it.

`heard` says that what reached us has been judged. What waits in a gateway has not reached us. So a
heartbeat is read as a claim about the gateway, of the kind that intake makes about a partition: all
that came to it before V was handed on before the heartbeat. V is when its oldest waiting message
came; if none waits, it is the moment of the heartbeat. Silence of its TPS is judged up to V.

    received     h1        h2        h3                              (every minute, or oftener)
    oldest       none      P=======================P
    V            h1        P                       P      ...........  until none waits again

    UNKNOWN --heartbeat--> VOUCHES --none for its patience--> SILENT, holds nothing --one--> VOUCHES

- A heartbeat counts when `heard` has passed its receipt: what it claims lies in the journal then,
  whatever source partition it came through. What order it came in changes nothing.
- V never falls, as `heard` never does: what has been judged stays judged. All is judged while a
  gateway is unknown or silent, so the first heartbeat after that vouches at least to its receipt.
- A gateway that does not speak any more must not silence us: after three of its intervals, and not
  before three minutes, it holds nothing; after a day it is forgotten.
- A clock that is slow or stands makes V lag, and it cannot be known what waits: silence is held.
  So whatever makes V lag behind its newest receipt for too long is trouble, a wrong clock at once.

Bound: the heartbeats whose receipt `heard` has not passed.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode
from streams.domain.times import DAY_MS, MINUTE_MS, NEVER, EpochMs

__all__ = [
    "PATIENCE_MS",
    "Beat",
    "Gateway",
    "Silent",
    "Stuck",
    "Trouble",
    "WrongClock",
    "is_forgotten",
    "known_at",
    "next_wake",
    "patience_ms",
    "reach",
    "take",
    "trouble_of",
]

PATIENCE_MS: Final = 3 * MINUTE_MS
"""The shortest patience with a gateway that does not speak."""
_INTERVALS: Final = 3
_CLOCK_MS: Final = 2 * MINUTE_MS
"""A heartbeat may be under way for so long; one that says more was sent by a wrong clock."""
_FORGOTTEN_MS: Final = DAY_MS
"""A gateway that has been silent for so long is known no more."""


class Beat(Struct, frozen=True, gc=False, array_like=True, order=True):
    """A heartbeat, or all that were counted until then."""

    received_at: EpochMs = EpochMs(0)
    vouched: EpochMs = EpochMs(0)
    """All that came to it before was handed on."""
    until: EpochMs = EpochMs(0)
    """It is silent if no other has come by then."""
    pending_since: EpochMs = NEVER
    """When its oldest waiting message came; `NEVER`: none waits."""
    areas: tuple[AreaCode, ...] = ()
    """Whose messages come through it, sorted."""
    said_at: EpochMs = EpochMs(0)
    """When it was sent, by the gateway's own clock."""


_NOTHING: Final = Beat()


class Gateway(Struct, frozen=True, gc=False, array_like=True):
    """What one gateway has told."""

    counted: Beat = _NOTHING
    """All whose receipt `heard` has passed, as one."""
    ahead: tuple[Beat, ...] = ()
    """The others, in the order of receipt."""


class Silent(Struct, frozen=True, gc=False):
    """Its heartbeats have stopped."""

    since: EpochMs
    """When the patience with it ended."""


class Stuck(Struct, frozen=True, gc=False):
    """What came to it waits for too long."""

    since: EpochMs
    """When that was too long, or when it was said if that was later."""
    oldest_at: EpochMs


class WrongClock(Struct, frozen=True, gc=False):
    """Its clock is slow or stands, or its heartbeats come late."""

    since: EpochMs
    """Receipt of the heartbeat that showed it."""
    behind_ms: int
    """So far was the heartbeat behind."""


Trouble = Silent | Stuck | WrongClock


def patience_ms(every_ms: int) -> int:
    """Return how long a gateway may say nothing that speaks every so often; 0: it did not say."""
    return max(PATIENCE_MS, _INTERVALS * every_ms)


def take(gateway: Gateway, beat: Beat, heard: EpochMs) -> Gateway:
    """Take in a heartbeat. Those received before `heard` become one."""
    ahead = tuple(sorted((*gateway.ahead, beat)))
    settled = Gateway(gateway.counted, ahead)
    return Gateway(
        known_at(settled, heard), tuple(one for one in ahead if one.received_at >= heard)
    )


def known_at(gateway: Gateway, heard: EpochMs) -> Beat:
    """Return all its heartbeats as one, as far as they count when `heard` has come so far."""
    known = gateway.counted
    for beat in gateway.ahead:
        if beat.received_at < heard:
            known = _count(known, beat)
    return known


def _count(known: Beat, beat: Beat) -> Beat:
    was_silent = beat.received_at > known.until
    newest = max(known, beat)
    return Beat(
        received_at=newest.received_at,
        vouched=max(known.vouched, beat.vouched, beat.received_at if was_silent else EpochMs(0)),
        until=max(known.until, beat.until),
        pending_since=newest.pending_since,
        areas=newest.areas,
        said_at=newest.said_at,
    )


def reach(known: Beat, heard: EpochMs) -> EpochMs:
    """Return until when silence of its TPS may be judged: `heard`, or what it vouches for."""
    return heard if heard > known.until else min(known.vouched, heard)


def trouble_of(known: Beat, heard: EpochMs, stuck_ms: int) -> Trouble | None:
    """Return what is wrong with a gateway, now that all before `heard` is known; None: nothing."""
    if known == _NOTHING:
        return None
    if heard > known.until:
        return Silent(known.until)
    behind_ms = known.received_at - known.said_at
    if behind_ms > min(_CLOCK_MS, stuck_ms):
        return WrongClock(known.received_at, behind_ms)
    if known.pending_since == NEVER:
        return None
    since = max(EpochMs(known.pending_since + stuck_ms), known.received_at)
    return Stuck(since, known.pending_since) if heard > since else None


def is_forgotten(gateway: Gateway, heard: EpochMs) -> bool:
    """Tell whether it has been silent for so long that nothing need be known of it."""
    is_over = heard > known_at(gateway, heard).until + _FORGOTTEN_MS
    return is_over and all(beat.received_at < heard for beat in gateway.ahead)


def next_wake(gateway: Gateway, heard: EpochMs, stuck_ms: int) -> EpochMs | None:
    """Return the next moment that matters once `heard` has passed it; None: there is none."""
    known = known_at(gateway, heard)
    return min((one for one in _moments(gateway, known, stuck_ms) if one >= heard), default=None)


def _moments(gateway: Gateway, known: Beat, stuck_ms: int) -> Iterator[EpochMs]:
    yield from (beat.received_at for beat in gateway.ahead)
    yield known.until
    yield EpochMs(known.until + _FORGOTTEN_MS)
    if known.pending_since != NEVER:
        yield EpochMs(known.pending_since + stuck_ms)
