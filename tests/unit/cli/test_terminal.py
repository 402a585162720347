"""Text that cannot do harm, and lines with their numbers."""

import argparse
import io
from pathlib import Path

import pytest

from streams.cli.terminal import lines_of, moment, one_line, open_input, open_output, shown_name
from streams.errors import InputError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("Kec. Curup – désa", "Kec. Curup – désa"),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_foreign_text_stays_on_its_line(text: str, expected: str) -> None:
    """No control character and no turn of direction reaches the terminal."""
    assert expected == one_line(text)


def test_blank_lines_count_and_are_left_out() -> None:
    """A number is that of the line in the file; ends of lines are taken off."""
    source = io.BytesIO(b"a\n\n  \r\nb\r\nc")
    assert [(1, b"a"), (4, b"b"), (5, b"c")] == list(lines_of(source, "-"))


@pytest.mark.parametrize(("quiet", "shown"), [(False, True), (True, False)])
def test_progress_is_for_a_terminal_that_has_nothing_else_to_show(
    quiet: bool,  # noqa: FBT001  # A column of the table.
    shown: bool,  # noqa: FBT001  # A column of the table.
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All lines come, with a bar or without."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    file = tmp_path / "long.jsonl"
    file.write_bytes(b"{}\n" * 2_500)
    with open_input(str(file)) as source:
        assert 2_500 == len(list(lines_of(source, str(file), quiet=quiet)))
    assert shown == ("long.jsonl" in capsys.readouterr().err)


def test_standard_input_is_called_so() -> None:
    """A dash means nothing in a message."""
    assert ("<stdin>", "a/b.jsonl") == (shown_name("-"), shown_name("a/b.jsonl"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message has the name, the reason and what to do."""
    with pytest.raises(InputError, match=r"none: cannot be read \(No such file or directory\)"):
        open_input(str(tmp_path / "none"))
    with pytest.raises(InputError, match=r"cannot be written \(Is a directory\): name another"):
        open_output(tmp_path)


def test_a_time_of_the_command_line_has_an_offset() -> None:
    """Local time of whoever types is nobody's time."""
    assert 1_732_665_600_000 == moment("2024-11-27T07:00:00+07:00")
    with pytest.raises(argparse.ArgumentTypeError, match="expected RFC 3339 with an offset"):
        moment("2024-11-27T07:00:00")
