"""How long somebody must wait who has tried wrong passwords: twice as long after each.

| counted for            | free tries | then, doubled each time | because                        |
|------------------------|------------|-------------------------|--------------------------------|
| a user from an address | 5          | 1 s to 15 min           | somebody guesses a password    |
| an address             | 30         | 1 s to 5 min            | it tries one password on all   |
| a user from anywhere   | 20         | 1 s to 30 s             | many addresses guess together  |

Where a user has come in from within a day only the first holds for him: else anybody could lock out
a commander on election day by trying his name, or a post by its neighbour's mistakes. A try counts
before it is judged, so that many at the same time are not one. What is tried while one must wait is
not looked at, and not counted.

Each room counts for itself: behind a balancer of n rooms there are n times as many tries.
"""

from typing import Final

from msgspec import Struct

from streams.web.addresses import home_of

__all__ = ["Lockout", "Patience", "Try"]

_FORGET_S: Final = 3_600.0
"""After an hour without a try all is forgotten."""
_KNOWN_S: Final = 24 * 3_600.0
_MOST: Final = 50_000
_NAME_MAX: Final = 64
_DOUBLINGS_MAX: Final = 30


class Patience(Struct, frozen=True):
    """How many tries are free, and how long one waits after them at most."""

    free: int
    longest_s: float

    def after(self, tries: int) -> float:
        """Return how long to wait after so many tries."""
        over = tries - self.free
        return min(self.longest_s, 2.0 ** min(over, _DOUBLINGS_MAX)) if over >= 0 else 0.0


_PAIR: Final = Patience(5, 900.0)
_ADDRESS: Final = Patience(30, 300.0)
_USER: Final = Patience(20, 30.0)


class Try(Struct, frozen=True):
    """Who is tried, and from where."""

    user: str
    address: str

    @classmethod
    def of(cls, name: str, address: str) -> "Try":
        """Return the try of a name as somebody has written it.

        An IPv6 address counts as its network of 64 bits: whoever has one has all of it.
        """
        return cls(name[:_NAME_MAX].casefold(), home_of(address))


class _Tries(Struct):
    count: int
    last_at: float


class Lockout:
    """The tries of the last hour."""

    def __init__(self) -> None:
        """Begin without any."""
        self._tries: dict[tuple[str, str], _Tries] = {}
        self._known: dict[tuple[str, str], float] = {}

    def __len__(self) -> int:
        return len(self._tries)

    def begin(self, tried: Try, now: float) -> float:
        """Count a try and return 0; or count nothing, and return how long to wait.

        Args:
            tried: Who, and from where.
            now: In seconds, by a clock that never goes back.
        """
        held = self._held(tried, now)
        wait = max(self._wait(key, patience, now) for key, patience in held.items())
        if wait > 0:
            return wait
        for key in held:
            self._count(key, now)
        return 0.0

    def passed(self, tried: Try, now: float) -> None:
        """Take back the count of a try that was right, and of those before it of this user."""
        pair = (tried.user, tried.address)
        for key in (pair, (tried.user, "")):
            self._tries.pop(key, None)
        address = self._tries.get(("", tried.address))
        if address is not None and not self._is_known(pair, now):
            # Its own try alone: somebody with a password must not wash an address clean.
            address.count -= 1
        self._known.pop(pair, None)
        _make_room(self._known)
        self._known[pair] = now

    def _held(self, tried: Try, now: float) -> dict[tuple[str, str], Patience]:
        pair = (tried.user, tried.address)
        if self._is_known(pair, now):
            return {pair: _PAIR}
        return {pair: _PAIR, ("", tried.address): _ADDRESS, (tried.user, ""): _USER}

    def _is_known(self, pair: tuple[str, str], now: float) -> bool:
        came_at = self._known.get(pair)
        return came_at is not None and now - came_at <= _KNOWN_S

    def _wait(self, key: tuple[str, str], patience: Patience, now: float) -> float:
        tries = self._tries.get(key)
        if tries is None:
            return 0.0
        if now - tries.last_at >= _FORGET_S:
            del self._tries[key]
            return 0.0
        return max(0.0, tries.last_at + patience.after(tries.count) - now)

    def _count(self, key: tuple[str, str], now: float) -> None:
        # Put in anew, so that the oldest stands first.
        tries = self._tries.pop(key, None)
        _make_room(self._tries)
        self._tries[key] = _Tries(tries.count + 1 if tries else 1, now)


def _make_room(kept: dict[tuple[str, str], _Tries] | dict[tuple[str, str], float]) -> None:
    """Drop the oldest where there are too many: better one try too many than no memory."""
    if len(kept) >= _MOST:
        del kept[next(iter(kept))]
