"""The file that `notify_file` names: channels to people, mirrors for machines, how to be answered.

    gate = "https://siaga.example"         # where links in messages lead; empty: no links
    answer_key_file = "/etc/siaga/answer.key"
    producer_key = "notify"                # by which answers are signed

    [channels.sms]                         # the word that contacts.toml has
    type = "http"
    …

    [mirrors.posko]
    type = "alertmanager"
    …

Secrets are not in it, only the names of the files and variables that hold them.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from streams.errors import ConfigError
from streams.sinks.cap_settings import CapSettings
from streams.sinks.channel_settings import (
    ChannelSettings,
    FileSettings,
    HttpSettings,
    SmtpSettings,
    StdoutSettings,
    TelegramSettings,
    WebhookSettings,
)
from streams.sinks.entries import as_table, check_known, read_entry
from streams.sinks.mirror_settings import MIRROR_TYPES, MirrorSettings
from streams.sinks.secret import read_secrets
from streams.territory.toml_values import toml_values

__all__ = ["CHANNEL_TYPES", "NotifySettings", "answer_keys", "load_notify", "parse_notify"]

Entry = TypeVar("Entry", bound=Struct)

CHANNEL_TYPES: Final[tuple[type[ChannelSettings], ...]] = (
    StdoutSettings,
    FileSettings,
    WebhookSettings,
    HttpSettings,
    TelegramSettings,
    SmtpSettings,
    CapSettings,
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NAME_EXPECTED: Final = "of at most 32 small letters, digits, _ and -, a letter first"
_KEY_BYTES_MIN: Final = 32


class NotifySettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All channels and mirrors of an installation, by their names."""

    gate: Annotated[str, Meta(pattern=r"^(https?://[^\s?#]+)?\Z")] = ""
    """Public address of the gate; empty: messages have no links."""
    answer_key_file: str = ""
    answer_key_env: str = ""
    """By the keys in one of them links and codes are made; both empty: nobody can answer."""
    producer_key: str = ""
    """Id in `producer_keys_file` of the key by which answers are signed; empty: they are not."""
    channels: Mapping[str, ChannelSettings] = {}
    mirrors: Mapping[str, MirrorSettings] = {}


def load_notify(file: str) -> NotifySettings:
    """Read a file of channels and mirrors; an empty name is an installation that has none.

    Raises:
        ConfigError: It cannot be read, is not TOML, or something in it is unknown or wrong.
    """
    if not file:
        return NotifySettings()
    try:
        text = Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"notify_file: {file} cannot be read ({error.strerror}): name another file; "
            "deploy/notify.example.toml of the source is one to begin with"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"notify_file: {file}: expected text in UTF-8") from error
    return parse_notify(text, file)


def parse_notify(text: str, file: str = "notify_file") -> NotifySettings:
    """Read the text of such a file; `file` is its name in messages.

    Raises:
        ConfigError: It is not TOML, or something in it is unknown or wrong.
    """
    try:
        found = toml_values(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error
    for name in found:
        check_known(f"{file}: {name}", name, NotifySettings.__struct_fields__)
    channels = _entries(f"{file}: channels", found.pop("channels", {}), CHANNEL_TYPES)
    mirrors = _entries(f"{file}: mirrors", found.pop("mirrors", {}), MIRROR_TYPES)
    try:
        top = msgspec.convert(found, NotifySettings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file}: {error}") from error
    return replace(top, gate=top.gate.rstrip("/"), channels=channels, mirrors=mirrors)


def answer_keys(settings: NotifySettings) -> tuple[bytes, ...]:
    """Return the keys of links and codes, the newest first; none: nobody can answer.

    Raises:
        ConfigError: They cannot be read, or one is too short to keep anybody out.
    """
    if not settings.answer_key_file and not settings.answer_key_env:
        return ()
    found = read_secrets("answer_key", settings.answer_key_file, settings.answer_key_env)
    keys = tuple(one.reveal().encode() for one in found)
    if any(len(key) < _KEY_BYTES_MIN for key in keys):
        raise ConfigError(f"answer_key: expected at least {_KEY_BYTES_MIN} letters a key")
    return keys


def _entries(where: str, value: object, types: tuple[type[Entry], ...]) -> Mapping[str, Entry]:
    table = as_table(where, value)
    for name in table:
        if not _NAME.fullmatch(name):
            raise ConfigError(f"{where}.{name}: expected a name {_NAME_EXPECTED}")
    return {name: read_entry(f"{where}.{name}", entry, types) for name, entry in table.items()}
