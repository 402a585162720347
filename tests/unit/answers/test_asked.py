"""What was told is packed short, and comes back whole."""

import pytest
from msgspec.structs import replace

from streams.answers.asked import Asked, packed, unbase64, unpacked
from streams.domain.ids import AlertId
from streams.domain.times import EpochMs
from tests.unit.answers.asking import ASKED, POLSEK


@pytest.mark.parametrize(
    "asked",
    [
        ASKED,
        replace(ASKED, climbs=False, drill="gladi-1"),
        replace(ASKED, alert=AlertId("0101-AAAAAAAAAAAAAAAA"), revision=70_000),
        replace(ASKED, told_at=EpochMs(0)),
    ],
)
def test_what_is_packed_comes_back(asked: Asked) -> None:
    """All of it but the destination, which is told beside it."""
    assert asked == unpacked(packed(asked), POLSEK)


def test_it_is_short() -> None:
    """21 bytes, and the id of a drill: there is room for both behind a button."""
    assert 21 == len(packed(ASKED))
    assert 28 == len(packed(replace(ASKED, drill="gladi-1")))


def test_a_moment_is_kept_to_the_second() -> None:
    """What is left of it is cut."""
    later = replace(ASKED, told_at=EpochMs(ASKED.told_at + 999))
    assert ASKED == unpacked(packed(later), POLSEK)


@pytest.mark.parametrize("text", ["=", "a", "a b", "äöü", "+/+/", "\ud800", "abc="])
def test_what_is_no_base64_is_nothing(text: str) -> None:
    """It never fails: a stranger has sent it."""
    assert b"" == unbase64(text)
