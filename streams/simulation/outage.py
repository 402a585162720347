"""Late SMS: a TPS without internet now and then loses its signal and sends all at once afterwards.

    heartbeats     h     h      h  .   h        h
    no signal            |=========|
    received       h         (nothing)  hh   h        the held ones in any order

Late messages are judged by what they say, so an ordinary outage must be shorter than the silence
that a rule would notice: all of it together with the longest pause between two heartbeats.
"""

from random import Random
from typing import Final

from msgspec import Struct

from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import TPS_CLASSES
from streams.simulation.post import minutes
from streams.territory.plan import Tps

__all__ = ["Outage", "outage_of"]

_SHARE: Final = 0.6
"""Of the TPS without internet, how many have one in a morning. A guess."""
_LATE_MINUTES_MIN: Final = 5
_LATE_MINUTES_MAX: Final = 39
_SILENCE_MINUTES: Final = (90, 60, 30, 60)
"""Silence of a TPS that is noticed, by class (T07). Source: domain §4b, proposal."""
_PAUSE_MINUTES: Final = 20
"""More than the longest pause between two messages of a TPS."""
_AFTER_OPENING_MINUTES: Final = 30
_BURST_MS: Final = 60 * SECOND_MS


class Outage(Struct, frozen=True, gc=False):
    """A time without signal; times in milliseconds."""

    starts: EpochMs
    ends: EpochMs

    def received_at(self, chance: Random, at: EpochMs) -> EpochMs | None:
        """Return when a message is received that was written in it; None: it is not held back.

        What is written in the last minutes is sent at the first try that succeeds, and so comes
        before what was written earlier.
        """
        if self.starts <= at <= self.ends - _LATE_MINUTES_MIN * MINUTE_MS:
            return EpochMs(self.ends + chance.randint(1, _BURST_MS))
        return None


def outage_of(chance: Random, tps: Tps) -> Outage | None:
    """Draw the outage of a TPS; None: it has internet, or is lucky."""
    if tps.internet is not False or chance.random() >= _SHARE:
        return None
    longest = _SILENCE_MINUTES[TPS_CLASSES.index(tps.tps_class)] - _PAUSE_MINUTES
    lasts = minutes(chance, 2 * _LATE_MINUTES_MIN, min(longest, _LATE_MINUTES_MAX))
    first = tps.opens_at + _AFTER_OPENING_MINUTES * MINUTE_MS
    starts = chance.randint(first, tps.closes_at - lasts - _PAUSE_MINUTES * MINUTE_MS)
    return Outage(EpochMs(starts), EpochMs(starts + lasts))
