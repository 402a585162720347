"""Metrics of `siaga gate`, and who counts them.

A route is the template of a path, `/a/{token}`: what stands in its place is a secret or a name. No
producer is a label: there may be one for each person.
"""

from typing import Final

from prometheus_client import CollectorRegistry

from streams.telemetry.metrics import Kind, Label, Metric, counter, histogram

__all__ = ["DOOR_METRICS", "DoorObserver"]

_ROUTE: Final = Label("route", "doors of the gate, as `/v1/crowd.reports`, `/a/{token}`")
_STATUS: Final = Label("status", "HTTP statuses: `202`, `401`, `503` …")
_REASON: Final = Label("refusal", "why a request was refused: `signature`, `schema`, `rate` …")
_TOPIC: Final = Label("topic", "input topics, without the prefix of the installation")
_OURS: Final = ("500", "503")
"""Statuses that say that the fault is not the sender's."""
_QUICK: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

REQUESTS: Final = Metric(
    "siaga_gate_requests_total",
    Kind.COUNTER,
    "Requests that the gate has answered.",
    (_ROUTE, _STATUS),
)
REFUSALS: Final = Metric(
    "siaga_gate_refusals_total",
    Kind.COUNTER,
    "Requests that the gate has refused, by why.",
    (_REASON,),
)
EVENTS: Final = Metric(
    "siaga_gate_events_total",
    Kind.COUNTER,
    "Events that came in by the gate and were acknowledged by Kafka; repeats count again.",
    (_TOPIC,),
)
SECONDS: Final = Metric(
    "siaga_gate_request_seconds",
    Kind.HISTOGRAM,
    "From the head of a request to its answer.",
    (_ROUTE,),
    buckets=_QUICK,
)
DOOR_METRICS: Final = (REQUESTS, REFUSALS, EVENTS, SECONDS)
"""All of them, in the order in which a request meets them."""


class DoorObserver:
    """Counts what the doors tell; implements the gate's `Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register the metrics."""
        self._requests = counter(registry, REQUESTS)
        self._refusals = counter(registry, REFUSALS)
        self._events = counter(registry, EVENTS)
        self._seconds = histogram(registry, SECONDS)
        self._routes = set[str]()
        """Routes that have been shown."""

    def on_request(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Count an answered request; an empty reason: it was not refused."""
        if route not in self._routes:
            self._show(route)
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if reason:
            self._refusals.labels(reason).inc()

    def _show(self, route: str) -> None:
        """Show at 0 what goes wrong on our side: the first time must count as one more."""
        self._routes.add(route)
        for status in _OURS:
            self._requests.labels(route, status)

    def on_events(self, topic: str, count: int) -> None:
        """Count events that Kafka has."""
        self._events.labels(topic).inc(count)
