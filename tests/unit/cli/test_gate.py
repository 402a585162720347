"""`siaga gate` before it listens: settings in effect, and what is refused."""

from pathlib import Path

import pytest

from streams.cli.command import main
from streams.config import load_config


def test_the_settings_in_effect_are_a_settings_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `--print-config` prints gives the same settings when it is read."""
    assert 0 == main(["gate", "--gate-file", "gate.toml", "--print-config"])
    file = tmp_path / "printed.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "gate.toml" == load_config(file, {}).gate_file


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--gate-file", "none.toml"], 1, "siaga: none.toml: cannot be read"),
        (["--listen", "8110"], 1, "siaga: --listen: expected HOST:PORT"),
        (["--election", "nowhere"], 1, "siaga: nowhere: no such folder"),
        (
            ["--broker", "127.0.0.1:1", "--listen", "127.0.0.1:0"],
            3,
            "siaga: no Kafka broker answers",
        ),
    ],
)
def test_a_gate_that_cannot_open_says_why(
    words: list[str], code: int, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing is opened, and one message says what to do."""
    assert code == main(["gate", *words])
    error = capfd.readouterr().err
    assert error.startswith(message)
    assert 1 == error.count("\n")
