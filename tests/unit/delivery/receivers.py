"""Channels and receivers for stories of the outbox."""

from streams.delivery.parcel import Result, Tried
from streams.delivery.policy import ChannelPolicy, Limit
from streams.domain.outgoing import Outgoing
from streams.domain.words import Severity
from tests.support.notifier import (
    Answers,
    Played,
    call,
    parcel,
)

FREE = ChannelPolicy()
SMS = ChannelPolicy(
    calls=(Limit(5, 900), Limit(11, 3_600), Limit(21, 10_800)),
    informs=(Limit(1, 180), Limit(3, 1_200), Limit(8, 7_200)),
    overall=(Limit(5, 5),),
)
WEBHOOK = ChannelPolicy(bundles=False, shared=False, give_up_s=120)
WHO = parcel(call("A")).addressee
AGAIN = Tried(Result.AGAIN, "http 503")
REFUSED = Tried(Result.REFUSED, "http 400")


def answer(*tried: Tried, seconds: float = 1.0) -> Answers:
    """Answer the tries in order, the last answer for ever."""
    coming = list(tried)
    return lambda _, __: (seconds, coming.pop(0) if len(coming) > 1 else coming[0])


def by_channel(**tried: Tried) -> Answers:
    """Answer for each channel in its own way."""
    return lambda send, _: (1.0, tried[send.first.channel])


def critical(name: str, at: str = "36.04.17") -> Outgoing:
    """Return a critical call."""
    return call(name, at=at, severity=Severity.CRITICAL)


def starts(played: Played) -> list[float]:
    """Return when tries began, to the tenth of a second."""
    return [round(one.at, 1) for one in played.started]


def outcomes(played: Played) -> list[str]:
    """Return what has ended, in short."""
    return [
        f"{one.parcel.attempt}:{one.parcel.channel} {one.result}"
        + (f" > {one.next}" if one.next else "")
        + ("" if one.is_settled else " …")
        for one in played.ended
    ]
