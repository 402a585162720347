"""Stories of V11 and V12: forms among the forms of other TPS."""

from fractions import Fraction

import pytest

from tests.oracle.peer_rules import modified_z
from tests.oracle.stories import DISTRICT, LAMARAN, MEKARSARI, VILLAGE, Story

CODES = [code for code in sorted(DISTRICT.tps) if code.startswith("16.10.16")]
IMAGE = "ab" * 32


def district(outlier: int, tps: int = 20) -> Story:
    """Final forms with 2, 4 or 6 % of invalid votes, and one with more of them."""
    day = Story(DISTRICT).begin()
    for number, code in enumerate(CODES[:tps]):
        invalid = outlier if number == 0 else (2, 4, 6)[number % 3]
        day.count("15:00", code, f"70 {30 - invalid}", invalid=invalid)
    return day


@pytest.mark.parametrize(
    ("outlier", "tps", "opens"), [(20, 20, True), (20, 19, False), (11, 20, False), (16, 20, True)]
)
def test_invalid_votes_that_stand_out(outlier: int, tps: int, *, opens: bool) -> None:
    """Domain §4b V11 ">10 % and robust z>4 in kecamatan (n≥20)", R, ADM."""
    told = district(outlier, tps).shown("V11")
    assert ([f"15:00:00 opened low {CODES[0]}|"] if opens else []) == told


def test_it_ends_when_it_stands_out_no_more() -> None:
    """ADR 18 "or when it is none any more"."""
    day = district(20).count("15:30", CODES[0], "70 26", invalid=4)
    assert "15:30:00 returned kpps input" == day.told("V11")[-1]


def test_modified_z() -> None:
    """Iglewicz and Hoaglin: 0.6745 of a distance of ten deviations."""
    every = [Fraction(n) for n in (1, 2, 3, 4, 13)]
    assert pytest.approx(6.745) == modified_z(Fraction(13), every)
    same = [Fraction(1)] * 3
    assert (0, float("inf")) == (modified_z(Fraction(1), same), modified_z(Fraction(2), same))


def shown(role: str = "kpps") -> Story:
    """One image in forms of two TPS of the village."""
    day = Story(VILLAGE).begin()
    day.count("15:00", LAMARAN, "90 60", contest="lamaran", image_sha256=IMAGE)
    return day.count(
        "15:10", MEKARSARI, "90 60 9", contest="mekarsari", image_sha256=IMAGE, role=role
    )


def test_one_image_in_two_tps() -> None:
    """Domain §4b V12 "same image hash", S; ADR 18: whoever has sent the forms."""
    for role in ("kpps", "saksi"):
        told = shown(role).shown("V12", until="15:11")
        assert [f"15:10:00 opened medium image:36.04/{IMAGE}|"] == told
    assert [] == shown("system").told("V12")


def test_one_is_withdrawn() -> None:
    """ADR 18 "Ends when one TPS is left": `m3` is the second form, which its side corrects."""
    day = shown().count(
        "15:20", MEKARSARI, "9 6 9", contest="mekarsari", corrects="m3", role="ptps"
    )
    assert "returned" not in " ".join(day.told("V12"))
    day = shown().count("15:20", MEKARSARI, "9 6 9", contest="mekarsari", corrects="m3", role="ppk")
    assert "15:20:00 returned" == day.told("V12")[-1][:17]


def test_a_tps_may_show_its_image_again() -> None:
    """As above: "two TPS"."""
    day = Story(VILLAGE).begin()
    for clock in ("15:00", "15:10"):
        day.count(clock, LAMARAN, "90 60", contest="lamaran", image_sha256=IMAGE)
    assert [] == day.told("V12")
