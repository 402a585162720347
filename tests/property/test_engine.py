"""The engine's promises hold in every history: kills, pauses, rebalances, late and foreign writes.

Each example is a day of the toy judgment on a simulated broker, drawn from a seed and a list of
faults; `tests/kafka/oracle.py` says what must hold, without the engine.
"""

import asyncio
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from streams.domain.journal import Accepted
from streams.engine.claims import ClaimBook
from streams.engine.engine import EngineSettings, Judgment
from streams.engine.ports import Headers, Slot
from streams.engine.told import Told
from streams.engine.writer import Writer
from streams.wire.journal import decode_record
from tests.kafka import oracle
from tests.kafka.toy import ToyAcceptor, ToyFold, toy_event
from tests.unit.engine.engine_parts import COUNTS, TOPICS
from tests.unit.engine.simulated_broker import SimulatedBroker
from tests.unit.engine.simulated_fleet import Fleet
from tests.unit.engine.virtual_time import pass_time, run_virtually

JOURNAL_PARTITIONS = 3
NAMES = [f"{11 + k:02d}.01.01.2001-{i:03d}" for k in range(6) for i in range(1, 9)]
COMPACTION_LAG_MS = 9_000


class Fault(Struct, frozen=True):
    """Something that happens, so long after the fault before."""

    what: str
    after_s: float
    pick: int


FAULTS = st.builds(
    Fault,
    st.sampled_from(["kill", "pause", "outage", "rebalance", "join", "replay", "compact"]),
    st.floats(min_value=0.0, max_value=4.0),
    st.integers(min_value=0, max_value=99),
)


class Day(Struct, frozen=True):
    """One example."""

    seed: int
    faults: tuple[Fault, ...]
    batch_bytes: int
    """Size of record batches: small ones tear checkpoints."""
    checkpoint_s: float
    half_round_trip_s: float
    events: int = 150


DAYS = st.builds(
    Day,
    seed=st.integers(min_value=0, max_value=2**32),
    faults=st.lists(FAULTS, max_size=6).map(tuple),
    batch_bytes=st.sampled_from([60, 300, 1_000_000]),
    checkpoint_s=st.sampled_from([0.05, 0.3, 1.5]),
    half_round_trip_s=st.sampled_from([0.004, 0.2]),
)


async def play(day: Day) -> tuple[SimulatedBroker, Fleet]:
    """Play a day to its end, with everything judged and saved."""
    broker = SimulatedBroker(Random(day.seed), COUNTS)
    broker.half_round_trip_s = day.half_round_trip_s
    engine = EngineSettings(
        journal_partitions=JOURNAL_PARTITIONS, checkpoint_s=day.checkpoint_s, mark_s=0.5
    )
    fleet = Fleet(broker, TOPICS, engine, Judgment(ToyAcceptor(), ToyFold), day.batch_bytes)
    load = asyncio.create_task(send(broker, day.events))
    await fleet.start(2)
    for fault in day.faults:
        await pass_time(fault.after_s)
        await inflict(fleet, broker, fault)
    await load
    async with asyncio.timeout(600):
        while not is_judged(broker):
            await broker.delay()
    await fleet.rebalance()
    return broker, fleet


def is_judged(broker: SimulatedBroker) -> bool:
    """Say whether every event was taken, judged and saved."""
    taken = all(
        broker.committed.get(slot, 0) == len(log)
        for slot, log in broker.logs.items()
        if slot.topic in TOPICS.sources
    )
    return taken and not any(
        isinstance(decode_record(record.value or b""), Accepted)
        for slot, log in broker.logs.items()
        if slot.topic == TOPICS.journal
        for record in log[broker.committed.get(slot, 0) :]
    )


async def send(broker: SimulatedBroker, events: int) -> None:
    """Send events, some of them broken, in bursts and pauses; nobody writes to one partition."""
    random = Random(broker.random.random())
    slots = [Slot("tps.status", 0), Slot("tps.status", 1), Slot("crowd.reports", 0)]
    for number in range(events):
        await pass_time(random.choice([0.0, 0.001, 0.05, 0.3]))
        name = random.choice(NAMES[: random.choice([6, len(NAMES)])])
        value = toy_event(number, name) if random.random() > 0.03 else b"{"
        broker.append(random.choice(slots), [(None, value, ())])


