"""A load of signed requests on a gate, good and bad, and what it answered to each.

    python -m tests.bench.gate HOST:PORT RATE SECONDS SECRET

Requests are made and signed before the clock starts, and sent at fixed times over connections that
are kept: what a busy gate delays is counted from when it should have been sent. Prints one JSON
object: how fast, how long, and by kind of request which statuses, and which ids were promised.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import Struct

from streams.sinks.signing import sign, signing_key

__all__ = ["EXPECTED", "PRODUCER", "Kind", "Load", "Run", "read_run"]

PRODUCER: Final = "load"
_TOPIC: Final = "tps.status"
_CONNECTIONS: Final = 48
_OVERSIZE: Final = (1 << 20) + 1
_BATCH: Final = 5
_HOUR_S: Final = 3_600
_STRANGER: Final = b"a key that nobody here knows...."
_LATER_S: Final = 2
"""A repeat comes so long after its original, which so was there before on any connection."""


class Kind(StrEnum):
    """What kinds of requests come."""

    GOOD = "good"
    BATCH = "batch"
    REPEAT = "repeat"
    """Of a good one, the very same."""
    FORGED = "forged"
    OLD = "old"
    """Signed well, an hour ago."""
    REUSED = "reused"
    """Signed well, with the id of another one."""
    OVERSIZE = "oversize"
    BAD = "bad"
    """Signed well, and no event."""


EXPECTED: Final = {
    Kind.GOOD: 202,
    Kind.BATCH: 202,
    Kind.REPEAT: 202,
    Kind.FORGED: 401,
    Kind.OLD: 401,
    Kind.REUSED: 409,
    Kind.OVERSIZE: 413,
    Kind.BAD: 400,
}
_EVERY: Final = (
    (997, Kind.OVERSIZE),
    (53, Kind.BATCH),
    (23, Kind.REPEAT),
    (19, Kind.FORGED),
    (37, Kind.OLD),
    (31, Kind.REUSED),
    (41, Kind.BAD),
)
"""Which of how many requests is of a kind; the first that fits counts, all others are good."""


class Load(Struct, frozen=True):
    """How much is sent where."""

    host: str
    port: int
    rate: int
    seconds: int
    secret: str


class Run(Struct, frozen=True):
    """What came of a load."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    statuses: dict[Kind, dict[int, int]]
    promised: list[str]
    """Ids of events that were answered with 202."""

    @property
    def per_second(self) -> float:
        """Requests answered a second."""
        return self.requests / self.seconds


class _Request(Struct, frozen=True):
    kind: Kind
    ids: tuple[str, ...]
    data: bytes


def read_run(output: bytes) -> Run:
    """Return what a run has printed."""
    return msgspec.json.decode(output, type=Run)


def main(words: Sequence[str]) -> None:
    """Send a load, and print what came of it."""
    where, rate, seconds, secret = words
    host, _, port = where.rpartition(":")
    load = Load(host, int(port), int(rate), int(seconds), secret)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(_run(load))) + b"\n")


def _requests(load: Load) -> Iterator[_Request]:
    key, now = signing_key(load.secret), int(time.time())
    earlier = deque[tuple[str, bytes]](maxlen=_LATER_S * load.rate)
    for number in range(load.rate * load.seconds):
        kind = _kind_of(number, has_earlier=len(earlier) > _LATER_S * load.rate // 2)
        ids = tuple(f"e-{number}-{one}" for one in range(_BATCH if kind is Kind.BATCH else 1))
        name, body = f"m-{number}", _body(kind, ids)
        if kind is Kind.GOOD:
            earlier.append((name, body))
        elif kind is Kind.REPEAT:
            (name, body), ids = earlier[0], ()
        elif kind is Kind.REUSED:
            name = earlier[0][0]
        signer = _STRANGER if kind is Kind.FORGED else key
        at = now - _HOUR_S if kind is Kind.OLD else now
        yield _Request(kind, ids, _head(sign([signer], name, at, body), body) + body)


def _kind_of(number: int, *, has_earlier: bool) -> Kind:
    kind = next((one for every, one in _EVERY if number % every == every - 1), Kind.GOOD)
    is_later = kind in {Kind.REPEAT, Kind.REUSED}
    return Kind.GOOD if is_later and not has_earlier else kind


def _body(kind: Kind, ids: Sequence[str]) -> bytes:
    body = _event(ids[0])
    if kind is Kind.BATCH:
        return b"[" + b",".join(map(_event, ids)) + b"]"
    if kind is Kind.OVERSIZE:
        return body.ljust(_OVERSIZE)
    return body.replace(b"heartbeat", b"heart") if kind is Kind.BAD else body


def _event(name: str) -> bytes:
    event = {
        "id": name,
        "at": "2024-11-27T07:10:00+07:00",
        "kind": "heartbeat",
        "tps": "36.04.17.2010-001",
        "situation": "aman",
        "source": {"id": "kpps-1", "role": "kpps"},
    }
    return json.dumps(event).encode()


def _head(signature: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"POST /v1/{_TOPIC} HTTP/1.1",
        "host: gate.example",
        "content-type: application/json",
        f"siaga-producer: {PRODUCER}",
        *(f"{name}: {text}" for name, text in signature.items()),
        f"content-length: {len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _run(load: Load) -> Run:
    requests = list(_requests(load))
    took = list[float]()
    statuses: dict[Kind, Counter[int]] = {kind: Counter() for kind in Kind}
    promised = list[str]()
    began = asyncio.get_running_loop().time() + 0.2

    async def connection(first: int) -> None:
        reader, writer = await asyncio.open_connection(load.host, load.port)
        for number in range(first, len(requests), _CONNECTIONS):
            due = began + number / load.rate
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
            writer.write(requests[number].data)
            status = await _status(reader)
            took.append(asyncio.get_running_loop().time() - due)
            statuses[requests[number].kind][status] += 1
            if status == EXPECTED[Kind.GOOD]:
                promised.extend(requests[number].ids)
        writer.close()

    await asyncio.gather(*(connection(first) for first in range(_CONNECTIONS)))
    seconds = asyncio.get_running_loop().time() - began
    took.sort()
    counted = {kind: dict(found) for kind, found in statuses.items()}
    p50, p99 = (took[int(len(took) * share)] * 1_000 for share in (0.5, 0.99))
    return Run(len(requests), seconds, p50, p99, counted, promised)


async def _status(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    main(sys.argv[1:])
