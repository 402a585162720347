"""What a channel allows and what we do when it fails, as numbers."""

from msgspec import Struct

__all__ = ["ChannelPolicy", "Limit"]


class Limit(Struct, frozen=True):
    """At most `count` messages within any `within_s` seconds."""

    count: int
    within_s: float


class ChannelPolicy(Struct, frozen=True, kw_only=True):
    """How a channel is used."""

    calls: tuple[Limit, ...] = ()
    """Messages with a call, for one destination."""
    informs: tuple[Limit, ...] = ()
    """Messages without one, for one destination."""
    overall: tuple[Limit, ...] = ()
    """All messages of the channel."""
    at_once: int = 4
    """How many may be under way at a time."""
    bundles: bool = True
    """Whether what waits for one destination may be told in one message."""
    timeout_s: float = 20.0
    """How long one try may take."""
    give_up_s: float = 300.0
    """After how long a call goes to the next way of its destination."""
