"""Buttons under a message in Telegram: take an alert on, or send it up.

What stands behind a button is signed and says all that an answer needs (`streams.answers`), so it
works whichever process hears it, and after any restart. Of many alerts told together the first few
get buttons; the others have their links in the text.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from streams.answers.asked import Asked, Verb
from streams.answers.callbacks import button_data
from streams.domain.alert import Text
from streams.domain.outgoing import OutgoingAlert
from streams.sinks.asking import asked_of
from streams.sinks.saying import in_language, language_of
from streams.sinks.sender import Message
from streams.sinks.telegram_api import Button, Keyboard

__all__ = ["ROWS_MAX", "keyboard_of"]

ROWS_MAX: Final = 8
_NAME_LETTERS_MAX: Final = 24
_WORDS: Final = {
    Verb.ACK: Text("Saya ambil", "I take it"),
    Verb.ESCALATE: Text("Naikkan", "Escalate"),
}


def keyboard_of(one: Message, keys: Sequence[bytes]) -> Keyboard | None:
    """Return the buttons of a message; None: it has none."""
    if not keys:
        return None
    asked = list(_asked(one))
    rows = (_row(one, each, keys, is_named=len(asked) > 1) for each in asked[:ROWS_MAX])
    found = tuple(row for row in rows if row)
    return Keyboard(found) if found else None


def _asked(one: Message) -> Iterator[tuple[Asked, OutgoingAlert]]:
    """Walk what may be answered, each alert once, as it was told last."""
    answerable = {answer.alert for answer in one.answers}
    newest = {
        alert.alert: (asked_of(notice, alert), alert)
        for notice in one.notices
        for alert in notice.alerts
        if alert.alert in answerable
    }
    yield from newest.values()


def _row(
    one: Message, what: tuple[Asked, OutgoingAlert], keys: Sequence[bytes], *, is_named: bool
) -> tuple[Button, ...]:
    asked, alert = what
    of = f": {alert.scope_name[:_NAME_LETTERS_MAX]}" if is_named else ""
    buttons = (
        Button(in_language(words, language_of(one)) + of, button_data(verb, asked, keys))
        for verb, words in _WORDS.items()
    )
    return tuple(button for button in buttons if button.callback_data)
