"""Print a dead letter: why it is one, what was expected, its headers, and its value.

JSON is laid out line by line. What cannot be printed is shown by its code, so nothing that was sent
moves the cursor.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from streams.cli.deadletter_desk import letter_number, read_desk
from streams.cli.settings import add_broker, config_of
from streams.cli.terminal import one_line
from streams.domain.effects import DeadLetterReason
from streams.engine.letters import DeskLetter, Number
from streams.errors import InputError
from streams.texts.letters import reason_text
from streams.wire.time import format_time

__all__ = ["add_arguments", "letter_lines", "letters_by_number", "run"]

_EPILOG: Final = """\
examples:
  siaga deadletter show 0:12
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga deadletter show`."""
    parser.epilog = _EPILOG
    parser.add_argument("number", metavar="PARTITION:OFFSET", type=letter_number)
    add_broker(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the letter, and return the exit code."""
    letters = asyncio.run(read_desk(config_of(arguments)))
    [letter] = letters_by_number(letters, [arguments.number])
    print("\n".join(letter_lines(letter)))
    return 0


def letters_by_number(letters: Sequence[DeskLetter], numbers: Sequence[Number]) -> list[DeskLetter]:
    """Return the letters of these numbers, each once, as they were named.

    Raises:
        InputError: There is none of a number.
    """
    known = {one.number: one for one in letters}
    for number in numbers:
        if number not in known:
            name = f"{number[0]}:{number[1]}"
            raise InputError(f"no dead letter {name}; `siaga deadletter list --done` has them all")
    return [known[number] for number in dict.fromkeys(numbers)]


def letter_lines(letter: DeskLetter) -> Iterator[str]:
    """Yield a letter as text."""
    yield f"{letter.name}  {format_time(letter.at, 0)}"
    reason = letter.words.get("reason", "")
    if reason in [*DeadLetterReason]:
        words = reason_text(reason)
        yield f"  {reason}: {words.id} / {words.en}"
    else:
        yield f"  {_printable(reason.encode())}"
    yield f"  {one_line(letter.words.get('detail', ''))}"
    yield f"  dari / from {one_line(letter.origin)}"
    if letter.resent_from:
        yield f"  dikirim ulang dari / sent again from {one_line(letter.resent_from)}"
    if letter.resent:
        yield f"  sudah dikirim ulang / sent again: {letter.resent}"
    yield f"kunci / key: {_printable(letter.key)}"
    for name, value in letter.original:
        yield f"{one_line(name)}: {_printable(value)}"
    yield ""
    if letter.whole_bytes is not None:
        yield f"dipotong dari / cut from {letter.whole_bytes} bytes:"
    yield from _value(letter.value)


def _value(value: bytes | None) -> Iterator[str]:
    if not value:
        yield _printable(value)
        return
    try:
        shown = msgspec.json.format(value, indent=2)
    except (msgspec.DecodeError, RecursionError):
        shown = value
    yield from (_printable(line) for line in shown.split(b"\n"))


def _printable(value: bytes | None) -> str:
    """Return bytes as text that moves no cursor: what cannot be printed is shown as it is coded."""
    if value is None:
        return "(null)"
    if not value:
        return "(kosong / empty)"
    text = value.decode(errors="backslashreplace")
    return "".join(sign if sign.isprintable() else _coded(sign) for sign in text)


def _coded(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
