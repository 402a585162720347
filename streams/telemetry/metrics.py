"""Metrics of a worker that are counted as things happen, and what a metric is.

Every metric is declared once, here or in `state_metrics`, `area_metrics`, `couriers`, `doors` and
`rooms`: its name, what it means, its labels and which values they can have. Names begin with
`siaga_`, units are seconds and bytes, and every label has a closed set of values that is known
before the day (`bounds`). So no TPS, person or candidate can be in a metric, and the number of
series does not grow with the day.

`docs/reference/metrics.md` is made from these tables (`python -m streams.telemetry`).
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

__all__ = [
    "LEVEL",
    "METRICS",
    "PARTITION",
    "SEVERITY",
    "STATE",
    "Kind",
    "Label",
    "Metric",
    "Metrics",
    "counter",
    "gauge",
    "histogram",
]


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


PARTITION: Final = Label("partition", "number of a journal partition that this process owns")
SEVERITY: Final = Label("severity", "`critical`, `high`, `medium`, `low`")
LEVEL: Final = Label("level", "levels of the ladders: `tps`, `polsek`, `polres_ops` …")
STATE: Final = Label("state", "states of an open alert: `unacknowledged`, `acknowledged` …")
_REASON: Final = Label("reason", "reasons of dead letters: `encoding`, `json`, `schema` …")
_TOPIC: Final = Label("topic", "input topics, without the prefix of the installation")
_OUTCOME: Final = Label("outcome", "`journaled`, `broadcast`, `dead`, `clock`")
_CHANGE: Final = Label("change", "changes of an alert: `opened`, `escalated` …")
_RULE: Final = Label(
    "rule", "ids of the rules of the loaded packs; `restricted`: all whose alerts only some may see"
)
_KIND: Final = Label("kind", "`call`, `inform`, `roll_up`")
_REBUILT: Final = Label("rebuilt", "`true` if the saved state could not be used, else `false`")

_SOON: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
_QUICK: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_PATIENT: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
_LADDER: Final = (10.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0)
"""As the ladders climb: after 3 minutes, 5 or 15, by the severity. Source: contract §5."""

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
    (PARTITION,),
)
DECISION: Final = Metric(
    "siaga_event_decision_seconds",
    Kind.HISTOGRAM,
    "From the broker's time of receipt of an event to its judgment, by the broker's clock as this"
    " process knows it. One event in sixteen is measured; none of a played day is.",
    buckets=_SOON,
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
    (LEVEL,),
)
ACKNOWLEDGE: Final = Metric(
    "siaga_acknowledge_seconds",
    Kind.HISTOGRAM,
    "From the opening of an alert, or its coming back, to the first acknowledgement after that, by"
    " stream time; drills, and what only some may see, are left out. An exemplar names the alert.",
    (SEVERITY,),
    buckets=_LADDER,
)
NOTICES: Final = Metric(
    "siaga_notices_total",
    Kind.COUNTER,
    "Notices that the judgment has written, by what they want.",
    (_KIND,),
)
RULE_FIRINGS: Final = Metric(
    "siaga_rule_firings_total",
    Kind.COUNTER,
    "Alerts that a rule has opened or reopened, drills included.",
    (_RULE,),
)
RULE_SECONDS: Final = Metric(
    "siaga_rule_seconds_total",
    Kind.COUNTER,
    "Time in which a rule was asked: one journal record in 64 is measured, and counts for all.",
    (_RULE,),
)
RULE_FAULTS: Final = Metric(
    "siaga_rule_faults_total",
    Kind.COUNTER,
    "Failures of a rule on a scope, where it is put aside from then on; of a rule whose alerts only"
    " some may see the log alone has the name.",
    (_RULE,),
)
PACKS_REFUSED: Final = Metric(
    "siaga_packs_refused_total",
    Kind.COUNTER,
    "Published packs that could not be taken on, or that somebody may not order to be.",
)
TAKEOVERS: Final = Metric(
    "siaga_takeovers_total",
    Kind.COUNTER,
    "Journal partitions that this process took over.",
    (_REBUILT,),
)
TAKEOVER: Final = Metric(
    "siaga_takeover_seconds",
    Kind.HISTOGRAM,
    "From an assignment of journal partitions to the moment at which their judging goes on.",
    buckets=_PATIENT,
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

METRICS: Final = (
    EVENTS,
    DEAD_LETTERS,
    CLAIM,
    JUDGED,
    DECISION,
    LINES,
    ESCALATIONS,
    ACKNOWLEDGE,
    NOTICES,
    RULE_FIRINGS,
    RULE_SECONDS,
    RULE_FAULTS,
    PACKS_REFUSED,
    TAKEOVERS,
    TAKEOVER,
    CHECKPOINT,
    CHECKPOINT_BYTES,
    FOREIGN_WRITES,
)
"""All that are counted, in the order in which an event passes them."""


class Metrics:
    """The metrics that are counted as things happen; `states.py` and `areas.py` have the others."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register them."""
        self.events = counter(registry, EVENTS)
        self.dead_letters = counter(registry, DEAD_LETTERS)
        self.claim = gauge(registry, CLAIM)
        self.judged = counter(registry, JUDGED)
        self.decision = histogram(registry, DECISION)
        self.lines = counter(registry, LINES)
        self.escalations = counter(registry, ESCALATIONS)
        self.acknowledge = histogram(registry, ACKNOWLEDGE)
        self.notices = counter(registry, NOTICES)
        self.rule_firings = counter(registry, RULE_FIRINGS)
        self.rule_seconds = counter(registry, RULE_SECONDS)
        self.rule_faults = counter(registry, RULE_FAULTS)
        self.packs_refused = counter(registry, PACKS_REFUSED)
        self.takeovers = counter(registry, TAKEOVERS)
        self.takeover = histogram(registry, TAKEOVER)
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
