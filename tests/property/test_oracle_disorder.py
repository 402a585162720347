"""The fold against the oracle on journals in which some intake workers lag behind others.

A file is replayed in the order of receipt; a live journal is not always in it.
"""

from pathlib import Path

import pytest

from streams.config import ClockSource
from streams.domain.effects import Line
from streams.judge.state import PartitionState
from streams.pipeline import Step, step
from streams.setup import load_setup
from streams.territory.zone import offset_minutes
from streams.wire.accept import AcceptSettings
from streams.wire.journal import encode_line
from streams.wire.outputs import transition
from tests.faults.disorder import disordered
from tests.faults.load import busy_hour
from tests.faults.province import Size, province
from tests.oracle.compare import differences
from tests.oracle.folder import read_folder
from tests.oracle.replay import judge_journal, print_line

MINUTES = 40


def assert_agreed(folder: Path, seed: int) -> None:
    """Judge one disordered journal twice, and compare alert by alert."""
    province(folder, Size(kabupaten=1, tps=45))
    setup = load_setup([folder], AcceptSettings(clock=ClockSource.PLAYED))
    (watched,) = setup.world.elections.values()
    load = busy_hour(watched.plan, seed, MINUTES)
    journal = list(disordered(load, setup.acceptor, seed))
    state, told = PartitionState(0, setup.world), list[str]()
    for line in journal:
        for effect in step(state, Step(f"0:{line.offset}", line.appended_at, line.record)):
            if isinstance(effect, Line):
                told.append(transition(effect, offset_minutes(effect.alert)).decode())
    judged = judge_journal(read_folder(folder), [encode_line(line).decode() for line in journal])
    assert [] == differences([print_line(line) for line in judged.lines], told)
    assert told, "a day without alerts shows nothing"


@pytest.mark.parametrize("seed", [0, 1, 126])
def test_lagging_workers_make_a_journal_that_is_judged_alike(tmp_path: Path, seed: int) -> None:
    """Evidence, calm, silence and orders in any order between partitions: line by line the same."""
    assert_agreed(tmp_path / "lampung", seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_such_journals_are_judged_alike(tmp_path: Path, seed: int) -> None:
    """The same over many days."""
    assert_agreed(tmp_path / "lampung", seed)
