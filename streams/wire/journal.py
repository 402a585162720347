"""Records of the journal as bytes, and the lines of its export.

The journal's own form is JSON with the types of `streams.domain.journal`; its first field names
the kind of record. An exported line adds what only the broker knows of a record:

    {"partition":3,"offset":8812,"appended_at":1732666212000,"record":{…}}

Both forms carry every field that a judgment needs, so that a replay of an export gives the lines
that the live day gave.
"""

from collections.abc import Callable
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from streams.domain.ids import kabupaten_of
from streams.domain.journal import Accepted, JournalRecord
from streams.domain.times import EpochMs
from streams.errors import InputError

__all__ = ["JournalLine", "decode_line", "decode_record", "encode_line", "encode_record", "key_of"]


class JournalLine(Struct, frozen=True, gc=False):
    """A record of the journal with its position; one line of an export."""

    partition: Annotated[int, Meta(ge=0)]
    offset: Annotated[int, Meta(ge=0)]
    appended_at: EpochMs
    """The broker's append time of the journal record, in milliseconds."""
    record: JournalRecord


_encode: Final = msgspec.json.Encoder().encode
_decode_record: Final[Callable[[bytes], JournalRecord]] = msgspec.json.Decoder(JournalRecord).decode
_decode_line: Final = msgspec.json.Decoder(JournalLine).decode


def key_of(record: Accepted) -> bytes:
    """Return the key of an accepted event: the code of its kabupaten."""
    return kabupaten_of(record.place).encode()


def encode_record(record: JournalRecord) -> bytes:
    """Return a record as it stands in the journal."""
    return _encode(record)


def decode_record(value: bytes) -> JournalRecord:
    """Read a record back.

    Raises:
        InputError: It is none; somebody else wrote to the journal, or a newer version did.
    """
    try:
        return _decode_record(value)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"not a record of the journal: {error}") from error


def encode_line(line: JournalLine) -> bytes:
    """Return an exported line, without the newline."""
    return _encode(line)


def decode_line(text: bytes) -> JournalLine:
    """Read an exported line, with or without its newline.

    Raises:
        InputError: It is none. The caller knows the file and the line's number and adds them.
    """
    try:
        return _decode_line(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"not a line of an exported journal: {error}") from error
