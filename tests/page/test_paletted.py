"""Pictures of the page with few colours."""

import struct
import zlib

import pytest

from tests.page.paletted import paletted

RED, WHITE = (255, 0, 0), (255, 255, 255)


def png(rows: list[tuple[int, bytes]], width: int, kind: int = 2) -> bytes:
    """Return a picture whose rows are given with the number of their filter."""

    def part(name: bytes, value: bytes) -> bytes:
        return struct.pack(">I", len(value)) + name + value + struct.pack(">I", zlib.crc32(value))

    head = struct.pack(">IIBBBBB", width, len(rows), 8, kind, 0, 0, 0)
    data = zlib.compress(b"".join(bytes((number,)) + row for number, row in rows))
    halves = part(b"IDAT", data[:5]) + part(b"IDAT", data[5:])
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + halves + part(b"IEND", b"")


def colours(made: bytes) -> list[tuple[int, ...]]:
    """Return the pixels of a picture that `paletted` has made, row by row."""
    (width, height) = struct.unpack_from(">II", made, 16)
    palette = made[made.index(b"PLTE") + 4 :]
    at = made.index(b"IDAT")
    (length,) = struct.unpack_from(">I", made, at - 4)
    data = zlib.decompress(made[at + 4 : at + 4 + length])
    places = [data[row * (width + 1) + 1 + x] for row in range(height) for x in range(width)]
    return [tuple(palette[3 * place : 3 * place + 3]) for place in places]


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 4])
def test_every_filter_of_a_row_is_undone(kind: int) -> None:
    """The second row holds differences to what is left of it, above, between, or the nearest."""
    first = bytes((*RED, *WHITE))
    rows = [(0, first), (kind, bytes(6) if kind else first)]
    wanted = {
        0: [RED, WHITE],
        1: [(0, 0, 0), (0, 0, 0)],
        2: [RED, WHITE],
        3: [(127, 0, 0), (191, 127, 127)],
        4: [RED, WHITE],
    }
    assert [RED, WHITE, *wanted[kind]] == colours(paletted(png(rows, 2)))


def test_a_rare_colour_of_its_own_hue_is_kept_and_others_become_the_nearest() -> None:
    """Hundreds of greys give way to one red; each grey that is gone is next to one that is left."""
    greys = [(grey, grey, grey + blue) for grey in range(250) for blue in range(3)]
    row = bytes(value for colour in (*greys, *greys, RED) for value in colour)
    found = colours(paletted(png([(0, row)], len(row) // 3)))
    assert RED == found[-1]
    assert len(set(found)) <= 256
    pairs = zip((*greys, *greys, RED), found, strict=True)
    assert max(max(abs(a - b) for a, b in zip(one, two, strict=True)) for one, two in pairs) <= 10


def test_a_picture_of_another_kind_is_refused() -> None:
    """What has a palette already, or transparency, is not guessed at."""
    with pytest.raises(ValueError, match="true colours"):
        paletted(png([(0, b"\0\0")], 2, kind=0))
