"""Clocks and open alerts, as the folds hold them when Prometheus asks."""

import pytest
from msgspec.structs import replace
from prometheus_client import CollectorRegistry

from streams import __version__
from streams.domain.alert import Alert, AlertState
from streams.domain.ids import AlertId
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.judge.rows import PackRow
from streams.judge.state import PartitionState
from streams.telemetry.census import LEVELS, OPEN_STATES
from streams.telemetry.states import BLIND_AFTER_MS, StateCollector
from tests.support.books import judgment, opened
from tests.support.world import ELECTION, local, world


def state(partition: int = 3) -> PartitionState:
    """Return an empty partition of the tiny world."""
    return PartitionState(partition, world())


def labels_of(alert: Alert) -> dict[str, str]:
    """Return the labels under which an alert is counted."""
    return {"severity": alert.severity, "level": alert.level, "state": alert.state}


def shown(*states: PartitionState) -> CollectorRegistry:
    """Return what Prometheus would see of these partitions."""
    registry = CollectorRegistry()
    registry.register(StateCollector(lambda: states))
    return registry


@pytest.mark.parametrize(
    ("behind_ms", "blind"),
    [(0, 0), (SECOND_MS, 0), (BLIND_AFTER_MS, 0), (BLIND_AFTER_MS + 1, 1)],
)
def test_a_partition_is_blind_beyond_a_minute(behind_ms: int, blind: int) -> None:
    """At 60 s it still sees, a millisecond later it does not (X05)."""
    one = state()
    one.clocks.now = local("10:00")
    one.clocks.heard = EpochMs(local("10:00") - behind_ms)
    seen, labels = shown(one), {"partition": "3"}
    assert blind == seen.get_sample_value("siaga_blind", labels)
    now = seen.get_sample_value("siaga_now_timestamp_seconds", labels)
    heard = seen.get_sample_value("siaga_heard_timestamp_seconds", labels)
    assert local("10:00") / 1000 == now
    assert (local("10:00") - behind_ms) / 1000 == heard


def test_open_alerts_are_counted_over_all_partitions() -> None:
    """By severity, level and state; what is resolved is not open."""
    first, second = state(0), state(1)
    first.put_alert(opened())
    first.put_alert(replace(opened(), id=AlertId("b"), state=AlertState.RESOLVED))
    second.put_alert(opened())
    second.put_alert(replace(opened(judgment(Severity.CRITICAL)), id=AlertId("b")))
    seen = shown(first, second)
    assert 2 == seen.get_sample_value("siaga_alerts_open", labels_of(opened()))
    critical = labels_of(opened(judgment(Severity.CRITICAL)))
    assert 1 == seen.get_sample_value("siaga_alerts_open", critical)
    resolved = labels_of(opened()) | {"state": "resolved"}
    assert None is seen.get_sample_value("siaga_alerts_open", resolved)


def test_no_partition_no_series() -> None:
    """While partitions change hands there is nothing to show but the build."""
    registry = shown()
    assert [] == [
        sample
        for family in registry.collect()
        for sample in family.samples
        if sample.name != "siaga_build_info"
    ]
    assert 1 == registry.get_sample_value("siaga_build_info", {"version": __version__})


def test_every_severity_level_and_state_is_there() -> None:
    """At 0, so that a sum over alerts that nobody has is 0 and not nothing."""
    found = [
        sample.labels
        for metric in shown(state()).collect()
        for sample in metric.samples
        if sample.name == "siaga_alerts_open"
    ]
    assert len(SEVERITIES) * len(OPEN_STATES) == len(
        {(labels["severity"], labels["state"]) for labels in found}
    )
    assert set(LEVELS) == {labels["level"] for labels in found}


def test_the_oldest_alert_that_waits_is_shown_by_severity() -> None:
    """Of what everybody may see of the day; what came back waits since then."""
    one, name = state(), "siaga_alerts_oldest_unacknowledged_timestamp_seconds"
    first = opened()
    hidden = replace(first, id=AlertId("h"), opened_at=EpochMs(1), restricted_to=("propam",))
    drill = replace(first, id=AlertId("d"), opened_at=EpochMs(2), drill=True)
    taken = replace(first, id=AlertId("t"), opened_at=EpochMs(3), state=AlertState.ACKNOWLEDGED)
    back = replace(first, id=AlertId("b"), opened_at=EpochMs(4), reopened=(local("09:00"),))
    for alert in (hidden, drill, taken, back):
        one.put_alert(alert)
    assert local("09:00") / 1000 == shown(one).get_sample_value(name, {"severity": "high"})
    one.put_alert(first)
    assert first.opened_at / 1000 == shown(one).get_sample_value(name, {"severity": "high"})
    assert 0 == shown(one).get_sample_value(name, {"severity": "critical"})


def test_rows_that_are_remembered_are_counted() -> None:
    """Of all tables."""
    one = state()
    before = shown(one).get_sample_value("siaga_state_rows", {"partition": "3"})
    one.put_alert(opened())
    assert 0 == before
    assert 1 == shown(one).get_sample_value("siaga_state_rows", {"partition": "3"})


def test_the_pack_of_the_folder_judges_until_one_is_published() -> None:
    """By partition: while some have taken it on and some not, both are there."""
    first, second = state(0), state(1)
    second.packs.put((ELECTION,), PackRow("f" * 64, ""))
    registry = CollectorRegistry()
    registry.register(StateCollector(lambda: (first, second), {ELECTION: "a" * 64}))
    packs = [
        sample.labels
        for metric in registry.collect()
        for sample in metric.samples
        if sample.name == "siaga_pack_info"
    ]
    assert [("0", ELECTION, "a" * 12), ("1", ELECTION, "f" * 12)] == [
        (one["partition"], one["election"], one["pack"]) for one in packs
    ]


@pytest.mark.parametrize(("behind_ms", "overdue"), [(-1, 0), (SECOND_MS, 0), (SECOND_MS + 1, 1)])
def test_a_deadline_that_was_missed_is_shown(behind_ms: int, overdue: int) -> None:
    """By the level at which nobody was told; where all is well every level says 0."""
    one, late = state(), opened()
    assert late.due_at is not None, "an open alert climbs"
    one.put_alert(late)
    one.clocks.now = EpochMs(late.due_at + behind_ms)
    seen = shown(one)
    assert overdue == seen.get_sample_value("siaga_deadlines_overdue", {"level": "polsek"})
    assert 0 == seen.get_sample_value("siaga_deadlines_overdue", {"level": "polda"})
