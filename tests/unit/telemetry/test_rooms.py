"""Metrics of the room: each is moved by what the room tells, and none has a person in it."""

import pytest
from prometheus_client import CollectorRegistry

from streams.telemetry.rooms import ROOM_METRICS, RoomObserver


def seen(registry: CollectorRegistry) -> dict[str, float]:
    """Return every sample that is not zero, by name."""
    return {
        sample.name: sample.value
        for metric in registry.collect()
        for sample in metric.samples
        if sample.value and not sample.name.endswith("_created")
    }


def test_everything_that_is_told_is_counted() -> None:
    """By its own metric."""
    registry = CollectorRegistry()
    observer = RoomObserver(registry)
    observer.on_clients(+2)
    observer.on_clients(-1)
    observer.on_event("delta", 512, 0.002)
    observer.on_command("ack", "sent")
    observer.on_request("/api/v1/alerts/{id}", 404, "unknown", 0.001)
    observer.on_events("crowd.reports", 1)
    observer.on_skipped()
    observer.on_picture(1_732_666_260.0)
    found = seen(registry)
    assert (1, 512) == (found["siaga_room_clients"], found["siaga_room_event_bytes_total"])
    assert 1_732_666_260 == found["siaga_room_picture_timestamp_seconds"]
    names = {name.removesuffix("_count") for name in found}
    assert {metric.name for metric in ROOM_METRICS} <= names


@pytest.mark.parametrize("metric", ROOM_METRICS, ids=lambda metric: metric.name)
def test_no_label_is_a_person_or_a_place(metric: object) -> None:
    """Labels are of closed sets."""
    names = set(getattr(metric, "label_names", ()))
    assert not names & {"user", "actor", "area", "alert", "tps", "address"}
