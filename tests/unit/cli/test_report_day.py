"""A day as it stood: of events, of a journal, of several partitions put together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.cli.report_day import Day, day_of_events, day_of_journal
from streams.config import Config
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.journal import Accepted, IntakeMark, JournalRecord
from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.setup import load_setup, recorded_settings
from streams.views.asked import Asked
from streams.views.situation import Situation, situation_of
from streams.wire.journal import JournalLine, encode_line
from tests.support.commands import TPS_1, election_folder, event_line, status
from tests.support.events import opened, suspended
from tests.support.stories import Item, at, journal
from tests.support.world import ELECTION, FAR, KR, local, whole_world

MORNING: tuple[Item, ...] = (
    *(at("07:00"), opened(KR), opened(FAR), at("08:00"), suspended(KR), at("09:00")),
)


def lines(partitions: int) -> Iterator[tuple[int, bytes]]:
    """Return the export of the morning, of one partition or of one a kabupaten."""
    number = 0
    for partition in range(partitions):
        for offset, step in enumerate(journal(*MORNING)):
            record = step.record
            if isinstance(record, Accepted) and not _is_of(record, partition, partitions):
                continue
            number += 1
            line = JournalLine(partition, offset, step.appended_at, _of_two(record, partitions))
            yield number, encode_line(line)


def _is_of(record: Accepted, partition: int, partitions: int) -> bool:
    return partitions == 1 or record.place.startswith(("17.02", "17.03")[partition])


def _of_two(record: JournalRecord, partitions: int) -> JournalRecord:
    match record:
        case IntakeMark(claims=claims, sources=sources):
            return IntakeMark(claims=claims, sources=sources, partitions=partitions)
        case _:
            return record


def situation(day: Day) -> Situation:
    """Return how all of it stands."""
    asked = Asked(election=ELECTION, area=AreaCode("17"), now=day.state.clocks.now)
    return situation_of(day.state, day.chronicle, asked)


def test_partitions_are_put_together() -> None:
    """What each remembers of its own places, and the clock of the one that has heard least."""
    one = day_of_journal(whole_world(), lines(1), "j", None)
    two = day_of_journal(whole_world(), lines(2), "j", None)
    assert local("09:00") == two.state.clocks.now == one.state.clocks.now
    assert situation(one).stations == situation(two).stations
    halts = [
        [(alert.rule, alert.scope) for alert in situation(day).alerts.alerts if alert.rule == "T06"]
        for day in (one, two)
    ]
    assert [[("T06", KR)]] * 2 == halts


@pytest.mark.parametrize("partitions", [1, 2])
def test_what_is_later_than_the_moment_is_left_out(partitions: int) -> None:
    """Records and marks alike."""
    day = day_of_journal(whole_world(), lines(partitions), "j", local("07:30"))
    assert local("07:30") == day.state.clocks.now
    stages = {stage: count for stage, count in situation(day).stations.by_stage if count}
    assert {"voting": 2, "not_open": 7} == stages


def test_an_empty_journal_is_a_day_before_its_first_record() -> None:
    """Nothing is known, and nothing fails."""
    day = day_of_journal(whole_world(), iter(()), "j", None)
    assert 0 == day.state.clocks.now


def test_what_is_no_journal_is_refused() -> None:
    """With the line of the file."""
    with pytest.raises(InputError, match="j:3: "):
        day_of_journal(whole_world(), iter([(3, b"nonsense")]), "j", None)


def test_events_are_judged_up_to_the_moment(tmp_path: Path) -> None:
    """And the clocks run on to it."""
    folder = election_folder(tmp_path)
    ready = load_setup([folder], recorded_settings(Config()))
    told = [
        event_line(status("a", "06:30:00", "heartbeat")),
        event_line(status("o", "07:10:00", "opened")),
    ]
    until = EpochMs(local("07:05"))
    day = day_of_events(ready, enumerate(told, 1), until)
    assert until == day.state.clocks.now
    facts = day.state.facts.get((ElectionId("serang-2024"), AreaCode(TPS_1)))
    assert facts is not None
    assert () == facts.points
