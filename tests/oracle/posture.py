"""Posture: where, and from when until when, a narrow result makes rules watch more closely.

ADR 18: "While V07 or a narrow single TPS holds, and for two hours after, T10, T11 and W03 judge the
TPS of that area (for a single TPS: of it and its desa) one class tighter." So it is kept by desa.
Two causes together make no two classes.
"""

from dataclasses import dataclass

from tests.oracle.rows import POSTURE_MINUTES
from tests.oracle.times import MINUTE

__all__ = ["Posture"]


@dataclass
class _Span:
    since: int
    ended: int | None = None
    """When its cause ended."""

    def holds(self, at: int) -> bool:
        lasts = self.ended is None or at < self.ended + POSTURE_MINUTES * MINUTE
        return self.since <= at and lasts


class Posture:
    """The raised postures of every desa."""

    def __init__(self) -> None:
        """Begin with the map's classes."""
        self._spans: dict[str, dict[str, list[_Span]]] = {}
        self.changed = False
        """Whether somebody should look again."""

    def up(self, cause: str, desas: set[str], at: int) -> None:
        """A cause holds from a moment on."""
        for desa in desas:
            self._spans.setdefault(desa, {}).setdefault(cause, []).append(_Span(at))
        self.changed = True

    def down(self, cause: str, at: int) -> None:
        """A cause has ended; the posture lasts a while longer."""
        for by_cause in self._spans.values():
            for span in by_cause.get(cause, []):
                span.ended = at if span.ended is None else span.ended
        self.changed = True

    def holds(self, desa: str, at: int) -> bool:
        """Whether a desa is judged one class tighter at a moment."""
        return any(span.holds(at) for span in self._of(desa))

    def first(self, desa: str, since: int) -> int | None:
        """The first moment, from one on, at which it is; None: not as far as is known."""
        moments = [max(since, span.since) for span in self._of(desa)]
        return min((at for at in moments if self.holds(desa, at)), default=None)

    def _of(self, desa: str) -> list[_Span]:
        return [span for spans in self._spans.get(desa, {}).values() for span in spans]
