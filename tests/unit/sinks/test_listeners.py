"""Which bots are listened to."""

from pathlib import Path

import pytest

from streams.domain.events import OperatorCommand
from streams.sinks.channels import build_channels
from streams.sinks.listeners import Listener, build_listeners
from streams.sinks.settings import parse_notify
from streams.sinks.telegram_listener import TelegramListener
from tests.support.world import plan

CHANNELS = """
[channels.bot]
type = "telegram"
token_env = "TOKEN"
[channels.bot-latihan]
type = "telegram"
token_env = "TOKEN"
drill = true
[channels.bisu]
type = "telegram"
token_env = "TOKEN"
listen = false
[channels.log]
type = "stdout"
"""


async def submit(command: OperatorCommand) -> None:
    """Take no command."""
    raise AssertionError(command)


def built(text: str) -> tuple[Listener, ...]:
    """Return who listens by these settings."""
    settings = parse_notify(text)
    return build_listeners(settings, build_channels(settings), [plan()], submit)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every bot have a token."""
    monkeypatch.setenv("TOKEN", "it opens everything")


def test_every_bot_that_may_be_answered_is_listened_to(tmp_path: Path) -> None:
    """That of drills too; not one that is told to be silent, and nothing that is no bot."""
    key = tmp_path / "answer.key"
    key.write_text("k" * 32)
    listeners = built(f'answer_key_file = "{key}"\n{CHANNELS}')
    assert [TelegramListener, TelegramListener] == [type(one) for one in listeners]


def test_without_a_key_nobody_listens() -> None:
    """No button could be known, and none was sent."""
    assert () == built(CHANNELS)
