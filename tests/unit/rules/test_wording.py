"""Texts for people: filled in, in both languages, with local times and the names of places."""

import pytest

from streams.domain.alert import Text
from streams.domain.ids import AreaCode, Scope
from streams.rules.wording import (
    clock_text,
    contest_text,
    fill,
    local_times,
    place_text,
    unknown_fields,
)
from tests.support.world import DESA, KABUPATEN, KR, UNKNOWN, local, plan


def test_every_name_is_filled_in() -> None:
    """A name may have one word in each language, and what begins a sentence is capital."""
    values = {"who": Text("petugas A1", "officer A1"), "when": Text("07:10", "07:10")}
    filled = fill(Text("{who} sejak {when}", "{who} since {when}"), values)
    assert Text("Petugas A1 sejak 07:10", "Officer A1 since 07:10") == filled


def test_a_text_without_names_stays_what_it_is() -> None:
    """Doubled braces are braces."""
    assert Text("{a}", "") == fill(Text("{{a}}", ""), {})


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (Text("{place}", "{place} {deadline}"), set[str]()),
        (Text("{tempat}", "{place}"), {"tempat"}),
        (Text("{place}", "{score}"), {"score"}),
        (Text("{}", "x"), {""}),
    ],
)
def test_names_that_a_detector_does_not_know_are_found(text: Text, unknown: set[str]) -> None:
    """In either language; `overdue` knows no score."""
    assert unknown == unknown_fields(text, "overdue")


@pytest.mark.parametrize(
    ("clock", "offset", "text"),
    [
        ("07:10", 420, "07:10"),
        ("07:10:59", 420, "07:10"),
        ("07:10", 480, "08:10"),
        ("23:30", 540, "01:30"),
        ("00:00", 420, "00:00"),
    ],
)
def test_times_are_local(clock: str, offset: int, text: str) -> None:
    """WIB, WITA and WIT of one moment; seconds are left out."""
    assert text == clock_text(local(clock), offset)


PLACES = {
    (KR, KR): ("TPS 001 Air Rambai", "TPS 001 Air Rambai"),
    (UNKNOWN, UNKNOWN): ("TPS 099 Air Rambai", "TPS 099 Air Rambai"),
    (DESA, DESA): ("Air Rambai, Curup", "Air Rambai, Curup"),
    ("17.02.09", "17.02.09"): ("Kecamatan Curup", "Kecamatan Curup"),
    (KABUPATEN, KABUPATEN): ("Kabupaten Rejang Lebong", "Kabupaten Rejang Lebong"),
    ("36.04", "36.04"): ("36.04", "36.04"),
    ("pair:17.02/P03", DESA): ("pasangan P03", "pair P03"),
    ("officer:17.02/A1", DESA): ("petugas A1", "officer A1"),
    ("polsek:17.02/Curup", DESA): ("Polsek Curup", "Polsek Curup"),
    ("box:17.02/B7", KR): (
        "kotak suara B7 TPS 001 Air Rambai",
        "ballot box B7 of TPS 001 Air Rambai",
    ),
    (f"box:17.02/{KR}#1", KR): (
        "kotak suara TPS 001 Air Rambai",
        "ballot box of TPS 001 Air Rambai",
    ),
}


@pytest.mark.parametrize(("scope", "place"), PLACES)
def test_places_are_called_as_people_call_them(scope: str, place: str) -> None:
    """A TPS by number and desa, a desa with its kecamatan, what is wider by its kind."""
    found = place_text(plan(), Scope(scope), AreaCode(place))
    assert PLACES[scope, place] == (found.id, found.en)


@pytest.mark.parametrize(
    ("contest", "called"),
    [
        (f"kades-{DESA}", "kades Air Rambai"),
        ("bupati", "bupati"),
        ("kades-17.02.09.9999", "kades-17.02.09.9999"),
        ("dprd-dapil-3", "dprd-dapil-3"),
    ],
)
def test_a_contest_of_an_area_is_called_by_its_name(contest: str, called: str) -> None:
    """A code says nothing to who reads an alert; an area that nobody knows keeps it."""
    assert called == contest_text(plan(), contest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-27T05:20:00Z < 2024-11-27T06:00:00Z", "12:20 < 13:00"),
        ("2024-11-27T05:20:01.5Z", "12:20:01.5"),
        ('2024-11-27T23:30:00Z - duration("1h")', '06:30 - duration("1h")'),
        ("452 != 440", "452 != 440"),
    ],
)
def test_figures_have_local_times(text: str, expected: str) -> None:
    """An expression knows moments, people know the clock on their wall."""
    assert expected == local_times(text, 420)
