"""Which partition a key belongs to: the default of every Kafka client (murmur2).

The fold needs it as much as the producers do: the TPS whose silence a partition must notice are
those whose kabupaten it would be told of.

Source: `org.apache.kafka.common.utils.Utils.murmur2` (Apache Kafka, public specification of the
default partitioner); the test vectors in `tests/unit/domain/test_partition.py` are Kafka's own.
"""

from typing import Final

__all__ = ["murmur2", "partition_of"]

_SEED: Final = 0x9747B28C
_M: Final = 0x5BD1E995
_MASK: Final = 0xFFFFFFFF


def murmur2(data: bytes) -> int:
    """Return the 32-bit murmur2 hash of `data`, unsigned."""
    length = len(data)
    h = _SEED ^ length
    whole = length & ~3
    for start in range(0, whole, 4):
        k = int.from_bytes(data[start : start + 4], "little") * _M & _MASK
        k = (k ^ (k >> 24)) * _M & _MASK
        h = (h * _M & _MASK) ^ k
    if length > whole:
        h = (h ^ int.from_bytes(data[whole:], "little")) * _M & _MASK
    h = (h ^ (h >> 13)) * _M & _MASK
    return h ^ (h >> 15)


def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition, 0 to `partitions` - 1, that `key` belongs to."""
    assert partitions > 0, "a topic has at least one partition"
    return (murmur2(key) & 0x7FFFFFFF) % partitions
