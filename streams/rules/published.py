"""A pack as it is published: one text with all its files, small enough for one journal record.

The hash of the files is its name. Whoever takes it on computes the hash anew, so what is judged by
is what was published, and a replay of the journal needs nothing else.
"""

import zlib
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Final

import msgspec

from streams.errors import ConfigError
from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.reading import PackText, content_hash, read_pack

__all__ = ["ready_pack", "to_published"]

_BYTES_MAX: Final = 16 * 1024 * 1024
"""Of the files of a pack; more would be no pack."""
_KEPT: Final = 4
_FORM: Final = "expected a published pack (siaga rules publish)"


def to_published(text: PackText) -> str:
    """Return the files of a pack as one text of ASCII letters."""
    return b64encode(zlib.compress(msgspec.json.encode(text, order="deterministic"))).decode()


def _from_published(published: str) -> PackText:
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(b64decode(published, validate=True), _BYTES_MAX)
        if not inflate.eof:
            raise ConfigError(f"more than {_BYTES_MAX} bytes, or cut off; {_FORM}")
        return msgspec.json.decode(data, type=PackText)
    except (ValueError, zlib.error, msgspec.DecodeError) as error:
        raise ConfigError(f"{error}; {_FORM}") from error


@lru_cache(maxsize=_KEPT)
def ready_pack(published: str, name: str) -> CompiledPack:
    """Return a published pack, ready to judge by.

    Made once and shared: every partition of a worker takes it on at its own moment.

    Args:
        published: From `to_published`.
        name: The hash by which it is called.

    Raises:
        ConfigError: It is not the pack of this name, or cannot be read.
    """
    text = _from_published(published)
    found = content_hash(text)
    if found != name:
        raise ConfigError(f"its files have the hash {found}; expected {name}")
    return compile_pack(read_pack(text))
