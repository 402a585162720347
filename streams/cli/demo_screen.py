"""The screen of a demo: open alerts with the time that is left, the story, and what was told last.

It is drawn a few times a second from the board, whatever was read in between. Where there is no
terminal there is no screen, and each caption and each change is a line (`Headless`).
"""

from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text as RichText

from streams.cli.demo_board import Board, OpenAlert
from streams.cli.demo_words import (
    Language,
    caption_words,
    clock_words,
    countdown_words,
    line_words,
    words_in,
)
from streams.cli.look import mark_of
from streams.domain.alert import AlertState, Text

__all__ = ["Headless", "Look", "Screen", "Show", "picture"]

_CAPTIONS_SHOWN: Final = 2
_LINES_SHOWN: Final = 6
_REST_HEIGHT: Final = 18
"""Rows of the screen that are not rows of the table."""
_ALERTS_MIN: Final = 3
_OPEN: Final = Text("Siaga terbuka", "Open alerts")
_CHANGES: Final = Text("Perubahan terakhir", "Last changes")
_END: Final = Text("selesai", "end")
_COLUMNS: Final = (
    Text("keadaan", "state"),
    Text("jenjang", "level"),
    Text("naik", "climbs"),
    Text("siaga", "alert"),
    Text("sebab", "why"),
)
_LATE: Final = "bold reverse"
_WAITING: Final = (AlertState.UNACKNOWLEDGED, AlertState.RETURNED)
"""Somebody has still to look at it."""


class Look(Struct, frozen=True):
    """What a screen depends on besides the board."""

    title: Text
    offset_minutes: int
    language: Language
    speed: float


class Show(Protocol):
    """Shows a board."""

    def draw(self, board: Board) -> None:
        """Show how it is now."""
        ...

    def close(self) -> None:
        """Give the terminal back."""
        ...


class Screen:
    """Draws on a terminal, and leaves it as it was."""

    def __init__(self, console: Console, look: Look) -> None:
        """Begin to draw."""
        self._console = console
        self._look = look
        self._live = Live(console=console, screen=True, auto_refresh=False)
        self._live.start()

    def draw(self, board: Board) -> None:
        """Show how it is now."""
        rows = max(_ALERTS_MIN, self._console.height - _REST_HEIGHT)
        self._live.update(picture(board, self._look, rows), refresh=True)

    def close(self) -> None:
        """Give the terminal back."""
        self._live.stop()


class Headless:
    """Prints each caption and each change once."""

    def __init__(self, look: Look) -> None:
        """Nothing was printed yet."""
        self._look = look
        self._captions = 0
        self._lines = 0

    def draw(self, board: Board) -> None:
        """Print what is new."""
        for caption in board.told[self._captions :]:
            print(f"--- {caption_words(caption, self._look.offset_minutes)}", flush=True)
        self._captions = len(board.told)
        for line in board.lines[self._lines :]:
            print(line_words(line, board.alerts.get(line.alert), self._look.language), flush=True)
        self._lines = len(board.lines)

    def close(self) -> None:
        """Leave everything as it is."""


def picture(board: Board, look: Look, rows: int) -> Group:
    """Return the whole screen; `rows` is how many alerts there is room for."""
    return Group(
        _head(board, look),
        *_captions(board, look),
        _alerts(board, look, rows),
        *_last_lines(board, look),
        _foot(board),
    )


def _head(board: Board, look: Look) -> RichText:
    clock = clock_words(board.now, look.offset_minutes)
    head = RichText.assemble(
        (" Siaga demo ", "bold reverse"),
        f"  {words_in(look.language, look.title)}  ",
        (f" {clock} ", "bold"),
        (f" {look.speed:g}×  Ctrl-C: {words_in(look.language, _END)}", "dim"),
    )
    head.no_wrap, head.overflow = True, "ellipsis"
    return head


def _captions(board: Board, look: Look) -> Iterator[RichText]:
    yield RichText()
    for caption in board.told[-_CAPTIONS_SHOWN:]:
        clock = clock_words(caption.at, look.offset_minutes)
        for words, style in ((f"{clock}  {caption.text.id}", "bold"), (caption.text.en, "dim")):
            shown = words if style == "bold" else f"{'':10}{words}"
            yield RichText(shown, style=style, no_wrap=True, overflow="ellipsis")
    yield RichText()


def _alerts(board: Board, look: Look, rows: int) -> Table:
    found = board.open_alerts()
    table = Table(
        title=f"{words_in(look.language, _OPEN)}: {len(found)}",
        caption=f"+ {len(found) - rows}" if len(found) > rows else None,
        box=SIMPLE_HEAD,
        pad_edge=False,
        expand=True,
        title_justify="left",
    )
    state, level, climbs, alert, why = (words_in(look.language, one) for one in _COLUMNS)
    table.add_column("", no_wrap=True, width=3)
    table.add_column(state, no_wrap=True, width=14)
    table.add_column(level, no_wrap=True, width=10)
    table.add_column(climbs, no_wrap=True, width=7, justify="right")
    table.add_column(alert, no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column(why, no_wrap=True, overflow="ellipsis", ratio=1)
    for one in found[:rows]:
        table.add_row(*_row(board, look, one))
    return table


def _row(board: Board, look: Look, alert: OpenAlert) -> Iterator[RichText]:
    shown, mark = alert.shown, mark_of(alert.shown.severity)
    yield RichText(str(mark), style=mark.colour)
    yield RichText(shown.state, style="" if shown.state in _WAITING else "dim")
    yield RichText(shown.level)
    left = countdown_words(alert.due_at, board.now)
    yield RichText(left, style=_LATE if left == "0:00" else "")
    yield RichText(words_in(look.language, shown.title), style=mark.colour)
    yield RichText(words_in(look.language, shown.summary))


def _last_lines(board: Board, look: Look) -> Iterator[RichText]:
    yield RichText(words_in(look.language, _CHANGES), style="italic")
    for line in board.lines[-_LINES_SHOWN:]:
        words = line_words(line, board.alerts.get(line.alert), look.language)
        colour = mark_of(line.severity).colour
        yield RichText(words, style=colour, no_wrap=True, overflow="ellipsis")


def _foot(board: Board) -> RichText:
    taken, dead = sum(board.taken.values()), sum(board.dead_letters.values())
    words = f"\n{taken} pesan / events   {len(board.alerts)} alert   {dead} dead letter"
    return RichText(words, style="dim")
