"""Buttons in Telegram: at most 64 bytes, good in their own chat."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.answers.asked import Asked, Verb
from streams.answers.callbacks import Pressed, button_data, read_button
from streams.answers.links import LinkFault, open_link, sign_link
from tests.support.world import local
from tests.unit.answers.asking import ASKED, KEYS, POLSEK

CHAT: Final = ("OPS/polres_ops@36.04/1", POLSEK)
DATA: Final = button_data(Verb.ACK, ASKED, KEYS)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("asked", [ASKED, replace(ASKED, drill="gladi-1", climbs=False)])
def test_a_button_says_what_was_answered(verb: Verb, asked: Asked) -> None:
    """And which of the destinations of its chat it was for."""
    assert Pressed(verb, asked) == read_button(button_data(verb, asked, KEYS), CHAT, KEYS)


def test_a_button_has_room_for_what_it_says() -> None:
    """Telegram takes 64 bytes: enough for a drill whose id has 18 letters, and for none longer."""
    assert 40 == len(DATA)
    assert 64 == len(button_data(Verb.ACK, replace(ASKED, drill="g" * 18), KEYS))
    assert "" == button_data(Verb.ACK, replace(ASKED, drill="g" * 19), KEYS)


def test_a_button_is_good_in_its_own_chat_alone() -> None:
    """Another chat has other destinations, and nobody signed it for them."""
    assert None is read_button(DATA, CHAT[:1], KEYS)
    assert None is read_button(DATA, (), KEYS)


def test_keys_can_be_changed() -> None:
    """What the former key has signed is good for as long as that key is still listed."""
    before = button_data(Verb.ACK, ASKED, KEYS[1:])
    assert Pressed(Verb.ACK, ASKED) == read_button(before, CHAT, KEYS)
    assert None is read_button(before, CHAT, KEYS[:1])


def test_no_sign_of_a_button_can_be_another() -> None:
    """Above all not the one that makes a refusal of a promise."""
    for place, sign in enumerate(DATA):
        other = "A" if sign != "A" else "B"
        assert None is read_button(DATA[:place] + other + DATA[place + 1 :], CHAT, KEYS)


@pytest.mark.parametrize("data", ["", "ack", "A" * 40, DATA[:-2], DATA + "A", "A" * 65, "\ud800"])
def test_what_is_none_of_ours_is_nothing(data: str) -> None:
    """A changed client sends what it likes."""
    assert None is read_button(data, CHAT, KEYS)


def test_a_button_is_no_link() -> None:
    """One key signs both, each under a label of its own."""
    assert LinkFault.FORGED is open_link(DATA, KEYS, local("07:40"))
    assert None is read_button(sign_link(ASKED, local("22:00"), KEYS)[:64], CHAT, KEYS)
