"""Gateways: what each has vouched for, and whose messages come through it.

docs/reference/gateways.md: "A heartbeat is a claim: all that came to me before V is on Kafka; V is
`oldest_pending_at`, or `at` when nothing waits", "what a heartbeat claims counts at most up to its
receipt; of one whose clock is fast, what waits counts as older by as much". ADR 27: "It counts once
`heard` has passed its receipt". Of a gateway the newest heartbeat says whom it serves.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from tests.oracle.events import Event
from tests.oracle.folder import covers
from tests.oracle.times import MINUTE, SECOND, parse_time
from tests.oracle.values import number, text, texts

__all__ = ["Gateways"]

_INTERVALS = 3
_SILENT_AFTER = 3 * MINUTE
_EVERY_SECONDS = 60


@dataclass(frozen=True)
class _Beat:
    """One heartbeat."""

    received_at: int
    vouched: int
    """V, as it counts."""
    areas: tuple[str, ...]
    lives_ms: int

    @property
    def lives_until(self) -> int:
        """When the gateway is silent, unless it speaks again."""
        return self.received_at + self.lives_ms

    def serves(self, tps: str) -> bool:
        """Whether messages of a TPS come through the gateway."""
        return any(covers(area, tps) for area in self.areas)


class Gateways:
    """Every heartbeat of every gateway, kept whole."""

    def __init__(self) -> None:
        """Begin without a gateway."""
        self._beats: dict[str, list[_Beat]] = {}
        """By name, in the order of receipt."""
        self._best: dict[str, list[int]] = {}
        """By name and heartbeat: V of the gateway since then."""

    @property
    def known(self) -> bool:
        """Whether there is any."""
        return bool(self._beats)

    def take(self, heartbeat: Event) -> None:
        """Keep a heartbeat."""
        value, received_at = heartbeat.value, heartbeat.received_at
        at = parse_time(text(value, "at"))
        oldest = text(value, "oldest_pending_at")
        fast = max(0, at - received_at)
        vouched = min((parse_time(oldest) if oldest else at) - fast, received_at)
        every = number(value, "every_seconds") or _EVERY_SECONDS
        lives = max(round(_INTERVALS * every * SECOND), _SILENT_AFTER)
        beat = _Beat(received_at, vouched, tuple(texts(value, "areas")), lives)
        own = self._beats.setdefault(heartbeat.source, [])
        own.append(beat)
        own.sort(key=_received)
        self._best[heartbeat.source] = _running(own)

    def vouched(self, codes: Iterable[str], heard: int) -> dict[str, int]:
        """Up to when, at a mark, the silence of each of some TPS says something."""
        claims: list[tuple[_Beat, int]] = []
        for name, beats in self._beats.items():
            counted = bisect_left(beats, heard, key=_received)
            if counted and beats[counted - 1].lives_until >= heard:
                claims.append((beats[counted - 1], self._best[name][counted - 1]))
        return {
            tps: min([heard, *(best for newest, best in claims if newest.serves(tps))])
            for tps in codes
        }

    def next_change(self, heard: int) -> int | None:
        """The first moment beyond which a later mark finds a gateway otherwise than this one."""
        moments: list[int] = []
        for beats in self._beats.values():
            counted = bisect_left(beats, heard, key=_received)
            coming = [beat.received_at for beat in beats[counted : counted + 1]]
            ends = [beat.lives_until for beat in beats[max(0, counted - 1) : counted]]
            moments += [moment for moment in (*coming, *ends) if moment >= heard]
        return min(moments, default=None)


def _received(beat: _Beat) -> int:
    return beat.received_at


def _running(beats: list[_Beat]) -> list[int]:
    """V never falls; a gateway that comes, or comes back, "holds silence from then on"."""
    found: list[int] = []
    lived_until = 0
    for beat in beats:
        at_least = found[-1] if beat.received_at <= lived_until else beat.received_at
        found.append(max(at_least, beat.vouched))
        lived_until = max(lived_until, beat.lives_until)
    return found
