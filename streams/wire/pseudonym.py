"""Telephone numbers out of sight: a sender is a keyed hash of his number, never the number.

Gateways are told to send pseudonyms; some send the number all the same. Such a `source.id` is
replaced at intake, before anything else sees it. The hash is keyed, because all numbers of the
country can be tried in minutes, and it is of the number alone: however a gateway writes it, the
same telephone stays one voice.

A false find would cut an officer off from the roster, so only what cannot be much else is taken for
a number: with a country code behind `+`, or as Indonesians write their own, be it with 0, with 62
or as a spreadsheet leaves it. A personal number of police (8 digits), a NIK (16) or a NIP (18) is
none.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Final

__all__ = ["pseudonym_of", "without_numbers"]

_ADDRESS: Final = re.compile(
    r"(?:(?:tel|sms|phone|whatsapp|wa):)?"
    r"(?P<number>[+(]{0,2}[0-9][0-9 ().-]{6,22}[0-9])"
    r"(?:@(?:c\.us|s\.whatsapp\.net))?",
    re.IGNORECASE,
)
_FIRST_SIGNS: Final = frozenset("+(0123456789tspwTSPW")
# Indonesian mobile numbers have 9 to 12 digits after the 0 or 62, numbers of towns 7 to 10.
_INDONESIAN: Final = re.compile(r"(?:0|62)(?P<rest>[2-9][0-9]{6,11})|(?P<mobile>8[1-9][0-9]{7,10})")
_INTERNATIONAL: Final = re.compile(r"[1-9][0-9]{7,14}")
_COUNTRY: Final = "62"
_HEX_DIGITS: Final = 32
_IN_TEXT: Final = re.compile(r"(?<![0-9.])[+(]{0,2}[0-9][0-9 ().-]{6,}[0-9]")
_CALLED: Final = re.compile(r"[+(]|0|62|8[1-9]")
_CODE: Final = re.compile(r"[0-9]{2}(\.[0-9]{2}){2}(\.[0-9]{4}(-[0-9]{3})?)?")


def pseudonym_of(source_id: str, key: bytes) -> str:
    """Return a sender's id; one that looks like a telephone number becomes `tel-` and a hash.

    Args:
        source_id: As the message has it.
        key: Secret of the installation. Another key is another set of pseudonyms.
    """
    if source_id[0] not in _FIRST_SIGNS:
        return source_id
    number = _number_in(source_id)
    if number is None:
        return source_id
    return f"tel-{hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:_HEX_DIGITS]}"


def without_numbers(text: str, mark: Callable[[str], str] = lambda _number: "…") -> str:
    """Return free text for people, without whatever may be a telephone number.

    Here too much is better than too little: no roster is looked up by it. Codes of areas stay.

    Args:
        text: As it came.
        mark: Returns what stands in the place of a number; without it that is an ellipsis.
    """

    def hidden(found: re.Match[str]) -> str:
        words = found[0]
        is_number = _CALLED.match(words) is not None and _CODE.fullmatch(words) is None
        return mark(words) if is_number else words

    return _IN_TEXT.sub(hidden, text)


def _number_in(text: str) -> str | None:
    """Return the digits of a telephone number with its country code."""
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return None
    number = address["number"]
    digits = re.sub(r"[^0-9]", "", number)
    own = _INDONESIAN.fullmatch(digits)
    if own is not None:
        return _COUNTRY + (own["rest"] or own["mobile"])
    abroad = "+" in number and _INTERNATIONAL.fullmatch(digits) is not None
    return digits if abroad else None
