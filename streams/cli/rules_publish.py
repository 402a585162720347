"""Publish a pack to running workers, after its own tests.

The pack goes to `siaga.packs` under the hash of its files, then one command, `use_pack`, makes
every partition judge by it from the same record of its journal on: without a restart, and in every
replay again. A pack with a test that fails, or with a stable rule that has none, is not published.
"""

import argparse
import asyncio
import time
from typing import Final
from uuid import uuid4

import msgspec
from msgspec import Struct

from streams.authoring.packs import Packs
from streams.authoring.trial import try_rule
from streams.cli.broker import Found, Reader, Span, find_topics, open_producer, open_reader
from streams.cli.rule_source import add_source, check_election, text_at
from streams.cli.rules_test import rules_named, untested_hint
from streams.cli.settings import add_broker, config_of
from streams.config import Config
from streams.domain.events import Actor, ActorRole, CommandKind, OperatorCommand
from streams.domain.times import EpochMs
from streams.engine.ports import Slot
from streams.engine.topics import Topic, topic_name
from streams.errors import InputError, UnavailableError
from streams.rules.pack import Maturity
from streams.rules.published import to_published
from streams.rules.reading import PackText, content_hash, draft_of
from streams.wire.time import format_time

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga rules publish elections/rejang-lebong-2024 --election rejang-lebong-2024
  siaga rules publish my-pack --election carenang-binuang-2019 --profile pilkades

exit code: 0 the workers judge by it, 1 a test failed or it was refused, 3 no broker or worker
answers
"""
_REPLY_S: Final = 30.0
_ROLES: Final = ("system", "commander")
_WIB_MINUTES: Final = 420


class _Reply(Struct, frozen=True):
    """As much of an answer to a command as is looked at."""

    command: str
    outcome: str
    reason: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga rules publish`."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument("--election", metavar="ID", required=True, help="which election uses it")
    parser.add_argument(
        "--actor", metavar="ID", default="siaga-rules", help="who orders it (default: siaga-rules)"
    )
    parser.add_argument(
        "--as", dest="as_role", choices=_ROLES, default="system", help="what as (default: system)"
    )
    add_broker(parser)


def run(arguments: argparse.Namespace) -> int:
    """Try the pack, publish it, wait for the answer, and return the exit code."""
    check_election(arguments.pack, arguments.election)
    text = text_at(arguments.pack, arguments.profile)
    tried = _try(text)
    name = content_hash(text)
    print(f"{text.name}: {tried} tests hold; hash {name}")
    answer = asyncio.run(_publish(config_of(arguments), arguments, text, name))
    if answer.outcome != "done":
        raise InputError(f"the workers refuse the pack: {answer.reason}")
    print(f"{arguments.election}: judged by it from now on")
    return 0


def _try(text: PackText) -> int:
    """Run the tests of a pack; return how many there are.

    Raises:
        InputError: One does not hold, a stable rule has none, or there are no rules.
    """
    draft = draft_of(text)
    packs, rules = Packs(draft), rules_named(draft.pack(text.profile), ())
    trials = [trial for rule in rules for trial in try_rule(packs, rule)]
    failed = [trial for trial in trials if not trial.holds]
    if failed:
        first = f"{failed[0].rule} {failed[0].case.name!r}"
        more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
        source = draft.rules[failed[0].rule]
        hint = f"; {untested_hint(source)}" if source.changed_untested else ""
        raise InputError(
            f"not published: test {first}{more} does not hold{hint}; see `siaga rules test`"
        )
    bare = [one.id for one in rules if one.maturity is Maturity.STABLE and not one.tests]
    if bare:
        has = "has" if len(bare) == 1 else "have"
        raise InputError(
            f"not published: {', '.join(bare)} {has} no tests; "
            "write at least one that fires and one that holds"
        )
    return len(trials)


async def _publish(
    config: Config, arguments: argparse.Namespace, text: PackText, name: str
) -> _Reply:
    topics = (Topic.PACKS, Topic.OPERATOR_COMMANDS, Topic.REPLIES)
    found = await find_topics(config, topics)
    command = _command(arguments, name)
    async with open_producer(config) as producer:
        value = to_published(text).encode()
        packs = topic_name(config.prefix, Topic.PACKS)
        await (await producer.send(packs, value, key=name.encode()))
        commands = topic_name(config.prefix, Topic.OPERATOR_COMMANDS)
        await (await producer.send(commands, msgspec.json.encode(command), key=None))
    async with open_reader(found) as reader:
        try:
            return await asyncio.wait_for(_answer(reader, found, command.id), _REPLY_S)
        except TimeoutError as error:
            raise UnavailableError(
                f"no worker has answered within {_REPLY_S:.0f} s; the pack is published and the "
                "command is given: look whether `siaga worker` runs, and at siaga.replies"
            ) from error


def _command(arguments: argparse.Namespace, name: str) -> OperatorCommand:
    return OperatorCommand(
        id=f"use-pack-{uuid4()}",
        at=format_time(EpochMs(int(time.time() * 1000)), _WIB_MINUTES),
        actor=Actor(arguments.actor, ActorRole(arguments.as_role)),
        command=CommandKind.USE_PACK,
        pack=name,
        election=arguments.election,
    )


async def _answer(reader: Reader, found: Found, command: str) -> _Reply:
    replies = [Slot(Topic.REPLIES, number) for number in range(found.partitions[Topic.REPLIES])]
    async for _, record in reader.read(replies, Span.ALL):
        if record.key == command.encode() and record.value is not None:
            return msgspec.json.decode(record.value, type=_Reply)
    raise AssertionError("what comes is read for ever")
