"""A fold that is observed tells what only it can see, and judges as it would unobserved."""

import logging
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from prometheus_client import CollectorRegistry

from streams.domain.events import CommandKind, OperatorCommand, Source, StatusKind, TpsStatus
from streams.domain.journal import AcceptedStatus, JournalRecord, Origin, OwnerMark
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.engine.ports import Entry
from streams.fold import PartitionFold
from streams.judge.rows import PackRow
from streams.rules.published import to_published
from streams.rules.reading import content_hash
from streams.telemetry.observed import ObservedFold
from streams.telemetry.observer import EngineObserver
from streams.wire.journal import encode_record
from tests.support.events import command
from tests.support.stories import at
from tests.support.world import ELECTION, KR, local, pack_source, world
from tests.unit.telemetry.shown import Scene

NOW = local("10:00")


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


def test_notices_are_counted_by_what_they_want() -> None:
    """As the fold writes them; restricted ones too, for they say nothing of what."""
    scene = Scene().go_on(at("06:00"), at("08:00"))
    assert 0 < (scene.counted("siaga_notices_total", kind="call") or 0)


def test_a_pack_that_cannot_be_used_is_counted() -> None:
    """Nobody has published it; the old rules go on."""
    told = command(CommandKind.USE_PACK, by="chief")
    assert isinstance(told.event, OperatorCommand)
    wanted = replace(told, event=replace(told.event, pack="0" * 64))
    scene = Scene().go_on(at("06:00"), wanted, at("06:01"))
    assert 1 == scene.counted("siaga_packs_refused_total")
