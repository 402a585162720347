"""From a command line to a verb, and from what it raises to an exit code."""

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from streams import __version__
from streams.cli import command, replay
from streams.cli.command import INTERRUPTED, READER_GONE, VERBS, main, parser_of, verb_of
from streams.errors import ConfigError, InputError, SiagaError, UnavailableError
from tests.support.commands import event_line, status

ROOT = Path(__file__).parents[3]


def siaga(*words: object) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    line = [sys.executable, "-m", "streams.cli", *map(str, words)]
    return subprocess.Popen(
        line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help has the first line of the docstring, examples and the exit codes."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main([name, "--help"])
    told = capsys.readouterr().out
    assert (verb_of(name).__doc__ or "").splitlines()[0] in told
    assert "\nexamples:\n" in told
    assert "\nexit code: 0 " in told


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_takes_the_common_flags(name: str) -> None:
    """`--config` and `--log-format` are everywhere."""
    told = parser_of(name).format_help()
    assert "--config FILE" in told
    assert "--log-format {json,text}" in told


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever types `siaga --help` sees what there is."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["--help"])
    told = capsys.readouterr().out
    listed = {line.split()[0] for line in told.splitlines() if re.match(r" {4}\w", line)}
    assert [] == [name for name in VERBS if name not in listed]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`siaga --version` is one line."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["--version"])
    assert f"siaga {__version__}\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "siaga: the following arguments are required: VERB (siaga --help shows how)\n"),
        (("replsy",), "siaga: argument VERB: invalid choice: 'replsy'"),
        (("replay", "folder"), "siaga: one of the arguments EVENTS.jsonl --journal is required"),
        (("replay", "f", "e", "--until", "noon"), "siaga: argument --until: 'noon': expected RFC"),
        (("check", "f", "--log-format", "xml"), "siaga: argument --log-format: invalid choice"),
    ],
)
def test_a_misspelt_command_line_exits_2(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what is wrong, and where to look."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main(words)
    error = capsys.readouterr().err
    assert error.startswith(told)
    assert 1 == error.count("\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [(InputError("bad"), 1), (ConfigError("bad"), 1), (UnavailableError("bad"), 3)],
)
def test_what_an_operator_can_mend_is_one_message(
    error: SiagaError,
    code: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message is told without a traceback, and its class gives the exit code."""

    def run(arguments: argparse.Namespace) -> int:
        assert arguments.folder == Path("folder")
        raise error

    monkeypatch.setattr(replay, "run", run)
    assert code == main(["replay", "folder", "events"])
    assert "siaga: bad\n" == capsys.readouterr().err


def test_ctrl_c_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted command says nothing more."""

    def run(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(replay, "run", run)
    assert INTERRUPTED == main(["replay", "folder", "events"])


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the operator's to mend keeps its traceback."""

    def run(_: argparse.Namespace) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(replay, "run", run)
    with pytest.raises(ZeroDivisionError):
        main(["replay", "folder", "events"])


def test_a_reader_that_went_away_is_no_error(folder: Path) -> None:
    """`siaga replay ... | head -1` ends quietly."""
    with siaga("replay", folder, "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(event_line(status("a", "06:00:00", "heartbeat")))
        process.stdin.write(event_line(status("b", "12:00:00", "heartbeat")))
        process.stdin.close()
        assert (READER_GONE, b"") == (process.wait(30), process.stderr.read())


def test_the_entry_point_is_this_main() -> None:
    """What pyproject.toml names is there."""
    assert 'siaga = "streams.cli:main"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert main is command.main
