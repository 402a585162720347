"""Latency: from the moment an event is sent to the moment its line is in a consumer's hands.

One process sends and consumes, so both times are of one clock. The load is constant; every
twentieth event is one that makes a line at once, in turns an officer's call for help (its line is
`opened`) and the acknowledgement of another's (`acknowledged`), whose alert was open before.
"""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

import msgspec
from confluent_kafka import Consumer, TopicPartition
from msgspec import Struct

from streams.config import Role
from streams.engine.topics import Topic
from tests.bench.country import Country, Officer
from tests.bench.processes import BenchError
from tests.bench.sending import Sender, now_text
from tests.bench.stage import JOURNAL_PARTITIONS, Stage, say
from tests.bench.traffic import Message, Traffic, acknowledgement, duress, officer_alert

__all__ = ["Callers", "Marked", "Marker", "Schedule", "measure_latency", "schedule"]

RATE_PER_S: Final = 2_000
MARKED_EVERY: Final = 20
_LINGER_MS: Final = 5
"""What Kafka's own producer waits by default. Source: KIP-1030."""
_TICK_S: Final = 0.005
_LOOK_S: Final = 0.05
_START_S: Final = 60.0
_DRAIN_S: Final = 30.0
_SEED: Final = 19450817

Marked = tuple[str, str]
"""Alert and change: which line an event makes."""


class Marker(NamedTuple):
    """An event, and the line that it makes at once; empty if it makes none."""

    message: Message
    line: Marked | tuple[()]


class Schedule(Struct, frozen=True):
    """How long is sent."""

    warm_up_s: float
    measured_s: float


class _Line(Struct):
    alert: str
    change: str


_line_of: Final = msgspec.json.Decoder(_Line).decode


class Callers(NamedTuple):
    """Officers whose calls for help are not part of the ordinary traffic."""

    before: Sequence[Officer]
    """They call before the measurement, and are acknowledged in it."""
    during: Sequence[Officer]

    @classmethod
    def of(cls, country: Country, traffic: Traffic) -> "Callers":
        """Divide those who do not call in `traffic`."""
        quiet = [officer for officer in country.officers if officer not in traffic.callers]
        return cls(quiet[::2], quiet[1::2])


def schedule(callers: Callers, traffic: Traffic, at: str) -> Iterator[Marker]:
    """Yield events, every `MARKED_EVERY`th of which makes a line, while there are officers."""
    for before, during in zip(*callers, strict=False):
        yield from _ordinary(traffic, at)
        yield Marker(duress(during, at), (officer_alert(during), "opened"))
        yield from _ordinary(traffic, at)
        command = acknowledgement(f"ack-{before.id}", before, at)
        yield Marker(command, (officer_alert(before), "acknowledged"))


def _ordinary(traffic: Traffic, at: str) -> Iterator[Marker]:
    for _ in range(MARKED_EVERY - 1):
        yield Marker(traffic.next(at), ())


class _Receiver:
    """Notes when each line is received."""

    def __init__(self, broker: str, prefix: str) -> None:
        self._consumer = Consumer(
            {
                "bootstrap.servers": broker,
                "group.id": f"{prefix}latency",
                "enable.auto.commit": False,
            }
        )
        slots = range(JOURNAL_PARTITIONS)
        self._consumer.assign([TopicPartition(prefix + Topic.TRANSITIONS, n, 0) for n in slots])
        self.received_s: dict[Marked, float] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._receive)
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        self._thread.join()
        self._consumer.close()

    def wait_for(self, lines: AbstractSet[Marked], timeout_s: float) -> bool:
        give_up = time.monotonic() + timeout_s
        while missing := bool(lines - self.received_s.keys()):
            if time.monotonic() > give_up:
                break
            time.sleep(_LOOK_S)
        return not missing

    def _receive(self) -> None:
        while not self._is_over.is_set():
            message = self._consumer.poll(0.1)
            if message is None or message.error() is not None:
                continue
            at, value = time.monotonic(), message.value()
            assert value is not None, "a line is no tombstone"
            line = _line_of(value)
            self.received_s.setdefault((line.alert, line.change), at)


def measure_latency(
    stage: Stage, name: str, roles: Sequence[Role], times: Schedule
) -> Sequence[float]:
    """Return the milliseconds from sending to receipt of each line after the warm-up.

    Raises:
        BenchError: A process has ended, or a line did not come.
    """
    prefix = f"{name}."
    stage.make_topics(prefix)
    with contextlib.ExitStack() as stack:
        for role in roles:
            stack.enter_context(stage.worker(prefix, role))
        receiver = _Receiver(stage.broker, prefix)
        stack.callback(receiver.stop)
        sender = Sender(stage.broker, prefix, linger_ms=_LINGER_MS)
        traffic, at = Traffic(stage.country, _SEED), now_text()
        callers = Callers.of(stage.country, traffic)
        pairs = RATE_PER_S * (times.warm_up_s + times.measured_s) / (2 * MARKED_EVERY)
        assert pairs < len(callers.before), "too few officers for so long a measurement"
        sender.send_all(traffic.opening(at))
        sender.send_all(duress(officer, at) for officer in callers.before)
        if not receiver.wait_for(
            {(officer_alert(one), "opened") for one in callers.before}, _START_S
        ):
            raise BenchError(f"{name}: the worker did not tell of {len(callers.before)} calls")
        say(f"{name}: the worker is up, {RATE_PER_S:,} events a second begin")
        sent_s = _send(sender, schedule(callers, traffic, now_text()), times)
        receiver.wait_for(sent_s.keys(), _DRAIN_S)
    return _latencies(sent_s, receiver.received_s, times)


def _send(sender: Sender, events: Iterator[Marker], times: Schedule) -> dict[Marked, float]:
    """Send at the rate, and return when each event that makes a line was handed over."""
    sent_s: dict[Marked, float] = {}
    began, count = time.monotonic(), 0
    while (passed := time.monotonic() - began) < times.warm_up_s + times.measured_s:
        while count < passed * RATE_PER_S:
            message, line = next(events)
            if line:
                sent_s[line] = time.monotonic()
            sender.send(message)
            count += 1
        sender.serve()
        time.sleep(_TICK_S)
    sender.flush()
    return sent_s


def _latencies(
    sent_s: dict[Marked, float], received_s: dict[Marked, float], times: Schedule
) -> Sequence[float]:
    missing = len(sent_s.keys() - received_s.keys())
    if missing:
        raise BenchError(f"{missing} of {len(sent_s)} lines did not come within {_DRAIN_S:g} s")
    measured_from = min(sent_s.values()) + times.warm_up_s
    return [(received_s[line] - at) * 1_000 for line, at in sent_s.items() if at >= measured_from]
