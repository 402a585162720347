"""Turns what happens in the engine into metrics and a few lines of log.

Metrics answer "how much", a log line "what happened once": a takeover, a foreign write, a rule that
failed. None of them has a scope in it: a scope may be an officer.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.alert import Change
from streams.domain.effects import RuleFault
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Changes, Entry, Output, Slot
from streams.engine.topics import Topic
from streams.fold import PartitionFold
from streams.telemetry.metrics import Metrics

__all__ = ["EngineObserver", "ObservedFold"]

_MEASURED_EVERY: Final = 16
"""Records of one partition between two that are measured: to measure takes as long as to judge."""
_MARKS: Final = (b'{"record":"now"', b'{"record":"heard"')
"""How marks begin: the first field of a journal record names its kind."""
_log: Final = logging.getLogger(__name__)


class _Told(Struct):
    """What a line says that is counted."""

    change: Change
    level: str


class _Received(Struct):
    """What an event in the journal says that is measured."""

    received_at: EpochMs


_told_of: Final = msgspec.json.Decoder(_Told).decode
_received_of: Final = msgspec.json.Decoder(_Received).decode


class EngineObserver:
    """Implements the engine's `Observer`, and is told of failing rules by the folds."""

    def __init__(self, metrics: Metrics) -> None:
        """Count into `metrics`."""
        self.metrics = metrics
        self._accepted: Counter[tuple[str, str]] = Counter()
        """Not handed over yet: a metric's lock takes longer than intake has for a record."""

    def on_accepted(self, topic: str, outcome: str) -> None:
        """One input record was taken; it is in the metric after the next mark."""
        self._accepted[topic, outcome] += 1

    def on_dead_letter(self, reason: str) -> None:
        """One input record could not be taken."""
        self.metrics.dead_letters.labels(reason).inc()

    def on_line(self, output: Output) -> None:
        """One line was told."""
        assert output.value is not None, "a line is no tombstone"
        told = _told_of(output.value)
        self.metrics.lines.labels(told.change).inc()
        if told.change is Change.ESCALATED:
            self.metrics.escalations.labels(told.level).inc()

    def on_mark(self, claims: Mapping[Slot, EpochMs]) -> None:
        """A mark of intake was put into the journal."""
        for labels, count in self._accepted.items():
            self.metrics.events.labels(*labels).inc(count)
        self._accepted.clear()
        least: dict[str, EpochMs] = {}
        for (topic, _), claim in claims.items():
            least[topic] = min(claim, least.get(topic, claim))
        for topic, claim in least.items():
            self.metrics.claim.labels(topic).set(claim / SECOND_MS)

    def on_judged(self, partition: int, entries: int) -> None:
        """So many journal records of a partition were judged."""
        self.metrics.judged.labels(str(partition)).inc(entries)

    def on_takeover(self, partition: int, next_offset: int, *, rebuilt: bool) -> None:
        """A journal partition became ours."""
        self.metrics.takeovers.labels(str(rebuilt).lower()).inc()
        _log.info("took over partition %d of the journal at offset %d", partition, next_offset)
        if rebuilt:
            _log.warning(
                "the saved state of partition %d is another version's, or can't be trusted: it is"
                " judged from the journal's beginning, and lines told already are not told again",
                partition,
            )

    def on_checkpoint(self, rows: int, size: int, seconds: float) -> None:
        """A checkpoint was acknowledged."""
        self.metrics.checkpoint.observe(seconds)
        self.metrics.checkpoint_bytes.inc(size)
        _log.debug("checkpoint of %d rows, %d bytes in %.3f s", rows, size, seconds)

    def on_foreign_write(self, partition: int) -> None:
        """Somebody else has written into the state of a partition that we own."""
        self.metrics.foreign_writes.inc()
        _log.warning("a foreign write into the state of partition %d; it is repaired", partition)

    def on_pack(self, partition: int, election: str, name: str) -> None:
        """A published pack judges an election on a partition from now on."""
        _log.info("%s: partition %d judges by the published pack %s", election, partition, name)

    def on_fault(self, fault: RuleFault) -> None:
        """A rule failed on a scope."""
        self.metrics.rule_faults.labels(fault.rule).inc()
        _log.error("rule %s failed on a scope and was put aside there", fault.rule)


class ObservedFold:
    """A fold that tells what only it can see; implements the engine's `Fold`."""

    def __init__(
        self,
        fold: PartitionFold,
        observer: EngineObserver,
        broker_now: Callable[[], EpochMs] | None,
    ) -> None:
        """Judge by `fold`.

        Args:
            fold: The judgment.
            observer: Is told.
            broker_now: The broker's clock, 0 while unknown; None on a played day, which has none.
        """
        self.fold = fold
        self._observer = observer
        self._broker_now = broker_now
        self._unmeasured = _MEASURED_EVERY
        self._packs: dict[str, str] = {}

    @property
    def layout(self) -> int:
        """Version of what is saved."""
        return self.fold.layout

    def judge(self, entry: Entry) -> Sequence[Output]:
        """Judge the next record of the journal."""
        outputs = self.fold.judge(entry)
        self._unmeasured += 1
        if self._unmeasured > _MEASURED_EVERY and self._broker_now is not None:
            # What was appended is not of the future, whatever is known of the broker's clock.
            self._measure(entry, max(self._broker_now(), entry.appended_at))
        for output in outputs:
            if output.topic == Topic.DEADLETTER:
                self._observer.on_dead_letter(_reason_of(output))
            elif output.topic == Topic.REPLIES:
                self._see_packs()  # It may answer `use_pack`.
        return outputs

    def picture(self) -> Iterator[Output | None]:
        """Yield what of the picture is to be told now."""
        return self.fold.picture()

    def take_changes(self) -> Changes:
        """Return what changed since the last call."""
        return self.fold.take_changes()

    def load(self, rows: Iterable[tuple[bytes, bytes]], meta: bytes | None) -> None:
        """Take on a saved state."""
        self.fold.load(rows, meta)
        self._see_packs()

    def _see_packs(self) -> None:
        state = self.fold.state
        for (election,), row in state.packs.items():
            if self._packs.get(election) != row.name:
                self._packs[election] = row.name
                self._observer.on_pack(state.partition, election, row.name)

    def _measure(self, entry: Entry, now: EpochMs) -> None:
        if not entry.value.startswith(_MARKS):
            late_ms = max(0, now - _received_of(entry.value).received_at)
            self._observer.metrics.decision.observe(late_ms / SECOND_MS)
            self._unmeasured = 0


def _reason_of(letter: Output) -> str:
    return (dict(letter.headers)["reason"] or b"").decode()
