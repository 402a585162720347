"""Agent `watch`: partition batches of the journal, into the engine."""

import faust

from streams.engine.engine import Engine
from streams.engine.ports import Fetched
from streams.engine.transport_stream import batches

__all__ = ["install"]


def install(app: faust.App, engine: Engine, journal: str) -> None:
    """Attach the agent to `app`; `journal` as the broker names it."""
    source = app.topic(journal, key_serializer="raw", value_serializer="raw")

    @app.agent(source, name="watch")
    async def watch(stream: faust.StreamT[Fetched]) -> None:
        async for fetched in batches(stream):
            await engine.take(fetched)
