"""Send dead letters to their topics again, as they came or mended.

The message keeps its key and its headers; `resent-from` is added. With --value it has another value
and no signature. What was sent again is done: the list leaves it out, and if it cannot be taken
once more that is a new letter.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from aiokafka.errors import KafkaError

from streams.cli.broker import Producer, find_topics, open_producer
from streams.cli.deadletter_desk import letter_number, read_desk
from streams.cli.deadletter_list import add_filters, wanted_of
from streams.cli.deadletter_show import letters_by_number
from streams.cli.settings import UsageError, add_broker, config_of
from streams.cli.terminal import one_line, open_input
from streams.config import Config
from streams.engine.letters import DeskLetter, Message, message_of
from streams.engine.topics import Topic, topic_name
from streams.errors import InputError
from streams.wire.outputs import RESENT

__all__ = ["add_arguments", "chosen", "run"]

_EPILOG: Final = """\
examples:
  siaga deadletter resend 0:12 0:13
  siaga deadletter resend --all --reason unknown --topic tps.status --dry-run
  siaga deadletter show 0:12                        then write the value as it should be
  siaga deadletter resend 0:12 --value mended.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga deadletter resend`."""
    parser.epilog = _EPILOG
    parser.add_argument("numbers", metavar="PARTITION:OFFSET", type=letter_number, nargs="*")
    parser.add_argument(
        "--all", action="store_true", help="all that are open, as far as the filters let them"
    )
    add_filters(parser)
    parser.add_argument(
        "--value", metavar="FILE", help="the mended value of one letter; - is stdin"
    )
    parser.add_argument(
        "--again", action="store_true", help="also what was sent again before, if it is named"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent")
    parser.add_argument("--yes", action="store_true", help="do not ask before several are sent")
    add_broker(parser)


def run(arguments: argparse.Namespace) -> int:
    """Send the letters again, and return the exit code."""
    _check(arguments)
    config = config_of(arguments)
    letters, refused = chosen(asyncio.run(read_desk(config)), arguments)
    mended = _mended(arguments.value)
    sendable: list[tuple[DeskLetter, Message]] = []
    for letter in letters:
        try:
            sendable.append((letter, message_of(letter, mended)))
        except InputError as error:
            refused.append(str(error))
    for why in refused:
        print(f"siaga: {one_line(why)}", file=sys.stderr)
    if arguments.dry_run:
        for letter, message in sendable:
            print(f"{letter.name} would be sent to {message.topic}")
        return 1 if refused else 0
    if len(sendable) > 1 and not arguments.yes and not _agreed(len(sendable)):
        return 1
    if not sendable:
        return 1 if refused else 0
    return asyncio.run(_send(config, sendable)) or (1 if refused else 0)


def chosen(
    letters: Sequence[DeskLetter], arguments: argparse.Namespace
) -> tuple[list[DeskLetter], list[str]]:
    """Return the letters that are asked for, and why some of them are not sent.

    Raises:
        InputError: A number is of no letter.
    """
    if arguments.all:
        wanted = wanted_of(arguments, done=False)
        return [one for one in letters if wanted.has(one)], []
    named = letters_by_number(letters, arguments.numbers)
    done = [one for one in named if one.resent and not arguments.again]
    why = [f"{one.name}: was sent again before; --again sends it once more" for one in done]
    return [one for one in named if one not in done], why


def _check(arguments: argparse.Namespace) -> None:
    filtered = arguments.reason or arguments.topic or arguments.since
    if bool(arguments.numbers) == arguments.all:
        raise UsageError("name letters as PARTITION:OFFSET, or --all with filters")
    if filtered and not arguments.all:
        raise UsageError("filters go with --all; letters that are named need none")
    if arguments.value is not None and len(arguments.numbers) != 1:
        raise UsageError("--value is for one letter")


def _mended(name: str | None) -> bytes | None:
    if name is None:
        return None
    with open_input(name) as source:
        value = source.read()
    if not value.strip():
        raise InputError(f"{name}: is empty; expected the mended value")
    return value.removesuffix(b"\n")


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(f"{count} letters: --yes sends them without being asked")
    print(f"Kirim ulang {count} surat? / Send {count} letters again? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "ya", "yes"}


async def _send(config: Config, sendable: Sequence[tuple[DeskLetter, Message]]) -> int:
    """Send, and write down what was sent; return the exit code."""
    await find_topics(config, sorted({message.topic for _, message in sendable}))
    failed = 0
    async with open_producer(config) as producer:
        for letter, message in sendable:
            try:
                await _resend(producer, config.prefix, letter, message)
                print(f"{letter.name} sent to {message.topic}")
            except KafkaError as error:
                failed += 1
                print(f"siaga: {letter.name}: not sent: {one_line(str(error))}", file=sys.stderr)
    return 1 if failed else 0


async def _resend(producer: Producer, prefix: str, letter: DeskLetter, message: Message) -> None:
    name = topic_name(prefix, message.topic)
    headers = list(message.headers)
    # The client sends no record without key and value; intake looks at no key.
    key = b"" if message.key is None and message.value is None else message.key
    await (await producer.send(name, message.value, key=key, headers=headers))
    # Only now: a letter must not be done while its message may be lost.
    desk = topic_name(prefix, Topic.DEADLETTER)
    marks = [(RESENT, letter.name.encode())]
    await (await producer.send(desk, b"", key=None, headers=marks))
