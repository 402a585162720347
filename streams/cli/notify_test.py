"""Send a test message to a destination, by each of its ways, and say what came of it.

The message says in its first words that it is a test and that nothing has happened. It is sent now,
once, past every throttle; nothing of it is on Kafka. A destination is named as in notices, ladder,
level, area and number of the contact: OPS/polsek@36.04/1. Its address is never printed.
"""

import argparse
import asyncio
import contextlib
import difflib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.cli.settings import UsageError, config_of
from streams.domain.alert import Text
from streams.domain.ids import DRILL_MARK, ElectionId, digest_id, kabupaten_of
from streams.domain.notice import Destination, NoticeKind
from streams.domain.outgoing import Outgoing
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import Severity
from streams.errors import ConfigError, InputError, UnavailableError
from streams.setup import room_actors
from streams.sinks.channels import Channel, DrillChannel, RealChannel, build_channels
from streams.sinks.contacts import listed_of, ways_of
from streams.sinks.settings import load_notify
from streams.sinks.sink import Delivered, Delivery, Exercise, Outcome, Refused, TryAgain
from streams.territory.directory import Listed
from streams.territory.plan import Plan, Way
from streams.wire.folder import load_plan

__all__ = ["Sample", "add_arguments", "exit_code_of", "run", "samples_of", "sent"]

_EPILOG: Final = """\
examples:
  siaga notify test OPS/polsek@36.04/1 --election elections/carenang-binuang-2019
  siaga notify test OPS/polsek@36.04/1 --channel sms
  siaga notify test --all --yes

exit code: 0 all were taken, 1 settings are bad or a receiver refused, 3 a receiver did not answer
"""
_MESSAGE: Final = Text(
    "UJI COBA Siaga. Tidak ada kejadian. Pesan ini memastikan jalur ini sampai. Jangan dibalas.",
    "TEST of Siaga. Nothing has happened. This message makes sure that it arrives. Do not answer.",
)
_DRILL: Final = "uji"


class Sample(Struct, frozen=True):
    """A test message for one way of one destination."""

    plan: Plan
    listed: Listed
    way: Way

    @property
    def name(self) -> str:
        """Who is told by what, as it is printed."""
        return f"{self.listed.destination} {self.way.channel}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga notify test`."""
    parser.epilog = _EPILOG
    parser.add_argument("destination", metavar="DEST", nargs="?", help="a destination")
    parser.add_argument("--all", action="store_true", help="all destinations of the folders")
    parser.add_argument("--yes", action="store_true", help="with --all: really send to everybody")
    parser.add_argument("--channel", metavar="NAME", help="by this channel alone")
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="elections",
        action="append",
        # It may stand before the word `test` as well; not given here, it says nothing.
        default=argparse.SUPPRESS,
        help="the election folder; may be repeated",
    )


def run(arguments: argparse.Namespace) -> int:
    """Send, print a line for each message, and return the exit code."""
    config = config_of(arguments)
    if arguments.all == bool(arguments.destination):
        raise UsageError("name one destination, or --all")
    if not config.elections:
        raise ConfigError(
            "no election is named, so nobody has an address: name its folder (--election FOLDER)"
        )
    room = room_actors(config)
    plans = [load_plan(Path(folder), room=room) for folder in config.elections]
    samples = samples_of(plans, arguments.destination or "", arguments.channel or "")
    if arguments.all and not arguments.yes:
        raise UsageError(f"--all sends {len(samples)} messages to people: add --yes to do it")
    channels = build_channels(load_notify(config.notify_file))
    _check_channels(samples, channels)
    return exit_code_of(asyncio.run(_tell(samples, channels)))


def samples_of(plans: Iterable[Plan], destination: str, channel: str) -> tuple[Sample, ...]:
    """Return the messages for a destination, or for all; by one channel, or by every way.

    Raises:
        InputError: There is no such destination, or no such way to it.
    """
    listed = [(plan, one) for plan in plans for one in listed_of(plan)]
    names = [str(one.destination) for _, one in listed]
    if destination and destination not in names:
        near = difflib.get_close_matches(destination, names, n=1)
        hint = f"did you mean {near[0]}?" if near else "siaga check names the contacts"
        raise InputError(f"{destination}: no such destination in the election folders; {hint}")
    found = tuple(
        Sample(plan, one, way)
        for plan, one in listed
        if destination in {"", str(one.destination)}
        for way in ways_of(one.contact)
        if channel in {"", way.channel}
    )
    if not found:
        raise InputError(f"nobody is told by the channel {channel}: name one of contacts.toml")
    return found


def _check_channels(samples: Sequence[Sample], channels: Mapping[str, Channel]) -> None:
    for sample in samples:
        if sample.way.channel not in channels:
            known = ", ".join(channels) or "none"
            raise ConfigError(
                f"notify_file: no channel {sample.way.channel} for {sample.listed.destination};"
                f" there are: {known}"
            )


async def _tell(samples: Sequence[Sample], channels: Mapping[str, Channel]) -> list[Outcome]:
    async with contextlib.AsyncExitStack() as stack:
        for channel in channels.values():
            stack.push_async_callback(channel.sink.close)
        outcomes: list[Outcome] = []
        for sample in samples:
            outcomes.append(await sent(sample, channels[sample.way.channel], time.time()))
            print(f"{sample.name}: {_said(outcomes[-1])}", flush=True)
        return outcomes


async def sent(sample: Sample, channel: Channel, now: float) -> Outcome:
    """Send one message at a time in seconds since 1970, and return what came of it."""
    at = EpochMs(int(now * SECOND_MS))
    target = sample.way.target
    match channel:
        case RealChannel(sink=sink):
            notice = _notice(sample, at, is_drill=False)
            return await sink.deliver(Delivery(key=notice.id, target=target, notices=(notice,)))
        case DrillChannel(sink=sink):
            notice = _notice(sample, at, is_drill=True)
            return await sink.rehearse(Exercise(key=notice.id, target=target, notices=(notice,)))


def _notice(sample: Sample, at: EpochMs, *, is_drill: bool) -> Outgoing:
    destination: Destination = sample.listed.destination
    election, kabupaten = sample.plan.election.id, kabupaten_of(destination.area)
    return Outgoing(
        # Not the id of any notice, and another one each time: a test is never a repeat.
        id=digest_id(kabupaten, f"test {sample.name} {at} {os.getpid()}"),
        destination=destination,
        kind=NoticeKind.INFORM,
        channel=sample.way.channel,
        language=sample.listed.contact.language,
        election=ElectionId(f"{election}{DRILL_MARK}{_DRILL}") if is_drill else election,
        drill=is_drill,
        restricted_to=(),
        severity=Severity.LOW,
        at=at,
        due_at=None,
        offset_minutes=sample.plan.offset_minutes(destination.area),
        alerts=(),
        message=_MESSAGE,
        rolled_up=None,
    )


def _said(outcome: Outcome) -> str:
    match outcome:
        case Delivered():
            return "delivered"
        case TryAgain(reason=reason):
            return f"not now: {reason}"
        case Refused(reason=reason):
            return f"refused: {reason}"


def exit_code_of(outcomes: Iterable[Outcome]) -> int:
    """Return what the command leaves behind: a refusal weighs more than a silence."""
    found = tuple(outcomes)
    if any(isinstance(one, Refused) for one in found):
        return ConfigError.exit_code
    return UnavailableError.exit_code if any(isinstance(one, TryAgain) for one in found) else 0
