"""Catch-up rates: everything lies in the topics already, and a worker that starts works it off.

`watch` reads the journal that `intake` has just written; `both` starts on an installation of its
own, so that its journal is empty. The ordinary agent reads the same inputs as `intake` did.
"""

from collections.abc import Callable
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
_TUNED_LINGER_MS: Final = 20
_WORK_S: Final = 150.0
_WARM_UP_SHARE: Final = 0.1
"""Of the work: not measured, because connections, caches and batches are still growing."""
_SEED: Final = 20241127


class Amounts(Struct, frozen=True):
    """How much is worked off in a round."""

    events: int
    """For intake alone and watch alone."""
    both_events: int
    ordinary_s: float
    """How long each ordinary agent is watched; it would take minutes for all events."""


class Round(Struct, frozen=True):
    """Rates of events."""

    intake: Rate
    watch: Rate
    both: Rate
    ordinary: Rate
    """With Faust's defaults."""
    tuned: Rate
    """The ordinary agent when its writes may wait for others."""


class _Load(Struct, frozen=True):
    """What lies in the input topics."""

    events: int
    opening: int
    """Of them: the beginning of the day, which is heavier than the rest and not measured."""

    def measured_from(self, end: int) -> int:
        """Return where measuring begins, if the work ends at `end`."""
        return max(self.opening, round(_WARM_UP_SHARE * end))


def measure_round(stage: Stage, name: str, amounts: Amounts) -> Round:
    """Measure each rate once, one after the other.

    Raises:
        BenchError: A process has ended, or does not come to the end of its work.
    """
    apart, together = f"{name}-apart.", f"{name}-both."
    load = _fill(stage, apart, amounts.events)
    with stage.worker(apart, Role.INTAKE) as process:
        intake = _intake_rate(process, load)
    _report(f"{name}: intake alone", intake)
    with stage.worker(apart, Role.WATCH) as process:
        watch = _watch_rate(process, load, _journal_end(stage.broker, apart))
    _report(f"{name}: watch alone", watch)
    agents: list[Rate] = []
    for linger_ms in (0, _TUNED_LINGER_MS):
        with stage.ordinary_agent(apart, linger_ms) as process:
            agents.append(_ordinary_rate(process, load, amounts.ordinary_s))
        _report(f"{name}: ordinary agent, linger {linger_ms} ms", agents[-1])
    load = _fill(stage, together, amounts.both_events)
    with stage.worker(together, Role.ALL) as process:
        _wait(process, lambda sample: sample.taken >= load.events)
        both = _watch_rate(process, load, _journal_end(stage.broker, together))
    _report(f"{name}: both in one process", both)
    return Round(intake, watch, both, *agents)


def _fill(stage: Stage, prefix: str, count: int) -> _Load:
    """Put a morning on the input topics."""
    stage.make_topics(prefix)
    traffic, at = Traffic(stage.country, _SEED), now_text()
    sender = Sender(stage.broker, prefix, _LOAD_LINGER_MS)
    opening = sender.send_all(traffic.opening(at))
    sent = sender.send_all(traffic.next(at) for _ in range(count))
    say(f"{opening:,} and {sent:,} events are in the topics {prefix}*")
    return _Load(opening + sent, opening)


def _intake_rate(process: Process, load: _Load) -> Rate:
    _wait(process, lambda sample: sample.taken >= load.events)
    counts = [sample.taken for sample in process.samples]
    return rate_between(process.samples, counts, load.measured_from(load.events), load.events)


def _watch_rate(process: Process, load: _Load, end: int) -> Rate:
    """Measure up to where the journal ended when all was in it: marks go on for ever."""
    _wait(process, lambda sample: sample.judged >= end)
    counts = [sample.judged for sample in process.samples]
    return rate_between(process.samples, counts, load.measured_from(end), end)


def _ordinary_rate(process: Process, load: _Load, seconds: float) -> Rate:
    """Measure for some seconds: all events would take minutes."""
    _wait(process, lambda sample: sample.judged >= load.opening)
    process.wait_until(lambda sample: sample.judged >= load.events, seconds)
    counts = [sample.judged for sample in process.samples]
    return rate_between(process.samples, counts, load.opening, load.events)


def _wait(process: Process, is_done: Callable[[Sample], bool]) -> None:
    if not process.wait_until(is_done, _WORK_S):
        raise BenchError(f"too slow: after {_WORK_S:g} s it was at {process.samples[-1:]}")


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
