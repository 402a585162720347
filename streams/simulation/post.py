"""A message on its way: written at one time, received at another.

Everything that makes a day makes posts; only when a day is whole are they put into the order of
receipt (`in_order`). A post knows what it is about, so that a story can silence a TPS or an officer
without knowing who writes of it.
"""

from collections.abc import Iterable
from random import Random
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.effects import DeadLetterReason
from streams.domain.events import CrowdReport, OperatorCommand, TpsStatus, VoteCount
from streams.domain.ids import kabupaten_of
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Channel
from streams.simulation.played import Played

__all__ = [
    "CROWD_REPORTS",
    "OPERATOR_COMMANDS",
    "TPS_STATUS",
    "VOTE_COUNTS",
    "Post",
    "box_name",
    "chance_of",
    "delay_ms",
    "in_order",
    "minutes",
    "post_command",
    "post_count",
    "post_report",
    "post_status",
    "whole_second",
]

TPS_STATUS: Final = "tps.status"
CROWD_REPORTS: Final = "crowd.reports"
VOTE_COUNTS: Final = "vote.counts"
OPERATOR_COMMANDS: Final = "operator.commands"

_DELAYS_MS: Final = {
    Channel.SMS: (4_000, 45_000),
    Channel.RADIO: (2_000, 15_000),
    Channel.PHONE: (10_000, 60_000),
}
"""From writing to the broker: a gateway that is asked now and then, a desk that types."""
_ONLINE_DELAY_MS: Final = (150, 2_500)
_encode: Final = msgspec.json.Encoder().encode


class Post(Struct, frozen=True, gc=False):
    """One message, written and not yet received."""

    at: EpochMs
    received_at: EpochMs
    topic: str
    value: bytes
    kind: str
    """The kind of a status; `report`, `count` or `command`."""
    about: tuple[str, ...] = ()
    """TPS and desa by code, officers as `officer:17.02/P01A`, boxes as `box_name` has them."""
    tps: str = ""
    """Its Kafka key; empty: it has none."""
    dead: DeadLetterReason | None = None
    """Why intake or the fold must refuse it; None: it is to be taken."""


def chance_of(seed: int, *names: str) -> Random:
    """Return the luck of one thing of the day: what others do does not change it."""
    return Random("/".join((str(seed), *names)))


def minutes(chance: Random, least: float, most: float) -> int:
    """Return a span between two numbers of minutes, in milliseconds."""
    return round(chance.uniform(least, most) * MINUTE_MS)


def whole_second(at: float) -> EpochMs:
    """Return a time as senders write it: without fractions of its second."""
    return EpochMs(int(at) // SECOND_MS * SECOND_MS)


def delay_ms(chance: Random, channel: Channel) -> int:
    """Return how long a message takes on an ordinary morning."""
    return chance.randint(*_DELAYS_MS.get(channel, _ONLINE_DELAY_MS))


def box_name(tps: str, box: str) -> str:
    """Return a box of a TPS as scopes name one: `box:36.04/36.04.18.2003-004#1`."""
    return f"box:{kabupaten_of(tps)}/{box}"


def post_status(
    event: TpsStatus, at: EpochMs, received_at: EpochMs, about: tuple[str, ...]
) -> Post:
    """Return the post of a status."""
    tps = event.tps if isinstance(event.tps, str) else ""
    value = _encode(event)
    return Post(at, received_at, TPS_STATUS, value, event.kind.value, about, tps)


def post_report(
    event: CrowdReport, at: EpochMs, received_at: EpochMs, about: tuple[str, ...]
) -> Post:
    """Return the post of a report: gateways of citizens know no TPS, so it has no key."""
    return Post(at, received_at, CROWD_REPORTS, _encode(event), "report", about)


def post_count(event: VoteCount, at: EpochMs, received_at: EpochMs, about: tuple[str, ...]) -> Post:
    """Return the post of a count."""
    return Post(at, received_at, VOTE_COUNTS, _encode(event), "count", about, event.tps)


def post_command(event: OperatorCommand, at: EpochMs, received_at: EpochMs) -> Post:
    """Return the post of a command."""
    return Post(at, received_at, OPERATOR_COMMANDS, _encode(event), "command")


def _by_receipt(post: Post) -> tuple[EpochMs, str, bytes, str]:
    return post.received_at, post.topic, post.value, post.tps


def in_order(posts: Iterable[Post]) -> tuple[Played, ...]:
    """Return posts as they are received, each at a millisecond of its own inside a second."""
    ordered: list[Played] = []
    free = EpochMs(0)
    for post in sorted(posts, key=_by_receipt):
        first = max(post.received_at, free)
        at = EpochMs(first + 1 if first % SECOND_MS == 0 else first)
        free = EpochMs(at + 1)
        ordered.append(Played(at, post.topic, post.value, post.tps.encode() or None))
    return tuple(ordered)
