"""Who comes first."""

from msgspec.structs import replace

from streams.delivery.bundle import newest_of
from streams.delivery.parcel import Parcel
from streams.delivery.turn import FIRST_AGAIN_S, Turn, rank_of
from streams.domain.ids import AreaCode
from streams.domain.outgoing import Outgoing
from streams.domain.times import EpochMs
from streams.domain.words import Severity
from tests.support.notifier import call, inform, parcel

NOW = 10_000.0
TOLD = {AreaCode("36.04.17"): NOW - 60}


def due(one: Outgoing, due_s: int) -> Parcel:
    """Return a call that climbs at a time."""
    return parcel(replace(one, due_at=EpochMs(due_s * 1_000)))


def test_the_order_is_goalerts_behind_what_is_critical() -> None:
    """Critical calls, first calls, then calls by gravity and by what is due, then news."""
    ordered = [
        parcel(call("elsewhere", at="36.04.18", severity=Severity.CRITICAL)),
        due(call("critical", severity=Severity.CRITICAL), 300),
        parcel(call("elsewhere", at="36.04.18", severity=Severity.LOW)),
        due(call("sooner"), 100),
        due(call("later"), 200),
        parcel(call("never", severity=Severity.HIGH)),
        parcel(inform("news")),
    ]
    ranks = [rank_of(one, {}, TOLD, NOW) for one in ordered]
    assert sorted(ranks) == ranks
    first = [Turn.FIRST, Turn.CALL, Turn.FIRST]
    assert [*first, *[Turn.CALL] * 3, Turn.INFORM] == [one.turn for one in ranks]


def test_an_area_is_first_again_after_an_hour() -> None:
    """So many hours after the morning its next call is news again."""
    one = parcel(call("A"))
    turns = [
        rank_of(one, {}, {AreaCode("36.04.17"): NOW - ago}, NOW).turn
        for ago in (FIRST_AGAIN_S - 1, FIRST_AGAIN_S)
    ]
    assert [Turn.CALL, Turn.FIRST] == turns


def test_a_call_that_is_out_of_date_waits_with_the_news() -> None:
    """It will be told as news."""
    one = parcel(call("A", 1))
    assert Turn.INFORM == rank_of(one, newest_of([inform("A", 2)]), {}, NOW).turn


def test_only_a_critical_call_may_break_a_limit() -> None:
    """No graver news, and no other call."""
    ranks = [
        rank_of(parcel(one), {}, {}, NOW)
        for one in (
            call("A", severity=Severity.CRITICAL),
            call("A", severity=Severity.HIGH),
            replace(inform("A"), severity=Severity.CRITICAL),
        )
    ]
    assert [True, False, False] == [one.is_critical_call for one in ranks]
