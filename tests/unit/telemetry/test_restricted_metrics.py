"""What only some may see is in no metric of a place, and no metric says what it is about. Tried."""

from typing import Final

from msgspec.structs import replace

from streams.domain.effects import TriageStatus
from streams.domain.journal import Flag
from tests.support.events import report
from tests.support.station import count
from tests.support.stories import at
from tests.support.world import KR, R
from tests.unit.telemetry.shown import Labels, Scene

COMPLAINT: Final = report("NET-01", KR, "w-8")
"""About the police: for Propam alone."""
CALM: Final = (at("06:00"), at("06:30"))
OPEN_TO_ALL: Final = {
    "siaga_deadlines_overdue",
    "siaga_notices_total",
    "siaga_state_rows",
    "siaga_rule_seconds_total",
}
"""What may differ: it tells whether the engine is well, and is not finer than the installation."""


def hidden(scene: Scene) -> list[str]:
    """Return the ids of what only some may see."""
    state = scene.fold.fold.state
    return [alert.id for _, alert in state.alerts.items() if alert.restricted_to]


def counted(scene: Scene) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return every sample that is not of a place, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for metric in scene.registry.collect()
        for sample in metric.samples
        if not sample.name.endswith("_created")
    }


def test_no_metric_of_a_place_knows_of_it() -> None:
    """With and without the complaint they are the same, to the last sample."""
    without = Scene().go_on(*CALM)
    with_it = Scene().go_on(CALM[0], COMPLAINT, CALM[1])
    assert hidden(with_it)
    waiting = [row for _, row in with_it.fold.fold.state.waiting.items() if row.restricted_to]
    assert waiting
    assert without.places() == with_it.places()


def test_a_report_that_waits_for_propam_waits_in_no_queue_of_an_area() -> None:
    """Neither its number nor its age."""
    without = Scene().go_on(*CALM)
    with_it = Scene().go_on(CALM[0], replace(COMPLAINT, flags=(Flag.PLACE_UNSURE,)), CALM[1])
    rows = [row for _, row in with_it.fold.fold.state.waiting.items()]
    assert any(row.status is TriageStatus.OPEN and row.restricted_to for row in rows)
    assert without.places() == with_it.places()


def test_disputes_of_counts_are_not_counted_by_area() -> None:
    """Two forms of one contest that contradict each other are for commander and liaison."""
    scene = Scene().go_on(at("14:00"), count(KR, 100, 90), count(KR, 90, 100), at("14:10"))
    scene.go_on(count(R, 100, 500), at("14:20"))
    assert hidden(scene)
    state = scene.fold.fold.state
    seen = [alert for _, alert in state.alerts.items() if alert.is_open and not alert.restricted_to]
    by_area = sum(value for _, value in scene.places()["siaga_area_alerts_open"])
    assert len(seen) == by_area


def test_a_restricted_rule_has_no_name_in_a_metric() -> None:
    """Else whoever reads that it fires knows what of."""
    scene = Scene().go_on(CALM[0], COMPLAINT, CALM[1])
    state = scene.fold.fold.state
    rules = {alert.rule for _, alert in state.alerts.items() if alert.restricted_to}
    named: list[Labels] = [
        sample.labels for metric in scene.registry.collect() for sample in metric.samples
    ]
    assert rules
    assert set() == rules & {labels.get("rule", "") for labels in named}


def test_what_differs_is_of_the_whole_installation() -> None:
    """Of all other metrics there is not a sample that tells a day with it from one without."""
    without = counted(Scene().go_on(*CALM))
    with_it = counted(Scene().go_on(CALM[0], COMPLAINT, CALM[1]))
    changed = {name for name, _ in dict(without.items() ^ with_it.items())}
    quiet = {"siaga_journal_records_total", "siaga_event_decision_seconds"}
    assert changed <= OPEN_TO_ALL | quiet
    assert "siaga_state_rows" in changed
