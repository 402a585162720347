"""Who listens for answers, from settings: one listener for each bot that may be answered."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Protocol

from streams.sinks.channel_settings import TelegramSettings
from streams.sinks.channels import Channel
from streams.sinks.sender import ToExercises, ToReceivers
from streams.sinks.settings import NotifySettings, answer_keys
from streams.sinks.telegram import TelegramSender
from streams.sinks.telegram_listener import Submit, TelegramListener
from streams.sinks.telegram_updates import chats_of
from streams.territory.plan import Plan

__all__ = ["Listener", "build_listeners", "run_listeners"]


class Listener(Protocol):
    """Takes answers in and makes commands of them."""

    async def run(self) -> None:
        """Listen; ends only by being cancelled."""
        ...


def build_listeners(
    settings: NotifySettings,
    channels: Mapping[str, Channel],
    plans: Iterable[Plan],
    submit: Submit,
) -> tuple[Listener, ...]:
    """Return who listens to the bots of some channels; nobody, if there are no keys of answers.

    A listener and its channel share the bot, so what the one learns of a chat the other knows. Who
    ends them ends the listener first.

    Raises:
        ConfigError: The keys of answers cannot be read.
    """
    keys, folders = answer_keys(settings), tuple(plans)
    if not keys:
        return ()
    return tuple(
        TelegramListener(sender.telegram, chats_of(name, folders), keys, submit)
        for name, one in settings.channels.items()
        if isinstance(one, TelegramSettings) and one.listen
        if isinstance(sender := _sender_of(channels[name]), TelegramSender)
    )


async def run_listeners(listeners: Iterable[Listener]) -> None:
    """Listen until cancelled; a fault in one ends all, so that none is there twice afterwards."""
    async with asyncio.TaskGroup() as group:
        for one in listeners:
            group.create_task(one.run())


def _sender_of(channel: Channel) -> object:
    sink = channel.sink
    return sink.sender if isinstance(sink, ToReceivers | ToExercises) else None
