"""Files are judged as a worker would judge them, and a failing rule is told."""

from collections.abc import Callable, Iterator

import pytest

from streams.cli.judging import judge_events, judge_journal
from streams.domain.effects import DeadLetterReason, RuleFault
from streams.domain.ids import Scope
from streams.domain.journal import OwnerMark
from streams.fold import PartitionFold
from streams.replay import BadLine, Judged, Replay
from streams.setup import Setup
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.wire.accept import Acceptor
from streams.wire.journal import JournalLine, encode_line
from tests.support.world import ELECTION, KR, local, plan, world

FAULT = RuleFault(
    rule="W01", scope=Scope(KR), election=ELECTION, detail="division\nby zero", at=local("07:00")
)


class Scripted(Replay):
    """A replay whose first line brings a fault, and whose second cannot be taken."""

    def take(self, number: int, line: bytes) -> Iterator[BadLine | Judged]:
        """Judge a line."""
        if line == b"fault":
            yield Judged(number, OwnerMark(), (FAULT,))
        else:
            yield BadLine(number, DeadLetterReason.JSON, "no JSON")


def test_a_failing_rule_is_told_and_the_day_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """On one line, with its scope: this is the operator's own machine."""
    acceptor = Acceptor(Territory.of([plan()]), NO_AREAS, frozenset())
    turned_away: list[tuple[int, str]] = []
    judged = judge_events(
        Scripted(world(), acceptor),
        iter([(1, b"fault"), (2, b"bad")]),
        lambda number, reason, _: turned_away.append((number, reason)),
    )
    assert [(1, 0, ())] == [(one.number, one.partition, tuple(one.outputs)) for one in judged]
    expected = f"siaga: rule W01 failed on {KR} and was put aside there: division by zero\n"
    assert expected == capsys.readouterr().err
    assert [(2, "json")] == turned_away


class Counting(Setup, frozen=True, kw_only=True):
    """A setup that remembers for which partitions it was asked for a fold."""

    asked: list[int]

    def fold(self, partition: int, on_fault: Callable[[RuleFault], None]) -> PartitionFold:
        """Return the empty fold of a journal partition."""
        self.asked.append(partition)
        return super().fold(partition, on_fault)


def test_a_partition_has_one_fold_for_all_its_lines() -> None:
    """A fold is a whole world to set up, and a journal has millions of lines."""
    acceptor = Acceptor(Territory.of([plan()]), NO_AREAS, frozenset())
    setup = Counting(world(), acceptor, asked=[])
    lines = [
        encode_line(JournalLine(partition, offset, local("06:00"), OwnerMark()))
        for offset in range(3)
        for partition in (0, 5)
    ]
    judged = judge_journal(setup, enumerate(lines, 1), "journal.jsonl")
    assert [(1, 0), (2, 5), (3, 0), (4, 5), (5, 0), (6, 5)] == [
        (one.number, one.partition) for one in judged
    ]
    assert [0, 5] == setup.asked
