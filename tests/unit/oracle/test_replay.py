"""The way of a day through the oracle: marks, order, printing, and both kinds of input alike."""

import json

import pytest

from tests.oracle.compare import differences
from tests.oracle.days import Spice, make_day
from tests.oracle.export import as_journal
from tests.oracle.known_rules import KNOWN
from tests.oracle.replay import is_journal, judge_day, judge_journal, print_line
from tests.oracle.stories import KR, TINY, R, Story, Tape, ms, nasty_day


def kind(cause: str) -> str:
    """`input:LINE` of a replay and `PARTITION:OFFSET` of a journal are both the record itself."""
    word = cause.partition(":")[0]
    return "input" if word.isdecimal() else word


def kinds(lines: list[str]) -> list[str]:
    """Printed lines whose causes are told by kind alone."""
    told = [json.loads(line) for line in lines]
    return [json.dumps({**line, "cause": kind(line["cause"])}) for line in told]


def test_a_record_at_the_due_time_is_judged_before_it() -> None:
    """Lead's reading 1: a record with `received_at` = D comes first, a later one after."""
    day = Story().begin().status("09:00", KR, "suspended").command("09:20", "ack", f"T06@{KR}")
    assert "09:20:00 acknowledged polsek command" == day.told("T06", until="09:21")[-1]
    day = (
        Story().begin().status("09:00", KR, "suspended").command("09:20:00.001", "ack", f"T06@{KR}")
    )
    expected = [
        "09:20:00 escalated polres_ops deadline",
        "09:20:00 acknowledged polres_ops command",
    ]
    assert expected == day.told("T06", until="09:21")[1:]


def test_a_step_within_a_second_comes_before_a_later_record() -> None:
    """Lead's reading 1: `now` moves with a record, so what was due before it is done first."""
    day = Story().begin().report("09:00:00.200", "KAM-06", tps=KR)
    day.command("09:03:00.700", "ack", "W01@17.02.09.1012|KAM-06")
    expected = ["09:03:00 escalated polres deadline", "09:03:00 acknowledged polres command"]
    assert expected == day.told("W01")[1:]


def test_time_runs_on_to_until() -> None:
    """§7 "after the last line both run on to `--until` (default: the last event …)"."""
    day = Story().begin().status("09:00", KR, "suspended")
    assert [] == day.told("T06")
    assert 1 == len(day.told("T06", until="09:15:01"))


def test_later_lines_are_ignored() -> None:
    """§7 "later lines are ignored"."""
    day = Story().begin().report("09:00", "KAM-06", tps=KR).report("09:01", "KAM-04", tps=KR)
    assert 1 == len(day.told("W01", until="09:00:59"))


def test_a_line_without_a_time_of_receipt_takes_its_own() -> None:
    """§7 "`received_at` may be missing: then `value.at`, unless … more than 1 h beyond"."""
    day = Story().begin()
    value: dict[str, object] = {"id": "x", "at": "2024-11-27T06:00:00+07:00", "category": "KAM-06"}
    value |= {"source": {"id": "s", "role": "warga"}, "place": {"tps": KR}}
    day.raw(json.dumps({"topic": "crowd.reports", "value": value}))
    assert ["06:00:00 opened polres_ops input"] == day.told("W01")
    value |= {"id": "y", "at": "2024-11-27T07:00:00.001+07:00"}
    day.raw(json.dumps({"topic": "crowd.reports", "value": value}))
    assert ["bad_time"] == [letter.reason for letter in day.judged().dead_letters]


def test_redelivery_is_harmless() -> None:
    """§2 "One event: … remembered 48 h; redelivery is harmless; … other content …"."""
    day = Story().begin().report("09:00", "KAM-01", tps=KR, source="a")
    for line in (day.lines[-1], day.lines[-1].replace("KAM-01", "KAM-02")):
        day.raw(line)
    letters = day.judged().dead_letters
    assert [("id_conflict", 4)] == [(letter.reason, letter.line) for letter in letters]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("{", "{{", "json"),
        ('"tps.status"', '"tps.state"', "envelope"),
        ('"kind": "opened"', '"kind": "open"', "schema"),
        ('"id": "m1"', '"id": ""', "schema"),
        ("T07:00:00+07:00", "T07:00:00", "schema"),
        ('"at": "2024', '"at": "2019', "bad_time"),
        (KR, "17.02.01.2001-001", "unknown"),
    ],
)
def test_what_can_not_be_taken_is_a_dead_letter(old: str, new: str, reason: str) -> None:
    """§2 "What can't be taken goes whole to `siaga.deadletter`", by the reasons listed there."""
    day = Story().status("07:00", KR, "opened")
    day.lines = [day.lines[0].replace(old, new, 1 if reason == "json" else -1)]
    assert [reason] == [letter.reason for letter in day.judged().dead_letters]


