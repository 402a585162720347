"""Check-ins of officers (W10): who is waited for, from when until when, and how long.

C1 stands at `SR` (30 minutes), A1 by pair P01 at `KR` and `KR2` (90 minutes), N1 has neither pair
nor desa in the roster.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.events import CommandKind, StatusKind, TpsStatus
from streams.domain.ids import AreaCode
from streams.domain.words import Role
from streams.judge.state import PartitionState
from tests.support.events import (
    call_for_help,
    checkin,
    command,
    heartbeat,
    opened,
    postponed,
    report,
    status,
)
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import arrived, departed
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    deaf,
    hearing,
    journal,
    judge,
    judge_into,
    named,
    said,
    story,
)
from tests.support.world import DESA, KR, KR2, SR, UNKNOWN, R, whole_world

DAY: Final = whole_world()
SEVEN: Final[list[Item]] = [at("07:00"), named("c", checkin("C1", SR))]


def by(role: Role, told: Told) -> Told:
    """Let somebody of another role send it."""
    assert isinstance(told.event, TpsStatus), "an officer sends a status"
    return replace(told, event=replace(told.event, source=replace(told.event.source, role=role)))


def instead_of(event_id: str, told: Told) -> Told:
    """Let a status take back another."""
    return replace(told, event=replace(told.event, corrects=event_id))


WATCHED: Final[dict[str, tuple[list[Item], list[str]]]] = {
    # after a check-in of C1 at 07:00
    "nothing more is heard": ([at("07:31")], ["07:30 opened"]),
    "he checks in at the limit": ([at("07:30"), checkin("C1"), at("07:59")], []),
    "he checks in too late": (
        [at("07:33"), checkin("C1"), at("07:34")],
        ["07:30 opened", "07:33 returned"],
    ),
    "what he sent in time comes late": (
        [at("07:34"), said("07:30", checkin("C1")), at("07:59")],
        ["07:30 opened", "07:34 resolved late"],
    ),
    "it came while nobody listened": (
        [deaf, at("07:45"), said("07:20", checkin("C1")), hearing, at("07:49")],
        [],
    ),
    "his TPS is heard, and he is not": (
        [at("07:20"), heartbeat(SR), at("07:31")],
        ["07:30 opened"],
    ),
    "his partner checks in": ([at("07:20"), checkin("Z1", SR), at("07:31")], ["07:30 opened"]),
    "he calls for help": ([at("07:20"), call_for_help("C1"), at("07:31")], ["07:30 opened"]),
    "the vote at his TPS is put off": ([at("07:20"), postponed(SR), at("08:30")], []),
    "put off, and opened after all": (
        [at("07:20"), postponed(SR), at("08:00"), opened(SR), at("08:31")],
        ["08:30 opened"],
    ),
    "his box is in": (
        [at("07:10"), departed(SR), at("07:20"), arrived(SR), at("08:30")],
        [],
    ),
    "his box comes in after the limit": (
        [at("07:10"), departed(SR), at("07:35"), arrived(SR), at("07:36")],
        ["07:30 opened", "07:35 returned"],
    ),
    "one of two boxes is in": (
        [at("07:10"), departed(SR, "K1"), departed(SR, "K2"), arrived(SR, "K1"), at("07:31")],
        ["07:30 opened"],
    ),
    "the check-in is taken back by the next": (
        [at("07:20"), instead_of("c", checkin("C1", SR)), at("07:49")],
        [],
    ),
    "the only check-in is taken back by another word": (
        [
            at("07:20"),
            instead_of("c", by(Role.PAM_TPS, status(StatusKind.HEARTBEAT, SR, by="C1"))),
            at("08:00"),
        ],
        [],
    ),
}


@pytest.mark.parametrize(("items", "told"), WATCHED.values(), ids=WATCHED)
def test_an_officer_is_waited_for_until_his_boxes_are_in(
    items: list[Item], told: list[str]
) -> None:
    """Only a check-in counts; takeovers change nothing."""
    day = [*SEVEN, *items]
    assert told == story(*day, of="W10@officer:C1", world=DAY)
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


POSTS: Final[dict[str, tuple[Told, str, str]]] = {
    # a check-in at 07:00, whose alert, when it is due
    "by his pair, wherever he stands": (checkin("A1", SR), "A1", "08:30"),
    "without a pair, by the TPS that he names": (checkin("N1", R), "N1", "08:00"),
    "without either, as the least vulnerable": (checkin("N1", UNKNOWN), "N1", "08:30"),
    "in no roster, by the TPS that he names": (checkin("Z1", SR), "Z1", "07:30"),
}


@pytest.mark.parametrize(("told", "who", "due"), POSTS.values(), ids=POSTS)
def test_his_limit_is_that_of_his_post(told: Told, who: str, due: str) -> None:
    """By the most vulnerable TPS of it."""
    day = [at("07:00"), told, at("08:31")]
    assert f"{due} opened" == story(*day, of=f"W10@officer:{who}", world=DAY)[0]


def test_somebody_whose_place_nobody_knows_is_not_waited_for() -> None:
    """There is no box by which it would be over."""
    day = [at("07:00"), checkin("Z1"), at("12:00")]
    assert [] == story(*day, of="W10@officer:Z1", world=DAY)


@pytest.mark.parametrize("role", [Role.KPPS, Role.WARGA, Role.OPERATOR])
def test_only_officers_are_waited_for(role: Role) -> None:
    """The rule names the roles."""
    state = PartitionState(0, DAY)
    day = [at("07:00"), by(role, checkin("C1", SR)), at("08:00")]
    judge_into(state, journal(*day))
    assert [] == list(state.checkins.items())
    assert [] == story(*day, of="W10@officer:C1", world=DAY)


NINE: Final[list[Item]] = [at("09:00"), checkin("A1"), at("09:05")]
RIOT: Final = "W01@DESA|KAM-04"


def unrest(place: AreaCode = KR, category: str = "KAM-04") -> Told:
    """A supervisor tells of something by which an alert opens at once."""
    return report(category, place, "ptps", Role.PTPS)


def over() -> Told:
    """A commander resolves it."""
    return command(CommandKind.RESOLVE, RIOT, "chief")


UNREST: Final[dict[str, tuple[list[Item], list[str]]]] = {
    # after a check-in of A1 at 09:00, at 09:05
    "ten minutes from its beginning": ([unrest(), at("09:16")], ["09:15 opened"]),
    "ten minutes from the last check-in": (
        [unrest(), at("09:10"), checkin("A1"), at("09:21")],
        ["09:20 opened"],
    ),
    "it rises after twice as long": (
        [unrest(), at("09:25:30")],
        ["09:15 opened", "09:25 raised"],
    ),
    "one that is resolved in time": ([unrest(), at("09:12"), over(), at("10:29")], []),
    "one that is resolved, and the usual limit": (
        [unrest(), at("09:12"), over(), at("10:31")],
        ["10:30 opened"],
    ),
    "one that is resolved too late": (
        [unrest(), at("09:16"), over(), at("09:17")],
        ["09:15 opened"],
    ),
    "in the other desa of his pair": ([unrest(KR2), at("09:16")], ["09:15 opened"]),
    "nobody believes it yet": ([report("KAM-01", KR, "w1"), at("09:30")], []),
    "materials are no unrest": ([unrest(category="LOG-04"), at("09:30")], []),
    "two at once, the earlier one ends": (
        [
            *(unrest(), at("09:08"), unrest(category="KAM-03"), over(), at("09:19")),
            *(checkin("A1"), at("09:28:30")),
        ],
        ["09:18 opened", "09:19 returned"],
    ),
    "in a desa of the neighbour": ([unrest(AreaCode("17.02.11.2001")), at("09:30")], []),
}


@pytest.mark.parametrize(("items", "told"), UNREST.values(), ids=UNREST)
def test_in_unrest_he_is_waited_for_ten_minutes(items: list[Item], told: list[str]) -> None:
    """While an alert of it is open in a desa of his; takeovers change nothing."""
    day = [*NINE, *items]
    lines = story(*day, of="W10@officer:A1", world=DAY)
    assert told == [line for line in lines if "escalated" not in line]
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_unrest_is_kept_by_desa_and_category() -> None:
    """From its opening to its end; a TPS and its desa are one."""
    state = PartitionState(0, DAY)
    day = [*NINE, unrest(), at("09:12"), over(), at("09:13"), unrest(KR, "KAM-03")]
    judge_into(state, journal(*day, unrest(R, "KAM-03")))
    [(key, row)] = state.unrest.items()
    assert DESA == key[1]
    assert [("KAM-04", 5, 12), ("KAM-03", 13, None)] == [
        (name, minute(since), None if until > NEVER_TODAY else minute(until))
        for name, since, until in row.spans
    ]


NEVER_TODAY: Final = at("23:59").at


def minute(moment: int) -> int:
    """Return the minute after nine."""
    return (moment - at("09:00").at) // 60_000


def alert_of(*items: Item) -> Alert:
    """Return the alert of A1."""
    return alerts_of(judge(journal(*items), DAY))["W10@officer:A1"]


def test_an_alert_says_by_which_limit_it_came() -> None:
    """The usual one, or the short one and since when there is unrest."""
    usual = alert_of(at("07:00"), checkin("A1"), at("08:31"))
    short = alert_of(*NINE, unrest(), at("09:16"))
    checks = [{why.check: why.value for why in one.why} for one in (usual, short)]
    assert [90.0, 10.0] == [one["limit_minutes"] for one in checks]
    assert [None, "09:05"] == [one.get("unrest_near") for one in checks]
    assert ["07:00", "09:05"] == [one["since"] for one in checks]
    assert ("17.02.09", ["e2"]) == (usual.place, [one.id for one in usual.evidence])
