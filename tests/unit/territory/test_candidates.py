"""Places that a report may mean, the likeliest first."""

import pytest
from msgspec import convert

from streams.domain.events import Place
from streams.domain.ids import AreaCode
from streams.territory.atlas import Atlas
from streams.territory.candidates import candidates
from tests.unit.territory.folders import AREAS, TEXTS, TPS, plan_of

PLACED = TPS.replace("kurang_rawan,,,P01,,,,,,,", "kurang_rawan,-6.20,106.40,P01,,,,,,,").replace(
    "sangat_rawan,,,", "sangat_rawan,-6.10,106.50,"
)
ATLAS = Atlas.of((plan_of(TEXTS | {"tps.csv": PLACED}),), AREAS)
MEKARSARI, RAGAS, LAMARAN = "36.04.17.2010", "36.04.17.2006", "36.04.18.2007"
OTHERS = ("36.04.30.2009", "36.04.31.2013")
"""The other two Mekarsari of Serang."""


def likely(area: str, **fields: object) -> tuple[AreaCode, ...]:
    """Rank for a place as it stands in a message."""
    return candidates(ATLAS, AreaCode(area), convert(fields, Place))


def test_homonyms_come_first_then_names_alike() -> None:
    """All three Mekarsari, in the order of their codes, then what looks like it."""
    found = likely("36.04", name="Mekarsari")
    assert (MEKARSARI, *OTHERS) == found[:3]
    assert 3 < len(found) <= 8
    assert found[:3] == likely("36.04", name="Desa MEKAR SARI")[:3]


def test_a_code_that_was_given_is_likelier_than_a_name() -> None:
    """Then the homonyms."""
    assert (RAGAS, MEKARSARI, *OTHERS) == likely("36.04", desa=RAGAS, name="Mekarsari")[:4]
    assert (RAGAS,) == likely("36.04", tps=f"{RAGAS}-001")


def test_candidates_lie_in_the_sure_area() -> None:
    """A homonym elsewhere is none."""
    found = likely("36.04.17", name="Mekarsari")
    assert MEKARSARI == found[0]
    assert not set(OTHERS) & set(found)
    assert (MEKARSARI,) == likely(MEKARSARI, name="Mekarsari")


def test_a_slip_finds_its_name() -> None:
    """The nearest spelling is first."""
    assert MEKARSARI == likely("36.04.17", name="Mekrsari")[0]
    assert RAGAS == likely("36.04", name="Ragas Masgit")[0]
    # Cikande, then Pegandikan and Cikande Permai, whose codes do not come in this order.
    assert ("36.04.15.2001", "36.04.35.2006", "36.04.15.2013") == likely("36.04", name="Cikand")[:3]


@pytest.mark.parametrize(
    ("lat", "lon", "first"),
    [(-6.10, 106.49, LAMARAN), (-6.19, 106.40, RAGAS), (-6.06, 106.36, MEKARSARI)],
)
def test_a_position_alone_proposes_the_nearest(lat: float, lon: float, first: str) -> None:
    """By the mean position of the TPS of a desa; those without a position are not proposed."""
    found = likely("36.04", lat=lat, lon=lon)
    assert first == found[0]
    assert {MEKARSARI, RAGAS, LAMARAN} == set(found)


def test_a_position_ranks_homonyms() -> None:
    """Only one of the three has a position here: it stays first, and no other is lost."""
    found = likely("36.04", name="Mekarsari", lat=-6.06, lon=106.36)
    assert (MEKARSARI, *OTHERS) == found[:3]


def test_nothing_is_proposed_for_nothing() -> None:
    """Neither name, code nor position."""
    assert () == likely("36.04")
    assert () == likely("36.04", name="Xyz")
