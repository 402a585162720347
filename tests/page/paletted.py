"""Makes a picture of a page small: a PNG of true colours as one of 256, about a third as big.

A page has some dozens of colours of its own; thousands more are the edges of its letters. The most
frequent are kept, and those that are unlike them; each other one becomes the nearest that is kept.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

__all__ = ["paletted"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_COLOURS: Final = 256
_FREQUENT: Final = 64
_ALIKE: Final = 200
_RGB: Final = 3
_TRUE_COLOUR: Final = 2
_PALETTE: Final = 3

Colour = tuple[int, int, int]


def paletted(png: bytes) -> bytes:
    """Return the same picture with at most 256 colours.

    Raises:
        ValueError: It is not one of eight bits a channel without transparency.
    """
    parts = dict(_chunks(png))
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    if (depth, kind) != (8, _TRUE_COLOUR):
        raise ValueError("a picture of true colours, eight bits each, was expected")
    rows = [*_rows(zlib.decompress(parts[b"IDAT"]), width * _RGB, height)]
    pixels = [list(zip(row[0::3], row[1::3], row[2::3], strict=True)) for row in rows]
    counted = Counter(pixel for row in pixels for pixel in row)
    kept = _kept([colour for colour, _ in counted.most_common()])
    index = {colour: place for place, colour in enumerate(kept)}
    index |= {colour: _nearest(colour, kept)[0] for colour in counted if colour not in index}
    data = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)
    palette = bytes(value for colour in kept for value in colour)
    made = {b"IHDR": head, b"PLTE": palette, b"IDAT": zlib.compress(data, 9), b"IEND": b""}
    return _SIGNATURE + b"".join(_chunk(name, value) for name, value in made.items())


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts by name; the data, which may be cut in pieces, as one."""
    at, data = len(_SIGNATURE), b""
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name, value = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
        if name == b"IDAT":
            data += value
        else:
            yield name, value
    yield b"IDAT", data


def _chunk(name: bytes, value: bytes) -> bytes:
    return (
        struct.pack(">I", len(value)) + name + value + struct.pack(">I", zlib.crc32(name + value))
    )


def _rows(data: bytes, length: int, height: int) -> Iterator[bytearray]:
    """Yield the rows without their filters (PNG, 9)."""
    before = bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        row = bytearray(data[start + 1 : start + 1 + length])
        _unfilter(data[start], row, before)
        yield row
        before = row


def _unfilter(kind: int, row: bytearray, before: bytearray) -> None:
    if kind == 2:
        row[:] = bytes((one + up) & 255 for one, up in zip(row, before, strict=True))
        return
    for at in range(len(row) if kind else 0):
        left = row[at - _RGB] if at >= _RGB else 0
        corner = before[at - _RGB] if at >= _RGB else 0
        row[at] = (row[at] + _predicted(kind, left, before[at], corner)) & 255


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _kept(colours: list[Colour]) -> list[Colour]:
    """Return those to keep, the most frequent first.

    One that hardly differs from another that is kept gives its place to a rare one of its own hue:
    a red among magentas means something else, however small it is.
    """
    kept = colours[:_FREQUENT]
    for colour in colours[_FREQUENT:]:
        if len(kept) == _COLOURS:
            break
        if _nearest(colour, kept)[1] > _ALIKE:
            kept.append(colour)
    return kept


def _nearest(colour: Colour, kept: list[Colour]) -> tuple[int, int]:
    """Return the place of the nearest colour, and the square of how far it is."""
    red, green, blue = colour
    far, place = min(
        ((one[0] - red) ** 2 + (one[1] - green) ** 2 + (one[2] - blue) ** 2, at)
        for at, one in enumerate(kept)
    )
    return place, far
