"""When a change holds, and what becomes of a rule that fails."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams import pipeline
from streams.domain.alert import AlertState, Text
from streams.domain.effects import AlertShown, RuleFault
from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode
from streams.domain.words import TpsClass
from streams.judge.state import PartitionState
from streams.judge.telling import Grounds, Teller, is_drill
from streams.judge.world import Watched, World
from streams.rules.compiled import CompiledPack
from streams.rules.compiling import compile_pack
from streams.rules.reading import read_pack
from tests.support.books import CASE, moment
from tests.support.books import opened as opened_alert
from tests.support.events import (
    ack,
    all_well,
    call_for_help,
    checkin,
    command,
    confirm_identity,
    heartbeat,
    opened,
    report,
)
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    deaf,
    hearing,
    journal,
    judge,
    lines_of,
    name_of,
    only,
    said,
    story,
)
from tests.support.world import (
    DESA,
    ELECTION,
    FAR,
    FAR2,
    KH,
    KR,
    R2,
    SR,
    R,
    changed_pack,
    clock,
    plan,
    rules,
    world,
)

SIX: Final = at("06:00")
NO_TEXTS: Final = {name: Text("", "") for name in ("begins", "deadline", "limit_minutes")}


def worlds_of(broken: CompiledPack) -> World:
    """Return the tiny world with other rules."""
    return World({ELECTION: Watched.of(plan(), broken)})


def broken_silence() -> World:
    """Return a world whose rule T07 knows a limit of kurang_rawan TPS only."""
    found = tuple(
        replace(rule, limits_ms=rule.limits_ms[:1]) if rule.head.rule.id == "T07" else rule
        for rule in rules().overdue_tps
    )
    return worlds_of(replace(rules(), overdue_tps=found))


def broken_riot() -> World:
    """Return a world whose rule W01 has lost its thresholds."""
    [rule] = rules().score["KAM-01"]
    broken = replace(rule, limits=replace(rule.limits, thresholds=()))
    return worlds_of(replace(rules(), score={**rules().score, "KAM-01": (broken,)}))


def test_a_failing_rule_is_put_aside_where_it_failed() -> None:
    """The rest of the day goes on: other rules, other places, the same record."""
    items = [SIX, at("07:20"), report("KAM-01", KR, "w1"), report("INT-01", KR, "w2")]
    effects = judge(journal(*items, at("07:31")), broken_riot())
    [fault] = only(effects, RuleFault)
    assert ("W01", DESA, ELECTION) == (fault.rule, fault.scope, fault.election)
    assert "IndexError: tuple index out of range" == fault.detail
    assert "07:20" == clock(fault.at)
    assert "T03@KR" in [name_of(line) for line in lines_of(effects)]


def test_a_failing_rule_is_told_once_for_each_place() -> None:
    """And never asked there again."""
    items = [SIX, *(report("KAM-01", tps, "w") for tps in (KR, R, FAR, KR))]
    faults = only(judge(journal(*items), broken_riot()), RuleFault)
    assert [DESA, FAR[:13]] == [fault.scope for fault in faults]


def test_a_rule_of_absence_that_fails_is_put_aside_as_well() -> None:
    """It goes on where it does not fail, and where it does the other rules go on."""
    items = [SIX, at("07:00"), opened(KR), opened(R), at("07:10"), heartbeat(R), at("09:00")]
    effects = judge(journal(*items), broken_silence())
    faults = only(effects, RuleFault)
    assert ["T07"] * 5 == [fault.rule for fault in faults]
    assert {R, SR, KH, R2, FAR2} == {AreaCode(fault.scope) for fault in faults}
    told = {name_of(line) for line in lines_of(effects)}
    assert {"T07@KR", "T07@pair:P02"} <= told
    assert "T07@R" not in told


def test_a_worker_can_take_over_where_a_rule_was_put_aside() -> None:
    """Loading succeeds, and nobody is told of the fault a second time."""
    steps = journal(SIX, at("07:00"), opened(KR), opened(R), at("09:00"))
    state = PartitionState(0, broken_silence())
    for step in steps[:-1]:
        pipeline.step(state, step)
    rows, clocks = state.take_changes()
    taken_over = PartitionState(0, broken_silence())
    taken_over.load([(key, row) for key, row in rows.items() if row is not None], clocks)
    pipeline.restore(taken_over)
    assert 5 == len(taken_over.quarantine)
    assert [] == only(pipeline.step(taken_over, steps[-1]), RuleFault)


TIMES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "a record causes its lines when it is received": (
        [SIX, at("09:05"), said("09:00", report("KAM-06", KR, "w1"))],
        ["09:05 opened"],
    ),
    "a clock that is ahead is believed": (
        [SIX, at("09:05"), said("09:06:30", report("KAM-06", KR, "w1"))],
        ["09:06:30 opened"],
    ),
    "the ladder of a record counts from its line": (
        [SIX, at("09:05"), said("09:00", report("KAM-06", KR, "w1")), at("09:09")],
        ["09:05 opened", "09:08 escalated"],
    ),
    "a step that was due is done before a record": (
        [SIX, at("09:05"), report("KAM-06", KR, "w1"), at("09:08:10"), ack("W01@DESA|KAM-06")],
        ["09:05 opened", "09:08 escalated", "09:08:10 acknowledged"],
    ),
    "a record of the very moment is judged before what falls due then": (
        [SIX, at("09:05"), report("KAM-06", KR, "w1"), at("09:08"), ack("W01@DESA|KAM-06")],
        ["09:05 opened", "09:08 acknowledged"],
    ),
    "a line never lies before the one it follows": (
        [SIX, at("09:05"), said("09:06", report("KAM-06", KR, "w1")), ack("W01@DESA|KAM-06")],
        ["09:06 opened", "09:06 acknowledged"],
    ),
}


@pytest.mark.parametrize(("items", "told"), TIMES.values(), ids=TIMES)
def test_the_time_of_a_line(items: list[Item], told: list[str]) -> None:
    """A record causes its lines at the later of its time of receipt and its own time."""
    assert told == story(*items, of="W01@DESA|KAM-06")


def test_what_is_settled_more_than_a_minute_late_says_so() -> None:
    """An outage of the whole system: no mark between 09:01 and 10:00."""
    steps = journal(SIX, at("09:00"), report("KAM-06", KR, "w1"), at("10:00"))
    awake = [step for step in steps if not "09:00:30" <= clock(step.appended_at) < "10:00"]
    lines = [line for line in lines_of(judge(awake)) if line.rule == "W01"]
    assert [
        ("opened", "09:00"),
        ("escalated", "09:03"),
        ("escalated", "09:08"),
    ] == [(line.change, clock(line.at)) for line in lines]
    assert ["late", "late"] == [line.cause for line in lines[1:]]


def test_absence_that_is_settled_late_keeps_its_cause_and_time() -> None:
    """Its ladder counts from the mark that settled it."""
    items = [SIX, at("07:00"), deaf, at("08:00"), hearing, at("08:20")]
    assert ["07:30 opened", "08:15 escalated"] == story(*items, of="T03@KR")


def test_a_change_without_a_line_is_shown_all_the_same() -> None:
    """More evidence: the alert is shown as it is now, and nobody is told anew."""
    before = judge(journal(SIX, report("KAM-06", KR, "w1")))
    after = judge(journal(SIX, report("KAM-06", KR, "w1"), report("KAM-06", KR, "w2")))
    assert 1 == len(lines_of(after)) == len(lines_of(before))
    assert [1, 2] == [len(shown.alert.evidence) for shown in only(after, AlertShown)]


def test_the_end_of_what_a_person_resolved_is_shown_and_not_told() -> None:
    """The condition has cleared, so it may begin again."""
    items = [SIX, at("07:31"), command(CommandKind.RESOLVE, "T03@KR"), at("07:40"), opened(KR)]
    assert ["07:30 opened", "07:31 resolved"] == story(*items, of="T03@KR")
    shown = [one.alert for one in only(judge(journal(*items)), AlertShown) if one.alert.scope == KR]
    assert [True, True, False] == [alert.holds for alert in shown]


def test_a_new_episode_leaves_the_old_one_open_until_somebody_looks() -> None:
    """A returned alert is resolved by an acknowledgement or after twelve hours, by its own id."""
    items = [at("09:00"), call_for_help("A1"), at("09:01")]
    items += [all_well(checkin("A1")), confirm_identity("A1"), at("10:00"), call_for_help("A1")]
    lines = [line for line in lines_of(judge(journal(*items, at("22:00")))) if line.rule == "W02"]
    [first, second] = dict.fromkeys(line.alert for line in lines)
    assert ["opened", "returned", "resolved"] == [
        line.change for line in lines if line.alert == first
    ]
    assert "21:01" == clock(next(one.at for one in lines if one.change == "resolved"))
    assert "opened" == next(line.change for line in lines if line.alert == second)


def test_a_rise_of_what_a_person_has_resolved_is_told_to_nobody() -> None:
    """It is silent for twice as long now, and somebody has said that it is well."""
    items = [at("07:00"), opened(KR), at("08:31"), command(CommandKind.RESOLVE, "T07@KR")]
    assert ["08:30 opened", "08:31 resolved"] == story(*items, at("11:00"), of="T07@KR")


def test_a_rise_to_a_severity_that_it_has_already_is_none() -> None:
    """A folder may make the rule as severe as that from the start."""
    text = changed_pack("severity: medium\nladders: OPS\n", "severity: high\nladders: OPS\n")
    severe = worlds_of(compile_pack(read_pack(text)))
    items = [at("07:00"), opened(KR), at("10:01")]
    assert ["08:30 opened", "08:35 escalated", "08:45 escalated"] == story(
        *items, of="T07@KR", world=severe
    )


def test_a_rise_says_by_how_much_the_limit_was_passed() -> None:
    """A folder may ask for three times the limit instead of twice."""
    text = changed_pack("raise_at: 2", "raise_at: 3")
    slow = worlds_of(compile_pack(read_pack(text)))
    items = [at("07:00"), opened(KR), at("11:31")]
    assert "11:30 raised" in story(*items, of="T07@KR", world=slow)
    alert = alerts_of(judge(journal(*items), slow))["T07@KR"]
    assert (3.0, None) == (alert.why[-1].value, alert.why[-1].threshold)


def test_evidence_of_what_a_person_has_resolved_does_not_grow_it() -> None:
    """It holds still, and nobody is asked: the book keeps it as it was."""
    resolved = replace(opened_alert(), state=AlertState.RESOLVED)
    state = PartitionState(0, world())
    state.put_alert(resolved)
    head = rules().overdue_tps[0].head
    grounds = Grounds(tps_class=TpsClass.KURANG_RAWAN, values=NO_TEXTS, why=(), evidence=())
    teller = Teller(state, "0:1")
    teller.hold(head, CASE, grounds, moment(1))
    assert ([], resolved) == (teller.effects, state.latest_of(CASE.identity))


def test_an_election_with_the_mark_of_a_drill_is_one() -> None:
    """Contract §2: `REAL#drill-ID`."""
    assert is_drill(type(ELECTION)(f"{ELECTION}#drill-TFG1"))
    assert not is_drill(ELECTION)
    assert world().elections.keys() == {ELECTION}
