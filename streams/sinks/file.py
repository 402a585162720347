"""A file: every message as a line of JSON at its end, on the disk before it counts as delivered.

The file is opened for each line, so it may be moved away at any time, as logs are, and a new one is
begun. Only its owner may read it.
"""

import os
from functools import partial
from pathlib import Path
from typing import Final

from streams.sinks.apart import Apart
from streams.sinks.lines import line_of
from streams.sinks.sender import Message
from streams.sinks.sink import Outcome

__all__ = ["FileSender"]

_FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_OWNER_ALONE: Final = 0o600


class FileSender:
    """Writes to the end of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._apart = Apart()

    async def send(self, one: Message) -> Outcome:
        """Write one line, apart from the event loop: a disk may be slow."""
        return await self._apart.write(partial(self._append, line_of(one)), "file")

    async def close(self) -> None:
        """Nothing is kept open."""

    def _append(self, line: bytes) -> None:
        descriptor = os.open(self._path, _FLAGS, _OWNER_ALONE)
        with os.fdopen(descriptor, "ab", buffering=0) as file:
            if file.write(line) != len(line):
                raise OSError("the disk took a piece of a line")
            os.fsync(descriptor)
