"""The board of a gate: the open alerts, followed while it runs, so that answers find theirs."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final, NoReturn

from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import InputError, UnavailableError
from streams.wire.board import Board

__all__ = ["ending_with", "followed_board"]

_TOPICS: Final = (Topic.ALERTS, Topic.RESTRICTED_ALERTS)
_log: Final = logging.getLogger(__name__)


@asynccontextmanager
async def followed_board(config: Config, board: Board) -> AsyncGenerator[None]:
    """Keep a board as the topics are, for the time of the block; it is complete when it begins.

    Whoever comes to a gate that does not know the open alerts would be told that his code means
    none: neither before the board is complete, nor when it stands still.

    Raises:
        UnavailableError: The topics cannot be followed any longer; the block is cancelled.
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
        with ending_with(following):
            yield
    finally:
        complete.cancel()
        following.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await following


@contextmanager
def ending_with(following: asyncio.Task[NoReturn]) -> Generator[None]:
    """Cancel the block when a task ends in it, and say why."""
    block = asyncio.current_task()
    assert block is not None, "a gate is a coroutine"

    def end(_following: asyncio.Task[NoReturn]) -> None:
        block.cancel()

    following.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        if not following.done() or following.cancelled():
            raise
        raise UnavailableError(
            f"the alerts can be followed no longer ({following.exception()!r}): "
            "start the gate anew, and look into the broker's log"
        ) from following.exception()
    finally:
        following.remove_done_callback(end)
