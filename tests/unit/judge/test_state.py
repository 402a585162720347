"""The memory of a partition: its queues of wakes, its alerts, and what is saved of it."""

import hashlib
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.ids import AreaCode, desa_of
from streams.domain.times import EpochMs
from streams.errors import ConfigError
from streams.fold import PartitionFold, documents
from streams.judge.clocks import Clocks
from streams.judge.state import LAYOUT, PartitionState
from streams.judge.wakes import Wakes
from streams.judge.world import Watched, World
from streams.wire.chain import Chain
from tests.support.books import CASE, opened
from tests.support.events import checkin, heartbeat
from tests.support.events import opened as opened_tps
from tests.support.stories import at, brief, journal, judge_into, lines_of, of_election, story
from tests.support.world import ELECTION, KABUPATEN, KR, R2, local, world

A: Final = ("a",)
B: Final = ("b",)


def wakes(*armed: tuple[tuple[str, ...], int | None]) -> Wakes:
    """Return a queue after these have been armed."""
    queue = Wakes()
    for key, moment in armed:
        queue.arm(key, None if moment is None else EpochMs(moment))
    return queue


def popped(queue: Wakes) -> list[tuple[int, str]]:
    """Empty a queue; return the times and keys in the order in which they come."""
    found: list[tuple[int, str]] = []
    while (moment := queue.next_at()) is not None:
        found.append((moment, queue.pop()[0]))
    return found


@pytest.mark.parametrize(
    ("armed", "order"),
    [
        ([], []),
        ([(A, None)], []),
        ([(B, 5), (A, 3)], [(3, "a"), (5, "b")]),
        ([(B, 5), (A, 5)], [(5, "a"), (5, "b")]),
        ([(A, 5), (A, 3)], [(3, "a")]),
        ([(A, 3), (A, 5)], [(3, "a")]),
        ([(A, 3), (A, 3)], [(3, "a")]),
        ([(A, 3), (A, None)], [(3, "a")]),
    ],
)
def test_a_key_is_woken_once_at_its_earliest_time(
    armed: list[tuple[tuple[str, ...], int | None]], order: list[tuple[int, str]]
) -> None:
    """At one time the keys come in their own order, not in that of their arming."""
    assert order == popped(wakes(*armed))


def test_a_key_that_was_woken_can_be_queued_again() -> None:
    """What stood for it later in the queue counts no more."""
    queue = wakes((A, 9), (A, 3))
    queue.next_at()
    queue.pop()
    assert (False, None) == (queue.is_armed(A), queue.next_at())
    queue.arm(A, EpochMs(12))
    assert (True, [(12, "a")]) == (queue.is_armed(A), popped(queue))


def test_asking_an_empty_queue_for_a_key_is_a_mistake() -> None:
    """A programmer's."""
    with pytest.raises(AssertionError, match="ask `next_at` first"):
        Wakes().pop()


def test_the_latest_episode_of_a_case_is_known_by_it() -> None:
    """Earlier ones are kept, and can be asked for by their ids."""
    state = PartitionState(0, world())
    first = opened()
    second = replace(first, id=CASE.alert_id(2), episode=2)
    for alert in (first, second, replace(first, revision=7)):
        state.put_alert(alert)
    assert second == state.latest_of(CASE.identity)
    assert 7 == getattr(state.alert(first.id), "revision", 0)
    assert state.latest_of(("e", "T99", "s", "")) is None
    assert state.alert("1702-NOSUCHALERTATALL") is None


def test_a_partition_watches_the_kabupaten_that_belong_to_it() -> None:
    """By the number of partitions that intake tells; before, nobody knows."""
    states = [PartitionState(number, world()) for number in range(4)]
    with pytest.raises(AssertionError, match="only a mark tells"):
        states[0].watches(KABUPATEN)
    for state in states:
        state.clocks.partitions = 4
    for code in (KABUPATEN, AreaCode("17.03"), AreaCode("36.04.17.2010-001")):
        assert 1 == sum(state.watches(code) for state in states)


def test_what_is_saved_can_be_taken_on() -> None:
    """Alerts and clocks; a second change is saved by itself."""
    state, other = PartitionState(0, world()), PartitionState(0, world())
    state.put_alert(opened())
    state.clocks.event(local("07:30"))
    rows, clocks = state.take_changes()
    other.load([(key, row) for key, row in rows.items() if row is not None], clocks)
    assert opened() == other.latest_of(CASE.identity)
    assert (state.clocks, False) == (other.clocks, other.planned)
    assert {} == state.take_changes()[0]


def test_without_saved_clocks_the_log_has_not_begun() -> None:
    """A checkpoint of rows alone is none, but loading it does no harm."""
    state = PartitionState(0, world())
    state.load([], None)
    assert state.clocks.started_at is None


