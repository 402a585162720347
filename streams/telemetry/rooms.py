"""Metrics of `siaga room`, and who counts them.

No user, no area and no alert is a label: who looks at what is in the audit lines of the log alone.
"""

from typing import Final

from prometheus_client import CollectorRegistry

from streams.telemetry.metrics import Kind, Label, Metric, counter, gauge, histogram

__all__ = ["ROOM_METRICS", "RoomObserver"]

_ROUTE: Final = Label("endpoint", "addresses of the room, as `/api/v1/alerts/{id}`")
_STATUS: Final = Label("code", "HTTP statuses: `200`, `202`, `403` …")
_REFUSED: Final = Label("why_not", "why a request was refused: `signature`, `forbidden`, `rate` …")
_TOPIC: Final = Label("written", "input topics that the room writes to")
_EVENT: Final = Label("event", "`snapshot`, `delta`, `clock`")
_COMMAND: Final = Label("command", "kinds of commands, `unknown`: of what nobody may know")
_OUTCOME: Final = Label("sent", "`sent`, `forbidden`, `unavailable`")
_QUICK: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

CLIENTS: Final = Metric(
    "siaga_room_clients", Kind.GAUGE, "Browsers and programs that listen to the stream.", ()
)
EVENTS: Final = Metric(
    "siaga_room_events_total", Kind.COUNTER, "Events put on streams, counted for each.", (_EVENT,)
)
BYTES: Final = Metric(
    "siaga_room_event_bytes_total", Kind.COUNTER, "Bytes of those events.", (_EVENT,)
)
EVENT_SECONDS: Final = Metric(
    "siaga_room_event_seconds",
    Kind.HISTOGRAM,
    "How long it took to make an event; people who see the same share it.",
    (_EVENT,),
    buckets=_QUICK,
)
COMMANDS: Final = Metric(
    "siaga_room_commands_total",
    Kind.COUNTER,
    "Commands that people gave, and whether they went to Kafka; the fold has the last word.",
    (_COMMAND, _OUTCOME),
)
REQUESTS: Final = Metric(
    "siaga_room_requests_total",
    Kind.COUNTER,
    "Requests that the room has answered, but for streams.",
    (_ROUTE, _STATUS),
)
REFUSALS: Final = Metric(
    "siaga_room_refusals_total", Kind.COUNTER, "Requests that it has refused.", (_REFUSED,)
)
SECONDS: Final = Metric(
    "siaga_room_request_seconds",
    Kind.HISTOGRAM,
    "From the head of a request to its answer.",
    (_ROUTE,),
    buckets=_QUICK,
)
TAKEN: Final = Metric(
    "siaga_room_taken_total",
    Kind.COUNTER,
    "Events that came by the room and were acknowledged by Kafka.",
    (_TOPIC,),
)
SKIPPED: Final = Metric(
    "siaga_room_skipped_total",
    Kind.COUNTER,
    "Records that could not be read, and are not shown.",
    (),
)
PICTURE: Final = Metric(
    "siaga_room_picture_timestamp_seconds",
    Kind.GAUGE,
    "The oldest `now` of a kabupaten that this room has read, as it shows it; 0: it has read none.",
    (),
)
ROOM_METRICS: Final = (
    CLIENTS,
    EVENTS,
    BYTES,
    EVENT_SECONDS,
    COMMANDS,
    REQUESTS,
    REFUSALS,
    SECONDS,
    TAKEN,
    SKIPPED,
    PICTURE,
)
"""All of them, in the order in which somebody asks about them."""


class RoomObserver:
    """Counts what the room tells; implements its observers."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register the metrics."""
        self._clients = gauge(registry, CLIENTS)
        self._events = counter(registry, EVENTS)
        self._bytes = counter(registry, BYTES)
        self._event_seconds = histogram(registry, EVENT_SECONDS)
        self._commands = counter(registry, COMMANDS)
        self._requests = counter(registry, REQUESTS)
        self._refusals = counter(registry, REFUSALS)
        self._seconds = histogram(registry, SECONDS)
        self._taken = counter(registry, TAKEN)
        self._skipped = counter(registry, SKIPPED)
        self._picture = gauge(registry, PICTURE)

    def on_clients(self, change: int) -> None:
        """Count who is connected."""
        self._clients.inc(change)

    def on_event(self, kind: str, size: int, seconds: float) -> None:
        """Count an event, its bytes, and how long it took to make it."""
        self._events.labels(kind).inc()
        self._bytes.labels(kind).inc(size)
        self._event_seconds.labels(kind).observe(seconds)

    def on_command(self, kind: str, outcome: str) -> None:
        """Count an order."""
        self._commands.labels(kind, outcome).inc()

    def on_request(self, route: str, status: int, reason: str, seconds: float) -> None:
        """Count an answered request; an empty reason: it was not refused."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if reason:
            self._refusals.labels(reason).inc()

    def on_events(self, topic: str, count: int) -> None:
        """Count events that Kafka has."""
        self._taken.labels(topic).inc(count)

    def on_picture(self, now_s: float) -> None:
        """Tell how old the picture is, by the clock of the day."""
        self._picture.set(now_s)

    def on_skipped(self) -> None:
        """Count a record that could not be read."""
        self._skipped.inc()
