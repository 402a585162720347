"""A notice on its way to one destination, and what came of a try.

A *way* is a channel and an address of the destination: its own first, then its fallbacks. An
*attempt* is one go at one way, of several tries; attempts are counted on through all rounds, so
attempt 3 of a destination with two ways is its fallback for the second time. The idempotency key
of a message is made of what it says and of the attempt, so every try of it has the same, also
after the process was killed in the middle of one.
"""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AreaCode, area_kind, kecamatan_of
from streams.domain.outgoing import Outgoing, OutgoingAlert

__all__ = [
    "ATTEMPTS_MAX",
    "Ended",
    "Parcel",
    "Result",
    "Send",
    "Tried",
    "addressee_of",
    "area_of",
    "key_of",
]

ATTEMPTS_MAX: Final = 99
"""As many as a receipt can count."""
_KECAMATAN_LENGTH: Final = 8
_DIGEST: Final = 12


class Parcel(Struct, frozen=True, kw_only=True):
    """One notice for one destination."""

    notice: Outgoing
    ways: tuple[str, ...]
    """The channel of each way."""
    dead: frozenset[int] = frozenset()
    """Ways that never take it: not configured, of drills only, or the receiver has refused it."""
    since: float
    """When the broker took the notice, in seconds since 1970."""
    attempt: int = 0

    @property
    def addressee(self) -> str:
        """Whom it is for."""
        return addressee_of(self.notice.election, str(self.notice.destination))

    @property
    def way(self) -> int:
        """Which way its attempt takes."""
        return self.attempt % len(self.ways)

    @property
    def channel(self) -> str:
        """The channel of its attempt."""
        return self.ways[self.way]

    @property
    def is_dead(self) -> bool:
        """Whether no way is left."""
        return len(self.dead) >= len(self.ways)

    @property
    def has_other_way(self) -> bool:
        """Whether this round has another way for it, behind that of its attempt."""
        return any(way not in self.dead for way in range(self.way + 1, len(self.ways)))

    @property
    def round(self) -> int:
        """How often all its ways have been gone through."""
        return self.attempt // len(self.ways)

    def on(self, attempt: int) -> "Parcel":
        """Return it at the first attempt from this one on whose way is not dead."""
        assert not self.is_dead, "there is a way left"
        while attempt % len(self.ways) in self.dead:
            attempt += 1
        return replace(self, attempt=attempt)


class Result(StrEnum):
    """What came of one try."""

    DELIVERED = "delivered"
    AGAIN = "again"
    """Not now."""
    REFUSED = "refused"
    """Never this message."""
    CLOSED = "closed"
    """Never any message: the receiver wants nothing more from us."""


class Tried(Struct, frozen=True):
    """What came of one try, in fixed words."""

    result: Result
    reason: str = ""
    reference: str = ""
    after_s: float = 0.0
    """How long the receiver asks to be left alone; 0: it does not."""


class Send(Struct, frozen=True, kw_only=True):
    """A message that is to be tried now."""

    key: str
    parcels: tuple[Parcel, ...]
    """All that are settled with it: of one destination, at one attempt's way."""
    notices: tuple[Outgoing, ...]
    """What it says: of each alert the newest telling alone."""
    tries: int
    """Which try this is, from 1."""
    over_limit: bool = False
    """A critical call that went although the limit of its destination was reached."""

    @property
    def first(self) -> Parcel:
        """The parcel that it goes under."""
        return self.parcels[0]


class Ended(Struct, frozen=True, kw_only=True):
    """An attempt has ended; a receipt says so."""

    parcel: Parcel
    result: Result
    tries: int
    reason: str = ""
    reference: str = ""
    next: str = ""
    """The channel that is tried now; empty: it was delivered, or there is none for the moment."""
    is_settled: bool
    """Whether the notice is done with; else it is tried on, by `next` or in another round."""


def addressee_of(election: str, destination: str) -> str:
    """Return one name for a destination of an election: another one has others of that name."""
    return f"{election} {destination}"


def key_of(parcels: Sequence[Parcel]) -> str:
    """Return the idempotency key of the message of some parcels at their attempts."""
    first = parcels[0]
    if len(parcels) == 1:
        return f"{first.notice.id}:{first.channel}:{first.attempt}"
    named = ",".join(sorted(f"{one.notice.id}:{one.attempt}" for one in parcels))
    digest = hashlib.sha256(named.encode()).hexdigest()[:_DIGEST]
    return f"{first.notice.id}+{len(parcels) - 1}-{digest}:{first.channel}:{first.attempt}"


def area_of(alert: OutgoingAlert) -> AreaCode:
    """Return the kecamatan of an alert; of one that is wider or about no place its kabupaten."""
    if area_kind(alert.scope) and len(alert.scope) >= _KECAMATAN_LENGTH:
        return kecamatan_of(alert.scope)
    return AreaCode(f"{alert.alert[:2]}.{alert.alert[2:4]}")
