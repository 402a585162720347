"""Topics that are followed while a program answers from what it has read of them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import NoReturn

from streams.config import Config
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import UnavailableError

__all__ = ["ending_with", "following"]


@asynccontextmanager
async def following(
    config: Config, topics: tuple[Topic, ...], each: Callable[[Slot, RecordView], None]
) -> AsyncGenerator[None]:
    """Hand over every record of some topics, for the time of the block.

    The block begins when all that was there has been handed over: whoever answers before would
    answer from half of it. Nor may it go on answering from what stands still.

    Raises:
        UnavailableError: The topics cannot be followed any longer; the block is cancelled.
    """
    is_complete = asyncio.Event()
    followed = Followed(config.broker, config.prefix, topics, each, is_complete.set)
    reading = asyncio.create_task(follow(followed))
    complete = asyncio.create_task(is_complete.wait())
    try:
        await asyncio.wait([reading, complete], return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            reading.result()
        with ending_with(reading):
            yield
    finally:
        complete.cancel()
        reading.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await reading


@contextmanager
def ending_with(reading: asyncio.Task[NoReturn]) -> Generator[None]:
    """Cancel the block when a task ends in it, and say why."""
    block = asyncio.current_task()
    assert block is not None, "whoever follows is a coroutine"

    def end(_reading: asyncio.Task[NoReturn]) -> None:
        block.cancel()

    reading.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        if not reading.done() or reading.cancelled():
            raise
        raise UnavailableError(
            f"Kafka's topics can be followed no longer ({reading.exception()!r}): "
            "start this again, and look into the broker's log"
        ) from reading.exception()
    finally:
        reading.remove_done_callback(end)
