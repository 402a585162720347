"""The strength of the Polsek in the picture: it follows what binds officers, and their shifts."""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import CommandKind
from streams.views.asked import Asked
from streams.views.strength import strength_of
from streams.wire.picture import PolsekPicture
from tests.support.events import call_for_help, command
from tests.support.pictures import Telling
from tests.support.polsek import dispatch, incident, release, three_polsek, world_of
from tests.support.station import arrived, departed
from tests.support.stories import Item, at
from tests.support.world import ELECTION, KABUPATEN, KR, SR, R

ALERT: Final = "W15@KR|LOG-04"


def curup(telling: Telling) -> PolsekPicture:
    """Return what the newest record says of Polsek Curup, after one more round."""
    telling.round()
    found = telling.wall.area(KABUPATEN).strength or ()
    assert sorted(one.name for one in found) == [one.name for one in found]
    return next(one for one in found if one.name == "Curup")


def ledger(polsek: PolsekPicture) -> tuple[int, int, int, int, int]:
    """Return who is free, bound, with a box, off duty; and who is missing of the free."""
    return polsek.free, polsek.bound, polsek.escorting, polsek.off_duty, polsek.missing


def after(*items: Item) -> Telling:
    """Return a partition with three Polsek after a story, whose picture was told before it."""
    telling = Telling(at("06:00"), world=world_of())
    curup(telling)
    telling.go_on(*items)
    return telling


def test_a_quiet_polsek_has_all_on_duty_free() -> None:
    """Of ten two are not on duty, and one has another shift."""
    found = curup(after())
    assert ((7, 0, 0, 3, 0), 10) == (ledger(found), found.total)
    assert (0, 0) == (found.needed, found.bko)


def test_who_is_sent_is_bound_until_released() -> None:
    """And the alert asks for as many less."""
    telling = after(incident(KR))
    asked = curup(telling).needed
    assert asked > 0
    telling.go_on(dispatch(ALERT, officer="B1"))
    found = curup(telling)
    assert ((6, 1, 0, 3, 0), asked - 1) == (ledger(found), found.needed)
    telling.go_on(release(officer="B1"))
    assert ((7, 0, 0, 3, 0), asked) == (ledger(curup(telling)), curup(telling).needed)


def test_free_pairs_are_told_by_name() -> None:
    """A1 and A2 are one; of P05 and P02 a single officer is there, whom nobody else has to know."""
    telling = after(incident(KR))
    assert ("P01",) == curup(telling).pairs
    telling.go_on(dispatch(ALERT, officer="A2"))
    assert () == curup(telling).pairs
    telling.go_on(release(officer="A2"))
    assert ("P01",) == curup(telling).pairs
    telling.go_on(call_for_help("A1"))
    assert () == curup(telling).pairs


def test_of_many_free_pairs_the_first_are_told() -> None:
    """The record goes out every second."""
    [somebody] = [one for one in three_polsek().officers.values() if one.officer == "A1"]
    many = [
        replace(somebody, officer=f"Z{pair:02}{one}", pair=f"Q{pair:02}")
        for pair in range(20)
        for one in "ab"
    ]
    telling = Telling(at("06:00"), world=world_of(three_polsek(*many)))
    found = curup(telling)
    assert (40, tuple(f"Q{pair:02}" for pair in range(8))) == (found.free, found.pairs)


def test_who_is_with_a_box_comes_back_with_its_arrival() -> None:
    """The box alone tells of it."""
    telling = after(departed(KR, "K1", "S1", "A1", "A2"))
    assert (5, 0, 2, 3, 0) == ledger(curup(telling))
    telling.go_on(at("06:20"), arrived(KR, "K1"))
    assert (7, 0, 0, 3, 0) == ledger(curup(telling))


def test_a_shift_that_ends_shows_by_time_alone() -> None:
    """M1 goes at 10:00, M2 comes at 22:00."""
    telling = after()
    seen: list[int] = []
    for clock in ("09:59", "10:00", "21:59", "22:00"):
        telling.go_on(at(clock))
        seen.append(curup(telling).free)
    assert [7, 6, 6, 7] == seen


def test_who_calls_for_help_is_missing() -> None:
    """Until a person has answered."""
    telling = after(call_for_help("B1"))
    assert 1 == curup(telling).missing
    telling.go_on(command(CommandKind.RESOLVE, "W02@officer:B1"))
    assert 0 == curup(telling).missing


def test_it_is_what_the_report_says_whatever_happens() -> None:
    """Asked after each step of a day with too few officers."""
    telling = after()
    for item in (
        incident(KR),
        incident(SR),
        incident(R),
        dispatch(ALERT, pair="P01"),
        departed(R, "K1", "S1", "B1"),
        call_for_help("N1"),
        at("10:30"),
    ):
        telling.go_on(item)
        telling.round()
        asked = Asked(election=ELECTION, area=KABUPATEN, now=telling.state.clocks.now)
        expected = [
            (one.balance.strength.polsek, one.balance.strength.free, one.balance.demand)
            for one in strength_of(telling.state, asked)
        ]
        found = telling.wall.area(KABUPATEN).strength or ()
        assert expected == [(one.name, one.free, one.needed) for one in found]
