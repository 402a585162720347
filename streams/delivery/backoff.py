"""How long to wait before a message is tried again: doubled each time, with a spread.

The spread keeps a hundred messages that failed together from coming back together. It is taken
from a hash of key and try, not from chance: so a day can be played again, second by second.
"""

import hashlib
from typing import Final

__all__ = ["delay_s"]

_FIRST_S: Final = 1.0
_LONGEST_S: Final = 60.0
_DOUBLINGS_MAX: Final = 10
_BYTES: Final = 4


def delay_s(key: str, tries: int) -> float:
    """Return how long to wait after `tries` tries, from half of the doubled time up to all."""
    assert tries >= 1, "nothing is tried again before it was tried"
    full = min(_FIRST_S * float(1 << min(tries - 1, _DOUBLINGS_MAX)), _LONGEST_S)
    digest = hashlib.sha256(f"{key}#{tries}".encode()).digest()[:_BYTES]
    spread = int.from_bytes(digest, "big") / (1 << 8 * _BYTES)
    return full * (1 + spread) / 2
