"""From settings to channels: what is built, for whom, and what is missing for it."""

import asyncio
import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from streams.errors import ConfigError
from streams.sinks.channels import Channel, DrillChannel, RealChannel, build_channels
from streams.sinks.settings import CHANNEL_TYPES, parse_notify

FIELDS = {
    "stdout": "",
    "file": "path = 'notices.jsonl'",
    "webhook": "secret_file = '{secret}'",
    "http": "url = 'https://sms.example.invalid/'\nsecret_file = '{secret}'",
    "telegram": "token_file = '{secret}'",
    "smtp": (
        "host = 'mail.example.invalid'\nsender = 'posko@example.invalid'\n"
        "username = 'posko'\npassword_file = '{secret}'"
    ),
    "cap": "sender = 'siaga.example.invalid'\ntoken_file = '{secret}'",
}
SECRET = f"whsec_{base64.b64encode(b's' * 32).decode()}"
WORDS = tuple(str(one.__struct_config__.tag) for one in CHANNEL_TYPES)


def built(text: str) -> Mapping[str, Channel]:
    """Return the channels of a file, and let go of them."""
    channels = build_channels(parse_notify(text))

    async def close() -> None:
        for channel in channels.values():
            await channel.sink.close()

    asyncio.run(close())
    return channels


def described(word: str, folder: Path, more: str = "") -> str:
    """Return a file with one channel of a type."""
    secret = folder / "secret"
    secret.write_text(f"{SECRET}\n")
    return f"[channels.x]\ntype = '{word}'\n{FIELDS[word].format(secret=secret)}\n{more}"


@pytest.mark.parametrize("word", WORDS)
def test_every_type_of_channel_can_be_built(word: str, tmp_path: Path) -> None:
    """For real receivers, or for those of drills."""
    real = built(described(word, tmp_path))["x"]
    drill = built(described(word, tmp_path, "drill = true"))["x"]
    assert (RealChannel, DrillChannel) == (type(real), type(drill))
    assert ("x", word) == (real.name, real.type)
    assert real.policy == drill.policy


@pytest.mark.parametrize("word", WORDS)
def test_no_secret_is_shown_by_a_channel(word: str, tmp_path: Path) -> None:
    """Nor by its settings, which may be printed."""
    text = described(word, tmp_path)
    assert SECRET not in repr(built(text)) + repr(parse_notify(text))


@pytest.mark.parametrize("word", [word for word, fields in FIELDS.items() if "secret" in fields])
def test_a_secret_that_is_missing_is_named(word: str, tmp_path: Path) -> None:
    """At the start, not with the first message."""
    text = described(word, tmp_path)
    (tmp_path / "secret").unlink()
    with pytest.raises(ConfigError, match=r"^channels\.x\.[a-z]+_file: .* cannot be read"):
        built(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type = 'webhook'", "channels.x.secret: expected channels.x.secret_file or"),
        ("type = 'telegram'", "channels.x.token: expected channels.x.token_file or"),
        (
            "type = 'webhook'\nsecret_env = 'WEAK'",
            "channels.x.secret: not a secret of Standard Webhooks: expected 24 to 64 bytes",
        ),
        (
            "type = 'smtp'\nhost = 'h'\nsender = 'a@b'\nusername = 'posko'",
            "channels.x.password: expected channels.x.password_file or",
        ),
        (
            "type = 'smtp'\nhost = 'h'\nsender = 'a@b'\nusername = 'posko'\ntls = 'none'",
            "channels.x.tls: expected starttls or tls, as a password is sent",
        ),
        (
            "type = 'http'\nurl = 'https://x/${phone}'",
            "channels.x: ${phone} means nothing; known are target",
        ),
        (
            "type = 'webhook'\nsecret_env = 'GOOD'\nca_file = '/no/authority.pem'",
            "channels.x.ca_file: /no/authority.pem cannot be used",
        ),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(
    text: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the name of the setting."""
    monkeypatch.setenv("WEAK", "weak")
    monkeypatch.setenv("GOOD", SECRET)
    with pytest.raises(ConfigError) as raised:
        built(f"[channels.x]\n{text}")
    assert str(raised.value).startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        "type = 'http'\nurl = 'http://localhost:8080/'",
        "type = 'smtp'\nhost = 'localhost'\nsender = 'a@b'\ntls = 'none'",
        "type = 'cap'\nsender = 'siaga.example.invalid'",
    ],
)
def test_who_asks_for_no_secret_needs_none(text: str) -> None:
    """A gateway in the same room, a mail server on the same machine, a folder."""
    assert ["x"] == list(built(f"[channels.x]\n{text}"))
