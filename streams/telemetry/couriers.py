"""Metrics of `siaga notify`, and who counts them.

The label `type` is the type of a channel, never its name or an address: how many are reached by
text messages is no secret, who is would be.
"""

import logging
from typing import Final

from prometheus_client import CollectorRegistry

from streams.courier.observer import Held
from streams.delivery.breaker import BreakerState
from streams.delivery.parcel import Result
from streams.domain.receipt import ReceiptOutcome
from streams.engine.topics import Topic
from streams.telemetry.metrics import Kind, Label, Metric, counter, gauge, histogram

__all__ = ["NOTIFY_METRICS", "NotifyObserver"]

_TYPE: Final = Label(
    "type", "types of channels: `http`, `telegram`, `webhook` …; `none`: no channel"
)
_OUTCOME: Final = Label("receipt", "`delivered`, `failed`, `blocked`, `unaddressed`")
_RESULT: Final = Label("result", "`delivered`, `again`, `refused`, `closed`")
_BREAKER: Final = Label("breaker", "`closed`, `open`, `half_open`")
_MIRROR: Final = Label("mirror", "names of the mirrors in the file that `notify_file` names")
_LOOK: Final = Label("look", "`equal`, `try_again`, `refused`, `fault`")
_TOPIC: Final = Label("read", "topics that are read: `siaga.notices`, `siaga.alerts` …")
_NO_CHANNEL: Final = "none"
"""In the place of a type: a notice that no channel of ours has."""
_TOPICS: Final = (Topic.NOTICES, Topic.RESTRICTED_NOTICES, Topic.ALERTS, Topic.RESTRICTED_ALERTS)
_MINUTES: Final = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3_600.0)

RECEIPTS: Final = Metric(
    "siaga_notify_receipts_total",
    Kind.COUNTER,
    "Attempts at notices that have ended: one notice has several if its fallbacks were needed.",
    (_TYPE, _OUTCOME),
)
TRIES: Final = Metric(
    "siaga_notify_tries_total", Kind.COUNTER, "Tries to deliver a message.", (_TYPE, _RESULT)
)
OVER_LIMIT: Final = Metric(
    "siaga_notify_over_limit_total",
    Kind.COUNTER,
    "Messages with a critical call that went although the limit of calls was reached.",
    (_TYPE,),
)
BUNDLED: Final = Metric(
    "siaga_notify_bundled_total",
    Kind.COUNTER,
    "Notices that were told together with others in one message.",
    (_TYPE,),
)
SECONDS: Final = Metric(
    "siaga_notify_delivery_seconds",
    Kind.HISTOGRAM,
    "From the broker's time of a notice to its delivery.",
    (_TYPE,),
    buckets=_MINUTES,
)
HELD: Final = Metric(
    "siaga_notify_held", Kind.GAUGE, "Notices that are taken and not settled yet.", (_TYPE,)
)
FILLED: Final = Metric(
    "siaga_notify_held_ratio",
    Kind.GAUGE,
    "Notices that are held, as a part of those that may be; at 1 nothing more is taken in.",
)
OLDEST: Final = Metric(
    "siaga_notify_oldest_timestamp_seconds",
    Kind.GAUGE,
    "The broker's time of the oldest notice that is not settled yet; 0: there is none.",
    (_TYPE,),
)
BREAKERS: Final = Metric(
    "siaga_notify_breakers",
    Kind.GAUGE,
    "Servers behind channels, by the state of their circuit breakers.",
    (_TYPE, _BREAKER),
)
UNREADABLE: Final = Metric(
    "siaga_notify_unreadable_total",
    Kind.COUNTER,
    "Records of notices, or of alerts that are mirrored, that cannot be read.",
    (_TOPIC,),
)
MIRROR_LOOKS: Final = Metric(
    "siaga_notify_mirror_looks_total",
    Kind.COUNTER,
    "How often a mirror was held against the alerts, and what came of it.",
    (_MIRROR, _LOOK),
)
NOTIFY_METRICS: Final = (
    RECEIPTS,
    TRIES,
    OVER_LIMIT,
    BUNDLED,
    SECONDS,
    HELD,
    FILLED,
    OLDEST,
    BREAKERS,
    UNREADABLE,
    MIRROR_LOOKS,
)
"""All of them, in the order in which a notice passes them; mirrors last."""

_log: Final = logging.getLogger(__name__)


class NotifyObserver:
    """Counts; implements the courier's `CourierObserver` and the mirrors' `MirrorObserver`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register the metrics."""
        self._receipts = counter(registry, RECEIPTS)
        self._tries = counter(registry, TRIES)
        self._over_limit = counter(registry, OVER_LIMIT)
        self._bundled = counter(registry, BUNDLED)
        self._seconds = histogram(registry, SECONDS)
        self._held = gauge(registry, HELD)
        self._filled = gauge(registry, FILLED)
        self._oldest = gauge(registry, OLDEST)
        self._breakers = gauge(registry, BREAKERS)
        self._unreadable = counter(registry, UNREADABLE)
        self._looks = counter(registry, MIRROR_LOOKS)
        self._types = set[str]()
        """Types that have been shown: they are 0 when nothing is held any more."""
        self._receipts.labels(_NO_CHANNEL, ReceiptOutcome.UNADDRESSED)
        for topic in _TOPICS:
            self._unreadable.labels(topic)

    def on_receipt(self, channel_type: str, outcome: ReceiptOutcome, seconds: float) -> None:
        """A receipt is written."""
        self._show(channel_type)
        self._receipts.labels(channel_type, outcome).inc()
        if outcome is ReceiptOutcome.DELIVERED:
            self._seconds.labels(channel_type).observe(seconds)

    def on_try(self, channel_type: str, result: Result, *, over_limit: bool) -> None:
        """A try has ended."""
        self._show(channel_type)
        self._tries.labels(channel_type, result).inc()
        if over_limit:
            self._over_limit.labels(channel_type).inc()

    def on_bundle(self, channel_type: str, notices: int) -> None:
        """Notices went out together."""
        self._bundled.labels(channel_type).inc(notices)

    def on_unreadable(self, topic: str) -> None:
        """A record of a topic of notices is none."""
        self._unreadable.labels(topic).inc()

    def on_taken_over(self, partitions: int, settled: int) -> None:
        """Partitions became ours."""
        _log.info("took over %d partitions of notices; %d are settled ahead", partitions, settled)

    def on_held(self, held: Held) -> None:
        """Show what is held."""
        self._filled.set(held.filled)
        for kind in (*held.notices, *(kind for kind, _ in held.breakers)):
            self._show(kind)
        for kind in self._types:
            self._held.labels(kind).set(held.notices.get(kind, 0))
            self._oldest.labels(kind).set(held.oldest_at.get(kind, 0.0))
            for state in BreakerState:
                self._breakers.labels(kind, state).set(held.breakers.get((kind, state), 0))

    def _show(self, kind: str) -> None:
        """Show at 0 what has not happened yet by a type of channel that is used."""
        if kind in self._types:
            return
        self._types.add(kind)
        if kind == _NO_CHANNEL:
            return
        for outcome in ReceiptOutcome:
            self._receipts.labels(kind, outcome)
        for result in Result:
            self._tries.labels(kind, result)
        self._over_limit.labels(kind)
        self._bundled.labels(kind)

    def mirror_looked(self, mirror: str, outcome: str) -> None:
        """A mirror was held against the alerts."""
        self._looks.labels(mirror, outcome).inc()

    def unreadable(self, topic: str) -> None:
        """A record that is followed for mirrors cannot be read."""
        self._unreadable.labels(topic).inc()
