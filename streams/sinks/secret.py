"""Secrets of channels and doors: from a file or a variable, and in nothing that is ever shown.

A setting never holds a secret: it names the file (`token_file`) or the variable of the environment
(`token_env`) that does. What is read becomes a `Secret`, which shows itself to nobody; only
`reveal` gives the text away, so a search for that word finds every place where one is used.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, final

from streams.errors import ConfigError

__all__ = ["Secret", "read_secret", "read_secrets"]


@final
class Secret:
    """A text that opens something; it is printed, logged and encoded as nothing."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text: Final = text

    def reveal(self) -> str:
        """Return the text, for whoever must send it or sign with it."""
        return self._text

    def __repr__(self) -> str:
        """Show that there is one."""
        return "Secret()"


def read_secret(
    field: str, file: str, variable: str, environment: Mapping[str, str] | None = None
) -> Secret:
    """Return the secret of a setting; white space around it does not belong to it.

    Args:
        field: Name of the setting for messages, without its ending: `channels.sms.token`.
        file: What the setting's `_file` says; empty: nothing.
        variable: What its `_env` says; empty: nothing.
        environment: Usually that of this process, which None stands for.

    Raises:
        ConfigError: There is none, or it is empty, or it has a line break or the like inside.
    """
    text = _read(field, file, variable, os.environ if environment is None else environment)
    if not text.isprintable():
        raise ConfigError(f"{field}: expected one line without control characters")
    return Secret(text)


def read_secrets(
    field: str, file: str, variable: str, environment: Mapping[str, str] | None = None
) -> tuple[Secret, ...]:
    """Return the secrets of a setting, with white space between them; the first one is the newest.

    Several are in force while one is being replaced by another. Arguments as of `read_secret`.

    Raises:
        ConfigError: There is none.
    """
    text = _read(field, file, variable, os.environ if environment is None else environment)
    return tuple(Secret(part) for part in text.split())


def _read(field: str, file: str, variable: str, environment: Mapping[str, str]) -> str:
    match file, variable:
        case "", "":
            raise ConfigError(f"{field}: expected {field}_file or {field}_env, got neither")
        case "", _:
            text, where = environment.get(variable, ""), f"{field}_env: the variable {variable}"
        case _, "":
            text, where = _content(field, file), f"{field}_file: {file}"
        case _:
            raise ConfigError(f"{field}: expected {field}_file or {field}_env, got both")
    if not text.strip():
        raise ConfigError(f"{where}: expected a secret, got nothing")
    return text.strip()


def _content(field: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{field}_file: {file} cannot be read ({error.strerror}): name another file"
        ) from error
    except UnicodeDecodeError:
        # What is wrong with the text would be a piece of it.
        raise ConfigError(f"{field}_file: {file}: expected text in UTF-8") from None
