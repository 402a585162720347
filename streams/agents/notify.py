"""Agent `notify`: partition batches of notices, to the courier."""

from collections.abc import Sequence

import faust

from streams.courier.courier import Courier
from streams.engine.ports import Fetched
from streams.engine.transport_stream import batches

__all__ = ["install"]


def install(app: faust.App, courier: Courier, topics: Sequence[str]) -> None:
    """Attach the agent to `app`; `topics` as the broker names them."""
    source = app.topic(*topics, key_serializer="raw", value_serializer="raw")

    @app.agent(source, name="notify")
    async def notify(stream: faust.StreamT[Fetched]) -> None:
        async for fetched in batches(stream):
            await courier.take(fetched)
