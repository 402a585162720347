"""What happens in the engine is counted, and what is rare is told, without naming anybody."""

import logging
from collections.abc import Callable

import pytest
from msgspec import Struct
from prometheus_client import CollectorRegistry

from streams.domain.effects import RuleFault
from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.ids import Scope
from streams.domain.journal import AcceptedStatus, JournalRecord, Origin, OwnerMark
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.engine.ports import Entry, Observer, Output, Slot
from streams.engine.topics import Topic
from streams.fold import PartitionFold
from streams.judge.rows import PackRow
from streams.rules.published import to_published
from streams.rules.reading import content_hash
from streams.telemetry.metrics import Metrics
from streams.telemetry.observer import EngineObserver, ObservedFold
from streams.wire.journal import encode_record
from tests.support.world import ELECTION, KR, local, pack_source, world

LINE = b'{"change":"%s","level":"polsek","scope":"officer:17.02/A1"}'
NOW = local("10:00")


@pytest.fixture
def registry() -> CollectorRegistry:
    """Return where the metrics of a test are."""
    return CollectorRegistry()


@pytest.fixture
def observer(registry: CollectorRegistry) -> EngineObserver:
    """Return an observer that has seen nothing."""
    return EngineObserver(Metrics(registry))


def line(change: bytes) -> Output:
    """Return a line as a fold gives it."""
    return Output(Topic.TRANSITIONS, b"id", LINE % change, line=True)


def opened(name: str, received_at: EpochMs, digest: str = "0" * 16) -> AcceptedStatus:
    """Return the record of a status."""
    return AcceptedStatus(
        received_at=received_at,
        at=received_at,
        origin=Origin("tps.status", 0, int(name)),
        election=ELECTION,
        place=KR,
        digest=digest,
        event=TpsStatus(
            id="same",
            at="2024-11-27T10:00:00+07:00",
            kind=StatusKind.OPENED,
            source=Source("kpps", Role.KPPS),
            tps=KR,
        ),
    )


def entry(offset: int, record: JournalRecord) -> Entry:
    """Return a journal record as the engine hands it over."""
    return Entry(0, offset, NOW, encode_record(record))


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


# ── A fold that is observed ──────────────────────────────────────────────────────────────────────


def fold(observer: EngineObserver, now: Callable[[], EpochMs] | None) -> ObservedFold:
    """Return a fold of the tiny world."""
    return ObservedFold(PartitionFold(0, world(), observer.on_fault), observer, now)


def test_a_dead_letter_of_the_fold_is_counted(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """Only the fold can see that an id came before with other content."""
    judged = fold(observer, None)
    judged.judge(entry(0, opened("1", NOW)))
    judged.judge(entry(1, opened("2", NOW, digest="1" * 16)))
    labels = {"reason": "id_conflict"}
    assert 1 == registry.get_sample_value("siaga_dead_letters_total", labels)


def test_of_every_seventeen_records_an_event_is_measured_and_no_mark(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """From the broker's time of receipt to the broker's present time."""
    judged = fold(observer, lambda: EpochMs(NOW + 250))
    for offset in range(17):
        judged.judge(entry(2 * offset, OwnerMark()))
        judged.judge(entry(2 * offset + 1, opened(str(offset), NOW)))
    assert 2 == registry.get_sample_value("siaga_event_decision_seconds_count")
    assert 0.5 == registry.get_sample_value("siaga_event_decision_seconds_sum")


def test_before_the_broker_clock_is_known_the_time_of_appending_stands_for_it(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """The first event of a worker is measured before anything of its own was acknowledged."""
    first = Entry(0, 0, EpochMs(NOW + 40), encode_record(opened("1", NOW)))
    fold(observer, lambda: EpochMs(0)).judge(first)
    assert 0.04 == registry.get_sample_value("siaga_event_decision_seconds_sum")


def test_a_played_day_is_not_measured(
    observer: EngineObserver, registry: CollectorRegistry
) -> None:
    """Its times are not the broker's."""
    fold(observer, None).judge(entry(0, opened("1", NOW)))
    assert 0 == registry.get_sample_value("siaga_event_decision_seconds_count")


def test_a_published_pack_is_told_when_it_begins_to_judge(
    observer: EngineObserver, caplog: pytest.LogCaptureFixture
) -> None:
    """Once by who takes it on, and once by who takes over from him."""
    caplog.set_level(logging.INFO)
    first, second = fold(observer, None), fold(observer, None)
    saved = PartitionFold(0, world())
    name = content_hash(pack_source())
    saved.state.packs.put((ELECTION,), PackRow(name, to_published(pack_source())))
    changes = saved.take_changes()
    rows = [(key, row) for key, row in changes.rows.items() if row is not None]
    first.load(rows, changes.meta)
    second.load([], None)
    assert [f"{ELECTION}: partition 0 judges by the published pack {name}"] == caplog.messages


def test_state_passes_through(observer: EngineObserver) -> None:
    """What one observed fold saved, another takes on."""
    first, second = fold(observer, None), fold(observer, None)
    first.judge(entry(0, opened("1", NOW)))
    changes = first.take_changes()
    rows = [(key, value) for key, value in changes.rows.items() if value is not None]
    second.load(rows, changes.meta)
    assert rows
    assert first.fold.state.clocks == second.fold.state.clocks
