"""What receipts are signed by, and which ones are believed when they are read back.

A receipt settles a notice: whoever can forge one can make a notice vanish. Where receipts must be
signed (`must_sign` in `producer_keys_file`), ours are, and at a takeover no other is heeded.
"""

from typing import NamedTuple

from streams.courier.past import RECEIPTS
from streams.domain.words import Role
from streams.engine.intake import inbound
from streams.engine.ports import RecordView, Slot
from streams.errors import ConfigError
from streams.wire.producers import NO_PRODUCERS, Producers
from streams.wire.rejection import Rejection
from streams.wire.seal import Seal, seal_of, unsealed

__all__ = ["Seals"]


class Seals(NamedTuple):
    """A key of ours, and the keys of all."""

    sign: Seal = unsealed
    producers: Producers = NO_PRODUCERS

    @classmethod
    def of(cls, producers: Producers, key_id: str) -> "Seals":
        """Return the seals of a notifier that signs by the key of an id; empty: by none.

        Raises:
            ConfigError: There is no such key, or receipts by it would not be taken in.
        """
        sign = seal_of(producers, key_id)
        wanted = [topic for topic in RECEIPTS if topic in producers.must_sign]
        if wanted and not key_id:
            raise ConfigError(
                f"producer_keys_file: {wanted[0]} must be signed, and notify_file names no "
                "`producer_key`: name one, or nobody learns what arrived"
            )
        allowed = producers.producers[key_id].topics if key_id else frozenset[str]()
        missing = [topic for topic in RECEIPTS if allowed and topic not in allowed]
        if missing:
            raise ConfigError(
                f"producer_keys_file: [producers.{key_id}] may not send to {missing[0]}: add it to "
                "its topics, or nobody learns what arrived"
            )
        return cls(sign, producers)

    def believes(self, slot: Slot, record: RecordView) -> bool:
        """Tell whether a record of receipts is by somebody who may write them."""
        if not self.producers.asks:
            return True
        try:
            self.producers.check(inbound(slot, record), Role.SYSTEM)
        except Rejection:
            return False
        return True
