"""Who sees what."""

import pytest

from streams.domain.events import ActorRole
from streams.room.sight import Shade, Sight, sees, zoom_of

SEEN = {
    "everything": ("", "36.04.17", (), True),
    "inside": ("36.04", "36.04.17.2010-001", (), True),
    "its own area": ("36.04", "36.04", (), True),
    "above it": ("36.04.17", "36.04", (), False),
    "beside it": ("36.04", "36.05.01", (), False),
    "of no place": ("36.04", "", (), False),
    "of no place, by who has everything": ("", "", (), True),
    "for another role": ("", "36.04", ("propam",), False),
    "for this role": ("", "36.04", ("operator", "propam"), True),
}


@pytest.mark.parametrize(("area", "place", "roles", "want"), SEEN.values(), ids=SEEN)
def test_a_row_is_seen(area: str, place: str, roles: tuple[str, ...], *, want: bool) -> None:
    """Or it is not."""
    assert want is sees(Sight(ActorRole.OPERATOR, area), Shade(place, roles))


def test_what_is_not_there_is_not_seen() -> None:
    """By nobody."""
    assert not sees(Sight(ActorRole.COMMANDER), None)


ZOOMS = {
    "one kabupaten is looked at by itself": ("", ("36.04",), "36.04"),
    "of several none is": ("", ("36.04", "36.05"), ""),
    "where there is none, none": ("", (), ""),
    "what is asked for": ("36.05.01.2001", ("36.04", "36.05"), "36.05"),
    "not what is not seen": ("36.05", ("36.04",), ""),
    "not what is no code": ("x", ("36.04",), ""),
    "not a province": ("36", ("36.04",), ""),
}


@pytest.mark.parametrize(("asked", "seen", "want"), ZOOMS.values(), ids=ZOOMS)
def test_the_kabupaten_that_is_looked_at(asked: str, seen: tuple[str, ...], want: str) -> None:
    """Its TPS are shown."""
    assert want == zoom_of(asked, seen)
