"""Catch-up rates: everything lies in the topics already, and a worker that starts works it off.

`watch` reads the journal that `intake` has just written; `both` starts on an installation of its
own, so that its journal is empty. The ordinary agent reads the same inputs as `intake` did.
"""

from typing import Final

from confluent_kafka import Consumer, TopicPartition
from msgspec import Struct

from streams.config import Role
from streams.engine.topics import Topic
from tests.bench.figures import Rate, Sample, rate_between
from tests.bench.processes import BenchError, Process
from tests.bench.sending import Sender, now_text
from tests.bench.stage import JOURNAL_PARTITIONS, Stage, say
from tests.bench.traffic import Traffic

__all__ = ["Amounts", "Round", "measure_round"]

_LOAD_LINGER_MS: Final = 20
_START_S: Final = 60.0
_WORK_S: Final = 90.0
_SEED: Final = 20241127


class Amounts(Struct, frozen=True):
    """How much is worked off in a round."""

    events: int
    """For intake alone and watch alone."""
    both_events: int
    ordinary_s: float
    """How long the ordinary agent is watched; it would take minutes for all events."""


class Round(Struct, frozen=True):
    """Rates of events."""

    intake: Rate
    watch: Rate
    both: Rate
    ordinary: Rate


def measure_round(stage: Stage, name: str, amounts: Amounts) -> Round:
    """Measure each rate once, one after the other.

    Raises:
        BenchError: A process has ended, or does not come to the end of its work.
    """
    apart, together = f"{name}-apart.", f"{name}-both."
    loaded = _load(stage, apart, amounts.events)
    with stage.worker(apart, Role.INTAKE) as process:
        intake = _intake_rate(process, loaded)
    _report(f"{name}: intake alone", intake)
    with stage.worker(apart, Role.WATCH) as process:
        watch = _watch_rate(stage, process, apart)
    _report(f"{name}: watch alone", watch)
    with stage.ordinary_agent(apart) as process:
        ordinary = _ordinary_rate(process, loaded, amounts.ordinary_s)
    _report(f"{name}: ordinary agent", ordinary)
    loaded = _load(stage, together, amounts.both_events)
    with stage.worker(together, Role.ALL) as process:
        _wait(process, loaded, in_journal=False)
        both = _watch_rate(stage, process, together)
    _report(f"{name}: both in one process", both)
    return Round(intake, watch, both, ordinary)


def _load(stage: Stage, prefix: str, count: int) -> int:
    """Put a morning on the input topics, and return how many events it has."""
    stage.make_topics(prefix)
    traffic, at = Traffic(stage.country, _SEED), now_text()
    sender = Sender(stage.broker, prefix, _LOAD_LINGER_MS)
    opened = sender.send_all(traffic.opening(at))
    sent = opened + sender.send_all(traffic.next(at) for _ in range(count - opened))
    say(f"{sent:,} events are in the topics {prefix}*")
    return sent


def _intake_rate(process: Process, loaded: int) -> Rate:
    _wait(process, loaded, in_journal=False)
    return rate_between(process.samples, [sample.taken for sample in process.samples], loaded)


def _watch_rate(stage: Stage, process: Process, prefix: str) -> Rate:
    """Measure up to where the journal ends now: marks go on for ever."""
    end = _journal_end(stage.broker, prefix)
    _wait(process, end, in_journal=True)
    return rate_between(process.samples, [sample.judged for sample in process.samples], end)


def _ordinary_rate(process: Process, loaded: int, seconds: float) -> Rate:
    if not process.wait_until(lambda sample: sample.judged > 0, _START_S):
        raise BenchError("the ordinary agent did not begin")
    process.wait_until(lambda sample: sample.judged >= loaded, seconds)
    return rate_between(process.samples, [sample.judged for sample in process.samples], loaded)


def _wait(process: Process, end: int, *, in_journal: bool) -> None:
    def is_done(sample: Sample) -> bool:
        return (sample.judged if in_journal else sample.taken) >= end

    if not process.wait_until(is_done, _START_S + _WORK_S):
        raise BenchError(f"{end:,} records were not worked off; the last was {process.samples[-1]}")


def _journal_end(broker: str, prefix: str) -> int:
    """Return how many records the journal has."""
    consumer = Consumer({"bootstrap.servers": broker, "group.id": f"{prefix}bench"})
    try:
        return sum(
            consumer.get_watermark_offsets(TopicPartition(prefix + Topic.JOURNAL, number))[1]
            for number in range(JOURNAL_PARTITIONS)
        )
    finally:
        consumer.close()


def _report(what: str, rate: Rate) -> None:
    say(
        f"{what}: {rate.per_s:,.0f} a second over {rate.seconds:.1f} s, "
        f"{rate.per_cpu_s:,.0f} in a second of processor time"
    )
