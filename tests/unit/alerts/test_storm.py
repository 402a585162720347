"""When alerts of a kecamatan are told together, and that none of them is lost."""

from typing import Final

from streams.alerts import storm
from streams.alerts.storm import HELD_MS, NEW_MAX, WINDOW_MS, Storm
from streams.domain.ids import AlertId, AreaCode
from streams.domain.notice import Destination, Post
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs

POLSEK: Final = Destination(Post("OPS", "polsek"), AreaCode("17.02"), 1)
START: Final = EpochMs(1_000 * MINUTE_MS)


def after(count: int, every_ms: int = SECOND_MS) -> Storm:
    """Return what is known after so many alerts."""
    one = Storm()
    for number in range(count):
        one = storm.opened(one, EpochMs(START + number * every_ms))
    return one


def test_the_eleventh_in_ten_minutes_is_a_storm() -> None:
    """Ten can still be read one by one."""
    assert not after(NEW_MAX).rages(EpochMs(START + MINUTE_MS))
    assert after(NEW_MAX + 1).rages(EpochMs(START + MINUTE_MS))


def test_it_is_over_when_the_eleventh_is_ten_minutes_old() -> None:
    """The window is open at its older end."""
    one = after(NEW_MAX + 1, every_ms=0)
    assert one.rages(EpochMs(START + WINDOW_MS - 1))
    assert not one.rages(EpochMs(START + WINDOW_MS))


def test_slow_alerts_are_no_storm() -> None:
    """One a minute is eleven in ten minutes and a bit: the first has left the window."""
    one = after(NEW_MAX + 1, every_ms=MINUTE_MS)
    assert not one.rages(EpochMs(START + NEW_MAX * MINUTE_MS))


def test_no_more_is_kept_than_decides() -> None:
    """Memory does not grow with the storm."""
    assert NEW_MAX + 1 == len(after(5_000).opened)


def test_what_is_held_back_waits_from_its_first() -> None:
    """So that nothing waits longer than `HELD_MS`, however much comes after it."""
    one = after(NEW_MAX + 1)
    for number in range(3):
        at = EpochMs(START + MINUTE_MS + number * SECOND_MS)
        one = storm.hold_back(one, POLSEK, AlertId(f"1702-{number}"), at)
    assert (3, START + MINUTE_MS) == (len(one.held), one.since)
    assert HELD_MS < MINUTE_MS


def test_all_that_was_held_back_names_its_destination_again() -> None:
    """It is saved in parts, and must come back whole."""
    one = storm.hold_back(after(NEW_MAX + 1), POLSEK, AlertId("1702-A"), START)
    assert [POLSEK] == [held.destination for held in one.held]


def test_after_telling_nothing_is_held_back() -> None:
    """While it rages it is remembered, afterwards nothing is left of it."""
    one = storm.hold_back(after(NEW_MAX + 1), POLSEK, AlertId("1702-A"), START)
    told = storm.flushed(one, EpochMs(START + MINUTE_MS))
    assert told is not None, "it rages still"
    assert () == told.held
    assert storm.flushed(one, EpochMs(START + 2 * WINDOW_MS)) is None
