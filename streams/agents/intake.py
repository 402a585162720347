"""Agent `intake`: partition batches of the source topics, into the engine."""

from collections.abc import Sequence

import faust

from streams.engine.engine import Engine
from streams.engine.ports import Fetched
from streams.engine.transport_stream import batches

__all__ = ["install"]


def install(app: faust.App, engine: Engine, topics: Sequence[str]) -> None:
    """Attach the agent to `app`; `topics` as the broker names them."""
    source = app.topic(*topics, key_serializer="raw", value_serializer="raw")

    @app.agent(source, name="intake")
    async def intake(stream: faust.StreamT[Fetched]) -> None:
        async for fetched in batches(stream):
            await engine.take(fetched)
