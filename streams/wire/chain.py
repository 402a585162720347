"""The hash chain over the lines of a journal partition: what was told cannot be changed unseen.

Each line carries, in its header `chain`, a hash of itself and of all that was told before it. So
a line that was changed, left out, put in or moved breaks the chain at that place, for everybody
who has the lines and this page; and who keeps the last hash of an evening, on paper even, can show
a year later that nothing before it was touched.

    open line        chain = H(partition offset n, open chain, value)
    restricted line  chain = H(partition offset n, open chain, restricted chain, value)

H is BLAKE2b of 16 bytes, numbers are 8 bytes, big end first, and both chains begin with 16 zero
bytes. There are two chains, because few words make up a line: who reads the open topic alone could
try all officers and all minutes until the hash fits, and would know whom a restricted line
accuses. So nothing on the open topic depends on a restricted line, and restricted lines commit to
both.
"""

from hashlib import blake2b
from typing import Final

from msgspec import Struct

__all__ = ["CHAIN_HEADER", "GENESIS", "Chain", "Place"]

CHAIN_HEADER: Final = "chain"
_BYTES: Final = 16

Place = tuple[int, int, int]
"""Journal partition, offset, and which line of that record: the identity of a line."""


class Chain(Struct, frozen=True, gc=False):
    """How far both chains of a journal partition have come."""

    open: bytes = bytes(_BYTES)
    restricted: bytes = bytes(_BYTES)

    def after(self, place: Place, value: bytes, *, restricted: bool) -> "Chain":
        """Return the chain after a line."""
        made = blake2b(digest_size=_BYTES)
        for number in place:
            made.update(number.to_bytes(8, "big"))
        made.update(self.open)
        if restricted:
            made.update(self.restricted)
        made.update(value)
        digest = made.digest()
        return Chain(self.open, digest) if restricted else Chain(digest, self.restricted)

    def header(self, *, restricted: bool) -> bytes:
        """Return what the line says that the chain has come to."""
        return (self.restricted if restricted else self.open).hex().encode()


GENESIS: Final = Chain()
"""Before the first line."""
