"""The Polsek of a plan: whose officers they are, where they lie, who is near."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.judge.stations import polsek_of, stations_of
from tests.support.polsek import three_polsek
from tests.support.world import DESA, EARLY, KABUPATEN, KH, KR, KR2, R2, SR, UNKNOWN, R, plan

MADE: Final = three_polsek()
CURUP: Final = stations_of(MADE)[KABUPATEN]["Curup"]


def test_a_polsek_has_its_police_officers() -> None:
    """In order; nobody of the Polres, and nobody else on the roster."""
    called = [one.officer for one in CURUP.officers]
    assert ["A1", "A2", "B1", "B2", "E1", "E2", "M1", "M2", "N1", "O1"] == called


def test_a_polsek_lies_where_its_tps_are() -> None:
    """Its place is the narrowest area around them."""
    places = {name: one.place for name, one in stations_of(MADE)[KABUPATEN].items()}
    assert {"Curup": DESA, "Selupu": "17.02.11.2001", "Timur": "17.02.09.1002"} == places


def test_the_others_come_by_travel_time() -> None:
    """Estimated from the middles of their TPS; EARLY and KH have no coordinates."""
    assert [("Timur", 11), ("Selupu", 26)] == [(one.polsek, one.minutes) for one in CURUP.near]


def test_without_coordinates_those_beside_it_come_first() -> None:
    """Timur has a TPS in the same kecamatan; of Selupu nobody knows how far it is."""
    blind = {code: replace(tps, lat=None, lon=None) for code, tps in MADE.tps.items()}
    [near, far] = stations_of(replace(MADE, tps=blind))[KABUPATEN]["Curup"].near
    assert (("Timur", None), ("Selupu", None)) == ((near.polsek, None), (far.polsek, far.minutes))


@pytest.mark.parametrize(
    ("neighbours", "order"), [(True, ["Timur", "Selupu"]), (False, ["Selupu", "Timur"])]
)
def test_a_neighbouring_desa_is_beside_it_as_well(order: list[str], *, neighbours: bool) -> None:
    """By `adjacency.csv`, also where no kecamatan is common; else it goes by name."""
    away = AreaCode("17.02.12.2001-001")
    blind = {code: replace(tps, lat=None, lon=None) for code, tps in MADE.tps.items()}
    made = replace(
        MADE,
        tps=blind | {away: replace(blind[KR2], code=away)},
        polsek={**MADE.polsek, (KABUPATEN, "Timur"): (away,)},
        adjacency={DESA: (AreaCode("17.02.12.2001"),)} if neighbours else {},
    )
    near = stations_of(made)[KABUPATEN]["Curup"].near
    assert order == [one.polsek for one in near]


def test_a_polsek_without_tps_can_still_lend() -> None:
    """It lies nowhere in particular."""
    only = replace(MADE.officers[KABUPATEN, "T1"], polsek="Sindang")
    made = replace(MADE, officers={**MADE.officers, (KABUPATEN, "T1"): only})
    station = stations_of(made)[KABUPATEN]["Sindang"]
    assert (KABUPATEN, ["T1"]) == (station.place, [one.officer for one in station.officers])


PLACES: Final[dict[str, tuple[tuple[AreaCode, ...], str]]] = {
    "a TPS": ((KR2,), "Timur"),
    "a desa": ((DESA,), "Curup"),
    "a TPS that no plan has": ((UNKNOWN,), "Curup"),
    "where most lie": ((R2, KR, R), "Curup"),
    "the first by name, if as many lie in each": ((R2, EARLY, SR, KH), "Curup"),
    "a desa that does not vote": ((AreaCode("17.02.09.1009"),), ""),
    "nowhere": ((), ""),
}


@pytest.mark.parametrize(("places", "polsek"), PLACES.values(), ids=PLACES)
def test_whose_place_it_is(places: tuple[AreaCode, ...], polsek: str) -> None:
    """By the TPS there."""
    assert polsek == polsek_of(MADE, places)


def test_a_kabupaten_without_officers_has_its_polsek_all_the_same() -> None:
    """Its strength is not known."""
    station = stations_of(replace(plan(), officers={}))[KABUPATEN]["Curup"]
    assert () == station.officers
