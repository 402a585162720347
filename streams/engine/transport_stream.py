"""What an agent reads: the batches of a Faust stream, none of them acknowledged by Faust."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol, cast

from streams.engine.ports import Fetched

__all__ = ["batches"]


class _Event(Protocol):
    value: Sequence[Fetched]


class _Events(Protocol):
    def events(self) -> AsyncIterator[_Event]: ...


class _Stream(Protocol):
    def noack(self) -> _Events: ...


async def batches(stream: object) -> AsyncIterator[Fetched]:
    """Yield the batches of `stream`, a Faust stream.

    Faust would acknowledge an event when the next one is asked for, and also when an agent fails;
    we commit what the engine calls safe, and nothing else.
    """
    async for event in cast("_Stream", stream).noack().events():
        for batch in event.value:
            yield batch
