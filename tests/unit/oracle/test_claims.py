"""Stories of W11: one rumour in many places."""

import pytest

from tests.oracle.claims import are_alike, letters_of
from tests.oracle.stories import KH, KR, KR_FAR, SR, TINY, Story

CLAIM = "Surat suara sudah dicoblos semua di gudang kecamatan"
OTHER = "Listrik dipadamkan supaya penghitungan bisa diubah"
PLACES = (KR, KH, KR_FAR, SR, KR)


def rumour(*texts: str, places: tuple[str, ...] = PLACES, step: int = 1) -> Story:
    """Reports at 09:00, 09:01 and so on, each by somebody else at another place."""
    day = Story(TINY).begin()
    for number, (text, tps) in enumerate(zip(texts, places, strict=False)):
        minute = number * step
        clock = f"{9 + minute // 60:02d}:{minute % 60:02d}"
        day.report(clock, "INF-02", tps=tps, source=f"s{number}", text=text)
    return day


def test_five_sources_in_three_desa() -> None:
    """Domain §4b W11 "≥5 similar texts, ≥3 desa, 60 min", S, OPS."""
    assert ["09:04:00 opened tps input"] == rumour(*[CLAIM] * 5).told("W11", until="09:05")
    assert [] == rumour(*[CLAIM] * 4).told("W11")
    assert [] == rumour(*[CLAIM] * 5, places=(KR, KR, KH, KH, KR)).told("W11")


@pytest.mark.parametrize(("step", "opens"), [(15, True), (16, False)])
def test_within_an_hour(step: int, *, opens: bool) -> None:
    """As above."""
    assert opens == bool(rumour(*[CLAIM] * 5, step=step).told("W11"))


def test_a_source_has_one_voice() -> None:
    """Contract §4 "One voice per source": whoever repeats it five times is one."""
    day = rumour(*[CLAIM] * 4).report("09:30", "INF-02", tps=SR, source="s1", text=CLAIM)
    assert [] == day.told("W11")


def test_the_most_vulnerable_tps_of_it_sets_the_pace() -> None:
    """Contract §1: a `sangat_rawan` TPS among them, so L1 at 15 × 0.5."""
    told = rumour(*[CLAIM] * 5).told("W11", until="09:12")
    assert "09:11:30 escalated polsek deadline" == told[1]


def test_words_may_change_on_the_way() -> None:
    """ADR 18 "letters without case, accents, digits, punctuation, blanks and repeats"."""
    texts = (CLAIM, CLAIM.upper(), f"AWAS!!! {CLAIM} 100%", CLAIM.replace("u", "ú"), f"{CLAIM}nn")
    assert 1 == len(rumour(*texts).told("W11", until="09:05"))
    assert [] == rumour(CLAIM, CLAIM, CLAIM, OTHER, OTHER).told("W11")


def test_what_is_alike_to_a_third_is_one_claim() -> None:
    """ADR 18; neither end is alike to the other."""
    first, last = "abcdefghijklmnop", "klmnopqrstuvwxyz"
    middle = "abcdefghijklmnopqrstuvwxyz"
    assert not are_alike(first, last)
    assert are_alike(first, middle)
    assert are_alike(middle, last)
    assert [] == rumour(first, first, last, last, first).told("W11")
    assert 1 == len(rumour(first, first, last, last, middle).told("W11", until="09:05"))


def test_letters() -> None:
    """As above."""
    assert "hoaksitubenar" == letters_of("HÓAAAKS itu... 100% benar!")
    assert "" == letters_of("123 !!!")


def test_a_short_text_says_nothing() -> None:
    """ADR 18 "a text of 12 letters or more"."""
    assert [] == rumour(*["hoaks lagi!"] * 5).told("W11")


def test_a_person_who_has_answered_ends_it() -> None:
    """ADR 18 "what was said of it until then is forgotten"."""
    day = rumour(*[CLAIM] * 5)
    alert = next(line.alert for line in day.judged("09:05").lines if line.about.rule == "W11")
    day.command("09:05", "close_case", alert, by="chief", reason="Humas")
    for number, tps in enumerate(PLACES[:4]):
        day.report(f"09:1{number}", "INF-02", tps=tps, source=f"n{number}", text=CLAIM)
    assert "09:05:00 resolved tps command" == day.told("W11")[-1]
    day.report("09:20", "INF-02", tps=KR, source="n5", text=CLAIM)
    assert "09:20:00 opened tps input" == day.told("W11", until="09:21")[-1]
