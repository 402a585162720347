"""A gateway that is stuck, or has stopped to speak, is told by its name (X05)."""

from typing import Final

import pytest

from tests.support.events import beat, opened
from tests.support.gateways import OPEN, STUCK, WELL, beats
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import Item, Told, alerts_of, at, journal, judge, said, story
from tests.support.world import KABUPATEN, KH, KR, KR2, SR, R, whole_world

DAY: Final = whole_world()
ALL: Final = (KR, R, SR, KH, KR2)


def standing(begins: str, ends: str, oldest: str = "") -> list[Item]:
    """Let a gateway speak every minute whose clock stands at seven."""
    told = beats(begins, ends, oldest=oldest)
    return [said("07:00", one) if isinstance(one, Told) else one for one in told]


SLOW: Final[list[Item]] = [*WELL, at("07:11"), said("06:11", beat(KABUPATEN)), at("07:12")]
"""Its clock falls back by an hour."""
NAMED: Final = "X05@pipeline:gateway|sms-1"
TROUBLES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "something waits for five minutes": (
        [*WELL, *beats("07:11", "07:15", oldest="07:10")],
        [],
    ),
    "something waits for longer": (
        [*WELL, *beats("07:11", "07:15", oldest="07:10"), at("07:16")],
        ["07:15 opened"],
    ),
    "well again for five minutes": (
        [*WELL, *beats("07:11", "07:16", oldest="07:10"), *beats("07:17", "07:23")],
        ["07:15 opened", "07:22 returned"],
    ),
    "it stutters: one trouble": (
        [
            *WELL,
            *beats("07:11", "07:16", oldest="07:10"),
            *beats("07:17", "07:18"),
            *beats("07:19", "07:20", oldest="07:12"),
            *beats("07:21", "07:27"),
        ],
        ["07:15 opened", "07:26 returned"],
    ),
    "it says nothing for three minutes": ([*WELL, at("07:13")], []),
    "it says nothing for longer": ([*WELL, at("07:14")], ["07:13 opened"]),
    "it speaks again": (
        [*WELL, *beats("07:14", "07:20")],
        ["07:13 opened", "07:19 returned"],
    ),
    "it speaks seldom, and said so": (
        [*OPEN, at("07:01"), beat(KABUPATEN, every=300), at("07:16")],
        [],
    ),
    "seldom, and then no more": (
        [*OPEN, at("07:01"), beat(KABUPATEN, every=300), at("07:17")],
        ["07:16 opened"],
    ),
    "tried out in the morning and switched off: missed when the vote begins": (
        [*beats("05:00", "05:10"), at("06:01")],
        ["06:00 opened"],
    ),
    "its clock falls back by an hour: told at once": (SLOW, ["07:11 opened"]),
    "its heartbeat was under way for two minutes": (
        [*WELL, at("07:12"), said("07:10", beat(KABUPATEN)), at("07:13")],
        [],
    ),
    "its clock stands: told when that shows, and once": (
        [*OPEN, *standing("07:01", "07:40")],
        ["07:03 opened"],
    ),
    "it stands, and something waits": (
        [*OPEN, *standing("07:01", "07:40", oldest="07:00")],
        ["07:03 opened"],
    ),
    "its clock is set": (
        [*SLOW, *beats("07:13", "07:20")],
        ["07:11 opened", "07:18 returned"],
    ),
    "it stands, and it speaks seldom": (
        [*OPEN, at("07:02"), said("05:00", beat(KABUPATEN, every=300)), at("07:18")],
        ["07:02 opened"],
    ),
    "switched off when the vote has ended": (
        [*OPEN, at("12:58"), beat(KABUPATEN), at("13:30")],
        ["07:03 opened", "13:03 returned"],
    ),
}


@pytest.mark.parametrize(("items", "expected"), TROUBLES.values(), ids=TROUBLES)
def test_a_gateway_in_trouble_is_told(items: list[Item], expected: list[str]) -> None:
    """Its kabupaten learns of it by its name, and when it has been well for five minutes."""
    told = [one for one in story(*items, of=NAMED, world=DAY) if "escalated" not in one]
    assert expected == told
    assert story_in_one_go(*items, world=DAY) == story_with_restarts(*items, world=DAY)


def test_what_is_told_of_a_gateway_names_it() -> None:
    """Those who mend it must know which one, since when, and what that means for silence."""
    stuck = alerts_of(judge(journal(*STUCK), DAY))[NAMED]
    assert "Gerbang sms-1 tersendat: pesan sejak 07:10 belum diteruskan" in stuck.summary.id
    assert "diam tidak dinilai" in stuck.summary.id
    slow = alerts_of(judge(journal(*SLOW), DAY))[NAMED]
    assert "Jam gerbang sms-1 salah atau tandanya terlambat" in slow.summary.id
    assert "tertinggal 60 menit pada 07:11, diam tidak dinilai. Perlu dicek." in slow.summary.id
    assert "The clock of gateway sms-1 is wrong or its signs come late" in slow.summary.en
    silent = alerts_of(judge(journal(*WELL, at("07:14")), DAY))[NAMED]
    assert "Gateway sms-1 gave no sign until 07:13" in silent.summary.en
    assert ("SYS", "it") == (silent.ladder, silent.levels[0])


def test_a_heartbeat_is_no_word_of_a_kabupaten() -> None:
    """It says that a gateway lives, and not that anybody does."""
    items = [at("07:00"), *map(opened, ALL), *beats("07:01", "07:06")]
    assert "07:05 opened" == story(*items, of="X05@pipeline:input", world=DAY)[0]
