"""Requests that came in a moment ago, by the id that their sender gave them.

    unknown ──claim──► under way ──taken──► taken          a repeat: same id, same body
                          └── Kafka did not answer: it stays, until the sender repeats

A sender that got no answer repeats. A repeat of what is under way is written again: intake takes
one of them. A repeat of what was taken is answered as before, and not written. The same id with
another body is refused: either two messages share an id, or somebody holds on to a signature.

What is older than a signature may be is forgotten, for it would not be taken any more; and so is
the oldest where there are too many. To forget costs nothing but a record that counts once anyway,
for an event is known by its own id (contract §2).
"""

import hashlib
from collections import OrderedDict
from enum import Enum
from typing import Final

from msgspec import Struct

__all__ = ["Before", "Seen", "digest_of"]

_DIGEST_BYTES: Final = 16


class Before(Enum):
    """What is known of a request."""

    NOTHING = "it did not come before, as far as is known"
    UNDER_WAY = "it came before, with this content, and was not taken yet"
    TAKEN = "it was taken before, with this content"
    OTHER = "its id came before with other content"


class _Known(Struct):
    digest: bytes
    at: float
    is_taken: bool = False


class Seen:
    """The memory of one gate, bounded in time and number."""

    def __init__(self, kept_s: float, most: int) -> None:
        """Remember for so long, and so many."""
        self._kept_s = kept_s
        self._most = most
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def claim(self, sender: str, request_id: str, digest: bytes, now: float) -> Before:
        """Say what is known of a request, and remember it from here on.

        Args:
            sender: Whose it is.
            request_id: As he calls it.
            digest: Of its content.
            now: Seconds by any clock, always the same one.
        """
        known = self._known.get((sender, request_id))
        if known is not None and now - known.at <= self._kept_s:
            if known.digest != digest:
                return Before.OTHER
            return Before.TAKEN if known.is_taken else Before.UNDER_WAY
        self._known[sender, request_id] = _Known(digest, now)
        self._known.move_to_end((sender, request_id))
        self._forget(now)
        return Before.NOTHING

    def take(self, sender: str, request_id: str) -> None:
        """Remember that a request that was claimed is taken."""
        known = self._known.get((sender, request_id))
        if known is not None:
            known.is_taken = True

    def _forget(self, now: float) -> None:
        while self._known:
            oldest = next(iter(self._known.values()))
            if len(self._known) <= self._most and now - oldest.at <= self._kept_s:
                return
            self._known.popitem(last=False)


def digest_of(*parts: bytes) -> bytes:
    """Return what stands for a request's content here."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
