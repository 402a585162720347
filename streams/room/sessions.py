"""Sessions without a table of them: all that a replica must know stands in the signed cookie.

    log in ─► ticket ─► cookie ─────────► every request: read ─► verdict ─► who asks
                          ▲                                        │
                          └── stepped: a minute after the last ◄───┘   the idle time begins anew

    ends by: idle time · day's length · generation (passwd, disable, enable) · log out

Any number of replicas share the secret, so each takes what another has signed. A password that is
changed and a user that is disabled raise the generation in the users file, which every replica
reads: their sessions end everywhere. Logging out takes the cookie from the browser, and this
replica forgets it; a copy of it would live on elsewhere until it is idle for too long.

The CSRF value is an HMAC of the ticket: a page that can read it has it from us.
"""

import hmac
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from itsdangerous import BadData, URLSafeSerializer
from msgspec import Meta, Struct
from msgspec.structs import replace

from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.room.users import User
from streams.sinks.secret import Secret

__all__ = ["Ended", "Lasting", "Sessions", "Ticket", "cookie_name", "forgotten", "kept"]

_SALT: Final = "siaga.room.session"
_SKEW_MS: Final = MINUTE_MS
"""How far the clocks of replicas may lie apart."""
_STEP_MS: Final = MINUTE_MS
"""A cookie is made anew at most so often: else each answer would carry one. Where the idle time is
short, after a quarter of it: else it would end while somebody works."""
_COOKIE_MAX: Final = 1_024

Unique = Annotated[str, Meta(min_length=16, max_length=64)]


class Ended(StrEnum):
    """Why a session is one no more."""

    UNKNOWN = "unknown"
    """Forged, of another secret, or of a user that is not there."""
    REVOKED = "revoked"
    """The password was changed, or the user is disabled."""
    IDLE = "idle"
    EXPIRED = "expired"


class Ticket(Struct, frozen=True, array_like=True):
    """What a cookie says."""

    user: str
    generation: int
    issued_ms: int
    stepped_ms: int
    """When the person did something last, to within a minute."""
    unique: Unique


class Lasting(Struct, frozen=True):
    """How long sessions last."""

    idle_minutes: int = 30
    day_hours: int = 12


class Sessions:
    """Makes and reads the cookies of an installation."""

    def __init__(self, secrets: Sequence[Secret], lasting: Lasting) -> None:
        """Sign by the first secret; the others are still believed, until they are taken away."""
        self._secrets = tuple(secret.reveal().encode() for secret in secrets)
        self._lasting = lasting
        self._serializer = URLSafeSerializer(
            # The library signs by the last.
            list(reversed(self._secrets)),
            salt=_SALT,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def begin(self, id_: str, user: User, now: EpochMs, unique: str) -> Ticket:
        """Return the ticket of somebody who has just shown who he is; `unique` is random."""
        return Ticket(id_, user.generation, now, now, unique)

    def cookie(self, ticket: Ticket) -> str:
        """Return a ticket as the value of a cookie."""
        return self._serializer.dumps(msgspec.to_builtins(ticket))

    def read(self, cookie: str) -> Ticket | None:
        """Return the ticket of a cookie; None: it is none of ours."""
        if not cookie or len(cookie) > _COOKIE_MAX:
            return None
        try:
            return msgspec.convert(self._serializer.loads(cookie), Ticket)
        except (BadData, msgspec.ValidationError):
            return None

    def ended(self, ticket: Ticket, user: User | None, now: EpochMs) -> Ended | None:
        """Return why a ticket is worth nothing now; None: it is good."""
        if user is None or ticket.issued_ms > now + _SKEW_MS:
            return Ended.UNKNOWN
        if user.disabled or ticket.generation != user.generation:
            return Ended.REVOKED
        if now >= ticket.issued_ms + self._lasting.day_hours * HOUR_MS:
            return Ended.EXPIRED
        return Ended.IDLE if now >= self.ends_at(ticket, user) else None

    def ends_at(self, ticket: Ticket, user: User) -> EpochMs:
        """Return when a ticket is worth nothing any more, if nothing is done until then."""
        day = ticket.issued_ms + self._lasting.day_hours * HOUR_MS
        idle_ms = self._idle_ms(user)
        return EpochMs(min(day, ticket.stepped_ms + idle_ms) if idle_ms else day)

    def stepped(self, ticket: Ticket, user: User, now: EpochMs) -> Ticket | None:
        """Return the ticket after a step of the person; None: the old one will do.

        A stream that stays open is no step: only what the person does is one.
        """
        idle_ms = self._idle_ms(user)
        fresh_ms = min(_STEP_MS, idle_ms // 4) if idle_ms else _STEP_MS
        return None if now < ticket.stepped_ms + fresh_ms else replace(ticket, stepped_ms=now)

    def csrf(self, ticket: Ticket) -> str:
        """Return the value that must come back with everything that changes something."""
        return _csrf(self._secrets[0], ticket)

    def is_csrf(self, ticket: Ticket, value: str) -> bool:
        """Tell whether a value is that of the ticket's session."""
        given = value.encode()
        # Every secret is looked at, so that the time tells nothing.
        found = [hmac.compare_digest(_csrf(one, ticket).encode(), given) for one in self._secrets]
        return any(found)

    def _idle_ms(self, user: User) -> int:
        """Return after how long without a step a session ends; 0: never."""
        idle = self._lasting.idle_minutes if user.idle_minutes is None else user.idle_minutes
        return idle * MINUTE_MS


def _csrf(secret: bytes, ticket: Ticket) -> str:
    said = "\0".join(("csrf", ticket.user, str(ticket.generation), ticket.unique))
    return hmac.digest(secret, said.encode(), "sha256").hex()


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; over TLS one that no other host or path can set."""
    return "__Host-siaga" if secure else "siaga"


def kept(value: str, now: EpochMs, ends_at: EpochMs, *, secure: bool) -> str:
    """Return the header `Set-Cookie` by which a browser keeps a session."""
    seconds = max(0, (ends_at - now) // SECOND_MS)
    flags = "; Secure" if secure else ""
    name = cookie_name(secure=secure)
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{flags}"


def forgotten(*, secure: bool) -> str:
    """Return the header `Set-Cookie` by which a browser forgets its session."""
    return kept("", EpochMs(0), EpochMs(0), secure=secure)
