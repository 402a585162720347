"""The board of a gate: the open alerts, followed while it runs, so that answers find theirs."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final, NoReturn

from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.wire.board import Board

__all__ = ["followed_board"]

_TOPICS: Final = (Topic.ALERTS, Topic.RESTRICTED_ALERTS)
_log: Final = logging.getLogger(__name__)


@asynccontextmanager
async def followed_board(config: Config, board: Board) -> AsyncGenerator[None]:
    """Keep a board as the topics are, for the time of the block; it is complete when it begins.

    Whoever comes to a gate that does not yet know the open alerts would be told that his code
    means none.
    """
    is_complete = asyncio.Event()

    def each(slot: Slot, record: RecordView) -> None:
        try:
            board.apply(record.key, record.value, EpochMs(record.timestamp))
        except InputError as error:
            _log.warning("%s/%d at %d: %s", slot.topic, slot.partition, record.offset, error)

    followed = Followed(config.broker, config.prefix, _TOPICS, each, is_complete.set)
    following = asyncio.create_task(follow(followed))
    complete = asyncio.create_task(is_complete.wait())
    try:
        await asyncio.wait([following, complete], return_when=asyncio.FIRST_COMPLETED)
        if following.done():
            following.result()
        following.add_done_callback(_note)
        yield
    finally:
        complete.cancel()
        following.remove_done_callback(_note)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


def _note(following: asyncio.Task[NoReturn]) -> None:
    """Say that the board stands still: links and certificates go on, codes mean old alerts."""
    _log.error(
        "the alerts are followed no longer; start the gate anew", exc_info=following.exception()
    )
