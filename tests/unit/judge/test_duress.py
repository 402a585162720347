"""Cries for help: what is kept of officers, and what answers one (W02)."""

from typing import Final

from streams.domain.events import CommandKind
from streams.domain.facts import REMARKS_MAX
from streams.judge.state import PartitionState
from tests.support.events import (
    all_well,
    call_for_help,
    checkin,
    command,
    confirm_identity,
    correction,
    heartbeat,
)
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    journal,
    judge,
    judge_into,
    named,
    of_election,
    replies_of,
    said,
    story,
)
from tests.support.world import ELECTION, FAR, KR, SR, whole_world

DAY: Final = whole_world()
CRY: Final = "W02@officer:A1"
NINE: Final[list[Item]] = [at("09:00"), call_for_help("A1"), at("09:02")]
RESOLVED: Final[list[Item]] = [*NINE, command(CommandKind.RESOLVE, CRY, "chief"), at("09:04")]


def kept_after(*items: Item) -> dict[str, list[str]]:
    """Return what is kept of each officer: the kinds of the happenings."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    return {
        scope: [one.kind for one in row.happenings] for (_, scope), row in state.officers.items()
    }


def test_only_what_a_rule_listens_to_is_kept() -> None:
    """A day of ordinary check-ins takes no room, nor does a heartbeat that names nobody."""
    day = [at("08:00"), checkin("A1"), heartbeat(KR), at("08:10"), all_well(checkin("B1"))]
    assert {"officer:17.02/B1": ["checkin"]} == kept_after(*day)


def test_an_officer_belongs_to_his_kabupaten() -> None:
    """Two officers of one number in two kabupaten are two."""
    day = [at("08:00"), call_for_help("A1", KR), call_for_help("A1", FAR)]
    assert {"officer:17.02/A1", "officer:17.03/A1"} == set(kept_after(*day))


def test_a_flood_of_wellbeing_drowns_no_cry() -> None:
    """Of each kind so many are kept."""
    flood = [said(f"08:{n % 60:02}", all_well(checkin("A1"))) for n in range(REMARKS_MAX + 9)]
    found = kept_after(at("09:00"), said("07:59", call_for_help("A1")), *flood)
    assert (1, REMARKS_MAX) == tuple(map(found["officer:17.02/A1"].count, ("duress", "checkin")))


def test_a_confirmation_that_nothing_waits_for_is_refused() -> None:
    """But it is kept: the cry may still be on its way, by a slow channel."""
    assert ["nothing waits for officer A1"] == replies_of(
        judge(journal(at("09:00"), confirm_identity("A1")), DAY)
    )
    late = [at("09:02"), all_well(checkin("A1")), confirm_identity("A1"), at("09:03")]
    late += [said("09:00", call_for_help("A1"))]
    assert [] == story(*late, of=CRY, world=DAY)


def test_a_cry_is_as_severe_wherever_it_comes_from() -> None:
    """Its class is that of the officer's pair, else that of the TPS; else the lowest."""
    day = journal(at("09:00"), call_for_help("C1"), call_for_help("Z9", SR), call_for_help("Z8"))
    alerts = alerts_of(judge(day, DAY))
    cries = {name: alert for name, alert in alerts.items() if alert.rule == "W02"}
    classes = {name: alert.tps_class.value for name, alert in cries.items()}
    assert {
        "W02@officer:C1": "sangat_rawan",
        "W02@officer:Z9": "sangat_rawan",
        "W02@officer:Z8": "kurang_rawan",
    } == classes
    assert {"critical"} == {alert.severity.value for alert in cries.values()}


def test_the_next_cry_after_a_person_answered_is_a_new_matter() -> None:
    """Nobody has to find out first that the one before was over."""
    told = story(*RESOLVED, call_for_help("A1"), of=CRY, world=DAY)
    assert ["09:00 opened", "09:02 resolved", "09:04 reopened"] == told


def test_a_cry_that_is_taken_back_after_it_was_answered_changes_nothing() -> None:
    """It was answered then."""
    day = [at("09:00"), named("d", call_for_help("A1")), at("09:02")]
    day += [command(CommandKind.RESOLVE, CRY, "chief"), at("09:04"), correction("d", checkin("A1"))]
    assert ["09:00 opened", "09:02 resolved"] == story(*day, of=CRY, world=DAY)


def test_a_drill_calls_nobody_out() -> None:
    """The cry of an exercise is one of its own, and says so."""
    drill = f"{ELECTION}#drill-gladi"
    day = journal(at("09:00"), of_election(drill, call_for_help("A1")), at("09:01"))
    alert = alerts_of(judge(day, DAY))[CRY]
    assert (drill, True) == (alert.election, alert.drill)
    real = [at("09:00"), of_election(drill, all_well(checkin("A1"))), call_for_help("A1")]
    assert ["09:00 opened"] == story(*real, of=CRY, world=DAY)


def test_takeovers_forget_neither_the_cry_nor_half_an_answer() -> None:
    """The check-in was judged by one worker, the confirmation by another."""
    day = [*NINE, all_well(checkin("A1", KR)), at("09:30"), confirm_identity("A1"), at("09:31")]
    told = story_in_one_go(*day, world=DAY)
    assert told == story_with_restarts(*day, world=DAY)
    assert f"{CRY} 09:30 returned" in told
