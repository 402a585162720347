"""`siaga worker` before there is a broker: settings in effect, and what is refused."""

import logging
from pathlib import Path

import pytest

from streams.cli.command import main
from streams.cli.worker import tell_roster
from streams.config import Config, load_config, print_config
from streams.territory.plan import Actor
from tests.unit.room.people import USERS


def test_the_settings_in_effect_are_a_settings_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `--print-config` prints gives the same settings when it is read."""
    words = ["worker", "--role", "watch", "--prefix", "drill.", "--election", "a"]
    assert 0 == main([*words, "--print-config"])
    file = tmp_path / "printed.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    printed = load_config(file, {})
    assert ("watch", "drill.", ("a",)) == (printed.role, printed.prefix, printed.elections)
    assert file.read_text("utf-8") == print_config(printed) != print_config(Config())


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 1, "siaga: no election is watched: name its folder"),
        (["--election", "nowhere"], 1, "siaga: nowhere: no such folder"),
        (["--prefix", "a b"], 1, "siaga: settings: "),
        (
            ["--election", "{folder}", "--users-file", "none.toml"],
            1,
            "siaga: none.toml: cannot be read",
        ),
        (
            ["--election", "{folder}", "--broker", "127.0.0.1:1"],
            3,
            "siaga: no Kafka broker answers",
        ),
    ],
)
def test_a_worker_that_cannot_work_says_why(
    words: list[str],
    code: int,
    message: str,
    folder: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nothing is started, and one message says what to do."""
    assert code == main(["worker", *(word.format(folder=folder) for word in words)])
    error = capfd.readouterr().err
    assert error.startswith(message)
    assert 1 == error.count("\n")


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (None, "no users file: who may command stands in actors.csv alone"),
        ((), "0 users of users.toml may command"),
        (USERS.roster, "3 users of users.toml may command"),
    ],
)
def test_a_worker_says_whose_orders_it_hears(
    room: tuple[Actor, ...] | None, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whom it does not know it refuses, so its log must tell why."""
    caplog.set_level(logging.INFO)
    tell_roster("users.toml", room)
    assert [said] == [record.getMessage() for record in caplog.records]
