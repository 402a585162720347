"""What a channel is: it takes a delivery, tries once, and says what came of it.

A sink decides nothing about when, how often and to whom: that is `streams.delivery`. It knows one
wire format and how to read its answers. It never raises for what a network or a receiver does;
an exception out of `deliver` is a fault of ours.

Drills are kept from real receivers by type: a `Delivery` cannot be made of a drill's notice, an
`Exercise` of nothing else, and only a `DrillSink` takes exercises.
"""

from typing import Protocol

from msgspec import Struct

from streams.domain.outgoing import Outgoing

__all__ = [
    "Answer",
    "Delivered",
    "Delivery",
    "DrillSink",
    "Exercise",
    "Outcome",
    "Refused",
    "Sink",
    "TryAgain",
]


class Answer(Struct, frozen=True):
    """How a receiver can answer for one alert of a delivery."""

    alert: str
    code: str
    """Short, for an SMS: `4821`."""
    link: str
    """Signed, for a page with buttons; empty: no address of a gate is configured."""


class _Message(Struct, frozen=True, kw_only=True):
    """What both kinds of delivery have in common; `target` is in no message or log."""

    key: str
    """Idempotency key: the same for every try of the same message."""
    target: str
    notices: tuple[Outgoing, ...]
    """One, or several of one destination that are told together; never none."""
    answers: tuple[Answer, ...] = ()
    """Empty: whoever is told cannot answer by this channel."""
    replaces: str = ""
    """Reference of an earlier message that this one may edit; empty: it is a new one."""

    def __repr__(self) -> str:
        """Show which message it is, never whom it is for or what it says."""
        return f"{type(self).__name__}({self.key})"


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - as `assert` takes it
    """Assert something, under `python -O` as well: the wrong telephone can't be called back."""
    if not holds:
        raise AssertionError(what)


class Delivery(_Message, frozen=True, kw_only=True):
    """A message of the real election to one address."""

    def __post_init__(self) -> None:
        """Refuse what is of a drill: this is the last line before a real telephone."""
        _require(bool(self.notices), "a delivery tells something")
        _require(not any(one.drill for one in self.notices), "a drill goes to no real receiver")


class Exercise(_Message, frozen=True, kw_only=True):
    """A message of a drill, to a receiver that is there for drills."""

    def __post_init__(self) -> None:
        """Refuse what is real: it would be taken for an exercise."""
        _require(bool(self.notices), "a delivery tells something")
        _require(all(one.drill for one in self.notices), "what is real is no exercise")


class Delivered(Struct, frozen=True):
    """The receiver has taken it on."""

    reference: str = ""
    """How the receiver names the message, if it can be edited or looked up."""


class TryAgain(Struct, frozen=True):
    """Not now: the network, or a receiver that is busy or broken."""

    reason: str
    """Fixed words: `timeout`, `connection`, `tls`, `http 503`, `http 429`."""
    after_s: float | None = None
    """How long the receiver asks to be left alone."""


class Refused(Struct, frozen=True):
    """Never: the receiver will not take this message from us, however often it is tried."""

    reason: str
    """Fixed words, as `http 400`."""
    closed: bool = False
    """The receiver wants nothing more from us at all (Standard Webhooks: 410)."""


Outcome = Delivered | TryAgain | Refused


class Sink(Protocol):
    """A channel to real receivers."""

    async def deliver(self, one: Delivery) -> Outcome:
        """Try once to deliver; end within the timeout that the sink was made with."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class DrillSink(Protocol):
    """A channel to receivers that are there for drills."""

    async def rehearse(self, one: Exercise) -> Outcome:
        """Try once to deliver; the message says everywhere that it is an exercise."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
