"""The servers behind the lines: one of a shared channel, else one of each destination."""

from collections.abc import Mapping
from typing import Final

from streams.delivery.breaker import Breaker, BreakerState
from streams.delivery.line import Line
from streams.delivery.parcel import Result, Tried

__all__ = ["Servers"]

_WITNESSES: Final = 2
"""Of how many destinations the failures of a shared server must be."""
_LONG_S: Final = 30.0
"""A receiver that wants to be left alone for longer is one that does not answer."""


class Servers:
    """Their breakers, and what the lines know of them."""

    def __init__(self) -> None:
        """Begin with all of them well."""
        self._breakers: dict[tuple[str, str], Breaker] = {}

    @property
    def states(self) -> Mapping[tuple[str, str], BreakerState]:
        """State by channel and addressee; of a shared one the addressee is empty."""
        return {name: breaker.state for name, breaker in self._breakers.items()}

    def free_at(self, line: Line, now: float) -> float:
        """Return from when on the server of a line may be tried."""
        return self._of(line).free_at(now)

    def tried(self, line: Line) -> None:
        """Note that a try goes out."""
        self._breakers[_name(line)] = self._of(line).tried()

    def learn(self, line: Line, tried: Tried, now: float) -> None:
        """Note what came of it, for the server and for the line."""
        breaker = self._of(line)
        if tried.result is Result.AGAIN:
            witnesses = _WITNESSES if line.policy.shared else 1
            self._breakers[_name(line)] = breaker.failed(line.addressee, witnesses, now)
            line.held_until = max(line.held_until, now + tried.after_s)
        else:
            self._breakers[_name(line)] = breaker.succeeded()
            line.is_closed = tried.result is Result.CLOSED

    def trouble(self, line: Line, now: float) -> Tried | None:
        """Return why a line must not be waited for; None: it works, as far as anybody knows."""
        if line.is_closed:
            return Tried(Result.CLOSED, "closed")
        if self._of(line).state is not BreakerState.CLOSED:
            return Tried(Result.AGAIN, "circuit open")
        if line.held_until > now + _LONG_S:
            return Tried(Result.AGAIN, "held off")
        return None

    def _of(self, line: Line) -> Breaker:
        return self._breakers.get(_name(line), Breaker())


def _name(line: Line) -> tuple[str, str]:
    return line.channel, "" if line.policy.shared else line.addressee
