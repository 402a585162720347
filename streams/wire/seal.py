"""Signs what our own processes put on input topics, as `producers` asks of everybody who must."""

import hmac
from collections.abc import Callable
from typing import Final

from streams.errors import ConfigError
from streams.wire.producers import SIGNATURE_HEADER, Producers
from streams.wire.records import Headers

__all__ = ["Seal", "seal_of", "unsealed"]

Seal = Callable[[bytes], Headers]
"""From a value to the headers that sign it."""

_NOTHING: Final[Headers] = ()


def unsealed(_value: bytes) -> Headers:
    """Sign nothing."""
    return _NOTHING


def seal_of(producers: Producers, key_id: str) -> Seal:
    """Return how values are signed by the key of an id; an empty id signs nothing.

    Raises:
        ConfigError: `producer_keys_file` has no such key.
    """
    if not key_id:
        return unsealed
    producer = producers.producers.get(key_id)
    if producer is None:
        raise ConfigError(
            f"producer_key: producer_keys_file has no [producers.{key_id}]: add it, or name another"
        )
    secret = bytes.fromhex(producer.secret)

    def sign(value: bytes) -> Headers:
        made = hmac.new(secret, value, "sha256").hexdigest()
        return ((SIGNATURE_HEADER, f"{key_id}:{made}".encode()),)

    return sign