def test_a_line_is_printed_as_the_contract_prints_it() -> None:
    """§7: the fields in their order, `at` in the kabupaten's zone, whole seconds."""
    day = Story().begin().report("09:00:00.900", "KAM-06", tps=KR)
    line = print_line(next(line for line in day.judged().lines if line.about.rule == "W01"))
    assert line.startswith('{"at":"2024-11-27T09:00:00+07:00","alert":"1702-')
    assert line.endswith(
        '","revision":1,"rule":"W01","scope":"17.02.09.1012","key":"KAM-06","change":"opened",'
        '"state":"unacknowledged","severity":"critical","ladder":"OPS","level":"polres_ops",'
        '"drill":false,"cause":"input:2"}'
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_journal_gives_the_lines_of_its_replay(seed: int) -> None:
    """§7 "gives exactly the transitions that the live workers gave": here, of the same day."""
    day = nasty_day(seed)
    until = ms("14:00")
    # Without X05: of a file it counts the lines, of a journal what intake says that it took.
    rules = KNOWN - {"X05"}
    replayed = [print_line(line) for line in judge_day(TINY, day, until, rules=rules).lines]
    journal = as_journal(TINY, day, until)
    assert is_journal(journal[0])
    assert not is_journal(day[0])
    journaled = [print_line(line) for line in judge_journal(TINY, journal, rules=rules).lines]
    assert kinds(replayed) == kinds(journaled)


def test_a_record_that_was_journaled_before_is_dropped() -> None:
    """§2 "redelivery is harmless": by its origin, whatever the record holds."""
    day = Story().begin().report("09:00", "KAM-06", tps=KR).report("09:01", "KAM-04", tps=KR)
    assert 1 == len(Tape().event(day, 1).event(day, 2).event(day, 3, origin=2).told("W01"))
    assert 2 == len(Tape().event(day, 1).event(day, 2).event(day, 3, origin=3).told("W01"))


def test_another_election_is_not_judged() -> None:
    """§2 drills "are judged as an election of their own"."""
    day = Story().begin().report("09:00", "KAM-06", tps=KR)
    real = as_journal(TINY, day.lines, ms("09:00"))
    drill = [line.replace('"tiny-2024"', '"tiny-2024#drill-1"') for line in real]
    rules = [{t.about.rule for t in judge_journal(TINY, told).lines} for told in (real, drill)]
    assert [{"T03", "W01", "X03", "X05"}, {"T03", "X05"}] == rules


@pytest.mark.parametrize("seed", range(1))
def test_copies_of_lines_change_nothing(seed: int) -> None:
    """§2 "redelivery is harmless", wherever in the day the copy comes."""
    day = make_day(seed, TINY, Spice(duplicates=False, bad_lines=False, late=False))
    whole = [line for line in day if '"received_at"' in line]
    copied: list[str] = []
    for number, line in enumerate(whole):
        when = json.loads(line)["received_at"]
        old = json.loads(whole[number // 2])
        copied += [line, json.dumps({**old, "received_at": when})]
    until = ms("22:00")
    once = [print_line(line) for line in judge_day(TINY, whole, until).lines]
    twice = [print_line(line) for line in judge_day(TINY, copied, until).lines]
    assert [] == differences(kinds(once), kinds(twice))


def test_absence_of_two_tps_is_told_in_the_order_of_time() -> None:
    """§7 "one line a change, in order"; at one moment by rule and scope."""
    told = [line for line in Story().begin().judged("07:30:01").lines if line.change == "opened"]
    assert sorted((line.at, line.about) for line in told) == [(t.at, t.about) for t in told]
    assert R in {line.about.scope for line in told}
