"""Topics that are followed while a program answers from what it has read of them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

from streams.config import Config
from streams.engine.follow import Followed, follow
from streams.engine.ports import RecordView, Slot
from streams.engine.topics import Topic
from streams.errors import UnavailableError

__all__ = ["FOLLOWING", "ending_with", "following"]

FOLLOWING: Final = "the following of Kafka's topics"
"""Name of the task."""


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
    reading = asyncio.create_task(follow(followed), name=FOLLOWING)
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
def ending_with(*tasks: asyncio.Task[object]) -> Generator[None]:
    """Cancel the block when one of some tasks ends in it, and say which and why.

    A task's name is what it does, in words.

    Raises:
        UnavailableError: One has ended.
    """
    block = asyncio.current_task()
    assert block is not None, "whoever needs them is a coroutine"

    def end(_ended: asyncio.Task[object]) -> None:
        block.cancel()

    for task in tasks:
        task.add_done_callback(end)
    try:
        yield
    except asyncio.CancelledError:
        ended = next((task for task in tasks if task.done() and not task.cancelled()), None)
        if ended is None:
            raise
        error = ended.exception()
        raise UnavailableError(
            f"{ended.get_name()} has ended ({error!r}): "
            "start this again, and look into its log and the broker's"
        ) from error
    finally:
        for task in tasks:
            task.remove_done_callback(end)
