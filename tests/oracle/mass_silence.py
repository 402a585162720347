"""Rule X01: many TPS of a kecamatan that are open for voting and say nothing.

ADR 18: "begins at the moment at which the share reaches 30 % with 5 or more quiet, ends at the
message by which it falls below 10 %, by event time." Everything that a moment brings is looked at
together: a message at the very moment at which its TPS would be quiet keeps it from that.

docs/reference/gateways.md: "a TPS that is held is not quiet. It still counts as one of those that
are open." It is quiet later, and since its moment, if nothing is found to have come from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.oracle.absence import Deadline
from tests.oracle.events import Event
from tests.oracle.rows import X01_BEGINS_PERCENT, X01_ENDS_PERCENT, X01_QUIET
from tests.oracle.told import by_moment

__all__ = ["Spell", "mass_silences", "voting"]

_BEGINS = frozenset({"opened", "resumed"})
_ENDS = frozenset({"closed", "suspended", "postponed"})


@dataclass(frozen=True)
class Spell:
    """A time in which too many are quiet."""

    deadline: Deadline
    quiet: tuple[str, ...]
    """Those that were quiet when it began."""


@dataclass
class _Sweep:
    """What is so at a moment."""

    limit_ms: int
    held: Mapping[str, int]
    """Of TPS that are held: the moment from which on nobody knows whether they are quiet."""
    open: set[str] = field(default_factory=set[str])
    last: dict[str, int] = field(default_factory=dict[str, int])
    quiet: set[str] = field(default_factory=set[str])
    """Those that are open and have said nothing for long enough."""

    def look_at(self, tps: str, at: int) -> None:
        """Say anew whether a TPS is quiet."""
        (self.quiet.add if self._is_quiet(tps, at) else self.quiet.discard)(tps)

    def _is_quiet(self, tps: str, at: int) -> bool:
        since = self.last[tps] + self.limit_ms
        is_known = tps not in self.held or since < self.held[tps]
        return tps in self.open and since <= at and is_known


def voting(stages: list[Event]) -> list[tuple[int, bool]]:
    """From when on a TPS is open for voting, or is not; of one moment the last holds."""
    found: list[tuple[int, bool]] = []
    is_open, suspended = False, False
    for stage in sorted(by_moment(stages), key=lambda stage: (stage.at, stage.kind in _ENDS)):
        if stage.kind == "opened" or (stage.kind == "resumed" and (suspended or is_open)):
            is_open, suspended = True, False
        elif stage.kind in _ENDS:
            suspended = stage.kind == "suspended" and (is_open or suspended)
            is_open = False
        else:
            continue
        found.append((stage.at, is_open))
    return found


def mass_silences(
    limit_ms: int,
    stages: Mapping[str, list[Event]],
    messages: Mapping[str, list[Event]],
    held: Mapping[str, int],
) -> list[Spell]:
    """Every spell, as far as is known; stages, messages and holds are by TPS of the plan."""
    changes: dict[int, list[tuple[str, bool]]] = {}
    said: dict[int, list[tuple[str, Event]]] = {}
    for tps, own in stages.items():
        for at, is_open in voting(own):
            changes.setdefault(at, []).append((tps, is_open))
    for tps, words in messages.items():
        for word in words:
            said.setdefault(word.at, []).append((tps, word))
    moments = {*changes, *said}
    sweep, found = _Sweep(limit_ms, held), list[Spell]()
    # Who says nothing becomes quiet a limit after its last word, and at no other moment.
    for at in sorted(moments | {moment + limit_ms for moment in moments}):
        for tps, is_open in changes.get(at, []):
            (sweep.open.add if is_open else sweep.open.discard)(tps)
            sweep.last[tps] = at
        for tps, _ in said.get(at, []):
            sweep.last[tps] = at
        for moment in (at, at - limit_ms):
            for tps, _ in (*changes.get(moment, []), *said.get(moment, [])):
                sweep.look_at(tps, at)
        _look(sweep, at, [word for _, word in said.get(at, [])], found)
    return found


def _look(sweep: _Sweep, at: int, words: list[Event], found: list[Spell]) -> None:
    """Begin a spell at a moment, or end the one that goes on."""
    quiet, going_on = sweep.quiet, bool(found) and found[-1].deadline.end is None
    if going_on and len(quiet) * 100 < X01_ENDS_PERCENT * max(1, len(sweep.open)):
        begun = found[-1].deadline
        if words:
            ended = Deadline(begun.start, begun.due, missed=True, end=words[0])
            found[-1] = Spell(ended, found[-1].quiet)
    many = len(quiet) * 100 >= X01_BEGINS_PERCENT * len(sweep.open)
    if not going_on and many and len(quiet) >= X01_QUIET:
        deadline = Deadline(f"quiet at {at}", at, missed=True, end=None)
        found.append(Spell(deadline, tuple(sorted(quiet))))
