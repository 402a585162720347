"""How reports are written: local times, dates, and texts of strangers that stay text."""

from typing import Final

import pytest
from markdown_it import MarkdownIt

from streams.cli.report_writer import Language, Writer, joined, plain, section, table
from streams.domain.ids import AreaCode, ElectionId
from streams.territory.zone import Zone
from streams.views.asked import Asked
from tests.stories.judging import DUA_ZONA, plan_of
from tests.support.world import DESA, ELECTION, KR, local, plan

MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
STRANGE: Final = (
    "<script>x</script>",
    "*tebal* _miring_ **dua**",
    "[klik](http://example.invalid)",
    "a | b | c",
    "`kode` ~~coret~~",
    "&lt; &amp; \\ akhir",
    "satu\ndua\r\ntiga",
    "1. bukan daftar",
)


def writer(language: Language = Language.ID, now: str = "10:00") -> Writer:
    """Return a writer about the tiny world."""
    return Writer(plan(), Asked(election=ELECTION, now=local(now)), language)


@pytest.mark.parametrize("text", STRANGE)
def test_what_strangers_write_is_text(text: str) -> None:
    """In a list, behind the time, whatever signs it has: no tag, link or line of its own."""
    page = MARKDOWN.render(f"- 10:00 {plain(text)}\n")
    assert page.startswith("<ul>\n<li>10:00 ")
    assert 4 == page.count("<")


@pytest.mark.parametrize("text", STRANGE)
def test_what_strangers_write_stays_in_its_cell(text: str) -> None:
    """A row has as many cells as it should."""
    page = MARKDOWN.render("\n".join(table(("a", "b"), [(plain(text), "x")])))
    assert 2 == page.count("<td>")


def test_a_time_has_its_zone() -> None:
    """Of another day its date as well, in the language of the report."""
    assert "07:05 WIB" == writer().at(local("07:05"), KR)
    assert "26 November 21:00 WIB" == writer().at(local("-3:00"), KR)
    assert "28 November 00:30 WIB" == writer(Language.EN).at(local("24:30"))


def test_a_date_has_its_day() -> None:
    """In words; the first of March of a leap year too."""
    assert "Rabu, 27 November 2024" == writer().date(local("10:00"))
    assert "Friday, 1 March 2024" == writer(Language.EN).date_of("2024-03-01")
    assert "Kamis, 1 Januari 1970" == writer().date_of("1970-01-01")


def test_an_area_over_two_zones_has_both() -> None:
    """What happens at a place is told in its own."""
    two = plan_of(DUA_ZONA)
    now = two.election.opens_at(420)
    asked = Asked(election=ElectionId(two.election.id), now=now)
    both = Writer(two, asked, Language.ID)
    assert (Zone.WIB, Zone.WIT) == both.zones
    assert "07:00 WIB / 09:00 WIT" == both.at(now)
    [east] = [code for code in both.kabupaten if code.startswith("9")]
    assert "09:00 WIT" == both.at(now, east)
    alone = Writer(two, Asked(election=asked.election, area=AreaCode(east), now=now), Language.ID)
    assert "09:00 WIT" == alone.at(now)


def test_areas_are_called_as_people_call_them() -> None:
    """A TPS with its desa, a desa with its kecamatan."""
    assert "TPS 001 Air Rambai" == writer().area(KR)
    assert "Air Rambai, Curup" == writer().area(DESA)


def test_a_long_list_says_how_much_is_left_out() -> None:
    """And a short one says nothing."""
    assert ["- a", "- b"] == writer().listed(["a", "b"], 2)
    assert ["- a", "- … dan 2 lagi"] == writer().listed(["a", "b", "c"], 1)
    assert [] == writer().listed([], 2)


def test_sections_are_apart_by_one_empty_line() -> None:
    """However many parts had one of their own."""
    lines = [*section(1, "A", table(("x",), [("1",)])), *section(2, "B", ["b"])]
    assert "## 1. A\n\n| x |\n|---|\n| 1 |\n\n## 2. B\n\nb\n" == joined(lines)
