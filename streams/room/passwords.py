"""Passwords: how they are kept, what they must be, and that trying one always costs the same.

Kept as Argon2id with the second recommended profile of RFC 9106 (section 4: t=3, p=4, 64 MiB), the
one for where memory is short: a control room's machine checks a few at a time, and each takes its
64 MiB. Argon2's output carries its parameters, so another profile may follow later.

Source of the minimum: NIST SP 800-63B wants 8 characters at least, and length instead of signs of
several kinds; ours is 12. A text is taken in Unicode's form NFKC, as there: the same keys on
another keyboard are the same password.
"""

import asyncio
import unicodedata
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

__all__ = ["LENGTH_MAX", "LENGTH_MIN", "Passwords", "fault_of_password"]

LENGTH_MIN: Final = 12
LENGTH_MAX: Final = 256
"""Nobody may make us hash a book."""
_TYPED_MAX: Final = 4 * LENGTH_MAX
"""At most four signs are one in NFKC; so what is longer is too long in it as well."""
_AT_ONCE: Final = 2
"""How many are checked at a time: each takes 64 MiB, and a core for a while."""
_NOBODYS: Final = "a password that nobody has"


def fault_of_password(text: str, id_: str, name: str) -> str:
    """Return what is wrong with a new password of a user; empty: nothing."""
    plain = _plain(text)
    if not LENGTH_MIN <= len(plain) <= LENGTH_MAX:
        return f"a password has {LENGTH_MIN} to {LENGTH_MAX} characters"
    if plain.casefold() in {_plain(one).casefold() for one in (id_, name)}:
        return "a password is not the name"
    if len(set(plain)) <= LENGTH_MIN // 3:
        return f"a password has more than {LENGTH_MIN // 3} different characters"
    return ""


class Passwords:
    """Keeps and checks passwords."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Without a hasher: with the profile above; tests have a cheap one."""
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        assert self._hasher.type is Type.ID
        self._nobodys = self._hasher.hash(_NOBODYS)
        self._places = asyncio.Semaphore(_AT_ONCE)

    def keep(self, text: str) -> str:
        """Return a password as it is kept."""
        return self._hasher.hash(_plain(text))

    def fits(self, kept: str, text: str) -> bool:
        """Tell whether a text is the password that is kept; none that is kept fits nothing.

        Also then one is hashed, so that the time does not tell who is a user.
        """
        plain = _plain(text[: _TYPED_MAX + 1])
        is_there = bool(kept) and len(plain) <= LENGTH_MAX
        try:
            self._hasher.verify(kept if is_there else self._nobodys, plain[:LENGTH_MAX])
        except (VerificationError, InvalidHashError):
            return False
        return is_there

    async def fits_soon(self, kept: str, text: str) -> bool:
        """Tell the same beside everything else that is going on, a few at a time."""
        async with self._places:
            return await asyncio.to_thread(self.fits, kept, text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
