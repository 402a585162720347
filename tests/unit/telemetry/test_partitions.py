"""How far each owned partition is: as the engine says when it is asked, and nothing older."""

from prometheus_client import CollectorRegistry

from streams.telemetry.partitions import EngineCollector, EngineView, OwnedPartition


def shown(*owned: OwnedPartition, ahead: float | None = None) -> CollectorRegistry:
    """Return what Prometheus would see."""
    registry = CollectorRegistry()
    registry.register(EngineCollector(lambda: EngineView(8, owned, ahead)))
    return registry


def test_what_is_written_and_not_judged_is_lag() -> None:
    """Up to the end that is known; never below nothing, as when the end is old news."""
    seen = shown(OwnedPartition(3, 100, 140, None), OwnedPartition(4, 100, 90, None))
    name = "siaga_journal_lag_records"
    assert 40 == seen.get_sample_value(name, {"partition": "3"})
    assert 0 == seen.get_sample_value(name, {"partition": "4"})


def test_a_lag_that_is_not_known_is_not_shown() -> None:
    """Right after a takeover nobody has told where the journal ends."""
    seen = shown(OwnedPartition(3, 100, 0, None))
    assert seen.get_sample_value("siaga_journal_lag_records", {"partition": "3"}) is None


def test_the_time_of_the_checkpoint_is_shown_when_there_was_one() -> None:
    """As a time, so that its age can be asked for at any moment."""
    seen = shown(OwnedPartition(3, 1, 1, 1_700_000_000.5), OwnedPartition(4, 1, 1, None))
    name = "siaga_checkpoint_timestamp_seconds"
    assert 1_700_000_000.5 == seen.get_sample_value(name, {"partition": "3"})
    assert seen.get_sample_value(name, {"partition": "4"}) is None


def test_the_installation_says_how_many_partitions_it_has() -> None:
    """Also who owns none: so it is seen when nobody owns one."""
    assert 8 == shown().get_sample_value("siaga_partitions")


def test_the_offset_of_the_brokers_clock_is_away_while_it_is_not_known() -> None:
    """A 0 would say that they agree."""
    name = "siaga_broker_clock_offset_seconds"
    assert shown().get_sample_value(name) is None
    assert -0.25 == shown(ahead=-0.25).get_sample_value(name)
