"""Tokens of programs: made once, shown once, and known afterwards by their hash.

A token is 256 random bits, so a plain SHA-256 of it is as good as a slow hash: nobody can guess it.
It begins with a word by which scanners of leaked secrets, and people, recognise it. A token has
scopes, and never more than its user's role and area.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Final

from streams.domain.times import EpochMs
from streams.room.rights import Person
from streams.room.users import Token, User, Users
from streams.wire.time import parse_time

__all__ = ["SECRET_BYTES", "TokenIndex", "bearer_of", "token_hash", "token_text"]

SECRET_BYTES: Final = 32
_PREFIX: Final = "siaga_"
_SCHEME: Final = "bearer "


def token_text(secret: bytes) -> str:
    """Return random bytes as the token that a program is given."""
    assert len(secret) == SECRET_BYTES, len(secret)
    return _PREFIX + base64.urlsafe_b64encode(secret).decode().rstrip("=")


def token_hash(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def bearer_of(authorization: str) -> str:
    """Return the token in the header `Authorization`; empty: there is none."""
    is_bearer = authorization[: len(_SCHEME)].lower() == _SCHEME
    return authorization[len(_SCHEME) :].strip() if is_bearer else ""


class TokenIndex:
    """All tokens of the users, by hash; made anew when the users change."""

    def __init__(self, users: Users) -> None:
        """Index them."""
        self._found: Mapping[str, tuple[Person, EpochMs]] = {
            token.hash: (_person_of(id_, user, token), parse_time(token.expires))
            for id_, user in users.by_id.items()
            if not user.disabled
            for token in user.tokens.values()
        }

    def person(self, hash_: str, now: EpochMs) -> Person | None:
        """Return who comes with a token of this hash; None: nobody, or no more."""
        person, expires = self._found.get(hash_, (None, now))
        return person if now < expires else None


def _person_of(id_: str, user: User, token: Token) -> Person:
    return Person(
        user=id_,
        name=user.name,
        role=user.role,
        area=user.area,
        language=user.language,
        scopes=token.scopes,
    )
