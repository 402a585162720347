"""A log that begins late says so, once in each kabupaten."""

from typing import Final

import pytest

from streams.judge.world import World
from tests.support.notices import contact, everybody, messages, world_with
from tests.support.restarts import judged_in_parts
from tests.support.stories import at, deaf, hearing, journal, judge
from tests.support.world import KABUPATEN

WORLD: Final = world_with(*everybody())


def told(begins: str, until: str) -> list[str]:
    """Return who is told by a log that begins at a time, in the kabupaten of the contacts."""
    found = messages(judge(journal(at(begins), at(until)), WORLD))
    return [str(one.destination) for one in found if one.kabupaten == KABUPATEN]


def texts(world: World, kabupaten: str) -> set[str]:
    """Return what is said of a kabupaten at the beginning of a log, before anything is due."""
    found = messages(judge(journal(at("-4:00"), at("-4:01")), world))
    return {one.message.id for one in found if one.message and one.kabupaten == kabupaten}


@pytest.mark.parametrize(
    ("begins", "late"),
    [("-4:00", False), ("05:00", True), ("09:00", True), ("40:00", True), ("50:00", False)],
)
def test_a_log_that_begins_after_the_first_thing_was_due_is_late(
    begins: str, *, late: bool
) -> None:
    """From ten hours before the polls open until nobody waits for anything any more."""
    hours, minutes = begins.split(":")
    expected = ["SYS/it@17.02/1", "OPS/polres_ops@17.02/1"] if late else []
    assert expected == told(begins, f"{hours}:{int(minutes) + 1:02}")


def test_it_is_said_once() -> None:
    """Also when another worker takes over."""
    steps = journal(at("09:00"), at("09:05"))
    parts = messages(judged_in_parts(steps, range(len(steps)), (3, 1), WORLD))
    mine = [one.id for one in parts if one.kabupaten == KABUPATEN]
    assert 2 == len(mine) == len(set(mine))


def test_it_is_said_when_intake_is_heard_of() -> None:
    """Before that nobody knows which kabupaten a partition watches."""
    deaf_day = journal(deaf, at("09:00"), at("09:05"), hearing, at("09:06"))
    assert messages(judge(deaf_day, WORLD))


def test_every_kabupaten_of_the_partition_is_told() -> None:
    """By its own contacts; where nobody is named, by its posts."""
    found = messages(judge(journal(at("09:00"), at("09:01")), WORLD))
    assert {"17.02", "17.03"} == {one.kabupaten for one in found}
    said = {one.message.id for one in found if one.message and one.kabupaten == "17.03"}
    assert any("Bengkulu Utara pukul 09:00" in text for text in said)


def test_levels_that_nobody_is_named_for_are_told_of_at_the_beginning() -> None:
    """Before the day, and not with its first alarm."""
    [text] = texts(world_with(*everybody("OPS/polsek", "ADM/kpu")), "17.02")
    assert "Tidak ada kontak di Rejang Lebong untuk OPS/polsek, ADM/kpu." in text


def test_a_kabupaten_whose_levels_are_all_named_hears_nothing() -> None:
    """Whatever the hours of the contacts, and wherever in it they are."""
    assert set() == texts(WORLD, "17.02")
    narrow = contact("OPS/polsek", "17.02.09", hours="22:00-06:00")
    assert set() == texts(world_with(*everybody("OPS/polsek"), narrow), "17.02")


def test_a_folder_without_contacts_is_read_by_programs() -> None:
    """`siaga check` warns of it; nobody would hear of it here."""
    assert set() == texts(world_with(), "17.02")
