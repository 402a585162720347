"""Signed links: good until they end, for one alert and one destination, from us alone."""

import hmac
from base64 import urlsafe_b64encode
from typing import Final

import pytest
from msgspec.structs import replace

from streams.answers.asked import base64, unbase64
from streams.answers.links import LinkFault, open_link, sign_link
from streams.domain.times import EpochMs
from tests.support.world import local
from tests.unit.answers.asking import ASKED, KEYS, POLSEK

ENDS: Final = local("22:00")
TOKEN: Final = sign_link(ASKED, ENDS, KEYS)
NOW: Final = local("07:40")


def test_a_link_says_what_was_told() -> None:
    """Until the moment at which it ends."""
    assert ASKED == open_link(TOKEN, KEYS, NOW)
    assert ASKED == open_link(TOKEN, KEYS, EpochMs(ENDS - 1))
    assert LinkFault.EXPIRED is open_link(TOKEN, KEYS, ENDS)


def test_a_link_is_short_and_needs_no_quoting() -> None:
    """It goes into an SMS beside a few words, and into an address as it is."""
    assert 80 == len(TOKEN)
    assert TOKEN.replace("-", "").replace("_", "").isalnum()


def test_a_link_of_a_drill_keeps_its_drill() -> None:
    """However long its id is."""
    asked = replace(ASKED, drill="g" * 64)
    assert asked == open_link(sign_link(asked, ENDS, KEYS), KEYS, NOW)


def test_keys_can_be_changed() -> None:
    """What the former key has signed is good for as long as that key is still listed."""
    before = sign_link(ASKED, ENDS, KEYS[1:])
    assert ASKED == open_link(before, KEYS, NOW)
    assert TOKEN != before
    assert LinkFault.FORGED is open_link(before, KEYS[:1], NOW)
    assert LinkFault.FORGED is open_link(TOKEN, (), NOW)


def test_no_sign_of_a_link_can_be_another() -> None:
    """Whichever is changed, it is forged, and never expired: who guesses learns nothing."""
    for place, sign in enumerate(TOKEN):
        other = "A" if sign != "A" else "B"
        changed = TOKEN[:place] + other + TOKEN[place + 1 :]
        assert LinkFault.FORGED is open_link(changed, KEYS, ENDS), place


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a",
        TOKEN[:-1],
        TOKEN[1:],
        TOKEN + "A",
        TOKEN + "=",
        TOKEN + "\n",
        "A" * len(TOKEN),
        "A" * 100_000,
        "..%2F",
        "\ud800",
        urlsafe_b64encode(b"\x00" * 16).decode(),
    ],
)
def test_what_we_have_not_signed_is_forged(token: str) -> None:
    """Cut off, longer, empty, or made by a stranger."""
    assert LinkFault.FORGED is open_link(token, KEYS, NOW)


def test_what_the_key_has_signed_as_something_else_is_no_link() -> None:
    """Though the same bytes were signed: a link's signature has a label of its own."""
    payload = unbase64(TOKEN)[16:]
    signed = hmac.digest(KEYS[0], payload, "sha256")[:16]
    assert LinkFault.FORGED is open_link(base64(signed + payload), KEYS, NOW)


def test_a_link_is_of_its_destination() -> None:
    """The same alert, told to another, is another link."""
    other = replace(ASKED, destination=POLSEK.replace("/1", "/2"))
    assert other == open_link(sign_link(other, ENDS, KEYS), KEYS, NOW)
    assert sign_link(other, ENDS, KEYS)[:22] != TOKEN[:22]
