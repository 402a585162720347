"""What a message says, in the language of whom it is for: the texts of `streams.texts.notices`."""

from streams.domain.alert import Text
from streams.domain.ids import AlertId
from streams.sinks.sender import Message
from streams.texts.notices import full, short, subject

__all__ = ["full_of", "in_language", "language_of", "short_of", "subject_of"]


def language_of(one: Message) -> str:
    """Return the language of whom a message is for: `id` or `en`."""
    return one.notices[0].language


def in_language(text: Text, language: str) -> str:
    """Return a text in a language; Indonesian where it is another one than we have."""
    return text.en if language == "en" else text.id


def subject_of(one: Message) -> str:
    """Return one line that says what a message is about."""
    return subject(one.notices, language_of(one))


def short_of(one: Message, limit: int = 160) -> str:
    """Return a text for an SMS, never longer than the limit."""
    return short(one.notices, language_of(one), _codes(one), limit, _links(one))


def full_of(one: Message, *, is_replied_to: bool) -> str:
    """Return a text of several lines that says everything.

    Args:
        one: The message.
        is_replied_to: Whether a reply to it comes to us; if not, it shows no codes to reply by.
    """
    codes = _codes(one) if is_replied_to else {}
    return full(one.notices, language_of(one), codes, _links(one))


def _codes(one: Message) -> dict[AlertId, str]:
    return {AlertId(each.alert): each.code for each in one.answers if each.code}


def _links(one: Message) -> dict[AlertId, str]:
    return {AlertId(each.alert): each.link for each in one.answers if each.link}
