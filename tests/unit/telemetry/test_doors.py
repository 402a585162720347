"""Metrics of the gate: closed labels, and counted once."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.telemetry.doors import DOOR_METRICS, DoorObserver
from streams.telemetry.metrics import METRICS, Kind, Metric


@pytest.mark.parametrize("metric", DOOR_METRICS, ids=lambda metric: metric.name)
def test_a_metric_is_named_as_all_are(metric: Metric) -> None:
    """Its unit last, its own buckets, a sentence, and no label for a person."""
    assert metric.name.startswith("siaga_gate_")
    assert metric.name.endswith("_total" if metric.kind is Kind.COUNTER else "_seconds")
    assert metric.help.endswith(".")
    assert {"route", "status", "refusal", "topic"} >= set(metric.label_names)
    assert metric.name not in {one.name for one in METRICS}


def test_a_fault_of_ours_is_seen_from_the_first_one_on() -> None:
    """A counter that appears with its first count has not risen yet, for Prometheus."""
    registry = CollectorRegistry()
    DoorObserver(registry).on_request("/v1/crowd.reports", 202, "", 0.004)
    for status in ("500", "503"):
        labels = {"route": "/v1/crowd.reports", "status": status}
        assert 0 == registry.get_sample_value("siaga_gate_requests_total", labels)


def test_what_is_told_is_counted() -> None:
    """A request by route and status, a refusal by why, events by topic."""
    registry = CollectorRegistry()
    observer = DoorObserver(registry)
    observer.on_request("/a/{token}", 200, "", 0.004)
    observer.on_request("/v1/crowd.reports", 401, "signature", 0.001)
    observer.on_events("crowd.reports", 3)
    shown = generate_latest(registry).decode()
    for line in (
        'siaga_gate_requests_total{route="/a/{token}",status="200"} 1.0',
        'siaga_gate_refusals_total{refusal="signature"} 1.0',
        'siaga_gate_events_total{topic="crowd.reports"} 3.0',
        'siaga_gate_request_seconds_count{route="/v1/crowd.reports"} 1.0',
    ):
        assert line in shown
