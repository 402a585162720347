"""The desk of dead letters on the command line: which are kept, and which somebody asks for.

`streams.engine.letters` says what a letter is, and how it is sent again.
"""

import argparse
import re
from typing import Final

from msgspec import Struct

from streams.cli.broker import Span, find_topics, open_reader
from streams.config import Config
from streams.domain.times import EpochMs
from streams.engine.letters import DeskLetter, Number, desk_of
from streams.engine.topics import Topic

__all__ = ["Wanted", "letter_number", "read_desk"]

_NUMBER: Final = re.compile(r"([0-9]{1,9}):([0-9]{1,18})")


class Wanted(Struct, frozen=True):
    """Which letters somebody asks for."""

    reason: str = ""
    topic: str = ""
    since: EpochMs = EpochMs(0)
    done: bool = False
    """Whether those that were sent again count."""

    def has(self, letter: DeskLetter) -> bool:
        """Tell whether a letter is one of them."""
        return (
            self.reason in {"", letter.words.get("reason")}
            and self.topic in {"", letter.words.get("topic")}
            and letter.at >= self.since
            and (self.done or not letter.resent)
        )


def letter_number(text: str) -> Number:
    """Read the number of a letter from the command line, as argparse wants it."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected PARTITION:OFFSET, as 0:12")
    return int(found[1]), int(found[2])


async def read_desk(config: Config) -> list[DeskLetter]:
    """Return all letters that are kept, the oldest first.

    Raises:
        UnavailableError: No broker answers, or it has no such topic.
    """
    found = await find_topics(config, [Topic.DEADLETTER])
    async with open_reader(found) as reader:
        return desk_of([one async for one in reader.read(found.slots(), Span.KEPT)])
