"""Up to when silence has been judged: by `heard`, and by what the gateways of a TPS vouch for.

docs/reference/gateways.md: "Silence of a TPS (T07) is judged up to V, and no further: a deadline at
V or later is held", "A pair (T07) is held while any of its TPS is", "a TPS that is held is not
quiet" (X01), "the one that vouches for less counts". What was judged stays judged, so of a TPS
this moment never falls.
"""

from collections.abc import Iterable

from tests.oracle.absence import Deadline
from tests.oracle.book import Identity
from tests.oracle.folder import Folder
from tests.oracle.gateways import Gateways

__all__ = ["HELD", "Hold"]

HELD = ("T07", "X01")
"""ADR 27 "Only silence waits"."""


class Hold:
    """What is held of each TPS."""

    def __init__(self, folder: Folder) -> None:
        """Begin with nothing that is held."""
        self.folder = folder
        self.gateways = Gateways()
        self._heard = 0
        self._reach: dict[str, int] = {}
        """By TPS: up to when its silence has been judged."""
        self._before: dict[str, int] = {}
        """The same at the mark before."""

    def move(self, heard: int, codes: set[str]) -> set[str]:
        """Come to a mark; return those of some TPS that are or were held and are not as before."""
        if not self.gateways.known:
            self._heard = heard
            return set()
        every = codes | set(self.folder.tps)
        vouched = self.gateways.vouched(every, heard)
        news = self.gateways.vouched(every - self._reach.keys(), self._heard)
        moved: set[str] = set()
        for tps in every:
            before = self._reach[tps] if tps in self._reach else news[tps]
            after = max(before, vouched[tps])
            was_held, is_held = before < self._heard, after < heard
            if was_held != is_held or (is_held and after != before):
                moved.add(tps)
            self._before[tps], self._reach[tps] = before, after
        self._heard = heard
        return moved

    def reach(self, about: Identity) -> int:
        """Up to when a condition is judged at this mark."""
        return self._least(self._reach, about, self._heard)

    def reach_before(self, about: Identity, settled: int) -> int:
        """Up to when it was at the mark before, where `heard` was `settled`."""
        return self._least(self._before, about, settled)

    def stops(
        self, asked: Iterable[tuple[Identity, Iterable[Deadline]]], settled: int, heard: int
    ) -> list[int]:
        """Right after all that a mark may settle, and the mark at last.

        So that what begins at one of them silences what is due later, and nothing earlier.
        """
        stops = {heard}
        for about, deadlines in asked:
            before = self.reach_before(about, settled)
            for missed in (deadline for deadline in deadlines if deadline.missed):
                for due in (missed.due, missed.rise):
                    if due is not None and before <= due < heard:
                        stops.add(due + 1)
        return sorted(stops)

    def quiet_until(self, tps: str) -> int | None:
        """Before which moment a TPS may have become quiet; None: it is not held."""
        reach = self._reach.get(tps, self._heard)
        return reach if reach < self._heard else None

    def codes_of(self, about: Identity) -> list[str]:
        """The TPS whose silence a condition is about."""
        if about.rule == "X01":
            return self.folder.tps_in(about.scope)
        return [tps.code for tps in self.folder.tps_of_pair(about.scope)] or [about.scope]

    def _least(self, reaches: dict[str, int], about: Identity, heard: int) -> int:
        if about.rule not in HELD:
            return heard
        return min((reaches.get(tps, heard) for tps in self.codes_of(about)), default=heard)
