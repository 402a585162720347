"""The fold against the oracle on mornings of gateways, and what the oracle reads of one heartbeat.

T07 and X01 alone are compared: no other rule asks a gateway. Eight TPS with pairs, and 27 of which
many fall silent together.
"""

import json
from collections.abc import Mapping
from functools import cache

import pytest

from streams.config import Config
from streams.setup import Setup, load_setup, recorded_settings
from tests.faults.recorded import judged
from tests.oracle.compare import differences
from tests.oracle.days import TINY
from tests.oracle.days_gateways import make_gateway_day
from tests.oracle.days_whole import DISTRICT
from tests.oracle.folder import Folder, read_folder
from tests.oracle.readings import AS_THE_FOLD
from tests.oracle.replay import judge_day, print_line
from tests.oracle.stories import KR, R, Story

FOLDERS = {"tiny": TINY, "district": DISTRICT}
HELD = frozenset({"T07", "X01"})
Beat = tuple[str, str, Mapping[str, object]]
"""When a heartbeat says that it is, when it is received, and what else it says."""


@cache
def loaded(name: str) -> tuple[Folder, Setup]:
    """Return a folder as the oracle reads it, and as the product does."""
    return read_folder(FOLDERS[name]), load_setup([FOLDERS[name]], recorded_settings(Config()))


def found(name: str, day: list[str], other: list[str]) -> list[str]:
    """Return what differs if the oracle judges a morning, and the product another one."""
    folder, setup = loaded(name)
    expected = judge_day(folder, day, readings=AS_THE_FOLD, rules=HELD)
    lines, dead = judged(setup, other)
    assert {(letter.line, letter.reason) for letter in expected.dead_letters} == dead
    return differences([print_line(line) for line in expected.lines], lines, HELD)


def assert_agreed(name: str, seed: int) -> None:
    """Judge a morning twice and compare alert by alert."""
    day = make_gateway_day(seed, loaded(name)[0])
    assert [] == found(name, day, day)


@pytest.mark.parametrize(("name", "seed"), [("tiny", 1), ("tiny", 13), ("district", 2)])
def test_mornings_of_gateways_are_judged_alike(name: str, seed: int) -> None:
    """Well, stuck, freed, dead, with a wrong clock, one or several: line by line the same."""
    assert_agreed(name, seed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "seed"),
    [
        *(("tiny", seed) for seed in range(100, 160)),
        *(("district", seed) for seed in range(100, 150)),
    ],
)
def test_many_mornings_of_gateways_are_judged_alike(name: str, seed: int) -> None:
    """The same over many mornings."""
    assert_agreed(name, seed)


def test_a_difference_would_be_seen() -> None:
    """Without its heartbeats it is another morning: so the comparison can fail."""
    day = make_gateway_day(1, loaded("tiny")[0])
    kept = [line for line in day if json.loads(line)["topic"] != "siaga.gateways"]
    assert len(kept) < len(day)
    assert [] != found("tiny", kept, [*kept[:1], *day[1:]])


FIRST_IS_A_HEARTBEAT = (
    Story()
    .heartbeat("06:40", "17.02")
    .status("06:50", R, "opened")
    .status("08:30", KR, "checkin", officer="C1")
    .lines
)


def test_a_log_may_begin_with_a_heartbeat() -> None:
    """What is said first is no reason to hear nothing later: R is silent, whoever spoke first."""
    assert [] == found("tiny", FIRST_IS_A_HEARTBEAT, FIRST_IS_A_HEARTBEAT)


def freed_at_once() -> list[str]:
    """Let five of twelve be told; the others fall silent while held, five stop, all is freed."""
    day = Story(loaded("district")[0])
    codes = sorted(code for code in day.folder.tps if code[:8] == "16.10.16")[:12]
    day.status("06:30", codes[0], "heartbeat")
    for code in codes:
        day.status("07:00", code, "opened", source=code)
    for code in codes[5:]:
        day.status("07:10", code, "heartbeat", source=code)
    for minute in range(16, 60):
        for code in codes[:5] if minute == 27 else ():
            day.status("07:27", code, "suspended", source=code)
        stuck = {"oldest_pending_at": "07:15"} if minute < 30 else {}
        day.heartbeat(f"07:{minute}:30", "16.10.16", **stuck)
    return day.lines


