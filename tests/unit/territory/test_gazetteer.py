"""Which place a report means: what is sure is found, what is not is never guessed."""

import pytest
from msgspec import convert

from streams.domain.effects import DeadLetterReason
from streams.domain.events import Place
from streams.domain.ids import AreaCode
from streams.territory.areas import NO_AREAS, Areas
from streams.territory.gazetteer import Found, Gazetteer, Nowhere, Resolved, Unsure, WhyUnsure
from tests.unit.territory.folders import AREAS, ELECTION, TEXTS, TPS, TPS_HEADER, plan_of, row

LEBONG_TPS = f"{TPS_HEADER}\n" + row(
    "17.02.09.1012-001", "Dwi Tunggal,Curup,Rejang Lebong,Bengkulu"
)
SERANG = plan_of()
LEBONG = plan_of(
    TEXTS
    | {
        "election.toml": ELECTION.replace('"36"', '"17"').replace('"36.04"', '"17.02"'),
        "tps.csv": LEBONG_TPS,
        "personnel.csv": TEXTS["personnel.csv"].split("\n")[0],
        "actors.csv": "actor,role,area\n",
        "adjacency.csv": "desa_a,desa_b\n",
        "contacts.toml": "",
    }
)
ONE = Gazetteer([SERANG], AREAS)
BOTH = Gazetteer([SERANG, LEBONG], AREAS)
BLIND = Gazetteer([plan_of(register=NO_AREAS)], NO_AREAS)
"""Knows the desa that vote, and no other."""

MEKARSARI, RAGAS, LAMARAN = "36.04.17.2010", "36.04.17.2006", "36.04.18.2007"
UNKNOWN, PLACE = DeadLetterReason.UNKNOWN, DeadLetterReason.PLACE


def find(gazetteer: Gazetteer, **fields: object) -> Found:
    """Resolve a place as it stands in a message."""
    return gazetteer.resolve(convert(fields, Place))


def unsure(found: Found) -> tuple[str, WhyUnsure]:
    """Return area and reason of what is not sure."""
    assert isinstance(found, Unsure), found
    return found.area, found.why


@pytest.mark.parametrize("gazetteer", [ONE, BOTH, BLIND], ids=["one", "both", "blind"])
@pytest.mark.parametrize(
    ("fields", "area", "unknown_tps"),
    [
        ({"tps": f"{MEKARSARI}-001"}, f"{MEKARSARI}-001", False),
        ({"tps": f"{MEKARSARI}-077"}, f"{MEKARSARI}-077", True),
        ({"desa": MEKARSARI}, MEKARSARI, False),
        ({"desa": MEKARSARI, "tps_number": 2}, f"{MEKARSARI}-002", False),
        ({"desa": MEKARSARI, "tps_number": 77}, f"{MEKARSARI}-077", True),
        ({"name": "Mekarsari", "kecamatan": "36.04.17"}, MEKARSARI, False),
        ({"name": "Mekarsari", "kecamatan": "Carenang"}, MEKARSARI, False),
        (
            {"name": "Mekarsari", "kecamatan": "Carenang", "tps_number": 1},
            f"{MEKARSARI}-001",
            False,
        ),
        ({"name": "MEKAR SARI", "kecamatan": "kec. carenang"}, MEKARSARI, False),
        (
            {"name": "Desa Mekarsari", "kecamatan": "Carenang", "kabupaten": "Serang"},
            MEKARSARI,
            False,
        ),
        ({"name": "Ragasmasigit", "kecamatan": "Carenang"}, RAGAS, False),
        ({"name": "ragas-masigit", "kecamatan": "CARENANG", "kabupaten": "36.04"}, RAGAS, False),
        (
            {
                "tps": f"{MEKARSARI}-001",
                "desa": MEKARSARI,
                "kecamatan": "Carenang",
                "kabupaten": "Kab. Serang",
                "name": "mekar sari",
                "tps_number": 1,
            },
            f"{MEKARSARI}-001",
            False,
        ),
        ({"desa": MEKARSARI, "name": "dekat pasar"}, MEKARSARI, False),
        ({"desa": MEKARSARI, "kecamatan": "entah"}, MEKARSARI, False),
    ],
)
def test_what_is_sure_is_found(
    gazetteer: Gazetteer, fields: dict[str, object], area: str, *, unknown_tps: bool
) -> None:
    """Codes, or a name with its kecamatan; words that name no place contradict nothing."""
    assert Resolved(AreaCode(area), unknown_tps) == find(gazetteer, **fields)


