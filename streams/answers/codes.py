"""Codes for an SMS: which alert somebody means, in six digits.

A code is made of a key, the destination and the alert, so it is the same for every process, it says
nothing to who has not the key, and what one destination reads is of no use to another. Five digits
of a hash are followed by a check digit (Damm's): one digit mistyped, or two exchanged, is always
noticed and never takes on another alert.

An alert has three codes, its tries, and is told by the first that is no try of another alert in
the set: of 10,000 pairs of alerts one shares a try. Who reads an answer asks the other way round
(`alerts_of`): of those that are open now, whose try is it? The two sets may differ, as time has
passed in between; a code that could mean two alerts by now is nobody's, and its sender is told.
"""

import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from streams.answers.asked import Verb
from streams.domain.ids import AlertId

__all__ = ["CODE_DIGITS", "Reply", "alerts_of", "codes_for", "codes_in", "is_code", "parse_reply"]

CODE_DIGITS: Final = 6
_TRIES: Final = 3
_CODES: Final = 90_000
_FIRST: Final = 10_000
"""No code begins with a zero: people leave it out."""
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""A quasigroup of order 10, totally anti-symmetric. Source: H. M. Damm, thesis, Marburg 2004."""
_VERBS: Final = {
    **dict.fromkeys(("ambil", "ok", "oke", "ack", "terima", "diterima", "86"), Verb.ACK),
    **dict.fromkeys(("naik", "naikkan", "eskalasi", "escalate"), Verb.ESCALATE),
}
"""What people write; 86 is how the police say that they have understood."""
_TYPED_DIGITS: Final = range(CODE_DIGITS - 2, CODE_DIGITS + 3)
"""How many digits beside a word are meant as a code, though not all have been typed."""
_COURTESY: Final = frozenset({"siap", "ya", "kode", "mohon", "pak", "bu", "ndan"})
_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_READ_MAX: Final = 500
"""Signs of a text that are looked at: an answer is short."""


class Reply(Struct, frozen=True):
    """What somebody answers, and by which code; whether there is such a code is not looked at."""

    verb: Verb
    code: str


def codes_for(key: bytes, destination: str, alerts: Iterable[AlertId]) -> Mapping[AlertId, str]:
    """Return a code for each alert, no two the same.

    Args:
        key: Of the installation; the same wherever codes are made and read.
        destination: Name of whom they are for, as `OPS/polsek@36.04/1`.
        alerts: Those told to it that are open, as far as is known; their order is of no account.
    """
    tries = {alert: _tries(key, destination, alert) for alert in alerts}
    users = Counter(code for codes in tries.values() for code in set(codes))
    return {
        alert: next((code for code in codes if users[code] == 1), codes[0])
        for alert, codes in tries.items()
    }


def alerts_of(
    key: bytes, destination: str, alerts: Iterable[AlertId], code: str
) -> frozenset[AlertId]:
    """Return the alerts that a code could mean; of more than one it means none."""
    return frozenset(alert for alert in alerts if code in _tries(key, destination, alert))


def is_code(text: str) -> bool:
    """Tell whether a text can be a code: six digits, of which the last fits the others."""
    return (
        len(text) == CODE_DIGITS
        and text.isascii()
        and text.isdigit()
        and _check_digit(text[:-1]) == text[-1]
    )


def parse_reply(text: str) -> Reply | None:
    """Return the answer that a text is, or None if it is none, as most that people write.

    A bare code takes the alert on. A mistyped code of four to eight digits beside a word as AMBIL
    is an answer that means no alert, so that its sender is told; without the word it is a number.
    """
    words = _words(text)
    code = "".join(word for word in words if _is_of_code(word))
    rest = {word for word in words if not _is_of_code(word)} - _COURTESY
    verbs = list({_VERBS.get(word) for word in rest})
    match verbs:
        case []:
            return Reply(Verb.ACK, code) if is_code(code) else None
        case [Verb() as verb] if len(code) in _TYPED_DIGITS:
            return Reply(verb, code)
        case _:
            return None


def codes_in(text: str) -> tuple[str, ...]:
    """Return what can be a code in a text, whatever else it says, in order."""
    return tuple(dict.fromkeys(filter(is_code, _words(text))))


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_READ_MAX].casefold())


def _is_of_code(word: str) -> bool:
    return word.isdigit() and word not in _VERBS


def _tries(key: bytes, destination: str, alert: AlertId) -> tuple[str, ...]:
    return tuple(_code(key, destination, alert, attempt) for attempt in range(_TRIES))


def _code(key: bytes, destination: str, alert: AlertId, attempt: int) -> str:
    said = f"siaga code\n{destination}\n{alert}\n{attempt}".encode()
    number = int.from_bytes(hmac.digest(key, said, "sha256")[:8])
    digits = str(_FIRST + number % _CODES)
    return digits + _check_digit(digits)


def _check_digit(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
