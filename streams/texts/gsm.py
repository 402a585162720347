"""The alphabet of an SMS: what fits into 160 characters, and what becomes of the rest.

An SMS has 140 bytes: 160 *septets* of the default alphabet, or 70 characters as soon as one of
them is of no such alphabet. So everything is written in it: a letter with an accent that it lacks
loses the accent, quotation marks and dashes become plain ones, what has no likeness is left out.
Ten signs are of the extension table and count double.

Source: 3GPP TS 23.038 V17, 6.2.1 (GSM 7 bit default alphabet) and 6.2.1.1 (its extension).
"""

import unicodedata
from typing import Final

__all__ = ["SMS_SEPTETS", "fitted", "plain", "septets"]

SMS_SEPTETS: Final = 160
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE: Final = frozenset("\f^{}\\[~]|€")
_LIKE: Final = {
    **dict.fromkeys("‘’‚‛ʻʼ′`´ʾʿ", "'"),  # noqa: RUF001  these are the signs that are replaced
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001  these are the signs that are replaced
    **dict.fromkeys("•·∙●", "*"),
    **dict.fromkeys("\t\u2028\u2029", " "),
    "\u2044": "/",
    "…": "...",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "≠": "<>",
    "→": "->",
    "ç": "c",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "œ": "oe",
    "Œ": "OE",
    "ı": "i",  # noqa: RUF001  this is the sign that is replaced
    "°": " ",
}


def septets(text: str) -> int:
    """Return how much of an SMS a text takes, of texts that are `plain`."""
    return sum(2 if sign in _DOUBLE else 1 for sign in text)


def plain(text: str) -> str:
    """Return a text in the alphabet of an SMS; never fails, may be shorter or longer."""
    return "".join(_signs(sign) for sign in text)


def fitted(text: str, limit: int) -> str:
    """Return the longest beginning of a plain text that takes no more than `limit` septets."""
    taken = 0
    for index, sign in enumerate(text):
        taken += 2 if sign in _DOUBLE else 1
        if taken > limit:
            return text[:index]
    return text


def _signs(sign: str) -> str:
    if sign in _BASIC or sign in _DOUBLE:
        return sign
    if sign in _LIKE:
        return _LIKE[sign]
    apart = unicodedata.normalize("NFKD", sign)
    return "".join(
        _LIKE.get(part, part) for part in apart if part in _BASIC | _DOUBLE or part in _LIKE
    )
