"""Users that tests of the control room share, and a hasher that costs nothing."""

from typing import Final

from argon2 import PasswordHasher
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.times import EpochMs
from streams.room.passwords import Passwords
from streams.room.users import User, Users

__all__ = ["CHEAP", "CHIEF", "HASHED", "NOW", "PASSWORD", "POST", "USERS", "WALL", "passwords"]

CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""What a real one takes in memory and time is of no interest to a test of what it decides."""
PASSWORD: Final = "Merah-Putih-17-Agustus"
HASHED: Final = CHEAP.hash(PASSWORD)
NOW: Final = EpochMs(1_732_665_600_000)
"""2024-11-27T07:00:00+07:00."""
POST: Final = User(name="Posko 1", role=ActorRole.OPERATOR, area="36.04", password=HASHED)
CHIEF: Final = replace(POST, name="Komandan", role=ActorRole.COMMANDER, oidc="subject-1")
WALL: Final = User(name="Dinding", role=ActorRole.VIEWER, idle_minutes=0)
USERS: Final = Users({"dinding": WALL, "komandan": CHIEF, "posko-1": POST})


def passwords() -> Passwords:
    """Return what checks passwords cheaply."""
    return Passwords(CHEAP)
