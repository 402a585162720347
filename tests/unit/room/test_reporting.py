"""Whose area it is that somebody tells of: where intake will place it, however it was said."""

import json
from typing import Final

import pytest

from streams.domain.events import ActorRole
from streams.room.house import Day
from streams.room.reporting import Desk, Ready
from streams.room.rights import Person
from streams.web.tracking import Tracker
from tests.stories.judging import CARENANG_BINUANG, plan_of
from tests.unit.room.documents import NOW
from tests.unit.territory.folders import AREAS

PLAN: Final = plan_of(CARENANG_BINUANG)
AT: Final = "2019-04-17T09:10:00+07:00"
INSIDE: Final = "36.04.17.2010"
TAKEN: Final = "taken"


def told(form: str, area: str, **said: object) -> str | list[str]:
    """Tell something as the operator of an area: what is wrong with it, by field."""
    person = Person(user="posko-1", name="Posko", role=ActorRole.OPERATOR, area=area)
    desk = Desk(Tracker([PLAN], AREAS, b"k"), [PLAN])
    take = desk.report if form == "report" else desk.status
    body = json.dumps({"id": "r-1", "at": AT, **said}).encode()
    found = take(body, person, (Day(NOW, ()), "u"))
    return TAKEN if isinstance(found, Ready) else [one.field for one in found.errors]


REPORTS: Final[dict[str, tuple[dict[str, object], str | list[str]]]] = {
    "by code": ({"desa": INSIDE}, TAKEN),
    "by code, elsewhere": ({"desa": "36.04.18.2007"}, []),
    "by name": ({"kecamatan": "Carenang", "name": "Panenjoan"}, TAKEN),
    "by name, elsewhere": ({"kecamatan": "Binuang", "name": "Lamaran"}, []),
    "a TPS by name, elsewhere": ({"kecamatan": "Binuang", "name": "Lamaran", "tps_number": 1}, []),
    "not sure, of this kecamatan": ({"kecamatan": "Carenang", "name": "pasar lama"}, TAKEN),
    "not sure, of another one": ({"kecamatan": "Binuang", "name": "pasar lama"}, []),
    "not sure, of the kabupaten": ({"kabupaten": "Serang", "name": "pasar lama"}, TAKEN),
}


@pytest.mark.parametrize(("said", "outcome"), REPORTS.values(), ids=REPORTS)
def test_a_place_that_is_named_counts_as_one_that_is_coded(
    said: dict[str, object], outcome: str | list[str]
) -> None:
    """Else the name of a desa would open what its code does not."""
    assert outcome == told("report", "36.04.17", text="Ramai", **said)


@pytest.mark.parametrize("kind", ["duress", "checkin"])
def test_an_officer_who_names_no_tps_is_placed_by_his_polsek(kind: str) -> None:
    """The most urgent word there is must not be refused for want of a place."""
    assert TAKEN == told("status", "36.04", kind=kind, officer="P01A")
    assert [] == told("status", "17.02", kind=kind, officer="P01A")
    assert ["officer"] == told("status", "36.04", kind=kind, officer="nobody")
    assert ["officer"] == told("status", "", kind=kind, officer="nobody")
