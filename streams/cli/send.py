"""Put events on an input topic, from JSON lines: one line, one event.

Lines are sent as they are: whether an event can be taken is for the workers to say, and what they
cannot take is in siaga.deadletter. With --check a line that no worker would take is named here and
not sent; places are not checked, because that needs the election folder.
"""

import argparse
import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator, Awaitable
from typing import Final

from aiokafka.errors import KafkaError

from streams.cli.broker import Producer, find_topics, open_producer, topic_of
from streams.cli.settings import UsageError, add_broker, config_of
from streams.cli.terminal import STDIN, lines_of, one_line, open_input, shown_name
from streams.config import Config
from streams.engine.topics import Topic, topic_name
from streams.wire.inputs import INPUT_TYPES, decode_input
from streams.wire.records import Headers
from streams.wire.rejection import Rejection

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga send crowd.reports reports.jsonl
  siaga send tps.status reports.jsonl --check --key 17.02
  echo '{"id": "c-1", ...}' | siaga send operator.commands

exit code: 0 all sent, 1 a line was not, 2 not an input topic, 3 no broker answers
"""
_LINE_BYTES_MAX: Final = 16 * 1024 * 1024
_WAITING_MAX: Final = 5_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga send`."""
    parser.epilog = _EPILOG
    parser.add_argument("topic", metavar="TOPIC", help=f"one of {', '.join(INPUT_TYPES)}")
    parser.add_argument("file", metavar="FILE", nargs="?", default=STDIN, help="default: stdin")
    add_broker(parser)
    parser.add_argument("--key", metavar="TEXT", help="key of the records (default: none)")
    parser.add_argument(
        "--header",
        metavar="NAME=VALUE",
        dest="headers",
        type=_header,
        action="append",
        default=[],
        help="a header of every record; may be repeated",
    )
    parser.add_argument(
        "--check", action="store_true", help="name what cannot be taken, and do not send it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Send the lines, and return the exit code."""
    config = config_of(arguments)
    topic = topic_of(arguments.topic, config.prefix)
    if topic not in INPUT_TYPES:
        raise UsageError(f"{topic} is no input topic; expected one of {', '.join(INPUT_TYPES)}")
    key = arguments.key.encode() if arguments.key is not None else None
    sender = _Sender(config, topic, key, tuple(arguments.headers))
    asyncio.run(sender.run(arguments.file, is_checked=arguments.check))
    print(f"siaga: {sender.sent} sent to {topic}, {sender.refused} not", file=sys.stderr)
    return 1 if sender.refused else 0


class _Sender:
    """Sends lines, and counts them."""

    def __init__(self, config: Config, topic: Topic, key: bytes | None, headers: Headers) -> None:
        self._config = config
        self._topic = topic
        self._key = key
        self._headers = headers
        self.sent = 0
        self.refused = 0

    async def run(self, name: str, *, is_checked: bool) -> None:
        await find_topics(self._config, [self._topic])
        async with open_producer(self._config) as producer:
            waiting: list[tuple[int, Awaitable[object]]] = []
            async for number, line in _lines(name):
                try:
                    if is_checked:
                        decode_input(self._topic, line, self._headers)
                    waiting.append((number, await self._hand_over(producer, line)))
                except Rejection as verdict:
                    self._refuse(name, number, f"{verdict.reason}: {verdict.detail}")
                except KafkaError as error:
                    self._refuse(name, number, str(error))
                if len(waiting) >= _WAITING_MAX:
                    await self._finish(name, waiting)
            await self._finish(name, waiting)

    async def _hand_over(self, producer: Producer, line: bytes) -> Awaitable[object]:
        topic = topic_name(self._config.prefix, self._topic)
        return await producer.send(topic, line, key=self._key, headers=list(self._headers))

    async def _finish(self, name: str, waiting: list[tuple[int, Awaitable[object]]]) -> None:
        for number, acknowledged in waiting:
            try:
                await acknowledged
                self.sent += 1
            except KafkaError as error:
                self._refuse(name, number, str(error))
        waiting.clear()

    def _refuse(self, name: str, number: int, why: str) -> None:
        self.refused += 1
        print(f"{shown_name(name)}:{number}: {one_line(why)}", file=sys.stderr)


async def _lines(name: str) -> AsyncIterator[tuple[int, bytes]]:
    """Yield the lines of a file, or those of a pipe as they come."""
    if name != STDIN or stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode):
        with open_input(name) as source:
            for number, line in lines_of(source, name):
                yield number, line
        return
    reader = asyncio.StreamReader(limit=_LINE_BYTES_MAX)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    number = 0
    async for line in reader:
        number += 1
        if not line.isspace():
            yield number, line.rstrip(b"\r\n")


def _header(text: str) -> tuple[str, bytes]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, got {text!r}")
    return name, value.encode()