def test_a_desa_that_does_not_vote_is_a_place_all_the_same() -> None:
    """Its TPS are not: a report from one is placed in the desa."""
    pamanuk = "36.04.17.2007"
    assert pamanuk in SERANG.desa
    assert pamanuk not in SERANG.tps_of_desa
    expected = Resolved(AreaCode(pamanuk))
    assert expected == find(ONE, desa=pamanuk)
    assert expected == find(ONE, tps=f"{pamanuk}-001")
    assert expected == find(ONE, desa=pamanuk, tps_number=1)
    assert expected == find(ONE, name=SERANG.desa[AreaCode(pamanuk)], kecamatan="Carenang")


@pytest.mark.parametrize("gazetteer", [ONE, BOTH], ids=["one", "both"])
@pytest.mark.parametrize(
    ("fields", "area", "why"),
    [
        ({"tps": f"{MEKARSARI}-001", "desa": RAGAS}, "36.04.17", WhyUnsure.CONTRADICTION),
        ({"tps": f"{MEKARSARI}-001", "desa": LAMARAN}, "36.04", WhyUnsure.CONTRADICTION),
        ({"desa": MEKARSARI, "kecamatan": "36.04.18"}, "36.04", WhyUnsure.CONTRADICTION),
        ({"desa": MEKARSARI, "kecamatan": "Binuang"}, "36.04", WhyUnsure.CONTRADICTION),
        ({"desa": MEKARSARI, "name": "Ragas Masigit"}, "36.04.17", WhyUnsure.CONTRADICTION),
        ({"desa": MEKARSARI, "name": "Lamaran"}, "36.04", WhyUnsure.CONTRADICTION),
        ({"kecamatan": "Carenang", "name": "Lamaran"}, "36.04", WhyUnsure.CONTRADICTION),
        (
            {"tps": f"{MEKARSARI}-001", "tps_number": 2},
            MEKARSARI,
            WhyUnsure.CONTRADICTION,
        ),
        (
            {"tps": f"{MEKARSARI}-001", "desa": RAGAS, "kabupaten": "36.04"},
            "36.04.17",
            WhyUnsure.CONTRADICTION,
        ),
        ({"desa": MEKARSARI, "tps": "36.04.17.9999-001"}, "36.04.17", WhyUnsure.CONTRADICTION),
        ({"kabupaten": "Serang", "name": "Mekarsari"}, "36.04", WhyUnsure.NO_KECAMATAN),
        ({"kabupaten": "36.04", "name": "Ragas Masigit"}, "36.04", WhyUnsure.NO_KECAMATAN),
        ({"kabupaten": "Serang", "name": "Entah"}, "36.04", WhyUnsure.UNKNOWN_NAME),
        ({"kecamatan": "Carenang", "name": "Entah"}, "36.04.17", WhyUnsure.UNKNOWN_NAME),
        ({"kecamatan": "Carenang"}, "36.04.17", WhyUnsure.NO_DESA),
        ({"kecamatan": "36.04.17", "tps_number": 3}, "36.04.17", WhyUnsure.NO_DESA),
        ({"kabupaten": "Kabupaten Serang"}, "36.04", WhyUnsure.NO_DESA),
        ({"desa": "36.04.17.9999", "kecamatan": "Carenang"}, "36.04.17", WhyUnsure.UNKNOWN_CODE),
        ({"kecamatan": "36.04.99", "kabupaten": "Serang"}, "36.04", WhyUnsure.UNKNOWN_CODE),
    ],
)
def test_what_is_not_sure_goes_to_the_narrowest_sure_area(
    gazetteer: Gazetteer, fields: dict[str, object], area: str, why: WhyUnsure
) -> None:
    """Contradictions, names without a kecamatan, names that nobody knows."""
    assert (area, why) == unsure(find(gazetteer, **fields))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, WhyUnsure.NO_DESA),
        ({"lat": -6.06, "lon": 106.36}, WhyUnsure.NO_DESA),
        ({"tps_number": 4}, WhyUnsure.NO_DESA),
        ({"name": "Mekarsari"}, WhyUnsure.NO_KECAMATAN),
        ({"name": "Lamaran"}, WhyUnsure.NO_KECAMATAN),
        ({"name": "Entah"}, WhyUnsure.UNKNOWN_NAME),
        ({"name": "---"}, WhyUnsure.UNKNOWN_NAME),
        ({"kecamatan": "Entah", "name": "Mekarsari"}, WhyUnsure.NO_KECAMATAN),
        ({"kecamatan": "3604170", "name": "Mekarsari"}, WhyUnsure.NO_KECAMATAN),
        ({"kabupaten": "Kota Serang", "name": "Mekarsari"}, WhyUnsure.CONTRADICTION),
        ({"kabupaten": "Rejang Lebong", "name": "Mekarsari"}, WhyUnsure.CONTRADICTION),
        ({"desa": MEKARSARI, "kabupaten": "17.02"}, WhyUnsure.CONTRADICTION),
        ({"kabupaten": "36", "name": "Mekarsari"}, WhyUnsure.NO_KECAMATAN),
    ],
)
def test_the_only_watched_kabupaten_is_sure(fields: dict[str, object], why: WhyUnsure) -> None:
    """Whatever else a report says, a person there looks at it."""
    assert ("36.04", why) == unsure(find(ONE, **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "Mekarsari"},
        {"name": "Entah"},
        {"lat": -6.06, "lon": 106.36},
        {"kabupaten": "Kota Serang", "name": "Mekarsari"},
        {"desa": MEKARSARI, "kabupaten": "17.02"},
        {"kecamatan": "Curup", "kabupaten": "Serang"},
        {"kabupaten": "Jawa Timur"},
        {"kabupaten": "36", "name": "Mekarsari"},
    ],
)
def test_where_two_are_watched_there_may_be_no_sure_area(fields: dict[str, object]) -> None:
    """Then it is a dead letter `place`: nothing says who should look at it."""
    found = find(BOTH, **fields)
    assert isinstance(found, Nowhere)
    assert PLACE is found.reason


