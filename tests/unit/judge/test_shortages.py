"""A Polsek is asked for more officers than it has free (X02): when, how long, in which words."""

from typing import Final

import pytest

from streams.domain.alert import Alert
from streams.domain.events import CommandKind
from streams.domain.words import Role
from streams.judge.world import World
from tests.support.events import ack, call_for_help, command, report
from tests.support.polsek import CURUP, dispatch, incident, release, three_polsek, world_of
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import arrived, departed, escorted, saying
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    lines_of,
    of_election,
    story,
)
from tests.support.world import ELECTION, KABUPATEN, KH, KR, KR2, R2, SR, UNKNOWN, R

DAY: Final = world_of()
NOON: Final = at("11:00")
"""Six of Curup are free: A1, A2, E1, B1, B2, N1."""
THREE: Final[list[Item]] = [incident(KR), incident(R), incident(SR)]
"""These ask for six."""
FOURTH: Final = incident(KH)
SHORT: Final[list[Item]] = [NOON, *THREE, FOURTH]
AT: Final = ("KR", "R", "SR", "KH")
AT_KR: Final = "W15@KR|LOG-04"
AT_KH: Final = "W15@KH|LOG-04"
OF_SELUPU: Final = "X02@polsek:Selupu"


def told(*items: Item, of: str = CURUP, world: World = DAY) -> list[str]:
    """Return the lines about a Polsek, but for those that only climb."""
    return [line for line in story(*items, of=of, world=world) if "escalated" not in line]


def alert(*items: Item, of: str = CURUP, world: World = DAY) -> Alert:
    """Return the alert of a Polsek at the end of a story."""
    return alerts_of(judge(journal(*items), world))[of]


def resolve(of: str) -> Item:
    """A commander closes an alert."""
    return command(CommandKind.RESOLVE, of, "chief")


STORIES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "as many as are free": ([NOON, *THREE], []),
    "one incident more": (SHORT, ["11:00 opened"]),
    "until an incident is over": (
        [*SHORT, at("11:02"), resolve(AT_KH)],
        ["11:00 opened", "11:02 returned"],
    ),
    "who has taken it has it resolved": (
        [*SHORT, ack(CURUP), at("11:02"), resolve(AT_KH)],
        ["11:00 opened", "11:00 acknowledged", "11:02 resolved"],
    ),
    "own officers that are sent leave it as short": (
        [*SHORT, at("11:02"), dispatch(AT_KR, pair="P01"), at("11:03"), dispatch(AT_KH, "N1")],
        ["11:00 opened"],
    ),
    "a neighbour that is sent helps": (
        [*SHORT, at("11:02"), dispatch(AT_KH, pair="P06")],
        ["11:00 opened", "11:02 returned"],
    ),
    "somebody of the Polres as well": (
        [*SHORT, at("11:02"), dispatch(AT_KH, "T1"), dispatch(AT_KH, "Q1")],
        ["11:00 opened", "11:02 returned"],
    ),
    "taken back, it is as short as before": (
        [
            *(*SHORT, at("11:02"), dispatch(AT_KH, pair="P06")),
            *(at("11:04"), release(pair="P06")),
        ],
        ["11:00 opened", "11:02 returned", "11:04 reopened"],
    ),
    "somebody sent to what asks for nobody is not free": (
        [
            *(NOON, *THREE, report("INF-01", KR, "p", Role.PTPS)),
            *(at("11:05"), dispatch("W15@KR|INF-01", "N1")),
            *(at("11:06"), release("N1")),
        ],
        ["11:05 opened", "11:06 returned"],
    ),
    "what is resolved sets them free": (
        [
            *(NOON, *THREE, report("INF-01", KR, "p", Role.PTPS)),
            *(at("11:05"), dispatch("W15@KR|INF-01", "N1")),
            *(at("11:06"), resolve("W15@KR|INF-01")),
        ],
        ["11:05 opened", "11:06 returned"],
    ),
    "a box takes its escort along until it is in": (
        [
            *(NOON, *THREE, at("11:10"), saying(departed(KR), escort=("N1",))),
            *(at("11:40"), arrived(KR)),
        ],
        ["11:10 opened", "11:40 returned"],
    ),
    "a pair that is named by its sign goes along": (
        [NOON, *THREE, at("11:10"), saying(departed(KR), escort=("P01",))],
        ["11:10 opened"],
    ),
    "an escort that joins on the way": (
        [
            *(NOON, *THREE, at("11:10"), departed(KR)),
            *(at("11:12"), saying(escorted(KR), escort=("N1",))),
        ],
        ["11:12 opened"],
    ),
    "an escort that has joined before the box leaves": (
        [
            *(NOON, *THREE, at("11:08"), saying(escorted(KR), escort=("N1",))),
            *(at("11:10"), departed(KR)),
        ],
        ["11:10 opened"],
    ),
    "an escort of nobody on the list": ([NOON, *THREE, departed(KR, "", "", "Z9")], []),
    "a shift ends while it is short already": (
        [at("09:50"), *THREE, FOURTH, at("10:01")],
        ["09:50 opened", "10:00 updated"],
    ),
    "a shift ends while it is just enough": (
        [
            *(at("09:50"), *THREE, saying(departed(KR), escort=("N1",))),
            at("10:01"),
        ],
        ["10:00 opened"],
    ),
    "a shift begins": (
        [
            *(at("21:50"), *THREE, saying(departed(KR), escort=("N1",))),
            at("22:01"),
        ],
        ["21:50 opened", "22:00 returned"],
    ),
    "who is sent stays sent when his shift ends": (
        [
            *(at("09:50"), *THREE, FOURTH, ack(CURUP), dispatch(AT_KR, "M1")),
            at("10:01"),
        ],
        ["09:50 opened", "09:50 acknowledged"],
    ),
    "an officer who calls for help needs some": (
        [NOON, *THREE, at("11:05"), call_for_help("N1")],
        ["11:05 opened"],
    ),
    "what a TPS asks that no plan has": ([NOON, *THREE, incident(UNKNOWN)], ["11:00 opened"]),
    "what is asked of another Polsek": ([NOON, *THREE, incident(R2), incident(KR2)], []),
    "what is less than high": (
        [NOON, *THREE, report("INF-01", KH, "p", Role.PTPS)],
        [],
    ),
    "what only Propam may know": ([NOON, *THREE, report("NET-01", KH, "p", Role.PTPS)], []),
    "what has returned asks for nobody": (
        [NOON, *THREE, departed(KH), at("11:20"), arrived(KH)],
        ["11:05 opened", "11:20 returned"],
    ),
    "what is asked in a drill": (
        [NOON, *THREE, of_election(f"{ELECTION}#drill-gladi", FOURTH)],
        [],
    ),
}


