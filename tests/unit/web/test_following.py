"""Who shows what stands still ends."""

import asyncio
from typing import NoReturn

import pytest

from streams.errors import UnavailableError
from streams.web.following import FOLLOWING, ending_with


async def _breaks(go: asyncio.Event) -> NoReturn:
    await go.wait()
    raise ZeroDivisionError


async def _in_block(go: asyncio.Event, entered: asyncio.Event) -> None:
    following = asyncio.create_task(_breaks(go), name=FOLLOWING)
    beside = asyncio.create_task(_breaks(asyncio.Event()), name="something else")
    try:
        with ending_with(beside, following):
            entered.set()
            await asyncio.Event().wait()
    finally:
        following.cancel()
        beside.cancel()


def test_when_the_alerts_are_followed_no_longer_the_block_ends_and_says_why() -> None:
    """Exit code 3: whoever runs it starts it anew; a code would mean old alerts."""

    async def run() -> None:
        go, entered = asyncio.Event(), asyncio.Event()
        go.set()
        await _in_block(go, entered)

    with pytest.raises(UnavailableError, match="Kafka's topics has ended") as caught:
        asyncio.run(run())
    assert 3 == caught.value.exit_code
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_block_that_is_cancelled_is_cancelled() -> None:
    """By somebody else: the board is as it should be."""

    async def run() -> None:
        entered = asyncio.Event()
        block = asyncio.create_task(_in_block(asyncio.Event(), entered))
        await entered.wait()
        block.cancel()
        with pytest.raises(asyncio.CancelledError):
            await block

    asyncio.run(run())
