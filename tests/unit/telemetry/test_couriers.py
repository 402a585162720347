"""Metrics of a notifier, from what the courier and the mirrors tell."""

from prometheus_client import CollectorRegistry

from streams.courier.observer import Held
from streams.delivery.breaker import BreakerState
from streams.delivery.parcel import Result
from streams.domain.receipt import ReceiptOutcome
from streams.telemetry.couriers import NOTIFY_METRICS, NotifyObserver


def seen(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    """Return the value of a series."""
    return registry.get_sample_value(name, labels)


def test_receipts_and_tries_are_counted_by_type_and_outcome() -> None:
    """How long it took is measured of what arrived."""
    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    observer.on_try("http", Result.AGAIN, over_limit=False)
    observer.on_try("http", Result.DELIVERED, over_limit=True)
    observer.on_receipt("http", ReceiptOutcome.FAILED, 300.0)
    observer.on_receipt("http", ReceiptOutcome.DELIVERED, 3.0)
    observer.on_bundle("http", 4)
    receipts = "siaga_notify_receipts_total"
    assert 1 == seen(registry, receipts, type="http", receipt="failed")
    assert 1 == seen(registry, receipts, type="http", receipt="delivered")
    assert 1 == seen(registry, "siaga_notify_tries_total", type="http", result="again")
    assert 1 == seen(registry, "siaga_notify_over_limit_total", type="http")
    assert 4 == seen(registry, "siaga_notify_bundled_total", type="http")
    assert 3 == seen(registry, "siaga_notify_delivery_seconds_sum", type="http")


def test_what_is_held_is_shown_until_it_is_settled() -> None:
    """Then it is zero, not away."""
    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    breakers = {("http", BreakerState.OPEN): 1}
    observer.on_held(Held({"http": 7}, {"http": 1_000.0}, breakers, 0.25))
    assert 0.25 == seen(registry, "siaga_notify_held_ratio")
    assert 7 == seen(registry, "siaga_notify_held", type="http")
    assert 1_000 == seen(registry, "siaga_notify_oldest_timestamp_seconds", type="http")
    assert 1 == seen(registry, "siaga_notify_breakers", type="http", breaker="open")
    observer.on_held(Held({}, {}, {}))
    assert 0 == seen(registry, "siaga_notify_held_ratio")
    assert 0 == seen(registry, "siaga_notify_held", type="http")
    assert 0 == seen(registry, "siaga_notify_oldest_timestamp_seconds", type="http")
    assert 0 == seen(registry, "siaga_notify_breakers", type="http", breaker="open")


def test_what_has_not_happened_yet_is_shown_at_zero() -> None:
    """From the start what needs no channel, and of a type of channel once it is used."""
    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    receipts = "siaga_notify_receipts_total"
    assert 0 == seen(registry, receipts, type="none", receipt="unaddressed")
    assert 0 == seen(registry, "siaga_notify_unreadable_total", read="siaga.notices")
    assert seen(registry, receipts, type="http", receipt="failed") is None
    observer.on_held(Held({"http": 1}, {"http": 1_000.0}, {}))
    for outcome in ReceiptOutcome:
        assert 0 == seen(registry, receipts, type="http", receipt=outcome)
    for result in Result:
        assert 0 == seen(registry, "siaga_notify_tries_total", type="http", result=result)
    assert 0 == seen(registry, "siaga_notify_bundled_total", type="http")
    assert 0 == seen(registry, "siaga_notify_over_limit_total", type="http")
    observer.on_receipt("none", ReceiptOutcome.UNADDRESSED, 1.0)
    assert 1 == seen(registry, receipts, type="none", receipt="unaddressed")
    assert seen(registry, receipts, type="none", receipt="delivered") is None


def test_what_cannot_be_read_is_counted_by_topic() -> None:
    """Of notices and of what mirrors follow."""
    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    observer.on_unreadable("siaga.notices")
    observer.unreadable("siaga.alerts")
    observer.mirror_looked("posko", "equal")
    unreadable = "siaga_notify_unreadable_total"
    assert 1 == seen(registry, unreadable, read="siaga.notices")
    assert 1 == seen(registry, unreadable, read="siaga.alerts")
    looks = "siaga_notify_mirror_looks_total"
    assert 1 == seen(registry, looks, mirror="posko", look="equal")


def test_every_metric_of_the_table_is_registered() -> None:
    """The page would promise what is not there."""
    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    observer.on_taken_over(4, 0)
    names = {one.name for one in registry.collect()}
    assert {one.name.removesuffix("_total") for one in NOTIFY_METRICS} == names