@pytest.mark.parametrize(("items", "lines"), STORIES.values(), ids=STORIES)
def test_a_polsek_is_short_while_more_is_asked_than_is_free(
    items: list[Item], lines: list[str]
) -> None:
    """And a takeover at any record changes nothing."""
    assert lines == told(*items)
    assert story_in_one_go(*items, world=DAY) == story_with_restarts(*items, world=DAY)


def test_a_drill_is_asked_for_its_own_incidents() -> None:
    """With the officers of the real roster."""
    drill = f"{ELECTION}#drill-gladi"
    items = [of_election(drill, one) for one in (*THREE, FOURTH) if isinstance(one, Told)]
    [line] = [one for one in lines_of(judge(journal(NOON, *items), DAY)) if one.rule == "X02"]
    assert ("polsek:17.02/Curup", True) == (line.scope, line.drill)


def test_an_alert_says_what_is_short_and_who_can_help() -> None:
    """In numbers, by pairs, signs and Polsek; nobody's name is in it."""
    found = alert(*SHORT)
    assert (
        "Asked for 8 officers, free 6; 2 an incident. Officers: free 6, off duty 4. "
        "To propose: P01, B1, B2, E1, N1. Other Polsek can lend: Timur 2 (±11 minutes), "
        "Selupu 1 (±26 minutes). BKO to ask for: 0. To be checked."
    ) == found.summary.en
    assert "Nama" not in str(found)
    assert "Short of 2 officers: Polsek Curup" == found.title.en
    assert "sangat_rawan" == found.tps_class


