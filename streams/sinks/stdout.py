"""Standard output: every message as a line of JSON, for whatever collects it."""

import sys
from functools import partial
from typing import BinaryIO

from streams.sinks.apart import Apart
from streams.sinks.lines import line_of
from streams.sinks.sender import Message
from streams.sinks.sink import Outcome

__all__ = ["StdoutSender"]


class StdoutSender:
    """Writes to standard output."""

    def __init__(self, output: BinaryIO | None = None) -> None:
        """Write to another output, if one is given."""
        self._output = output
        self._apart = Apart()

    async def send(self, one: Message) -> Outcome:
        """Write one line, apart from the event loop: who reads it may be slow."""
        return await self._apart.write(partial(self._write, line_of(one)), "output")

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, line: bytes) -> None:
        output = self._output or sys.stdout.buffer
        output.write(line)
        output.flush()
