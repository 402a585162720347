"""Turns what happens in the engine into metrics and a few lines of log.

Metrics answer "how much", a log line "what happened once": a takeover, a foreign write, a rule that
failed. None of them has a scope in it: a scope may be an officer.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.alert import Alert, Change
from streams.domain.effects import RuleFault
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Output, Slot
from streams.engine.topics import Topic
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.telemetry.census import opened_at
from streams.telemetry.metrics import Metrics
from streams.telemetry.rule_time import RESTRICTED

__all__ = ["EngineObserver"]

_log: Final = logging.getLogger(__name__)


class _Told(Struct):
    """What a line says that is counted."""

    alert: AlertId
    rule: str
    change: Change
    level: str


_told_of: Final = msgspec.json.Decoder(_Told).decode


class EngineObserver:
    """Implements the engine's `Observer`, and is told of failing rules by the folds."""

    def __init__(self, metrics: Metrics) -> None:
        """Count into `metrics`."""
        self.metrics = metrics
        self.judging: PartitionState | None = None
        """Of the partition whose outputs are told just now: a line says only what has changed."""
        self.world: World | None = None
        """Of the partition that judges just now: it knows which of its rules everybody may know."""
        self._answered: dict[AlertId, EpochMs] = {}
        """Alerts that were acknowledged, and since when they had asked for somebody."""
        self._accepted: Counter[tuple[str, str]] = Counter()
        """Not handed over yet: a metric's lock takes longer than intake has for a record."""

    def on_accepted(self, topic: str, outcome: str) -> None:
        """One input record was taken; it is in the metric after the next mark."""
        self._accepted[topic, outcome] += 1

    def on_dead_letter(self, reason: str) -> None:
        """One input record could not be taken."""
        self.metrics.dead_letters.labels(reason).inc()

    def on_line(self, output: Output) -> None:
        """One line was told; what only some may see is not counted, for anybody may ask."""
        assert output.value is not None, "a line is no tombstone"
        if output.topic == Topic.RESTRICTED_TRANSITIONS:
            return
        told = _told_of(output.value)
        self.metrics.lines.labels(told.change).inc()
        match told.change:
            case Change.ESCALATED:
                self.metrics.escalations.labels(told.level).inc()
            case Change.OPENED | Change.REOPENED:
                self.metrics.rule_firings.labels(told.rule).inc()
            case Change.ACKNOWLEDGED:
                alert = None if self.judging is None else self.judging.alert(told.alert)
                if alert is not None and not alert.drill:
                    self._acknowledged(alert)
            case _:
                pass

    def _acknowledged(self, alert: Alert) -> None:
        """Measure how long an alert has waited for somebody, the first time that it waits no more.

        An acknowledgement that lapses, or is taken back, does not make it a new alert.
        """
        since, at = opened_at(alert), alert.acknowledged_at
        if at is None or self._answered.get(alert.id) == since:
            return  # Of several changes of one record this is not the last.
        self._answered[alert.id] = since
        waited = self.metrics.acknowledge.labels(alert.severity)
        waited.observe(max(0, at - since) / SECOND_MS, {"alert_id": str(alert.id)})

    def on_notice(self, kind: NoticeKind) -> None:
        """A notice is written."""
        self.metrics.notices.labels(kind).inc()

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

    def on_assigned(self, partitions: int, seconds: float) -> None:
        """Records flow again after an assignment, with so many partitions of the journal."""
        # What was claimed of partitions that have gone to others is theirs to show.
        self.metrics.claim.clear()
        if partitions:
            self.metrics.takeover.observe(seconds)

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

    def on_pack_refused(self) -> None:
        """A published pack was refused."""
        self.metrics.packs_refused.inc()
        _log.warning("a published pack was refused; the reply to the command says why")

    def on_fault(self, fault: RuleFault) -> None:
        """A rule failed on a scope."""
        self.metrics.rule_faults.labels(self._shown(fault)).inc()
        _log.error("rule %s failed on a scope and was put aside there", fault.rule)

    def _shown(self, fault: RuleFault) -> str:
        """Return a rule's name, unless only some may know what it is about, or nobody knows."""
        if self.world is None:
            return RESTRICTED
        pack = self.world.of(fault.election).rules.pack
        known = (rule.id for rule in pack.rules if not rule.restricted_to)
        return fault.rule if fault.rule in known else RESTRICTED
