"""Kafka's own partitioner: the same numbers, or events would be judged where nobody looks."""

from typing import Final

import pytest

from streams.domain.partition import murmur2, partition_of

# Source: Apache Kafka, `UtilsTest.testMurmur2`.
VECTORS: Final = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}


@pytest.mark.parametrize("data", VECTORS)
def test_the_hash_is_kafkas(data: bytes) -> None:
    """Kafka prints it as a signed number, we keep it unsigned."""
    assert VECTORS[data] % (1 << 32) == murmur2(data)


def test_every_length_of_the_tail_is_hashed() -> None:
    """Four bytes at a time, and what is left: each of the lengths gives another hash."""
    assert 9 == len({murmur2(b"x" * length) for length in range(9)})


def test_a_partition_is_the_hash_without_its_sign() -> None:
    """`toPositive(murmur2(key)) % partitions`, as the default partitioner has it."""
    expected = [(VECTORS[data] & 0x7FFFFFFF) % 16 for data in VECTORS]
    assert expected == [partition_of(data, 16) for data in VECTORS]


def test_a_topic_with_one_partition_has_all_keys() -> None:
    """There is nowhere else to go."""
    assert {0} == {partition_of(data, 1) for data in VECTORS}


def test_no_partitions_is_a_mistake() -> None:
    """A programmer's, so it is an assertion."""
    with pytest.raises(AssertionError, match="at least one partition"):
        partition_of(b"36.04", 0)
