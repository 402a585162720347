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
    each: tuple[Limit, ...] = ()
    """All messages for one destination: the law of the provider, for critical calls, too."""
    overall: tuple[Limit, ...] = ()
    """All messages of the channel."""
    at_once: int = 4
    """How many may be under way at a time."""
    shared: bool = True
    """Whether one server carries all messages of it, as a gateway or a bot does: when it fails, it
    fails for everybody. False: each destination has a server of its own, as webhooks have."""
    bundles: bool = True
    """Whether what waits for one destination may be told in one message."""
    timeout_s: float = 20.0
    """How long one try may take."""
    give_up_s: float = 300.0
    """After how long a call goes to the next way of its destination."""
