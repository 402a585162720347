"""Create the topics of an installation, or check that they are as they must be.

`create` makes what is missing and leaves alone what is there; `check` names every difference with
the command that mends it. A worker does the same check before it starts.
"""

import argparse
import asyncio
from typing import Final

from streams.cli.broker import layout_of
from streams.cli.settings import add_broker, config_of
from streams.config import Config
from streams.engine.admin import check_topics, create_topics, open_admin
from streams.engine.topics import TopicName, plan_topics

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga topics create --broker kafka-1:9092 --partitions 16 --replication-factor 3
  siaga topics check                             broker and layout from siaga.toml

exit code: 0 done, 1 topics are not as planned, 3 no broker answers
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga topics`."""
    parser.epilog = _EPILOG
    parser.add_argument("action", choices=["create", "check"], help="what to do")
    add_broker(parser)
    parser.add_argument(
        "--partitions", metavar="N", help="of the journal and what follows from it (default: 8)"
    )
    parser.add_argument("--input-partitions", metavar="N", help="of the input topics (default: 4)")
    parser.add_argument(
        "--replication-factor", metavar="N", help="brokers that keep each partition (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Create or check, and return the exit code."""
    config = config_of(arguments)
    if arguments.action == "create":
        made = asyncio.run(_create(config))
        for name in made:
            print(f"created {name}")
        if not made:
            print(f"all topics are there; {config.broker} was left as it is")
    else:
        asyncio.run(_check(config))
        print(f"the topics at {config.broker} are as planned")
    return 0


async def _create(config: Config) -> tuple[TopicName, ...]:
    plan = plan_topics(layout_of(config))
    async with open_admin(config.broker) as admin:
        made = await create_topics(admin, plan)
        await check_topics(admin, plan, embedded=config.embedded)
    return made


async def _check(config: Config) -> None:
    async with open_admin(config.broker) as admin:
        await check_topics(admin, plan_topics(layout_of(config)), embedded=config.embedded)
