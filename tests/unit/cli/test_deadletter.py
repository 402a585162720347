"""`siaga deadletter`: its command lines, and which letters are sent again."""

import argparse
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from streams.cli import deadletter_list, deadletter_resend, deadletter_show
from streams.cli.command import main
from streams.cli.deadletter_resend import chosen
from streams.engine.letters import DeskLetter, desk_of
from streams.engine.ports import Slot
from tests.support.letters import LetterRecord, put_aside, sent_again


def asked(*words: str) -> argparse.Namespace:
    """Return the command line of `siaga deadletter resend`."""
    parser = argparse.ArgumentParser()
    deadletter_resend.add_arguments(parser)
    return parser.parse_args(words)


def names(desk: Sequence[DeskLetter]) -> list[str]:
    """Return how letters are called."""
    return [found.name for found in desk]


def test_letters_are_chosen_by_number_or_all_that_are_open() -> None:
    """What was sent again is sent once more only if that is asked for."""
    desk = desk_of(
        [put_aside(1), put_aside(2), put_aside(3, reason="schema"), sent_again(4, "0:1")]
    )
    assert ["0:2", "0:3"] == names(chosen(desk, asked("--all"))[0])
    assert ["0:3"] == names(chosen(desk, asked("--all", "--reason", "schema"))[0])
    assert ["0:3", "0:2"] == names(chosen(desk, asked("0:3", "0:2", "0:3"))[0])
    assert (["0:2"], ["0:1: was sent again before; --again sends it once more"]) == (
        names(chosen(desk, asked("0:1", "0:2"))[0]),
        chosen(desk, asked("0:1", "0:2"))[1],
    )
    assert ["0:1"] == names(chosen(desk, asked("0:1", "--again"))[0])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("resend",), "name letters as PARTITION:OFFSET, or --all with filters"),
        (("resend", "0:1", "--all"), "name letters as PARTITION:OFFSET, or --all with filters"),
        (("resend", "0:1", "--reason", "json"), "filters go with --all"),
        (("resend", "0:1", "0:2", "--value", "x"), "--value is for one letter"),
        (("list", "--limit", "-1"), "--limit: expected 0 or more"),
    ],
)
def test_what_does_not_go_together_is_a_matter_of_usage(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, before any broker is asked."""
    assert 2 == main(["deadletter", *words, "--broker", "127.0.0.1:1"])
    assert message in capsys.readouterr().err


def desk_with(monkeypatch: pytest.MonkeyPatch, *records: tuple[Slot, LetterRecord]) -> None:
    """Let the commands find these records, as if a broker had them."""

    async def read_desk(_: object) -> list[DeskLetter]:
        return desk_of(records)

    for module in (deadletter_list, deadletter_show, deadletter_resend):
        monkeypatch.setattr(module, "read_desk", read_desk)


def test_programs_read_the_list_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One object a letter."""
    desk_with(monkeypatch, put_aside(1), put_aside(2), sent_again(3, "0:1"))
    assert 0 == main(["deadletter", "list", "--json", "--done"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [("0:1", 1, 6), ("0:2", 0, 6)] == [
        (row["number"], row["resent"], row["bytes"]) for row in rows
    ]


def test_a_dry_run_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what would be sent, and what cannot be."""
    desk_with(monkeypatch, put_aside(1), put_aside(2, b"x" * 3_000_000, "size"))
    assert 1 == main(["deadletter", "resend", "--all", "--dry-run"])
    told = capsys.readouterr()
    assert "0:1 would be sent to tps.status\n" == told.out
    assert told.err.startswith("siaga: 0:2: of its 3000000 bytes")


def test_several_are_not_sent_without_being_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe nobody can be asked: exit 2."""
    desk_with(monkeypatch, put_aside(1), put_aside(2))
    pipe = SimpleNamespace(isatty=lambda: False, buffer=BytesIO())
    monkeypatch.setattr("sys.stdin", pipe)
    assert 2 == main(["deadletter", "resend", "--all"])
    assert "2 letters: --yes sends them without being asked" in capsys.readouterr().err


def test_an_empty_file_is_no_mended_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be a dead letter again."""
    desk_with(monkeypatch, put_aside(1))
    file = tmp_path / "mended.json"
    file.write_bytes(b"\n")
    assert 1 == main(["deadletter", "resend", "0:1", "--value", str(file)])
    assert f"{file}: is empty; expected the mended value" in capsys.readouterr().err