@pytest.mark.parametrize("gazetteer", [ONE, BOTH], ids=["one", "both"])
@pytest.mark.parametrize(
    "fields",
    [
        {"desa": "36.04.17.9999"},
        {"tps": "36.04.17.9999-001"},
        {"desa": "33.26.01.2001"},
        {"kabupaten": "36.73"},
        {"kecamatan": "36.04.99"},
        {"desa": "33.26.01.2001", "name": "Mekarsari"},
        {"kabupaten": "99"},
    ],
)
def test_a_code_that_nobody_knows_is_unknown(
    gazetteer: Gazetteer, fields: dict[str, object]
) -> None:
    """Of an area that is not watched, or that does not exist."""
    found = find(gazetteer, **fields)
    assert isinstance(found, Nowhere)
    assert UNKNOWN is found.reason
    assert found.detail.endswith(str(next(iter(fields.values()))))


@pytest.mark.parametrize(
    ("fields", "area"),
    [
        ({"desa": "36.04.17.2007"}, "36.04.17"),
        ({"tps": "36.04.17.2007-001"}, "36.04.17"),
        ({"tps": "36.04.29.2001-001"}, "36.04"),
        ({"kecamatan": "36.04.29"}, "36.04"),
    ],
)
def test_without_a_register_a_code_may_exist(fields: dict[str, object], area: str) -> None:
    """Nobody can say that it does not: a person looks at it."""
    assert (area, WhyUnsure.UNKNOWN_CODE) == unsure(find(BLIND, **fields))


def test_a_homonym_within_a_kecamatan_is_not_sure() -> None:
    """Seventeen kecamatan of the country have two desa of one name."""
    more = row("36.04.17.2011-001", "Mekar Sari,Carenang,Serang,Banten")
    gazetteer = Gazetteer([plan_of(TEXTS | {"tps.csv": TPS + more})], AREAS)
    found = find(gazetteer, name="Mekarsari", kecamatan="Carenang")
    assert ("36.04.17", WhyUnsure.HOMONYM) == unsure(found)
    assert isinstance(found, Unsure)
    assert (MEKARSARI, "36.04.17.2011") == found.candidates


