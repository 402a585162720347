"""The screen of a demo, drawn without a terminal."""

import io

import pytest
from msgspec.structs import replace
from rich.console import Console

from streams.cli.demo_board import Board
from streams.cli.demo_screen import Headless, Look, Screen, picture
from streams.cli.demo_words import Language
from streams.domain.alert import Change
from tests.support.books import opened
from tests.support.world import local
from tests.unit.cli.boards import LOOK, empty_board, other, show_alert, tell_line


def drawn(board: Board, look: Look = LOOK, rows: int = 5, width: int = 100) -> str:
    """Return the picture as text."""
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False).print(picture(board, look, rows))
    return out.getvalue()


def board_at(clock: str) -> Board:
    """Return a board with one open alert, at a played time."""
    board = empty_board()
    show_alert(board, opened())
    tell_line(board, opened(), Change.OPENED)
    board.play_to(local(clock))
    return board


def test_an_open_alert_has_all_that_matters_in_its_row() -> None:
    """Severity, state, level, time left, title and why."""
    [row] = [line for line in drawn(board_at("07:31")).splitlines() if "unacknowledged" in line]
    assert ["▲", "T", "unacknowledged", "polsek", "4:00", "Judul", "Judul"] == row.split()


def test_the_head_has_the_played_time() -> None:
    """And what is played, and how to end it."""
    head = drawn(board_at("07:31")).splitlines()[0]
    assert "Siaga demo   Pagi   07:31:00  60×  Ctrl-C: selesai" == head.strip()


def test_the_story_is_told_in_both_languages() -> None:
    """The last captions, at their time."""
    told = drawn(board_at("07:15"))
    assert "07:10:00  Belum buka\n" in told
    assert "          Not open\n" in told
    assert "Buka\n" not in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ID, ("Siaga terbuka: 1", "keadaan", "sebab", "Perubahan terakhir")),
        (Language.EN, ("Open alerts: 1", "state", "why", "Last changes")),
    ],
)
def test_headings_are_in_the_language_asked_for(language: Language, words: tuple[str, ...]) -> None:
    """There is room for one."""
    told = drawn(board_at("07:31"), replace(LOOK, language=language))
    assert [] == [word for word in words if word not in told]


def test_what_finds_no_room_is_counted() -> None:
    """Nothing is left out in silence."""
    board = empty_board()
    for number in range(5):
        show_alert(board, other(opened(), number))
    told = drawn(board, rows=3)
    assert (3, 1) == (told.count("unacknowledged"), told.count("+ 2"))


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long texts end in an ellipsis."""
    told = drawn(board_at("07:31"), width=width)
    assert max(map(len, told.splitlines())) <= width


def test_without_a_terminal_each_thing_is_printed_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Captions and changes, as they come."""
    headless, board = Headless(LOOK), board_at("07:10")
    headless.draw(board)
    headless.draw(board)
    tell_line(board, opened(), Change.ESCALATED)
    headless.draw(board)
    headless.close()
    first, second, third = capsys.readouterr().out.splitlines()
    assert "--- 07:10:00  Belum buka / Not open" == first
    assert " opened " in second
    assert " escalated " in third


def test_a_screen_gives_the_terminal_back() -> None:
    """The alternate screen is left, and the cursor is shown again."""
    out = io.StringIO()
    screen = Screen(Console(file=out, force_terminal=True, width=80, height=24), LOOK)
    screen.draw(board_at("07:31"))
    screen.close()
    told = out.getvalue()
    assert told.index("\x1b[?1049h") < told.index("Siaga demo") < told.index("\x1b[?1049l")
    assert told.rindex("\x1b[?25l") < told.rindex("\x1b[?25h")
