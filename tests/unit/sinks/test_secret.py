"""Secrets: found where a setting says, and shown nowhere."""

from pathlib import Path

import msgspec
import pytest

from streams.errors import ConfigError
from streams.sinks.secret import Secret, read_secret, read_secrets

FIELD = "channels.sms.token"
TEXT = "it opens everything"


def test_a_secret_shows_itself_to_nobody() -> None:
    """Not in a log, a message or a failed assertion, and it cannot be encoded by mistake."""
    secret = Secret(TEXT)
    assert [] == [shown for shown in (str(secret), repr(secret), f"{secret!r:>9}") if TEXT in shown]
    with pytest.raises(TypeError):
        msgspec.json.encode(secret)


def test_white_space_around_a_secret_is_not_part_of_it(tmp_path: Path) -> None:
    """An editor ends a file with a line end; white space inside stays."""
    file = tmp_path / "token"
    file.write_text(f"{TEXT}\n")
    assert TEXT == read_secret(FIELD, str(file), "").reveal()
    assert TEXT == read_secret(FIELD, "", "TOKEN", {"TOKEN": f" {TEXT} "}).reveal()


def test_several_secrets_stand_in_the_order_of_their_file(tmp_path: Path) -> None:
    """The first one is the newest."""
    file = tmp_path / "keys"
    file.write_text("new\n\nold\n")
    assert ["new", "old"] == [one.reveal() for one in read_secrets(FIELD, str(file), "")]


@pytest.mark.parametrize(
    ("file", "variable", "expected"),
    [
        ("", "", f"{FIELD}: expected {FIELD}_file or {FIELD}_env, got neither"),
        ("a", "B", f"{FIELD}: expected {FIELD}_file or {FIELD}_env, got both"),
        ("", "B", f"{FIELD}_env: the variable B: expected a secret, got nothing"),
        ("", "EMPTY", f"{FIELD}_env: the variable EMPTY: expected a secret, got nothing"),
        ("", "BROKEN", f"{FIELD}: expected one line without control characters"),
        (
            "/no/key",
            "",
            f"{FIELD}_file: /no/key cannot be read (No such file or directory): name another file",
        ),
    ],
)
def test_a_missing_secret_is_a_fault_of_a_setting(file: str, variable: str, expected: str) -> None:
    """The message names the setting, and repeats nothing of what was found."""
    with pytest.raises(ConfigError) as raised:
        read_secret(FIELD, file, variable, {"EMPTY": " \n", "BROKEN": "half\nother half"})
    assert expected == str(raised.value)


def test_a_file_that_is_no_text_is_not_quoted(tmp_path: Path) -> None:
    """The bytes that could not be read may be a piece of the secret."""
    file = tmp_path / "token"
    file.write_bytes(b"secret\xff")
    with pytest.raises(ConfigError) as raised:
        read_secret(FIELD, str(file), "")
    assert f"{FIELD}_file: {file}: expected text in UTF-8" == str(raised.value)
    assert raised.value.__cause__ is None
