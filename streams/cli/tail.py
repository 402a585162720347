"""Follow a topic in the terminal, by default the changes of alerts.

K is critical (kritis), T high (tinggi), S medium (sedang), R low (rendah). Times of changes are
local to the place; those of other records are the broker's, in UTC. Nothing is committed and no
worker is disturbed.
"""

import argparse
import asyncio
from typing import Final

from rich.console import Console

from streams.cli.broker import Span, find_topics, open_reader, topic_of
from streams.cli.look import row_of
from streams.cli.settings import add_broker, config_of
from streams.config import Config
from streams.engine.topics import Topic

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga tail                                     changes of alerts from now on
  siaga tail siaga.deadletter --from-beginning   what could not be taken, and why
  siaga tail --json | jq 'select(.severity == "critical")'
  siaga tail siaga.transitions --no-follow

exit code: 0 read to the end (--no-follow), 2 no such topic, 3 no broker answers, 130 Ctrl-C
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga tail`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "topic",
        metavar="TOPIC",
        nargs="?",
        default=Topic.TRANSITIONS,
        help="as the contract calls it (default: siaga.transitions)",
    )
    add_broker(parser)
    parser.add_argument(
        "--from-beginning", action="store_true", help="begin with the first record that is kept"
    )
    parser.add_argument(
        "--no-follow", action="store_true", help="print what is there from the beginning, and end"
    )
    parser.add_argument("--json", action="store_true", help="print the values as they are")


def run(arguments: argparse.Namespace) -> int:
    """Print records until Ctrl-C, and return the exit code."""
    config = config_of(arguments)
    topic = topic_of(arguments.topic, config.prefix)
    asyncio.run(_follow(config, topic, _span_of(arguments), is_json=arguments.json))
    return 0


def _span_of(arguments: argparse.Namespace) -> Span:
    if arguments.no_follow:
        return Span.KEPT
    return Span.ALL if arguments.from_beginning else Span.NEW


async def _follow(config: Config, topic: Topic, span: Span, *, is_json: bool) -> None:
    found = await find_topics(config, [topic])
    console = Console(highlight=False, soft_wrap=True)
    async with open_reader(found) as reader:
        async for slot, record in reader.read(found.slots(), span):
            if is_json:
                print((record.value or b"null").decode(errors="replace"), flush=True)
            elif console.is_terminal:
                console.print(row_of(slot, record))
            else:
                print(row_of(slot, record).plain.rstrip(), flush=True)
