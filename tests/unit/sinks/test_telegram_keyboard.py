"""Buttons: one row an alert that can be answered, and what stands behind them is ours."""

from streams.answers.asked import Verb
from streams.answers.callbacks import read_button
from streams.sinks.asking import asked_of
from streams.sinks.sink import Answer
from streams.sinks.telegram_keyboard import ROWS_MAX, keyboard_of
from tests.conformance.sinks.samples import ALERT, alert, delivery, notice

KEYS = (b"k" * 32,)
DESTINATION = "OPS/polsek@36.04/1"
IDS = tuple(f"3604-AAAAAAAAAAAAAAA{letter}" for letter in "ABCDEFGHIJKL")


def answers(*ids: str) -> list[Answer]:
    """Return how some alerts can be answered."""
    return [Answer(one, "482193", "") for one in ids]


def test_a_button_says_what_was_told_to_whom() -> None:
    """Taken on, or sent up: as it was told, and nothing has to be remembered for it."""
    told = notice(alert())
    keyboard = keyboard_of(delivery("", told, answers=answers(ALERT)), KEYS)
    assert keyboard is not None
    [row] = keyboard.inline_keyboard
    pressed = [read_button(button.callback_data, [DESTINATION], KEYS) for button in row]
    asked = asked_of(told, told.alerts[0])
    assert [(Verb.ACK, asked), (Verb.ESCALATE, asked)] == [
        (one.verb, one.asked) for one in pressed if one is not None
    ]
    assert ["Saya ambil", "Naikkan"] == [button.text for button in row]


def test_several_alerts_are_told_apart() -> None:
    """By their places; the first few have buttons, the others links in the text."""
    told = notice(*(alert(one) for one in IDS))
    keyboard = keyboard_of(delivery("", told, answers=answers(*IDS)), KEYS)
    assert keyboard is not None
    assert ROWS_MAX == len(keyboard.inline_keyboard)
    assert "Saya ambil: TPS 001 Carenang" == keyboard.inline_keyboard[0][0].text


def test_only_what_can_be_answered_has_buttons() -> None:
    """Without a key nobody can be known by what he presses."""
    told = notice(alert(IDS[0]), alert(IDS[1]))
    keyboard = keyboard_of(delivery("", told, answers=answers(IDS[1])), KEYS)
    assert keyboard is not None
    assert 1 == len(keyboard.inline_keyboard)
    assert keyboard_of(delivery("", told), KEYS) is None
    assert keyboard_of(delivery("", told, answers=answers(*IDS)), ()) is None


def test_an_alert_told_twice_has_one_row() -> None:
    """As it was told last."""
    one = delivery("", notice(alert()), notice(alert()), answers=answers(ALERT))
    keyboard = keyboard_of(one, KEYS)
    assert keyboard is not None
    assert 1 == len(keyboard.inline_keyboard)
