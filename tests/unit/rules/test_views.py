"""What expressions see of an event and of a place."""

from msgspec import UNSET, structs

from streams.domain.events import BoxPlace, CountStatus
from streams.domain.happenings import Happening, Point, Said
from streams.domain.words import Role, Situation, TpsClass
from streams.rules.views import (
    DepartureView,
    EventView,
    departure_view,
    event_view,
    tps_view,
)
from tests.support.world import EARLY, KR, SR, UNKNOWN, local, plan

SAID = Said(
    ballots=10,
    complete=True,
    situation=Situation.AMAN,
    queue=3,
    voters=7,
    all_voted=False,
    box="K-1",
    seal="S-1",
    seal_intact=True,
    escort=("petugas-1",),
    eta_minutes=40.0,
    place=BoxPlace.PPK,
    contest="bupati",
    status=CountStatus.FINAL,
)


def point(said: Said) -> Point:
    """Return an arrival of a box."""
    return Point(local("14:00"), Happening.BOX_ARRIVED, "a", "ppk-1", "0:1", Role.PPK, said)


def test_an_event_shows_all_that_was_said() -> None:
    """Under the names that producers use."""
    found = structs.asdict(event_view(point(SAID)))
    expected = structs.asdict(SAID) | {
        "kind": Happening.BOX_ARRIVED,
        "at": local("14:00"),
        "role": Role.PPK,
    }
    assert expected == found


def test_every_field_that_is_kept_can_be_asked_for() -> None:
    """A field that is kept and not shown would be kept for nothing."""
    names = {field.name for field in structs.fields(EventView)}
    assert {field.name for field in structs.fields(Said)} == names - {"kind", "at", "role"}


def test_what_was_not_said_is_missing() -> None:
    """Numbers are not 0 and words not empty: an author asks with `has` first."""
    found = event_view(point(Said()))
    assert (UNSET, UNSET, UNSET, "", "") == (
        found.queue,
        found.seal_intact,
        found.eta_minutes,
        found.box,
        found.seal,
    )


def test_a_departure_shows_box_and_seal() -> None:
    """Nothing, where nobody said that the box left."""
    assert DepartureView("K-1", "S-1") == departure_view(point(SAID))
    assert DepartureView("", "") == departure_view(None)


def test_a_tps_shows_what_the_plan_says() -> None:
    """Ballots of a contest are its DPT and the reserve, rounded up: 412 + 10.3."""
    found = tps_view(plan().tps[KR], plan().election)
    assert (KR, TpsClass.KURANG_RAWAN, 412, 423, True) == (
        found.code,
        found.tps_class,
        found.dpt,
        found.ballots_expected,
        found.listed,
    )
    assert (20, True) == (found.transit_minutes, found.internet)
    assert (local("07:00"), local("13:00")) == (found.opens_at, found.closes_at)


def test_a_tps_has_its_own_hours() -> None:
    """Where the plan names them."""
    found = tps_view(plan().tps[EARLY], plan().election)
    assert (local("06:00"), local("12:00")) == (found.opens_at, found.closes_at)


def test_what_the_plan_does_not_say_is_missing() -> None:
    """A way that nobody measured is none of 0 minutes."""
    found = tps_view(plan().tps[SR], plan().election)
    assert (UNSET, True) == (found.transit_minutes, found.internet)
    assert UNSET == tps_view(plan().tps[EARLY], plan().election).internet


def test_a_tps_beside_the_plan_says_so() -> None:
    """`tps.listed` is what a rule asks."""
    found = [plan().tps_or_unknown(code) for code in (KR, UNKNOWN)]
    assert [True, False] == [tps_view(tps, plan().election).listed for tps in found if tps]
