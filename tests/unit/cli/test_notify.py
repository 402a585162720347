"""`siaga notify` before it tells anybody: settings in effect, and what is refused."""

from pathlib import Path

import pytest

from streams.cli.command import main
from streams.config import load_config
from tests.support.commands import election_folder

GIVEN = ("--election", "{folder}", "--notify-file")
GOOD = '[channels.webhook]\ntype = "stdout"\n'
FILES = {
    "empty": 'gate = "https://siaga.example"\n',
    "other": '[channels.sms]\ntype = "stdout"\n',
    "unsigned": f'producer_key = "notify"\n{GOOD}',
    "good": GOOD,
    "mirrors": '[mirrors.posko]\ntype = "alertmanager"\nurls = ["http://127.0.0.1:1"]\n',
}


def test_the_settings_in_effect_are_a_settings_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `--print-config` prints gives the same settings when it is read."""
    words = ["notify", "--notify-file", "notify.toml", "--instance", "n1", "--print-config"]
    assert 0 == main(words)
    file = tmp_path / "printed.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    config = load_config(file, {})
    assert ("notify.toml", "n1") == (config.notify_file, config.instance)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 1, "siaga: no election is named, so nobody has an address"),
        (["--election", "nowhere"], 1, "siaga: nowhere: no such folder"),
        (["--election", "{folder}", "--notify-file", "none.toml"], 1, "siaga: notify_file: none"),
        (["--election", "{folder}"], 1, "siaga: there is no channel, so nobody can be told"),
        ([*GIVEN, "{empty}"], 1, "siaga: there is no channel, so nobody can be told"),
        ([*GIVEN, "{other}"], 1, "siaga: serang-2024: contacts.toml: OPS/polsek@36.04/1: found 'w"),
        ([*GIVEN, "{unsigned}"], 1, "siaga: producer_key"),
        ([*GIVEN, "{good}", "--broker", "127.0.0.1:1"], 3, "siaga: no Kafka broker"),
        ([*GIVEN, "{mirrors}", "--broker", "127.0.0.1:1"], 3, "siaga: no Kafka broker"),
        (["--notify-file", "{mirrors}", "--broker", "127.0.0.1:1"], 3, "siaga: no Kafka broker"),
        (
            ["--election", "nowhere", "--notify-file", "{mirrors}"],
            1,
            "siaga: nowhere: no such folder",
        ),
    ],
    ids=[
        "no folder named",
        "no such folder",
        "no file",
        "no channels named",
        "no channel in the file",
        "no channel for a contact",
        "no key to sign by",
        "no broker",
        "no broker for mirrors",
        "no broker for mirrors of any election",
        "no such folder for mirrors",
    ],
)
def test_a_notifier_that_cannot_work_says_why(
    words: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nobody is told anything, and one message says what to do."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = {name: tmp_path / name for name in FILES}
    folder = election_folder(tmp_path)
    named = [word.format(folder=folder, **files) for word in words]
    assert code == main(["notify", *named])
    error = capfd.readouterr().err
    assert error.startswith(message)
    assert 1 == error.count("\n")


def test_the_help_of_the_action_is_that_of_the_test(capsys: pytest.CaptureFixture[str]) -> None:
    """`siaga notify test` is a program of its own behind the same word."""
    with pytest.raises(SystemExit):
        main(["notify", "test", "--help"])
    assert "siaga notify test" in capsys.readouterr().out
