"""Officers who are sent to alerts and taken back: `dispatch` and `release`."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import CommandKind
from streams.domain.ids import ElectionId
from streams.domain.strength import Duty
from streams.domain.words import Role
from streams.judge.state import PartitionState
from streams.judge.strength import bound_in, strengths
from streams.judge.world import World
from tests.support.events import command
from tests.support.polsek import dispatch, incident, release, three_polsek, world_of
from tests.support.restarts import taken_over
from tests.support.station import departed, saying
from tests.support.stories import (
    Item,
    at,
    journal,
    judge,
    judge_into,
    of_election,
    replies_of,
)
from tests.support.world import ELECTION, KABUPATEN, KH, KR, R2, ROSTER, plan

DAY: Final = world_of()
AT_KR: Final = "W15@KR|LOG-04"
AT_KH: Final = "W15@KH|LOG-04"
MORNING: Final[list[Item]] = [at("09:00"), incident(KR), incident(KH)]


def by_roster() -> World:
    """Return the world with a roster: `curup` has the kecamatan of KR, not that of R2."""
    return world_of(replace(three_polsek(), actors=plan(ELECTION, ROSTER).actors))


def answers(*items: Item, world: World = DAY) -> list[str]:
    """Return the reply to each command of a story after the morning."""
    return replies_of(judge(journal(*MORNING, *items), world))


def bound(*items: Item, election: str = ELECTION) -> list[str]:
    """Return who is bound at the end of such a story."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*MORNING, *items))
    return sorted(bound_in(state, ElectionId(election), KABUPATEN))


REFUSED: Final[dict[str, tuple[list[Item], str]]] = {
    "no alert": ([dispatch("", "A1")], "dispatch needs `alert`"),
    "an alert that is not there": (
        [dispatch("1702-AAAAAAAAAAAAAAAA", "A1")],
        "no alert 1702-AAAAAAAAAAAAAAAA in this election; expected its id",
    ),
    "nobody": ([dispatch(AT_KR)], "dispatch needs `officer` or `pair`, one of them"),
    "two at once": (
        [dispatch(AT_KR, "A1", "P01")],
        "dispatch needs `officer` or `pair`, one of them",
    ),
    "an officer whom nobody knows": (
        [dispatch(AT_KR, "Z9")],
        "no officer Z9 on the roster of 17.02",
    ),
    "a pair that nobody knows": (
        [dispatch(AT_KR, pair="P99")],
        "no pair P99 on the roster of 17.02",
    ),
    "who is no police": ([dispatch(AT_KR, "L1")], "officer L1 is no police: linmas"),
    "who is off duty": ([dispatch(AT_KR, "O1")], "officer O1 is not on duty now"),
    "who is outside the shift": ([dispatch(AT_KR, "M2")], "officer M2 is not on duty now"),
    "when the shift has ended": (
        [at("10:00"), dispatch(AT_KR, "M1")],
        "officer M1 is not on duty now",
    ),
    "who is sent there already": (
        [dispatch(AT_KR, "A1"), dispatch(AT_KR, "A1")],
        "officer A1 is dispatched to this alert already",
    ),
    "release of nobody": ([release()], "release needs `officer` or `pair`, one of them"),
    "release of who was not sent": (
        [release("A1")],
        "officer A1 is not dispatched to any alert",
    ),
    "release of a pair that was not sent": (
        [release(pair="P01")],
        "pair P01 is not dispatched to any alert",
    ),
    "release after the alert was resolved": (
        [dispatch(AT_KR, "A1"), command(CommandKind.RESOLVE, AT_KR, "chief"), release("A1")],
        "officer A1 is not dispatched to any alert",
    ),
    "release from an alert that is not there": (
        [dispatch(AT_KR, "A1"), release("A1", alert="1702-AAAAAAAAAAAAAAAA")],
        "no alert 1702-AAAAAAAAAAAAAAAA in this election; expected its id",
    ),
}


