"""From a name and a password to a user: the lockout, the hash, and one answer for every failure.

wait? ─► (nothing is looked at)     else ─► a try is counted ─► the hash, of nobody if need be
      ─► right: the count is taken back, the user comes in
      ─► wrong, unknown, disabled, without a password: all the same, in words and in time
"""

from msgspec import Struct

from streams.room.lockout import Lockout, Try
from streams.room.passwords import Passwords
from streams.room.rights import Person
from streams.room.users import User, Users

__all__ = ["Attempt", "Denied", "Entered", "Entry", "person_of"]


class Attempt(Struct, frozen=True):
    """What somebody has filled in."""

    name: str
    password: str
    address: str

    def __repr__(self) -> str:
        """Show neither the password nor who has tried it."""
        return "Attempt()"


class Entered(Struct, frozen=True):
    """He is who he says."""

    id: str
    user: User


class Denied(Struct, frozen=True):
    """He is not let in."""

    wait_s: float = 0.0
    """How long he must wait before he may try again; 0: he was wrong."""


class Entry:
    """The door for passwords."""

    def __init__(self, passwords: Passwords, lockout: Lockout) -> None:
        """Count and check by these."""
        self._passwords = passwords
        self._lockout = lockout

    async def enter(self, users: Users, attempt: Attempt, now: float) -> Entered | Denied:
        """Let somebody in, or not.

        Args:
            users: As they are now.
            attempt: What was filled in.
            now: In seconds, by a clock that never goes back.
        """
        tried = Try.of(attempt.name, attempt.address)
        wait = self._lockout.begin(tried, now)
        if wait > 0:
            return Denied(wait)
        found = users.find(attempt.name)
        kept = found[1].password if found and not found[1].disabled else ""
        if not await self._passwords.fits_soon(kept, attempt.password) or found is None:
            return Denied()
        self._lockout.passed(tried, now)
        return Entered(*found)


def person_of(id_: str, user: User) -> Person:
    """Return a user as the person of a session."""
    return Person(user=id_, name=user.name, role=user.role, area=user.area, language=user.language)
