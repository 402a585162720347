"""The fold against the oracle on journals in which some intake workers lag behind others.

A file is replayed in the order of receipt; a live journal is not always in it. A busy hour has many
TPS and what most of them say; two hours of a whole day have few, and everything that can be said.
"""

import json
from pathlib import Path

import pytest

from streams.config import ClockSource
from streams.domain.effects import Line
from streams.domain.times import MINUTE_MS, EpochMs
from streams.engine.topics import SOURCES
from streams.judge.state import PartitionState
from streams.pipeline import Step, step
from streams.setup import load_setup
from streams.simulation.played import Played
from streams.territory.zone import offset_minutes
from streams.wire.accept import AcceptSettings
from streams.wire.journal import encode_line
from streams.wire.outputs import transition
from tests.faults.disorder import disordered
from tests.faults.load import Load, busy_hour
from tests.faults.province import Size, province
from tests.oracle.compare import differences
from tests.oracle.days_whole import TOWN, VILLAGE, make_whole_day
from tests.oracle.folder import read_folder
from tests.oracle.known_rules import COMPARED
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_journal, print_line
from tests.oracle.times import parse_time

MINUTES = 40
WHOLE_MINUTES = 120


def assert_agreed(folder: Path, load: Load, seed: int) -> None:
    """Judge one disordered journal twice, and compare alert by alert."""
    setup = load_setup([folder], AcceptSettings(clock=ClockSource.PLAYED))
    journal = list(disordered(load, setup.acceptor, seed))
    state, told = PartitionState(0, setup.world), list[str]()
    for line in journal:
        for effect in step(state, Step(f"0:{line.offset}", line.appended_at, line.record)):
            if isinstance(effect, Line):
                told.append(transition(effect, offset_minutes(effect.alert)).decode())
    lines = [encode_line(line).decode() for line in journal]
    judged = judge_journal(read_folder(folder), lines, AS_THE_FOLD, COMPARED)
    assert [] == differences([print_line(line) for line in judged.lines], told, COMPARED)
    assert told, "a day without alerts shows nothing"


def hour_of(folder: Path, seed: int) -> Load:
    """Return the busy hour of a kabupaten, whose folder is made."""
    province(folder, Size(kabupaten=1, tps=45))
    (watched,) = load_setup([folder], AcceptSettings()).world.elections.values()
    return busy_hour(watched.plan, seed, MINUTES)


def part_of(folder: Path, seed: int) -> Load:
    """Return the two hours of a whole day that begin with a message of its second third."""
    day = [played for line in make_whole_day(seed, read_folder(folder)) for played in sent(line)]
    day.sort(key=lambda played: played.received_at)
    starts = day[len(day) // 3 + seed % (len(day) // 3)].received_at // 1000 * 1000
    ends = starts + WHOLE_MINUTES * MINUTE_MS
    own = tuple(one for one in day if starts <= one.received_at < ends)
    return Load(EpochMs(starts), EpochMs(ends), own, {})


def sent(line: str) -> list[Played]:
    """Return the message of a line that is one and says when it was received."""
    try:
        read = json.loads(line)
        received_at = EpochMs(parse_time(read["received_at"]))
    except (ValueError, KeyError, TypeError):
        return []
    value = json.dumps(read["value"]).encode()
    return [Played(received_at, read["topic"], value)] if read["topic"] in SOURCES else []


@pytest.mark.parametrize("seed", [126])
def test_lagging_workers_make_a_journal_that_is_judged_alike(tmp_path: Path, seed: int) -> None:
    """Evidence, calm, silence and orders in any order between partitions: line by line the same."""
    folder = tmp_path / "lampung"
    assert_agreed(folder, hour_of(folder, seed), seed)


@pytest.mark.parametrize(("folder", "seed"), [(TOWN, 2), (VILLAGE, 3), (VILLAGE, 4)])
def test_so_is_a_part_of_a_whole_day(folder: Path, seed: int) -> None:
    """With boxes, counts and reports of all kinds."""
    assert_agreed(folder, part_of(folder, seed), seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, *range(100, 140)])
def test_many_such_journals_are_judged_alike(tmp_path: Path, seed: int) -> None:
    """The same over many days."""
    folder = tmp_path / "lampung"
    assert_agreed(folder, hour_of(folder, seed), seed)


@pytest.mark.slow
@pytest.mark.parametrize("folder", [TOWN, VILLAGE], ids=["town", "village"])
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_parts_of_whole_days_are_judged_alike(folder: Path, seed: int) -> None:
    """The same over many parts."""
    assert_agreed(folder, part_of(folder, seed), seed)