@pytest.mark.parametrize(("items", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(items: list[Item], reason: str) -> None:
    """The last command of each story, with a sentence; it changes nothing."""
    assert reason == answers(*items)[-1]
    assert bound(*items[:-1]) == bound(*items)


def test_who_is_sent_elsewhere_must_be_released_first() -> None:
    """The reason names the alert that he is at."""
    [_, reason] = answers(dispatch(AT_KR, "A1"), dispatch(AT_KH, "A1"))
    assert reason.startswith("officer A1 is dispatched to alert 1702-")
    assert reason.endswith("; release him first")
    assert ["done"] * 3 == answers(dispatch(AT_KR, "A1"), release("A1"), dispatch(AT_KH, "A1"))


def test_nobody_is_sent_to_what_is_resolved() -> None:
    """It asks for nobody any more."""
    closed = [command(CommandKind.RESOLVE, AT_KR, "chief")]
    state = PartitionState(0, DAY)
    judge_into(state, journal(*MORNING))
    [alert] = [one.id for _, one in state.alerts.items() if one.rule == "W15" and one.place == KR]
    [_, reason] = answers(*closed, dispatch(alert, "A1"))
    assert f"alert {alert} is resolved; nobody is sent to it any more" == reason


def test_release_from_another_alert_than_his() -> None:
    """He stays where he is."""
    day = [dispatch(AT_KR, "A1"), release("A1", alert=AT_KH)]
    [_, reason] = answers(*day)
    assert reason.startswith("officer A1 is not dispatched to alert 1702-")
    assert ["A1"] == bound(*day)


BOUND: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "an officer": ([dispatch(AT_KR, "A1")], ["A1"]),
    "a pair": ([dispatch(AT_KR, pair="P01")], ["A1", "A2"]),
    "of a pair those on duty": ([dispatch(AT_KR, pair="P05")], ["E1"]),
    "an officer of another Polsek": ([dispatch(AT_KR, "T1")], ["T1"]),
    "an officer of none": ([dispatch(AT_KR, "Q1")], ["Q1"]),
    "until he is released": ([dispatch(AT_KR, "A1"), release("A1")], []),
    "of a pair only who is released": (
        [dispatch(AT_KR, pair="P01"), release("A1", alert=AT_KR)],
        ["A2"],
    ),
    "a pair is released as far as it was sent": (
        [dispatch(AT_KR, "A1"), release(pair="P01")],
        [],
    ),
    "until the alert is resolved": (
        [
            *(dispatch(AT_KR, "A1"), dispatch(AT_KH, "N1")),
            command(CommandKind.RESOLVE, AT_KR, "chief"),
        ],
        ["N1"],
    ),
    "to what is acknowledged or shelved he stays": (
        [dispatch(AT_KR, "A1"), command(CommandKind.ACK, AT_KR)],
        ["A1"],
    ),
    "who is with a box may be sent all the same": (
        [departed(KR, "", "", "A1"), dispatch(AT_KR, "A1")],
        ["A1"],
    ),
}


@pytest.mark.parametrize(("items", "officers"), BOUND.values(), ids=BOUND)
def test_who_is_bound(items: list[Item], officers: list[str]) -> None:
    """Until a person takes him back, or the alert is resolved."""
    assert officers == bound(*items)
    assert {"done"} == set(answers(*items))


def test_a_drill_sends_nobody_away() -> None:
    """Who is sent in a drill is free in the real day."""
    drill = f"{ELECTION}#drill-gladi"
    day = [of_election(drill, incident(KR)), of_election(drill, dispatch(AT_KR, "A1"))]
    assert ([], ["A1"]) == (bound(*day), bound(*day, election=drill))


def test_a_takeover_knows_who_was_sent() -> None:
    """And by whom, and why."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*MORNING, saying(dispatch(AT_KR, "A1"), reason="terdekat")))
    [(_, row)] = taken_over(state).assignments.items()
    assert ("ops", "terdekat") == (row.actor, row.reason)


def test_who_is_sent_is_bound_in_the_ledger() -> None:
    """With the alert that he is at."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*MORNING, dispatch(AT_KR, "A1")))
    ledger = strengths(state, ELECTION, KABUPATEN, state.clocks.now)["Curup"]
    [own] = [one for one in ledger.officers if one.officer == "A1"]
    assert Duty.BOUND is own.duty
    assert own.alert is not None
    assert own.alert.startswith("1702-")


def test_nobody_takes_officers_from_where_he_may_not_act() -> None:
    """The area that a command names is not what counts, but where they are."""
    day: list[Item] = [
        *(incident(R2), dispatch("W15@R2|LOG-04", "A1")),
        replace(release("A1", by="curup"), place="17.02.09"),
    ]
    *_, reason = answers(*day, world=by_roster())
    assert "17.02.11.2001-001 lies outside area 17.02.09 of the actor" == reason


def test_who_may_act_there_takes_them() -> None:
    """Of his own kecamatan."""
    day: list[Item] = [
        dispatch(AT_KR, "A1"),
        replace(release("A1", by="curup"), place="17.02.09"),
    ]
    assert ["done", "done"] == answers(*day, world=by_roster())


def test_a_viewer_sends_nobody() -> None:
    """Authority is asked before anything else."""
    assert ["role viewer may not dispatch"] == answers(
        dispatch(AT_KR, "A1", by="look"), world=by_roster()
    )


def test_roles_of_a_pair_that_is_no_police_are_named() -> None:
    """Each once."""
    linmas = replace(three_polsek().officers[KABUPATEN, "L1"], pair="P09")
    other = replace(linmas, officer="L2", role=Role.PTPS)
    made = three_polsek(linmas, other)
    [reason] = answers(dispatch(AT_KR, pair="P09"), world=world_of(made))
    assert "pair P09 is no police: linmas, ptps" == reason
