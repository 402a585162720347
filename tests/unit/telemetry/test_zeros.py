"""What has not happened yet is shown at 0, with every label that it may have."""

from typing import Final

from prometheus_client import CollectorRegistry

from streams.domain.alert import Change
from streams.telemetry.metrics import Metrics
from streams.telemetry.rule_time import RESTRICTED
from streams.telemetry.zeros import open_rules, show_zeros
from tests.support.world import whole_world

EXPECTED: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("siaga_events_total", {"topic": "crowd.reports", "outcome": "dead"}),
    ("siaga_dead_letters_total", {"reason": "schema"}),
    ("siaga_lines_total", {"change": "opened"}),
    ("siaga_escalations_total", {"level": "polda"}),
    ("siaga_acknowledge_seconds_count", {"severity": "critical"}),
    ("siaga_notices_total", {"kind": "call"}),
    ("siaga_takeovers_total", {"rebuilt": "true"}),
    ("siaga_rule_firings_total", {"rule": "T07"}),
    ("siaga_rule_seconds_total", {"rule": RESTRICTED}),
    ("siaga_rule_seconds_total", {"rule": "T07"}),
    ("siaga_rule_faults_total", {"rule": RESTRICTED}),
    ("siaga_rule_faults_total", {"rule": "T07"}),
    ("siaga_packs_refused_total", {}),
)


def test_everything_is_there_before_anything_has_happened() -> None:
    """A rate over what is not there is nothing, and an alarm on nothing is silent."""
    registry = CollectorRegistry()
    show_zeros(Metrics(registry), open_rules(whole_world()))
    shown = [(name, registry.get_sample_value(name, labels)) for name, labels in EXPECTED]
    assert [(name, 0) for name, _ in EXPECTED] == shown
    assert all(
        registry.get_sample_value("siaga_lines_total", {"change": change}) == 0 for change in Change
    )


def test_rules_that_only_some_may_know_fire_by_no_name() -> None:
    """V01 is for commander and liaison."""
    rules = open_rules(whole_world())
    assert "T07" in rules
    assert "V01" not in rules