def test_a_row_that_belongs_nowhere_is_a_mistake() -> None:
    """Rather than to go on without what somebody has saved."""
    with pytest.raises(AssertionError, match="a row of no table"):
        PartitionState(0, world()).load([(b"strange\x1fkey", b"")], None)


def test_a_drill_is_held_of_an_election() -> None:
    """It has the plan and the rules of the real one."""
    assert world().of(ELECTION) is world().of(type(ELECTION)(f"{ELECTION}#drill-TFG1"))


@pytest.mark.parametrize("election", ["dki-2024", "dki-2024#drill-TFG1"])
def test_an_election_that_is_not_loaded_is_called_by_its_name(election: str) -> None:
    """Another worker's intake knew it; the message says which are loaded, and what to do."""
    items = [at("06:00"), of_election(election, heartbeat(KR))]
    with pytest.raises(ConfigError) as refused:
        judge_into(PartitionState(0, world()), journal(*items))
    told = str(refused.value)
    assert f"election {election}, which is not loaded here; loaded: {ELECTION}. " in told
    assert told.endswith("Give every worker the same --election folders")


def test_a_saved_state_of_an_election_that_is_not_loaded_is_refused() -> None:
    """Before anything is judged with a part of what was known."""
    state, other = PartitionState(0, world()), PartitionState(0, World({}))
    judge_into(state, journal(at("06:00"), heartbeat(KR)))
    rows, clocks = state.take_changes()
    other.load([(key, row) for key, row in rows.items() if row is not None], clocks)
    with pytest.raises(ConfigError, match=f"election {ELECTION}, .*; loaded: none"):
        pipeline.restore(other)


def test_a_desa_that_left_the_plan_is_not_watched_any_more() -> None:
    """A folder is mended on the day: what was told before climbs on, and no worker stands still."""
    day = journal(at("06:00"), at("07:24"), heartbeat(R2), at("07:31"), heartbeat(R2), at("08:31"))
    cut = len(journal(at("06:00"), at("07:24"), heartbeat(R2), at("07:31")))
    before, after = PartitionFold(0, world()), PartitionFold(0, World({ELECTION: without(R2)}))
    told = lines_of(judge_into(before.state, day[:cut]))
    changes = before.take_changes()
    saved = [(key, row) for key, row in changes.rows.items() if row is not None]
    after.load(saved, changes.meta)
    for step in day[cut:]:
        effects = pipeline.step(after.state, step)
        told += lines_of(effects)
        documents(after.state.world, effects, step.record, (0, cut))
    ours = [brief(line) for line in told if line.scope == R2]
    assert ["07:20 opened", "07:31:15 escalated", "07:53:45 escalated"] == ours


def test_an_officer_is_heard_from_a_tps_that_left_the_plan() -> None:
    """His pair speaks, wherever he stands: its silence would be a false one."""
    items = [at("06:00"), at("07:00"), opened_tps(KR), at("07:30"), checkin("A1", R2), at("07:50")]
    mended = World({ELECTION: without(R2)})
    assert [] == story(*items, of="T07@pair:P01", world=mended)
    unheard = [one for one in items if one is not items[4]]
    assert ["07:45 opened"] == story(*unheard, of="T07@pair:P01", world=mended)


def without(tps: AreaCode) -> Watched:
    """Return the tiny election without the desa of a TPS."""
    desa = desa_of(tps)
    watched = world().elections[ELECTION]
    kept = {code: tps for code, tps in watched.plan.tps.items() if tps.desa != desa}
    pairs = {
        key: own
        for key, codes in watched.plan.pairs.items()
        if (own := tuple(code for code in codes if code in kept))
    }
    voting = {code: own for code, own in watched.plan.tps_of_desa.items() if code != desa}
    near = {
        area: tuple(one for one in own if one in kept)
        for area, own in watched.plan.tps_of_kabupaten.items()
    }
    polsek = {
        key: tuple(code for code in codes if code in kept)
        for key, codes in watched.plan.polsek.items()
    }
    plan = replace(watched.plan, tps=kept, tps_of_desa=voting, tps_of_kabupaten=near, pairs=pairs)
    return Watched.of(replace(plan, polsek=polsek), watched.rules)


def test_a_change_of_what_is_saved_raises_the_layout() -> None:
    """A worker must never read rows that mean something else.

    If this fails, raise `LAYOUT` and write the fingerprint of the new types here.
    """
    state = PartitionState(0, world())
    kinds = [table.kind for table in state.tables]
    told = repr(msgspec.inspect.multi_type_info([*kinds, Clocks, Chain]))
    fingerprint = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
    assert (9, "4e561b90015ac862") == (LAYOUT, fingerprint)