def test_a_mass_silence_is_told_when_its_tps_are_freed() -> None:
    """Seven of seven are silent since 07:25 and vouched for since 07:30, and nobody says more."""
    day = freed_at_once()
    assert [] == [one for one in found("district", day, day) if one.startswith("X01")]


def silent(*beats: Beat, until: str = "08:30") -> list[str]:
    """Tell of R, whose last word is of 07:00, so that it is silent since 08:00."""
    day = Story().begin().status("07:00", R, "opened")
    for clock, received, extra in beats:
        day.heartbeat(clock, "17.02.09", received=received, **extra)
    return [line[:8] for line in day.told("T07", R, until) if "opened" in line]


def calls(*beats: Beat, until: str = "08:59") -> list[str]:
    """Tell when R climbs, which shows since when its ladder counts."""
    day = Story().begin().status("07:00", R, "opened")
    for clock, received, extra in beats:
        day.heartbeat(clock, "17.02.09", received=received, **extra)
    return [line[:8] for line in day.told("T07", R, until) if "escalated polsek" in line]


def test_a_well_gateway_holds_for_its_interval() -> None:
    """Of 07:59:50 it vouches for no more; at the next it is told, since its own deadline."""
    early: Beat = ("07:59:50", "07:59:50", {})
    assert [] == silent(early, until="08:00:10")
    assert ["08:00:00"] == silent(early, ("08:00:20", "08:00:20", {}), until="08:00:21")


def test_a_stuck_gateway_holds_until_it_is_freed() -> None:
    """A deadline "at V or later is held"; the ladder counts from when it is told."""
    clocks = ("07:59", *(f"08:0{minute}" for minute in range(1, 9)))
    stuck: list[Beat] = [(clock, clock, {"oldest_pending_at": "07:59"}) for clock in clocks]
    assert [] == silent(*stuck, until="08:09")
    assert ["08:00:00"] == silent(*stuck, ("08:09", "08:09", {}), until="08:09:01")
    assert ["08:20:16"] == calls(*stuck, ("08:09", "08:09", {}))


def test_a_silent_gateway_holds_nothing() -> None:
    """No heartbeat for three intervals, and not before 3 minutes."""
    assert [] == silent(("07:58", "07:58", {}), until="08:01")
    assert ["08:00:00"] == silent(("07:58", "07:58", {}), until="08:01:01")
    slow: Beat = ("07:58", "07:58", {"every_seconds": 120})
    assert [] == silent(slow, until="08:04")
    assert ["08:00:00"] == silent(slow, until="08:04:01")


def test_a_wrong_clock_counts_at_most_as_its_receipt() -> None:
    """A slow one holds; of a fast one what waits is older by as much."""
    assert [] == silent(("07:30", "07:59", {}), ("07:59:59", "08:01", {}), until="08:02")
    assert [] == silent(("08:10", "07:59:30", {}), until="08:01")
    first: Beat = ("07:59", "07:59", {})
    for oldest, told in (("08:04", []), ("08:05:01", ["08:00:00"])):
        fast: Beat = ("08:06", "08:01", {"oldest_pending_at": oldest})
        assert told == silent(first, fast, until="08:02")


def test_who_spoke_in_time_is_not_silent() -> None:
    """What waited comes when the gateway is freed, each message at its own time."""
    day = Story().begin().status("07:00", R, "opened")
    for clock in ("07:59", *(f"08:0{minute}" for minute in range(1, 9))):
        day.heartbeat(clock, "17.02.09", oldest_pending_at="07:59")
    day.status("07:59", R, "heartbeat", "08:09").heartbeat("08:09:30", "17.02.09")
    assert [] == day.told("T07", R, "08:20")


def test_the_gateway_that_vouches_for_less_counts() -> None:
    """A message may wait in either."""
    day = Story().begin().status("07:00", R, "opened")
    for clock in ("07:59", *(f"08:0{minute}" for minute in range(1, 5))):
        day.heartbeat(clock, "17.02", oldest_pending_at="07:59", source="sms-1")
        day.heartbeat(clock, R, source="sms-2")
    assert [] == day.told("T07", R, "08:05")
