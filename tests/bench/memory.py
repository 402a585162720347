"""How much memory a whole nation takes with every rule armed: `python -m tests.bench --memory`.

One process holds all of it, which no worker ever does: 435,296 TPS with their plan, 16 partitions
of the journal. Then every TPS opens, tells that it goes on, hears an officer's "aman", and counts;
every officer checks in. What is measured is the resident memory of the process, step by step.
"""

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from streams import pipeline
from streams.domain.events import CountStatus, Source, StatusKind, TpsStatus, VoteCount
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import AcceptedCount, AcceptedStatus, IntakeMark, Origin
from streams.domain.partition import partition_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role, Situation
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.setup import pack_of
from streams.territory.areas import NO_AREAS
from streams.territory.parse import parse_folder
from streams.territory.plan import Plan
from tests.bench.country import ELECTION, NATIONAL, Country, country_of, country_texts
from tests.bench.stage import say

__all__ = ["measure_memory"]

_PARTITIONS: Final = 16
_DATE: Final = "2024-11-27"
_MIB: Final = 1 << 20
_PAGE: Final = 4096
_OFFSETS: Final = count()
_SOURCE: Final = "tps.status"


def measure_memory() -> Iterator[tuple[str, float]]:
    """Yield a figure for each step: its name, and MiB that the process has by then."""
    country = country_of(NATIONAL)
    say(f"{len(country.tps):,} TPS, {len(country.officers):,} officers")
    yield _figure("start")
    plan, faults = parse_folder(country_texts(country, _DATE), NO_AREAS)
    assert plan is not None, faults
    yield _figure("plan")
    states = _states(plan)
    yield _figure("armed")
    for name, events in _day(plan, country):
        _judge(states, events)
        yield _figure(name)


def _figure(name: str) -> tuple[str, float]:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    say(f"{name}: {pages * _PAGE / _MIB:,.0f} MiB")
    return f"memory_{name}_mib", pages * _PAGE / _MIB


def _states(plan: Plan) -> list[PartitionState]:
    world = World({ElectionId(ELECTION): Watched.of(plan, compile_pack(pack_of(plan)))})
    states = [PartitionState(number, world) for number in range(_PARTITIONS)]
    opens_at = next(iter(plan.tps.values())).opens_at
    for state in states:
        _mark(state, EpochMs(opens_at - MINUTE_MS))
    return states


def _mark(state: PartitionState, at: EpochMs) -> None:
    mark = IntakeMark({f"{_SOURCE}/0": at}, {_SOURCE: 1}, _PARTITIONS, at)
    pipeline.step(state, pipeline.Step("mark", EpochMs(0), mark))


def _day(
    plan: Plan, country: Country
) -> Iterator[tuple[str, Iterator[AcceptedStatus | AcceptedCount]]]:
    at = next(iter(plan.tps.values())).opens_at
    opened = _statuses(country, StatusKind.OPENED, Role.KPPS, at)
    yield "opened", opened
    beats = _statuses(country, StatusKind.HEARTBEAT, Role.KPPS, EpochMs(at + 5 * MINUTE_MS))
    yield "heartbeats", beats
    calm = _statuses(country, StatusKind.HEARTBEAT, Role.PAM_TPS, EpochMs(at + 6 * MINUTE_MS))
    yield "officers_words", calm
    yield "checkins", _checkins(country, EpochMs(at + 7 * MINUTE_MS))
    yield "counts", _counts(country, EpochMs(at + 8 * MINUTE_MS))


def _statuses(
    country: Country, kind: StatusKind, role: Role, at: EpochMs
) -> Iterator[AcceptedStatus]:
    for number, code in enumerate(country.tps):
        event = TpsStatus(
            id=f"{kind}-{number}",
            at="",
            kind=kind,
            source=Source(f"{role}-{code}", role),
            tps=code,
        )
        if role is Role.PAM_TPS:
            event = replace(event, situation=Situation.AMAN)
        yield _status(code, at, number, event)


def _checkins(country: Country, at: EpochMs) -> Iterator[AcceptedStatus]:
    for number, officer in enumerate(country.officers):
        event = TpsStatus(
            id=f"checkin-{number}",
            at="",
            kind=StatusKind.CHECKIN,
            source=Source(officer.id, Role.PAM_TPS),
            tps=officer.tps,
            officer=officer.id,
        )
        yield _status(officer.tps, at, number, event)


def _counts(country: Country, at: EpochMs) -> Iterator[AcceptedCount]:
    for number, code in enumerate(country.tps):
        event = VoteCount(
            id=f"count-{number}",
            at="",
            tps=code,
            contest=f"gubernur-{code[:2]}",
            status=CountStatus.FINAL,
            source=Source(f"kpps-{code}", Role.KPPS),
            votes={"01": 120, "02": 100},
            valid=220,
            invalid=number % 7,
        )
        yield AcceptedCount(
            received_at=at,
            at=at,
            origin=_origin(),
            election=ElectionId(ELECTION),
            place=AreaCode(code),
            digest=f"{number:016x}",
            event=event,
        )


def _status(code: str, at: EpochMs, number: int, event: TpsStatus) -> AcceptedStatus:
    return AcceptedStatus(
        received_at=at,
        at=at,
        origin=_origin(),
        election=ElectionId(ELECTION),
        place=AreaCode(code),
        digest=f"{number:016x}",
        event=event,
    )


def _origin() -> Origin:
    """Return a place of its own in the input: what came from there before is not judged again."""
    return Origin(_SOURCE, 0, next(_OFFSETS))


def _judge(states: list[PartitionState], events: Iterator[AcceptedStatus | AcceptedCount]) -> None:
    for number, event in enumerate(events):
        home = partition_of(kabupaten_of(event.place).encode(), _PARTITIONS)
        pipeline.step(states[home], pipeline.Step(f"{home}:{number}", EpochMs(0), event))
