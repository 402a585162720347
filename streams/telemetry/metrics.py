"""Every metric, once: its name, what it means, its labels and which values they can have.

Names begin with `siaga_`, units are seconds and bytes, and every label has a closed set of values
that is known before the day. So no TPS, person or candidate can be in a metric, and the number of
series does not grow with the day. What concerns single places is in the topics.

`docs/reference/metrics.md` is made from this table (`python -m streams.telemetry`).
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

__all__ = ["METRICS", "Kind", "Label", "Metric", "Metrics", "counter", "gauge", "histogram"]


class Kind(StrEnum):
    """What a metric is, as Prometheus calls it."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"
    INFO = "info"
    """A gauge that is always 1: what it says is in its labels."""


class Label(Struct, frozen=True):
    """A label and its values."""

    name: str
    values: str


class Metric(Struct, frozen=True):
    """One metric."""

    name: str
    kind: Kind
    help: str
    labels: tuple[Label, ...] = ()
    buckets: tuple[float, ...] = ()

    @property
    def label_names(self) -> tuple[str, ...]:
        """The names of its labels."""
        return tuple(label.name for label in self.labels)


_PARTITION: Final = Label("partition", "number of a journal partition that this process owns")
_REASON: Final = Label("reason", "reasons of dead letters: `encoding`, `json`, `schema` …")
_TOPIC: Final = Label("topic", "input topics, without the prefix of the installation")
_OUTCOME: Final = Label("outcome", "`journaled`, `broadcast`, `dead`, `clock`")
_SEVERITY: Final = Label("severity", "`critical`, `high`, `medium`, `low`")
_LEVEL: Final = Label("level", "levels of the ladders: `tps`, `polsek`, `polres_ops` …")
_STATE: Final = Label("state", "states of an open alert: `unacknowledged`, `acknowledged` …")
_CHANGE: Final = Label("change", "changes of an alert: `opened`, `escalated` …")
_RULE: Final = Label("rule", "ids of the rules of the loaded packs")
_VERSION: Final = Label("version", "of this program")
_REBUILT: Final = Label("rebuilt", "`true` if the saved state could not be used, else `false`")

_SOON: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
_QUICK: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

