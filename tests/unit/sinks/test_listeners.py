"""Which bots are listened to."""

import asyncio
from pathlib import Path

import pytest

from streams.domain.events import OperatorCommand
from streams.sinks.channels import build_channels
from streams.sinks.listeners import Listener, build_listeners, run_listeners
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


class Deaf:
    """A listener that fails at once, or that hears nothing for ever."""

    def __init__(self, *, fails: bool) -> None:
        self.is_listening = False
        self._fails = fails

    async def run(self) -> None:
        """Listen."""
        self.is_listening = True
        try:
            if self._fails:
                raise ZeroDivisionError
            await asyncio.Event().wait()
        finally:
            self.is_listening = False


def test_a_fault_in_one_leaves_none_behind() -> None:
    """They are begun again together; of two that hear one bot, Telegram refuses one."""
    listeners = [Deaf(fails=False), Deaf(fails=True)]

    async def story() -> None:
        with pytest.raises(ExceptionGroup):
            await run_listeners(listeners)
        assert [False, False] == [one.is_listening for one in listeners]

    asyncio.run(story())


def test_without_a_key_nobody_listens() -> None:
    """No button could be known, and none was sent."""
    assert () == built(CHANNELS)
