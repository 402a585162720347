"""Rows that a partition saves and that are of no detector alone."""

from msgspec import Struct

from streams.domain.facts import Island, TpsFacts
from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.rules.detectors.tally import NarrowState

__all__ = [
    "Checkins",
    "LastInput",
    "Messages",
    "Narrow",
    "PackRow",
    "Posture",
    "Quarantine",
    "Unrest",
]


class LastInput(Struct, frozen=True, gc=False, array_like=True):
    """When the newest message of a kabupaten was received."""

    at: EpochMs = EpochMs(0)


class Messages(Struct, frozen=True, gc=False, array_like=True):
    """When a pair of officers was heard of."""

    islands: tuple[Island, ...] = ()


class Narrow(Struct, frozen=True, gc=False, array_like=True):
    """Of a contest: when it was last counted, and whether its result is close."""

    last_count_at: EpochMs = EpochMs(0)
    state: NarrowState = NarrowState()


class Posture(Struct, frozen=True, gc=False, array_like=True):
    """When the posture of an area is raised: cause, since, until (`NEVER` while it lasts)."""

    raised: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class Checkins(Struct, frozen=True, gc=False, array_like=True):
    """When an officer has checked in, and at which TPS."""

    facts: TpsFacts = TpsFacts()
    tps: tuple[AreaCode, ...] = ()
    """In order, at most `NAMED_MAX`."""


class Unrest(Struct, frozen=True, gc=False, array_like=True):
    """Alerts about a desa by which its officers are asked more often.

    Of each the category, when it opened, and when it ended (`NEVER` while it lasts).
    """

    spans: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class PackRow(Struct, frozen=True, gc=False, array_like=True):
    """A pack that was taken on in place of the one that the folder names."""

    name: str
    """Its hash."""
    published: str


class Quarantine(Struct, frozen=True, gc=False, array_like=True):
    """A rule that failed on a scope and is not asked about it again."""

    detail: str
    at: EpochMs
