"""The judgment on one page: order of events and time, repeats, clocks, several elections."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.effects import Rejected
from streams.domain.events import CountStatus, Source, VoteCount
from streams.domain.ids import ElectionId
from streams.domain.journal import Accepted, IntakeMark, Origin, OwnerMark
from streams.domain.notice import Notice
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import Role
from streams.judge.state import PartitionState
from streams.judge.world import Watched, World
from streams.pipeline import Step
from tests.support.events import (
    ack,
    call_for_help,
    closed,
    heartbeat,
    opened,
    postponed,
    report,
    suspended,
)
from tests.support.stories import (
    Item,
    Told,
    at,
    brief,
    deaf,
    hearing,
    journal,
    judge,
    lines_of,
    name_of,
    named,
    of_election,
    only,
    replies_of,
    said,
    story,
)
from tests.support.world import ELECTION, KR, KR2, SR, R, local, plan, rules, world

SIX: Final = at("06:00")
REPEAT: Final = ElectionId("curup-ulang-2024")


def test_two_clocks_move_different_things() -> None:
    """Intake stands still: a ladder climbs on, and a silence is not told."""
    items = [SIX, opened(KR), at("07:00"), suspended(KR), at("07:16"), deaf, at("09:00")]
    assert ["07:15 opened", "07:20 escalated", "07:30 escalated"] == story(*items, of="T06@KR")
    assert [] == story(*items, of="T07@KR")
    assert ["08:30 opened", "09:15 escalated"] == story(
        *(*items, hearing, at("09:20")), of="T07@KR"
    )


def test_a_source_that_nobody_reads_holds_absence_back() -> None:
    """One partition of a topic without a claim, and nothing is known for sure."""
    steps = [
        replace(step, record=replace(step.record, sources={"tps.status": 2}))
        if isinstance(step.record, IntakeMark)
        else step
        for step in journal(SIX, at("09:00"))
    ]
    assert [] == lines_of(judge(steps))


def test_a_played_day_reads_no_other_clock() -> None:
    """Its marks carry the time; what the broker writes beside them is of another century."""
    wall = EpochMs(0)
    steps = [
        replace(
            step,
            appended_at=wall,
            record=replace(step.record, clock=step.appended_at)
            if isinstance(step.record, IntakeMark)
            else step.record,
        )
        for step in journal(SIX, opened(KR), at("08:00"))
    ]
    played = [brief(line) for line in lines_of(judge(steps))]
    live = [brief(line) for line in lines_of(judge(journal(SIX, opened(KR), at("08:00"))))]
    assert live == played


def test_an_event_told_again_changes_nothing() -> None:
    """The same input record, the same event by another way, and a retry with the same id."""
    halt = named("s1", suspended(KR))
    once = judge(journal(SIX, opened(KR), at("07:00"), halt, at("07:10")))
    again = judge(journal(SIX, opened(KR), at("07:00"), halt, at("07:10"), said("07:00", halt)))
    assert once == again


def test_an_input_record_is_judged_once() -> None:
    """Intake was killed between append and commit, and appends it once more."""
    steps = journal(SIX, opened(KR), at("07:00"), report("KAM-06", KR, "w1"), at("07:10"))
    twice = [step for step in steps for _ in range(2)]
    assert lines_of(judge(steps)) == lines_of(judge(twice))


def test_the_same_id_with_other_content_is_a_dead_letter() -> None:
    """It changes nothing, and says where it came from."""
    items = [SIX, named("x", opened(KR)), at("06:10"), named("x", heartbeat(KR))]
    [rejected] = only(judge(journal(*items)), Rejected)
    assert ("id_conflict", "id x came before with other content") == (
        rejected.reason,
        rejected.detail,
    )
    assert Origin("tps.status", 0, 41) == rejected.origin


def test_counts_are_taken_and_judged_by_nobody_yet() -> None:
    """They stand in the journal for the rules that are to come."""
    count = VoteCount(
        id="c1",
        at="",
        tps=KR,
        contest="gubernur",
        status=CountStatus.FINAL,
        source=Source("kpps", Role.KPPS),
        votes={"01": 120, "02": 99},
    )
    told = judge(journal(SIX, Told(event=count, place=KR)))
    assert [] == [one for one in told if not isinstance(one, Notice)]


def test_time_is_told_in_order_whichever_clock_it_goes_by() -> None:
    """One mark after an outage: absence and ladders, the earlier first."""
    steps = journal(SIX, call_for_help("A1"), at("08:00"))
    outage = [step for step in steps if not local("06:00:30") <= step.appended_at < local("08:00")]
    told = [f"{brief(line)} {name_of(line)}" for line in lines_of(judge(outage))]
    assert [
        "06:00 opened W02@officer:A1",
        "06:03 escalated late W02@officer:A1",
        "06:08 escalated late W02@officer:A1",
        "06:30 opened T03@EARLY",
        "07:10 opened T03@SR",
    ] == told[:5]


def test_what_falls_due_before_an_event_is_done_before_it() -> None:
    """Even if no mark has come between."""
    steps = journal(SIX, report("KAM-06", KR, "w1"), at("06:04"), ack("W01@DESA|KAM-06"))
    silent = [step for step in steps if not isinstance(step.record, IntakeMark)]
    assert ["06:00 opened", "06:03 escalated", "06:04 acknowledged"] == [
        brief(line) for line in lines_of(judge(silent))
    ]


def test_only_a_mark_settles_absence() -> None:
    """A later record alone settles nothing: the same TPS may report through a source that lags."""
    steps = journal(SIX, at("07:31"), heartbeat(KR))
    before = [step for step in steps if step.appended_at < local("07:30")]
    event = [step for step in steps if isinstance(step.record, Accepted)]
    assert [] == [line for line in lines_of(judge([*before, *event])) if line.scope == KR]
    assert ["T03"] == [line.rule for line in lines_of(judge(steps)) if line.scope == KR]


def test_several_elections_are_judged_side_by_side() -> None:
    """A repeated poll eleven days later: the same TPS, an alert of its own."""
    both = World(
        {
            ELECTION: Watched.of(plan(), rules()),
            REPEAT: Watched.of(plan(REPEAT, date="2024-12-08"), rules()),
        }
    )
    effects = judge(journal(at("270:00"), at("271:31")), both)
    assert {REPEAT} == {line.election for line in lines_of(effects)}
    assert local("07:30", "2024-12-08") == next(
        line.at for line in lines_of(effects) if line.scope == KR
    )
    mixed = journal(SIX, of_election(REPEAT, opened(KR)), at("07:31"))
    first = [line for line in lines_of(judge(mixed, both)) if line.election == ELECTION]
    assert ["T03"] == [line.rule for line in first if line.scope == KR]


def test_a_drill_does_not_open_the_real_day() -> None:
    """An opening in a drill is none in the election it is held of."""
    items = [SIX, of_election(f"{ELECTION}#drill-TFG1", opened(KR)), at("07:31")]
    real = [line.rule for line in lines_of(judge(journal(*items))) if not line.drill]
    assert "T03" in real
    assert "T07" not in real


def test_a_drill_is_an_alert_of_its_own() -> None:
    """The same case gets another id, and says that it is a drill."""
    drill = of_election(f"{ELECTION}#drill-TFG1", call_for_help("A1"))
    effects = judge(journal(SIX, call_for_help("A1"), drill))
    assert [False, True] == [line.drill for line in lines_of(effects)]
    assert 2 == len({line.alert for line in lines_of(effects)})


def test_a_partition_watches_its_own_kabupaten_only() -> None:
    """Every TPS is watched by one partition, whatever their number."""
    steps = [
        replace(step, record=replace(step.record, partitions=3))
        if isinstance(step.record, IntakeMark)
        else step
        for step in journal(SIX, at("07:31"))
    ]
    told: list[str] = []
    for partition in range(3):
        state = PartitionState(partition, world())
        effects = [effect for step in steps for effect in pipeline.step(state, step)]
        told += [line.scope for line in lines_of(effects)]
    whole = [line.scope for line in lines_of(judge(journal(SIX, at("07:31"))))]
    assert sorted(whole) == sorted(told)


def test_a_mark_without_anything_due_says_nothing() -> None:
    """A quiet second costs nothing."""
    state = PartitionState(0, world())
    for number in range(100):
        mark = OwnerMark() if number % 2 else IntakeMark({}, {})
        moment = EpochMs(local("00:00", "2024-11-20") + number * SECOND_MS)
        assert [] == pipeline.step(state, Step(f"0:{number}", moment, mark))


def test_a_message_of_another_week_does_not_stop_the_day() -> None:
    """Materials are tested days before; it says nothing about the silence of election day."""
    items = [SIX, said("-90:00", heartbeat(KR)), said("-80:00", heartbeat(KR)), at("07:31")]
    assert ["07:30 opened"] == story(*items, of="T03@KR")


DAY: Final[list[Item]] = [
    *(SIX, *(opened(tps) for tps in (KR, R, KR2)), at("07:15"), opened(SR)),
    *(at("07:40"), report("KAM-01", KR, "w1"), report("KAM-01", KR, "w2")),
    *(report("KAM-01", R, "w3"), report("INT-01", SR, "w1"), report("INT-02", SR, "w4")),
    *(at("08:20"), call_for_help("C1"), ack("T07@pair:P03"), at("09:00"), suspended(R)),
    *(at("11:00"), closed(KR), postponed(R), at("12:00")),
]


def digest_of_the_day() -> str:
    """Return a hash of everything that the day brings about."""
    return hashlib.sha256(msgspec.json.encode(judge(journal(*DAY)))).hexdigest()


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_no_hash_seed_changes_a_byte(seed: str) -> None:
    """Sets and dictionaries of another process are ordered otherwise; the day is not."""
    program = "from tests.unit.test_pipeline import digest_of_the_day as d; print(d())"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    )
    assert digest_of_the_day() == ran.stdout.strip()


def test_that_day_is_worth_hashing() -> None:
    """Every rule has something to say of it."""
    effects = judge(journal(*DAY))
    assert {"T03", "T06", "T07", "W01", "W02", "W04"} == {line.rule for line in lines_of(effects)}
    assert ["done"] == replies_of(effects)
