"""What happens in the engine is counted, and what is rare is told, without naming anybody."""

import logging
from collections.abc import Callable

import pytest
from msgspec import Struct
from prometheus_client import CollectorRegistry

from streams.domain.effects import RuleFault
from streams.domain.ids import Scope
from streams.domain.notice import NoticeKind
from streams.domain.times import EpochMs
from streams.engine.ports import Observer, Output, Slot
from streams.engine.topics import Topic
from streams.telemetry.observer import EngineObserver
from streams.telemetry.rule_time import RESTRICTED
from tests.support.world import ELECTION, KR, local, whole_world

LINE = b'{"alert":"1702-A","rule":"T07","change":"%s","level":"polsek","scope":"officer:17.02/A1"}'
NOW = local("10:00")


def line(change: bytes) -> Output:
    """Return a line as a fold gives it."""
    return Output(Topic.TRANSITIONS, b"id", LINE % change, line=True)


def test_it_is_what_the_engine_wants(observer: EngineObserver) -> None:
    """The types of the protocol are met."""
    wanted: Observer = observer
    assert observer is wanted


def test_inputs_are_counted_with_the_next_mark(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """By topic and outcome, once each."""
    for outcome in ("journaled", "journaled", "dead"):
        observer.on_accepted("tps.status", outcome)
    for _ in range(2):
        observer.on_mark(
            {Slot("tps.status", 0): EpochMs(5000), Slot("tps.status", 1): EpochMs(3000)}
        )
    labels = {"topic": "tps.status", "outcome": "journaled"}
    assert 2 == registry.get_sample_value("siaga_events_total", labels)
    assert 1 == registry.get_sample_value("siaga_events_total", labels | {"outcome": "dead"})
    claim = registry.get_sample_value("siaga_claim_timestamp_seconds", {"topic": "tps.status"})
    assert 3 == claim


class Counted(Struct, frozen=True):
    """What happens, and where it is counted."""

    happen: Callable[[EngineObserver], None]
    name: str
    labels: dict[str, str]
    expected: float | None


COUNTED = (
    Counted(lambda o: o.on_dead_letter("json"), "dead_letters_total", {"reason": "json"}, 1),
    Counted(lambda o: o.on_line(line(b"opened")), "lines_total", {"change": "opened"}, 1),
    Counted(lambda o: o.on_line(line(b"opened")), "escalations_total", {"level": "polsek"}, None),
    Counted(lambda o: o.on_line(line(b"escalated")), "escalations_total", {"level": "polsek"}, 1),
    Counted(lambda o: o.on_line(line(b"opened")), "rule_firings_total", {"rule": "T07"}, 1),
    Counted(lambda o: o.on_line(line(b"reopened")), "rule_firings_total", {"rule": "T07"}, 1),
    Counted(lambda o: o.on_line(line(b"updated")), "rule_firings_total", {"rule": "T07"}, None),
    Counted(lambda o: o.on_notice(NoticeKind.CALL), "notices_total", {"kind": "call"}, 1),
    Counted(lambda o: o.on_pack_refused(), "packs_refused_total", {}, 1),
    Counted(lambda o: o.on_assigned(3, 0.5), "takeover_seconds_sum", {}, 0.5),
    Counted(lambda o: o.on_assigned(0, 0.5), "takeover_seconds_count", {}, 0),
    Counted(lambda o: o.on_judged(3, 40), "journal_records_total", {"partition": "3"}, 40),
    Counted(lambda o: o.on_checkpoint(2, 70, 0.1), "checkpoint_bytes_total", {}, 70),
    Counted(lambda o: o.on_checkpoint(2, 70, 0.1), "checkpoint_seconds_sum", {}, 0.1),
    Counted(lambda o: o.on_foreign_write(3), "foreign_writes_total", {}, 1),
    Counted(lambda o: o.on_takeover(3, 9, rebuilt=True), "takeovers_total", {"rebuilt": "true"}, 1),
    Counted(
        lambda o: o.on_takeover(3, 9, rebuilt=False), "takeovers_total", {"rebuilt": "false"}, 1
    ),
)


@pytest.mark.parametrize("one", COUNTED)
def test_what_happens_is_counted(
    one: Counted, observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """Each in its own metric."""
    one.happen(observer)
    assert one.expected == registry.get_sample_value(f"siaga_{one.name}", one.labels)


def test_a_topic_of_which_nothing_is_claimed_here_any_more_is_not_shown(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """Its last claim would stand still, and look like an intake that has died."""
    observer.on_mark({Slot("tps.status", 0): EpochMs(5000), Slot("crowd.reports", 0): EpochMs(1)})
    observer.on_assigned(0, 0.1)
    observer.on_mark({Slot("tps.status", 0): EpochMs(6000)})
    name = "siaga_claim_timestamp_seconds"
    assert 6 == registry.get_sample_value(name, {"topic": "tps.status"})
    assert registry.get_sample_value(name, {"topic": "crowd.reports"}) is None


@pytest.mark.parametrize(
    ("rule", "shown"), [("T07", "T07"), ("W08", RESTRICTED), ("of another pack", RESTRICTED)]
)
def test_a_failing_rule_has_a_name_that_all_may_know(
    observer: EngineObserver, registry: CollectorRegistry, rule: str, shown: str
) -> None:
    """W08 is for Propam alone: that it is at work would say what was reported."""
    observer.world = whole_world()
    before = registry.get_sample_value("siaga_rule_faults_total", {"rule": shown})
    fault = RuleFault(rule=rule, scope=Scope(KR), election=ELECTION, detail="", at=NOW)
    observer.on_fault(fault)
    names = {
        sample.labels["rule"]
        for metric in registry.collect()
        for sample in metric.samples
        if sample.name == "siaga_rule_faults_total"
    }
    assert before is None
    assert {shown} == names
    assert 1 == registry.get_sample_value("siaga_rule_faults_total", {"rule": shown})


def test_a_failing_rule_is_told_without_its_scope(
    observer: EngineObserver, registry: CollectorRegistry, caplog: pytest.LogCaptureFixture
) -> None:
    """A scope may be an officer, and a detail may quote a report."""
    fault = RuleFault(
        rule="W02",
        scope=Scope("officer:17.02/A1"),
        election=ELECTION,
        detail="0812-0000-0001",
        at=NOW,
    )
    observer.world = whole_world()
    with caplog.at_level(logging.DEBUG):
        observer.on_fault(fault)
    assert 1 == registry.get_sample_value("siaga_rule_faults_total", {"rule": "W02"})
    assert ["rule W02 failed on a scope and was put aside there"] == caplog.messages


def test_no_log_line_names_a_scope(
    observer: EngineObserver, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is told, the log speaks of partitions, never of places or people."""
    with caplog.at_level(logging.DEBUG):
        observer.on_line(line(b"opened"))
        observer.on_takeover(3, 9, rebuilt=True)
        observer.on_foreign_write(3)
        observer.on_checkpoint(1, 2, 0.5)
    assert 4 == len(caplog.messages)
    assert [] == [message for message in caplog.messages if "officer" in message]
