"""Lines with where they come from: what `siaga export transitions --provenance` writes.

A line of `siaga.transitions` says in its headers which journal record caused it, and its link of
the hash chain. A file has no headers, so here they stand beside the line, which stays byte for
byte what it was: the chain is computed over these bytes.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta, Raw, Struct

from streams.errors import InputError
from streams.wire.chain import Place

__all__ = ["ToldLine", "decode_told", "encode_told"]


class ToldLine(Struct, frozen=True):
    """A line of an export with its provenance."""

    partition: Annotated[int, Meta(ge=0)]
    """Of the journal,"""
    offset: Annotated[int, Meta(ge=0)]
    """the record in it that caused the line,"""
    n: Annotated[int, Meta(ge=0)]
    """and which line of that record it is."""
    chain: str
    """Its link of the hash chain; empty: told by a version that had none."""
    restricted: bool
    """Whether it stands on the restricted topic."""
    line: Raw

    @property
    def place(self) -> Place:
        """What identifies the line for good."""
        return self.partition, self.offset, self.n

    @property
    def value(self) -> bytes:
        """The line as it was told, byte for byte."""
        return bytes(self.line)


_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(ToldLine).decode


def encode_told(line: ToldLine) -> bytes:
    """Return an exported line, without the newline."""
    return _encode(line)


def decode_told(text: bytes) -> ToldLine:
    """Read an exported line.

    Raises:
        InputError: It is none. The caller knows the file and the line's number and adds them.
    """
    try:
        return _decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(
            f"expected a line of `siaga export transitions --provenance`: {error}"
        ) from error
