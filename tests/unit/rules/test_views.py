"""What expressions see of an event and of a place: each name leads to its value."""

from operator import attrgetter
from typing import Final

import pytest
from msgspec import UNSET, structs

from streams.domain.events import BoxPlace, CountStatus
from streams.domain.happenings import Happening, Point, Said
from streams.domain.words import Role, Situation, TpsClass
from streams.rules.expression.static_types import Missing, RecordType
from streams.rules.views import DEPARTURE, EVENT, TPS, About
from tests.support.world import EARLY, KR, SR, UNKNOWN, local, plan

SAID: Final = Said(
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


def read(record: RecordType, value: object) -> dict[str, object]:
    """Return what each name of a record leads to; what is missing is left out."""
    found = {
        name: (attrgetter(field.attribute)(value), field) for name, field in record.fields.items()
    }
    return {
        name: one
        for name, (one, field) in found.items()
        if field.missing is Missing.NEVER or one != field.missing.value
    }


def of_tps(code: str) -> dict[str, object]:
    """Return what is seen of a TPS."""
    tps = plan().tps_or_unknown(next(one for one in (*plan().tps, UNKNOWN) if one == code))
    return read(TPS, About(tps, plan().election))


def test_an_event_shows_all_that_was_said() -> None:
    """Under the names that producers use."""
    expected = structs.asdict(SAID) | {
        "kind": Happening.BOX_ARRIVED,
        "at": local("14:00"),
        "role": Role.PPK,
    }
    assert expected == read(EVENT, point(SAID))


def test_every_field_that_is_kept_can_be_asked_for() -> None:
    """A field that is kept and not shown would be kept for nothing."""
    assert {field.name for field in structs.fields(Said)} == EVENT.fields.keys() - {
        "kind",
        "at",
        "role",
    }


def test_what_was_not_said_is_missing() -> None:
    """Numbers are not 0 and words not empty: an author asks with `has` first."""
    assert {"kind", "at", "role"} == read(EVENT, point(Said())).keys()
    assert EVENT.fields["queue"].missing.value is UNSET


def test_a_departure_shows_box_and_seal() -> None:
    """Nothing, where nobody said that the box left."""
    left, unknown = (About(None, plan().election, one) for one in (point(SAID), None))
    assert {"box": "K-1", "seal": "S-1"} == read(DEPARTURE, left)
    assert {} == read(DEPARTURE, unknown)


def test_a_tps_shows_what_the_plan_says() -> None:
    """Ballots of a contest are its DPT and the reserve, rounded up: 412 + 10.3."""
    expected = {
        "code": KR,
        "class": TpsClass.KURANG_RAWAN,
        "dpt": 412,
        "ballots_expected": 423,
        "opens_at": local("07:00"),
        "closes_at": local("13:00"),
        "listed": True,
        "transit_minutes": 20,
        "internet": True,
    }
    assert expected == of_tps(KR)


def test_a_tps_has_its_own_hours() -> None:
    """Where the plan names them."""
    found = of_tps(EARLY)
    assert (local("06:00"), local("12:00")) == (found["opens_at"], found["closes_at"])


@pytest.mark.parametrize(("code", "name"), [(SR, "transit_minutes"), (EARLY, "internet")])
def test_what_the_plan_does_not_say_is_missing(code: str, name: str) -> None:
    """A way that nobody measured is none of 0 minutes."""
    assert name not in of_tps(code)


def test_a_tps_beside_the_plan_says_so() -> None:
    """`tps.listed` is what a rule asks."""
    assert [True, False] == [of_tps(code)["listed"] for code in (KR, UNKNOWN)]
