"""Metrics that are read when Prometheus asks: of partitions, of open alerts and of this process.

`states.py` reads them from what the folds remember, `partitions.py` from the engine.
"""

from typing import Final

from streams.telemetry.metrics import LEVEL, PARTITION, SEVERITY, STATE, Kind, Label, Metric

__all__ = [
    "ALERTS_OPEN",
    "BLIND",
    "BROKER_CLOCK_OFFSET",
    "BUILD",
    "CHECKPOINT_AT",
    "DEADLINES_OVERDUE",
    "HEARD",
    "JOURNAL_LAG",
    "NOW",
    "OLDEST_UNACKNOWLEDGED",
    "PACK",
    "PARTITIONS",
    "STATE_METRICS",
    "STATE_ROWS",
]

_ELECTION: Final = Label("election", "ids of the elections that are watched")
_PACK: Final = Label("pack", "the first 12 digits of the hash of a pack")
_VERSION: Final = Label("version", "of this program")

NOW: Final = Metric(
    "siaga_now_timestamp_seconds",
    Kind.GAUGE,
    "The clock `now` of a journal partition: ladders go by it.",
    (PARTITION,),
)
HEARD: Final = Metric(
    "siaga_heard_timestamp_seconds",
    Kind.GAUGE,
    "The clock `heard` of a journal partition: absence is judged up to it.",
    (PARTITION,),
)
BLIND: Final = Metric(
    "siaga_blind",
    Kind.GAUGE,
    "1 while `heard` is more than 60 s behind `now`: silence is not judged there (X05).",
    (PARTITION,),
)
JOURNAL_LAG: Final = Metric(
    "siaga_journal_lag_records",
    Kind.GAUGE,
    "Records of a journal partition that are written and not judged yet, as far as its end is"
    " known here: by the newest answer of the broker to a fetch or to a mark.",
    (PARTITION,),
)
CHECKPOINT_AT: Final = Metric(
    "siaga_checkpoint_timestamp_seconds",
    Kind.GAUGE,
    "When the state of a partition was last known to be saved whole, by this machine's clock.",
    (PARTITION,),
)
STATE_ROWS: Final = Metric(
    "siaga_state_rows",
    Kind.GAUGE,
    "Rows that are remembered of a partition: what a takeover has to read at least.",
    (PARTITION,),
)
PACK: Final = Metric(
    "siaga_pack_info",
    Kind.INFO,
    "Always 1; says which pack judges an election on a partition.",
    (PARTITION, _ELECTION, _PACK),
)
ALERTS_OPEN: Final = Metric(
    "siaga_alerts_open",
    Kind.GAUGE,
    "Open alerts of the journal partitions that this process owns, counted when asked; drills are"
    " among them, and those that only some may see are not.",
    (SEVERITY, LEVEL, STATE),
)
OLDEST_UNACKNOWLEDGED: Final = Metric(
    "siaga_alerts_oldest_unacknowledged_timestamp_seconds",
    Kind.GAUGE,
    "When the oldest alert that nobody has acknowledged opened, or came back, by stream time; 0:"
    " there is none. Drills and alerts that only some may see are left out.",
    (SEVERITY,),
)
DEADLINES_OVERDUE: Final = Metric(
    "siaga_deadlines_overdue",
    Kind.GAUGE,
    "Alerts whose next deadline lies over a second behind stream time; 0 if all is well.",
    (LEVEL,),
)
PARTITIONS: Final = Metric(
    "siaga_partitions",
    Kind.GAUGE,
    "Journal partitions that the installation has, whoever owns them.",
)
BROKER_CLOCK_OFFSET: Final = Metric(
    "siaga_broker_clock_offset_seconds",
    Kind.GAUGE,
    "How far the broker's clock is ahead of this machine's; away while it is not known, and on a"
    " played day.",
)
BUILD: Final = Metric(
    "siaga_build_info", Kind.INFO, "Always 1; says which version runs.", (_VERSION,)
)

STATE_METRICS: Final = (
    NOW,
    HEARD,
    BLIND,
    JOURNAL_LAG,
    CHECKPOINT_AT,
    STATE_ROWS,
    PACK,
    ALERTS_OPEN,
    OLDEST_UNACKNOWLEDGED,
    DEADLINES_OVERDUE,
    PARTITIONS,
    BROKER_CLOCK_OFFSET,
    BUILD,
)
"""All of them."""
