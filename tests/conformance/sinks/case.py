"""A sink under the conformance suite, and what is expected of every one of them.

A module `cases_*.py` beside this one lists `CASES`; the suite finds it by its name.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from msgspec import Struct

from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain
from tests.conformance.sinks.server import Asked, Behaviour, Place, Talk

__all__ = ["HTTP_OUTCOMES", "TIMEOUT_S", "Case"]

TIMEOUT_S: Final = 0.8
"""How long a sink of a case may take for one try."""

_TAKEN: Final = Delivered()
_CUT: Final = TryAgain("connection")

HTTP_OUTCOMES: Final[Mapping[Behaviour, Outcome]] = {
    Behaviour.TAKES: _TAKEN,
    Behaviour.SLOW: _TAKEN,
    Behaviour.OVER_TLS: _TAKEN,
    Behaviour.HUGE: _TAKEN,
    Behaviour.BUSY: TryAgain("http 429", 7.0),
    Behaviour.BUSY_UNTIL: TryAgain("http 503", 3_600.0),
    Behaviour.BROKEN: TryAgain("http 500"),
    Behaviour.REFUSES: Refused("http 400"),
    Behaviour.LOCKED: TryAgain("http 401"),
    Behaviour.GUARDED: TryAgain("http 403"),
    Behaviour.REDIRECTS: TryAgain("http 302"),
    Behaviour.CUT_BEFORE: _CUT,
    Behaviour.CUT_WITHIN: _CUT,
    Behaviour.GARBAGE: _CUT,
    Behaviour.STRANGE_TLS: TryAgain("tls"),
    Behaviour.NEVER: TryAgain("timeout"),
    Behaviour.CLOSED: _CUT,
}
"""What comes of a try over HTTP; a sink that reads more than a status differs in a few."""


class Case(Struct, frozen=True, kw_only=True):
    """One sink, with a message that it sends."""

    name: str
    talk: Talk
    """How a server speaks that it can speak with."""
    tell: Callable[[Place], Awaitable[Outcome]]
    """Make the sink, try once to tell the message to a server, let go of the sink."""
    outcomes: Mapping[Behaviour, Outcome]
    """What comes of it; a behaviour that its wire format does not know is left out."""
    key_in: Callable[[Asked], str]
    """Where its idempotency key is on the wire; empty: the format has no place for one."""
    secrets: tuple[str, ...]
    """What must be in nothing that is shown: targets, tokens, texts."""
