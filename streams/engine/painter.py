"""Tells the picture of the owned partitions, a round of each at a time.

A round is made between records, a few milliseconds at a time, and put only when every line of what
was judged until then is acknowledged: who reads the picture finds the lines that led to it. Nothing
of it is kept for a crash: whoever takes over tells all of it again.
"""

import asyncio

from streams.engine.flow import Flow
from streams.engine.host import FoldHost, Hosted
from streams.engine.ports import Output
from streams.engine.writer import Writer

__all__ = ["Painter"]


class Painter:
    """Puts what folds tell of the picture to the other outputs."""

    def __init__(self, flow: Flow, host: FoldHost, writer: Writer) -> None:
        """Tell nothing by itself: whoever has the clock asks for each round."""
        self._flow = flow
        self._host = host
        self._writer = writer

    async def tell(self) -> None:
        """Tell a round of each partition, as long as it is ours."""
        for own in tuple(self._host.hosted.values()):
            outputs = await self._round(own)
            if outputs:
                await self._writer.flush()
            if not self._is_ours(own):
                return
            for output in outputs:
                self._writer.put_output(own.partition, output, 0)
            await asyncio.sleep(0)

    async def _round(self, own: Hosted) -> list[Output]:
        """Return a round of a partition; nothing if it is lost in the middle of it."""
        outputs: list[Output] = []
        if not self._is_ours(own):
            return outputs
        for output in own.fold.picture():
            if output is not None:
                outputs.append(output)
                continue
            await asyncio.sleep(0)
            if not self._is_ours(own):
                return []
        return outputs

    def _is_ours(self, own: Hosted) -> bool:
        return self._flow.is_active and self._host.hosted.get(own.partition) is own
