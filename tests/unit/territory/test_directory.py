"""Who is found for a post, where and when."""

from typing import Final

import pytest

from streams.domain.notice import Destination, Post
from streams.territory.directory import Directory
from tests.support.notices import contact
from tests.support.world import KABUPATEN, KR

POLSEK: Final = Post("OPS", "polsek")
NOON: Final = 12 * 60


def found(directory: Directory, minute: int = NOON, place: str = KR) -> list[str]:
    """Return who is told of a place at a minute of the day."""
    return [str(one.destination) for one in directory.on_duty(POLSEK, place, minute)]


def test_a_folder_without_contacts_names_nobody() -> None:
    """It says so, because then the posts themselves are named."""
    directory = Directory.of(())
    assert (True, []) == (directory.is_empty, found(directory))
    assert not Directory.of((contact("OPS/tps"),)).is_empty


def test_a_contact_stands_for_its_post_alone() -> None:
    """A posko is no Polsek."""
    assert [] == found(Directory.of((contact("OPS/polres_ops"),)))


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (("17", "17.02"), "OPS/polsek@17.02/1"),
        (("17.02", "17.02.09"), "OPS/polsek@17.02.09/1"),
        (("17.02.09", "17.02.09.1001", "17.02"), "OPS/polsek@17.02.09.1001/1"),
        ((KR, "17.02.09.1001"), f"OPS/polsek@{KR}/1"),
        (("17.02.11", "17"), "OPS/polsek@17/1"),
    ],
)
def test_the_longest_match_wins(areas: tuple[str, ...], expected: str) -> None:
    """Whatever the order of the file (contract §6)."""
    contacts = [contact("OPS/polsek", area) for area in areas]
    assert [expected] == found(Directory.of(contacts))
    assert [expected] == found(Directory.of(reversed(contacts)))


def test_contacts_of_one_post_and_area_are_numbered_as_the_file_has_them() -> None:
    """A notice names them by that number, and not by what they are called."""
    directory = Directory.of((contact("OPS/polsek"), contact("OPS/tps"), contact("OPS/polsek")))
    assert ["OPS/polsek@17.02/1", "OPS/polsek@17.02/2"] == found(directory)


@pytest.mark.parametrize(
    ("hours", "minute", "is_told"),
    [
        ("07:00-22:00", 7 * 60, True),
        ("07:00-22:00", 22 * 60 - 1, True),
        ("07:00-22:00", 22 * 60, False),
        ("07:00-22:00", 7 * 60 - 1, False),
        ("22:00-06:00", 23 * 60, True),
        ("22:00-06:00", 0, True),
        ("22:00-06:00", 6 * 60 - 1, True),
        ("22:00-06:00", 6 * 60, False),
        ("", 0, True),
    ],
)
def test_hours_begin_with_their_first_minute(hours: str, minute: int, *, is_told: bool) -> None:
    """And end before their last; an end before the start is on the next day."""
    directory = Directory.of((contact("OPS/polsek", hours=hours),))
    assert is_told == bool(found(directory, minute))


def test_who_is_off_duty_leaves_the_word_to_the_wider_area() -> None:
    """A night without a number of its own is not a night without an answer."""
    narrow = contact("OPS/polsek", "17.02.09", hours="07:00-22:00")
    directory = Directory.of((narrow, contact("OPS/polsek")))
    assert ["OPS/polsek@17.02.09/1"] == found(directory)
    assert ["OPS/polsek@17.02/1"] == found(directory, minute=0)


def test_a_destination_without_a_contact_has_no_number() -> None:
    """It is the post itself."""
    assert "OPS/polsek@17.02" == str(Destination(POLSEK, KABUPATEN, 0))