def homonymous_kecamatan(register: str) -> Gazetteer:
    """Return a gazetteer of two kabupaten that each have a kecamatan Carenang."""
    more = row("32.01.01.1001-001", "Pondok Rajeg,Carenang,Bogor,Jawa Barat")
    texts = TEXTS | {"election.toml": ELECTION.replace('"36"', '"32"'), "tps.csv": TPS + more}
    return Gazetteer([plan_of(texts | {"areas.csv": register})], AREAS)


def test_a_homonymous_kecamatan_is_sure_with_a_kabupaten() -> None:
    """Or if the name is in one of them only, and all desa of both are known."""
    full = homonymous_kecamatan("code,name\n32.01.01,Carenang\n32.01.01.1001,Pondok Rajeg\n")
    part = homonymous_kecamatan("code,name\n32.01.01,Carenang\n")
    place = {"name": "Mekarsari", "kecamatan": "Carenang"}
    for gazetteer in (full, part):
        assert Resolved(AreaCode(MEKARSARI)) == find(gazetteer, **place, kabupaten="Serang")
    assert Resolved(AreaCode(MEKARSARI)) == find(full, **place)
    assert Nowhere(PLACE, "no area is sure: homonym") == find(part, **place)
    assert Nowhere(PLACE, "no area is sure: no_desa") == find(full, kecamatan="Carenang")


def test_a_homonymous_kecamatan_does_not_widen_a_contradiction() -> None:
    """Two desa of Serang contradict each other; the Carenang of Bogor has no part in it."""
    gazetteer = homonymous_kecamatan("code,name\n32.01.01,Carenang\n")
    found = find(gazetteer, desa=MEKARSARI, tps=f"{LAMARAN}-001", kecamatan="Carenang")
    assert ("36.04", WhyUnsure.CONTRADICTION) == unsure(found)


def test_a_watched_kabupaten_is_meant_before_one_that_is_not() -> None:
    """If another of that name exists somewhere, nobody here would report from it."""
    twin = AREAS.with_more(Areas.of({AreaCode("91.99"): "Kabupaten Serang"}))
    gazetteer = Gazetteer([SERANG, LEBONG], twin)
    assert ("36.04", WhyUnsure.NO_DESA) == unsure(find(gazetteer, kabupaten="Serang"))


def test_both_names_of_an_area_are_understood() -> None:
    """The folder's own, and the register's where they differ."""
    texts = TEXTS | {"tps.csv": TPS.replace("Lamaran,Binuang", "Lamaran Baru,Binuang Dua")}
    gazetteer = Gazetteer([plan_of(texts)], AREAS)
    for name in ("Lamaran", "Lamaran Baru"):
        for kecamatan in ("Binuang", "Binuang Dua"):
            assert Resolved(AreaCode(LAMARAN)) == find(gazetteer, name=name, kecamatan=kecamatan)


def test_a_kabupaten_is_not_the_kota_of_its_name() -> None:
    """Serang is watched; Kota Serang is another place."""
    assert ("36.04", WhyUnsure.NO_DESA) == unsure(find(BOTH, kabupaten="KAB. SERANG"))
    assert isinstance(find(BOTH, kabupaten="Kota Serang"), Nowhere)


def test_several_plans_of_one_kabupaten_are_one_map() -> None:
    """A TPS is known if any of them lists it."""
    gazetteer = Gazetteer([SERANG, SERANG], AREAS)
    assert Resolved(AreaCode(f"{MEKARSARI}-001")) == find(gazetteer, tps=f"{MEKARSARI}-001")


def test_an_empty_watch_finds_nothing() -> None:
    """No election is loaded: every code is unknown, every name without a place."""
    gazetteer = Gazetteer([], AREAS)
    assert Nowhere(UNKNOWN, f"nobody knows the code {MEKARSARI}") == find(gazetteer, desa=MEKARSARI)
    assert Nowhere(PLACE, "no area is sure: unknown_name") == find(gazetteer, name="Mekarsari")
