"""Standard error for people: progress while a long file is read, and text that cannot do harm.

Progress is only shown where a person looks on: never in a pipe, a file or a log.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.wire.time import TimeTextError, parse_time

__all__ = ["STDIN", "lines_of", "moment", "one_line", "open_input", "open_output", "shown_name"]

STDIN: Final = "-"
"""As the name of a file: standard input."""
_SHOWN_EVERY_LINES: Final = 1_000


def one_line(text: str) -> str:
    """Return a text that stays on its line and moves no cursor, whoever wrote it."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def moment(text: str) -> EpochMs:
    """Read a time from the command line, as argparse wants it."""
    try:
        return parse_time(text)
    except TimeTextError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error


def shown_name(name: str) -> str:
    """Return how messages call an input."""
    return "<stdin>" if name == STDIN else name


def open_input(name: str) -> BinaryIO:
    """Open a file to be read, or standard input for `-`.

    Raises:
        InputError: It cannot be opened.
    """
    if name == STDIN:
        # Whoever closes what is returned here leaves standard input open.
        return os.fdopen(sys.stdin.fileno(), "rb", closefd=False)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}): name another file") from error


def open_output(path: Path) -> BinaryIO:
    """Open a file to be written, in place of what it held.

    Raises:
        InputError: It cannot be.
    """
    try:
        return path.open("wb")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}): name another") from error


def lines_of(source: BinaryIO, name: str, *, quiet: bool = False) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers, without blank ones, and show how far we are.

    Args:
        source: From `open_input`; read line by line, so it may be endless.
        name: As it was given to `open_input`.
        quiet: Show nothing, because the terminal is where the answer goes.
    """
    numbered = enumerate(source, 1)
    filled = ((number, line.rstrip(b"\r\n")) for number, line in numbered if not line.isspace())
    console = Console(stderr=True)
    if quiet or not console.is_terminal or name == STDIN:
        return filled
    return _with_progress(filled, console, Path(name))


def _with_progress(
    lines: Iterable[tuple[int, bytes]], console: Console, file: Path
) -> Iterator[tuple[int, bytes]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(file.name, total=file.stat().st_size)
        seen = 0
        for number, line in lines:
            yield number, line
            seen += len(line) + 1
            if number % _SHOWN_EVERY_LINES == 0:
                progress.update(task, completed=seen)