def test_the_why_has_every_number() -> None:
    """What asks, by place where it opened at one moment, who does what, who can help."""
    known = alerts_of(judge(journal(*SHORT), DAY))
    asking = sorted((known[f"W15@{name}|LOG-04"] for name in AT), key=lambda one: one.scope)
    assert [
        ("class", "sangat_rawan", None),
        ("officers_asked", 8, 6),
        ("shortfall", 2, None),
        *(("asks", f"W15 {one.id}", 2) for one in asking),
        ("officers_free", 6, None),
        ("officers_missing", 0, None),
        ("officers_bound", 0, None),
        ("officers_escorting", 0, None),
        ("officers_off_duty", 4, None),
        *(("ready", one, None) for one in ("P01", "B1", "B2", "E1", "N1")),
        ("lends", "Timur", 2),
        ("away", "Timur", 11),
        ("lends", "Selupu", 1),
        ("away", "Selupu", 26),
        ("lendable", 3, None),
        ("bko", 0, None),
    ] == [(one.check, one.value, one.threshold) for one in alert(*SHORT).why]


def whys(found: Alert, *names: str) -> list[object]:
    """Return what an alert says of some checks."""
    return [one.value for one in found.why if one.check in names]


def test_what_is_told_follows_the_numbers() -> None:
    """A neighbour has work of its own, somebody is sent, a shift ends: the open alert says so."""
    before = alert(*SHORT)
    busy = alert(*SHORT, at("11:05"), incident(KR2))
    sent = alert(*SHORT, at("11:05"), dispatch(AT_KR, pair="P01"))
    assert [3, 0] == whys(before, "lendable", "bko")
    assert [1, 1] == whys(busy, "lendable", "bko")
    assert [6, 4, 2, 2] == [
        *whys(sent, "officers_asked", "officers_free"),
        *whys(sent, "officers_bound", "shortfall"),
    ]
    assert "Asked for 6 officers, free 4" in sent.summary.en
    assert before.revision == busy.revision == sent.revision


def test_at_the_end_of_a_shift_more_are_short() -> None:
    """That is news: how many are short stands in the title."""
    found = alert(at("09:50"), *THREE, FOURTH, ack(CURUP), at("10:01"))
    assert [2] == whys(found, "shortfall")
    assert "Short of 2 officers: Polsek Curup" == found.title.en


def test_who_is_missing_counts_as_free_and_is_proposed_to_nobody() -> None:
    """His pair is no pair any more; he asks for help himself."""
    found = alert(NOON, *THREE, at("11:05"), call_for_help("A1"))
    assert [8, 5, 1] == whys(found, "officers_asked", "officers_free", "officers_missing")
    assert "free 5, missing 1" in found.summary.en
    assert ["A2", "B1", "B2", "E1", "N1"] == whys(found, "ready")


def test_where_help_has_come_he_is_there_again() -> None:
    """A call that a person has answered leaves nobody missing."""
    found = alert(
        *(*SHORT, at("11:05"), call_for_help("A1"), at("11:06")),
        *(resolve("W02@officer:A1"), at("11:07")),
    )
    assert [8, 0] == whys(found, "officers_asked", "officers_missing")


def test_a_polsek_asks_for_bko_where_nobody_can_lend() -> None:
    """All neighbours have as much to do as officers."""
    found = alert(*SHORT, incident(KR2), incident(R2))
    assert [0, 2] == whys(found, "lendable", "bko")
    assert "can lend: nobody. BKO to ask for: 2" in found.summary.en


def test_a_neighbour_that_is_short_itself_has_an_alert_of_its_own() -> None:
    """Selupu has one officer, and lends nobody."""
    day = [NOON, incident(R2)]
    assert ["11:00 opened"] == told(*day, of=OF_SELUPU)
    found = alert(*day, of=OF_SELUPU)
    assert [2, 1, 8, 0] == whys(found, "officers_asked", "shortfall", "lendable", "bko")


def test_of_a_polsek_without_officers_nothing_is_said() -> None:
    """Its strength is not known: the roster may be of another office."""
    elsewhere = three_polsek(three_polsek().officers[KABUPATEN, "T1"])
    assert [] == told(*SHORT, world=world_of(elsewhere))


def test_a_person_who_has_closed_it_hears_of_the_next_shortage() -> None:
    """And not of the same one."""
    closed = [*SHORT, at("11:02"), resolve(CURUP), at("11:03"), incident(KR, "KES-01")]
    over = [at("11:10"), *(resolve(f"W15@{name}|LOG-04") for name in AT), at("12:00")]
    again = [*over, *(incident(one, "LOG-02") for one in (KR, R, SR, KH))]
    assert ["11:00 opened", "11:02 resolved"] == told(*closed)
    assert ["12:00 opened", "12:00 updated"] == told(*closed, *again)[2:]