async def inflict(fleet: Fleet, broker: SimulatedBroker, fault: Fault) -> None:
    """Let a fault happen."""
    number = fault.pick % len(fleet.workers)
    match fault.what:
        case "kill":
            await fleet.kill(number)
        case "pause":
            await fleet.kill(number, is_paused=True)
        case "outage":
            await fleet.outage(fault.pick / 25)
        case "rebalance":
            await fleet.rebalance()
        case "join" if len(fleet.workers) < 4:
            await fleet.start(1)
        case "replay":
            replay_state(broker, fault.pick)
        case "compact" | "compact hard":
            lag_ms = COMPACTION_LAG_MS if fault.what == "compact" else 0
            for partition in range(JOURNAL_PARTITIONS):
                broker.compact(Slot(TOPICS.state, partition), lag_ms)
        case _:
            pass


def replay_state(broker: SimulatedBroker, pick: int) -> None:
    """Append old records of the state again, as a process does that slept in the socket."""
    slot = Slot(TOPICS.state, pick % JOURNAL_PARTITIONS)
    log = broker.logs[slot]
    start = len(log) * pick // 100
    broker.append(slot, [(r.key, r.value, r.headers) for r in log[start : start + 40]])


def judge_day(day: Day) -> None:
    """Play a day and check what it left behind."""
    broker, fleet = run_virtually(lambda: play(day))
    assert fleet.crashes() == []
    oracle.check(oracle.Day(TOPICS, broker.logs))


# A day takes half a second, so shrinking it would take minutes: the seed is as good.
@given(DAYS)
@settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_every_history_ends_as_if_nothing_had_happened(day: Day) -> None:
    """No event is lost, no line lost or told twice, no silence false, and the state is exact."""
    judge_day(day)


@pytest.mark.slow
@given(DAYS)
@settings(max_examples=1_000, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_thousand_histories_end_as_if_nothing_had_happened(day: Day) -> None:
    """The same, for a night."""
    judge_day(day)


TORN_DAYS = st.builds(
    Day,
    seed=st.integers(min_value=0, max_value=2**32),
    faults=st.lists(
        st.builds(
            Fault,
            st.sampled_from(["kill", "outage", "compact hard"]),
            st.floats(min_value=0.0, max_value=2.0),
            st.integers(min_value=0, max_value=99),
        ),
        min_size=3,
        max_size=10,
    ).map(tuple),
    batch_bytes=st.just(60),
    checkpoint_s=st.just(0.3),
    half_round_trip_s=st.just(0.2),
)


@given(TORN_DAYS)
@settings(max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_torn_checkpoints_survive_the_hardest_compaction(day: Day) -> None:
    """A state that compaction has made untrustworthy is built anew from the journal."""
    judge_day(day)


# ── Negative controls: an engine with one thing wrong must be found out ──────────────────────────

BAD_DAYS = [
    Day(
        seed=seed,
        faults=(*(Fault("kill", 0.3 + seed / 7, seed) for _ in range(6)), Fault("outage", 1.0, 75)),
        batch_bytes=300,
        checkpoint_s=0.3,
        half_round_trip_s=0.2,
    )
    for seed in range(4)
]


def forget_lines(_told: Told, _headers: Headers) -> bool:
    """Suppress nothing at takeover."""
    return False


def claim_the_present(_book: ClaimBook, _slot: Slot, _taken: tuple[int, int]) -> int:
    """Claim what was looked for, whether or not it was found."""
    return 1 << 61


def acknowledge_at_once(_writer: Writer) -> asyncio.Future[None]:
    """Take for acknowledged what was only put."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done


async def do_not_wait(_writer: Writer) -> None:
    """Take what was put for acknowledged."""


@pytest.mark.parametrize(
    ("what", "name", "wrong"),
    [
        (Told, "has", forget_lines),
        (ClaimBook, "_claim", claim_the_present),
        (Writer, "barrier", acknowledge_at_once),
        (Writer, "flush", do_not_wait),
    ],
    ids=["lines forgotten", "claims too large", "commit too early", "order not kept"],
)
def test_a_broken_engine_is_found_out(
    monkeypatch: pytest.MonkeyPatch, what: type, name: str, wrong: object
) -> None:
    """Each promise has a check that notices when it is broken."""
    monkeypatch.setattr(what, name, wrong)
    found = 0
    for day in BAD_DAYS:
        try:
            judge_day(day)
        except AssertionError:
            found += 1
    assert found > 0


@pytest.mark.parametrize("day", BAD_DAYS, ids=lambda day: day.seed)
def test_the_days_of_the_controls_are_sound(day: Day) -> None:
    """With the engine as it is, none of them fails."""
    judge_day(day)