EVENTS: Final = Metric(
    "siaga_events_total",
    Kind.COUNTER,
    "Records of input topics that intake has judged.",
    (_TOPIC, _OUTCOME),
)
DEAD_LETTERS: Final = Metric(
    "siaga_dead_letters_total",
    Kind.COUNTER,
    "Events that could not be taken, found by intake or by the judgment (`id_conflict`).",
    (_REASON,),
)
CLAIM: Final = Metric(
    "siaga_claim_timestamp_seconds",
    Kind.GAUGE,
    "Up to when intake has heard an input topic: the least of the partitions held here.",
    (_TOPIC,),
)
JUDGED: Final = Metric(
    "siaga_journal_records_total",
    Kind.COUNTER,
    "Records of the journal, marks of the clocks included, that were judged here.",
    (_PARTITION,),
)
DECISION: Final = Metric(
    "siaga_event_decision_seconds",
    Kind.HISTOGRAM,
    "From the broker's time of receipt of an event to its judgment, by the broker's clock as this"
    " process knows it. One event in sixteen is measured; none of a played day is.",
    buckets=_SOON,
)
NOW: Final = Metric(
    "siaga_now_timestamp_seconds",
    Kind.GAUGE,
    "The clock `now` of a journal partition: ladders go by it.",
    (_PARTITION,),
)
HEARD: Final = Metric(
    "siaga_heard_timestamp_seconds",
    Kind.GAUGE,
    "The clock `heard` of a journal partition: absence is judged up to it.",
    (_PARTITION,),
)
BLIND: Final = Metric(
    "siaga_blind",
    Kind.GAUGE,
    "1 while `heard` is more than 60 s behind `now`: silence is not judged there (X05).",
    (_PARTITION,),
)
LINES: Final = Metric(
    "siaga_lines_total",
    Kind.COUNTER,
    "Changes of alerts that were told.",
    (_CHANGE,),
)
ESCALATIONS: Final = Metric(
    "siaga_escalations_total",
    Kind.COUNTER,
    "Steps up a ladder, by the level that was told.",
    (_LEVEL,),
)
ALERTS_OPEN: Final = Metric(
    "siaga_alerts_open",
    Kind.GAUGE,
    "Open alerts of the journal partitions that this process owns, counted when asked.",
    (_SEVERITY, _LEVEL, _STATE),
)
DEADLINES_OVERDUE: Final = Metric(
    "siaga_deadlines_overdue",
    Kind.GAUGE,
    "Alerts whose next deadline lies over a second behind stream time; 0 if all is well.",
    (_LEVEL,),
)
RULE_FAULTS: Final = Metric(
    "siaga_rule_faults_total",
    Kind.COUNTER,
    "Failures of a rule on a scope, where it is put aside from then on.",
    (_RULE,),
)
TAKEOVERS: Final = Metric(
    "siaga_takeovers_total",
    Kind.COUNTER,
    "Journal partitions that this process took over.",
    (_REBUILT,),
)
CHECKPOINT: Final = Metric(
    "siaga_checkpoint_seconds",
    Kind.HISTOGRAM,
    "From the cut of a checkpoint to its acknowledgement.",
    buckets=_QUICK,
)
CHECKPOINT_BYTES: Final = Metric(
    "siaga_checkpoint_bytes_total",
    Kind.COUNTER,
    "Size of all rows that checkpoints have written, before compression.",
)
FOREIGN_WRITES: Final = Metric(
    "siaga_foreign_writes_total",
    Kind.COUNTER,
    "Writes of somebody else into the state of a partition that is ours; they are repaired.",
)
BUILD: Final = Metric(
    "siaga_build_info", Kind.INFO, "Always 1; says which version runs.", (_VERSION,)
)

METRICS: Final = (
    EVENTS,
    DEAD_LETTERS,
    CLAIM,
    JUDGED,
    DECISION,
    NOW,
    HEARD,
    BLIND,
    LINES,
    ESCALATIONS,
    ALERTS_OPEN,
    DEADLINES_OVERDUE,
    RULE_FAULTS,
    TAKEOVERS,
    CHECKPOINT,
    CHECKPOINT_BYTES,
    FOREIGN_WRITES,
    BUILD,
)
"""All of them, in the order in which an event passes them."""


class Metrics:
    """The metrics that are counted as things happen; `states.py` has the others."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register them."""
        self.events = counter(registry, EVENTS)
        self.dead_letters = counter(registry, DEAD_LETTERS)
        self.claim = gauge(registry, CLAIM)
        self.judged = counter(registry, JUDGED)
        self.decision = histogram(registry, DECISION)
        self.lines = counter(registry, LINES)
        self.escalations = counter(registry, ESCALATIONS)
        self.rule_faults = counter(registry, RULE_FAULTS)
        self.takeovers = counter(registry, TAKEOVERS)
        self.checkpoint = histogram(registry, CHECKPOINT)
        self.checkpoint_bytes = counter(registry, CHECKPOINT_BYTES)
        self.foreign_writes = counter(registry, FOREIGN_WRITES)


def counter(registry: CollectorRegistry, metric: Metric) -> Counter:
    """Register a counter."""
    return Counter(metric.name, metric.help, metric.label_names, registry=registry)


def gauge(registry: CollectorRegistry, metric: Metric) -> Gauge:
    """Register a gauge."""
    return Gauge(metric.name, metric.help, metric.label_names, registry=registry)


def histogram(registry: CollectorRegistry, metric: Metric) -> Histogram:
    """Register a histogram with the metric's own buckets."""
    return Histogram(
        metric.name, metric.help, metric.label_names, registry=registry, buckets=metric.buckets
    )
