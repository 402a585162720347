"""The hash chain of lines: what it commits to, and what it does not."""

import hashlib

import pytest

from streams.wire.chain import GENESIS, Chain

FIRST = GENESIS.after((3, 8_812, 0), b"line", restricted=False)


def test_a_link_is_what_the_page_says() -> None:
    """BLAKE2b of 16 bytes over the place, the chain so far and the value, so others can verify."""
    place = bytes.fromhex("0000000000000003000000000000226c0000000000000000")
    expected = hashlib.blake2b(place + bytes(16) + b"line", digest_size=16).hexdigest()
    assert expected.encode() == FIRST.header(restricted=False)


def test_a_restricted_link_commits_to_both_chains() -> None:
    """And leaves the open one where it was."""
    place = bytes(7) + b"\x03" + bytes(7) + b"\x09" + bytes(8)
    expected = hashlib.blake2b(place + FIRST.open + bytes(16) + b"line", digest_size=16)
    second = FIRST.after((3, 9, 0), b"line", restricted=True)
    assert Chain(FIRST.open, expected.digest()) == second


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((4, 8_812, 0), b"line"),
        ((3, 8_813, 0), b"line"),
        ((3, 8_812, 1), b"line"),
        ((3, 8_812, 0), b"lime"),
        ((3, 8_812, 0), b""),
    ],
)
def test_everything_that_makes_a_line_makes_its_link(
    place: tuple[int, int, int], value: bytes
) -> None:
    """Its partition, its record, its number, its bytes."""
    assert GENESIS.after(place, value, restricted=False) != FIRST


def test_the_same_line_in_another_place_of_the_chain_is_another_link() -> None:
    """What was told before it counts."""
    assert FIRST.after((3, 8_812, 0), b"line", restricted=False) != FIRST
