"""Who watches which TPS: pairs by what TPS have in common, Bhabinkamtibmas, posts."""

import csv
import io

import pytest

from tools.folder_parts import Desa, Draw, Kecamatan, table
from tools.folder_watch import (
    Kabupaten,
    Team,
    Tps,
    pairs,
    personnel_rows,
    polsek_posts,
    tps_rows,
    with_bhabin,
)

DRAW = Draw("test")
CURUP = Kecamatan("Curup", "Curup", (-34700, 1025200, 80), (8, 20))
KABUPATEN = Kabupaten("17.02", "Rejang Lebong", "Bengkulu", {"17.02.09": CURUP})
DESA = [Desa(f"17.02.09.200{n}", f"Desa {n}", -34700, 1025200 + n) for n in range(1, 6)]


def tps(desa: Desa, number: int, tps_class: str = "kurang_rawan") -> Tps:
    """Return a TPS of some desa."""
    return Tps(desa, number, dpt=400, tps_class=tps_class, transit=(10, 20))


def by_class(one: Tps) -> tuple[object, ...]:
    """Return what the TPS of a pair have in common here."""
    return (one.tps_class,)


@pytest.mark.parametrize(("size", "teams"), [(1, 5), (2, 3), (4, 2), (5, 1), (9, 1)])
def test_a_pair_has_no_more_tps_than_it_may(size: int, teams: int) -> None:
    """As few pairs as that needs, and none much larger than another."""
    found = pairs([tps(one, 1) for one in DESA], by_class, lambda _: size)
    counts = [list(found.values()).count(pair) for pair in sorted(set(found.values()))]
    assert (teams, 5) == (len(counts), sum(counts))
    assert max(counts) <= size
    assert max(counts) - min(counts) <= 1


def test_what_has_nothing_in_common_has_no_common_pair() -> None:
    """Numbered from 1 in the order of what they have in common, whatever comes first."""
    first, second = tps(DESA[0], 1, "rawan"), tps(DESA[1], 1)
    expected = {second.code: "P01", first.code: "P02"}
    assert expected == pairs([first, second], by_class, lambda _: 9)
    assert expected == pairs([second, first], by_class, lambda _: 9)


def test_materials_come_at_dawn_where_it_is_unsafe() -> None:
    """To `rawan` and `sangat_rawan`; on the evening before to all others."""
    words = ("kurang_rawan", "rawan", "sangat_rawan", "khusus")
    stations = [tps(DESA[0], number, word) for number, word in enumerate(words, start=1)]
    rows = tps_rows(KABUPATEN, stations, dict.fromkeys((s.code for s in stations), "P01"), DRAW)
    read = csv.DictReader(io.StringIO(table(rows)))
    assert ["", "05:30", "05:30", ""] == [row["logistics_due"] for row in read]


def test_a_tps_is_called_after_its_desa_or_its_site() -> None:
    """A site stands in the name alone: the desa stays the desa."""
    inside = tps(DESA[0], 901)._replace(site="Lapas", online=False)
    rows = tps_rows(
        KABUPATEN,
        [tps(DESA[0], 1), inside],
        {f"{DESA[0].code}-001": "P01"} | {inside.code: "P02"},
        DRAW,
    )
    read = list(csv.DictReader(io.StringIO(table(rows))))
    assert ["TPS 001 Desa 1", "TPS 901 Lapas"] == [row["name"] for row in read]
    assert ["Desa 1", "Desa 1"] == [row["desa"] for row in read]
    assert ["true", "false"] == [row["internet"] for row in read]


def test_who_must_have_a_bhabinkamtibmas_has_one() -> None:
    """The others are drawn, and come in the order of their codes."""
    last = DESA[-1].code
    found = with_bhabin(DESA, DRAW, 2, [last])
    assert 2 == len(found)
    assert last in {one.code for one in found}
    assert sorted(found) == found
    assert found == with_bhabin(DESA[::-1], DRAW, 2, [last])


def test_everybody_is_listed_once() -> None:
    """Two officers a pair, one a desa, and the posts; nobody has a telephone."""
    teams = {"P01": Team("pam_tps", "Rajawali", "Curup"), "P02": Team("polres", "Macan", "")}
    rows = personnel_rows(KABUPATEN, teams, DESA[:1], polsek_posts(["Curup"], ("05:00", "20:00")))
    read = list(csv.DictReader(io.StringIO(table(rows))))
    officers = [row["officer"] for row in read]
    assert ["P01A", "P01B", "P02A", "P02B", "B01", "K1", "C1A", "C1B", "C1C", "C1D"] == officers
    assert {""} == {row["phone"] for row in read}
    assert ["Curup", "Curup", "", "", *["Curup"] * 6] == [row["polsek"] for row in read]


def test_a_polsek_is_held_by_day_and_by_night() -> None:
    """Two by day, one by night, one off duty; its head has no shift."""
    posts = polsek_posts(["Curup", "Binduriang"], ("05:00", "20:00"))
    assert 10 == len(posts)
    hours = [(on_duty, start, end) for *_, on_duty, start, end in posts[:5]]
    day, night = ("true", "05:00", "20:00"), ("true", "20:00", "05:00")
    assert [("true", "", ""), day, day, night, ("false", "", "")] == hours
    assert {"Binduriang"} == {polsek for _, _, _, polsek, *_ in posts[5:]}
