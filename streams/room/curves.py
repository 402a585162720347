"""The day as curves: how many TPS came to each step by when, and how many should have.

What is reached is counted from the stages that each TPS has come to (`stages_at`); so a page that
is opened at night shows the whole day. What is expected the worker tells before (`expected_by`).
To count a thousand TPS takes some 25 ms, in which no stream goes on. So it is done piece by piece,
for a caller who lets others have their turn between two; and what was counted of a kabupaten is
kept for as long as he says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

import msgspec
from msgspec import Struct

from streams.domain.facts import Stage
from streams.domain.rising import points_of, whole_minute
from streams.domain.times import EpochMs
from streams.room.page_documents import Curve
from streams.room.pictures import Pictures, code_of, election_of
from streams.wire.picture import ExpectedBy, StageAt
from streams.wire.time import moment_of

__all__ = ["STEPS", "Curves", "Rises", "Sum"]

STEPS: Final = (
    Stage.VOTING,
    Stage.CLOSED,
    Stage.COUNTING,
    Stage.COUNTED,
    Stage.BOX_AWAY,
    Stage.BOX_IN,
)
"""What is counted, in the order of the day."""
_RANK: Final = {stage: rank for rank, stage in enumerate(STEPS)}
_PIECE: Final = 500
"""How many TPS are counted in one go."""


class _Tps(Struct, gc=False):
    """What of a TPS is looked at here; to read all of it takes three times as long."""

    stage: Stage
    stage_at: str | None
    suspended_stage: Stage | None
    stages_at: tuple[StageAt, ...] = ()


class Rises(Struct, frozen=True):
    """By how many more TPS each step rises at which whole minute."""

    reached: Mapping[Stage, Counter[EpochMs]]
    expected: Mapping[Stage, Counter[EpochMs]]


class Sum:
    """Rises of several areas, or pieces of one, added up."""

    def __init__(self, rises: Iterable[Rises] = ()) -> None:
        """Begin with some."""
        self._reached: dict[Stage, Counter[EpochMs]] = {step: Counter() for step in STEPS}
        self._expected: dict[Stage, Counter[EpochMs]] = {}
        for one in rises:
            self.add(one)

    def add(self, rises: Rises) -> None:
        """Take in some more."""
        for sums, more in ((self._reached, rises.reached), (self._expected, rises.expected)):
            for step, counts in more.items():
                sums.setdefault(step, Counter()).update(counts)

    def rises(self) -> Rises:
        """Return all of them as one; nothing may be added after that."""
        return Rises(self._reached, self._expected)

    def curve(self) -> Curve:
        """Return all of them as one curve."""
        return Curve(
            reached={step: points_of(counts) for step, counts in self._reached.items()},
            expected={step: points_of(counts) for step, counts in self._expected.items()},
        )


_tps: Final = msgspec.json.Decoder(_Tps).decode


class Curves:
    """What was counted of each kabupaten, for as long as it may be kept."""

    def __init__(self, pictures: Pictures) -> None:
        """Begin with nothing counted."""
        self._pictures = pictures
        self._kept: dict[str, tuple[int, Rises]] = {}

    def whole(self, key: str, epoch: int) -> Iterator[Rises]:
        """Yield the rises of a kabupaten, piece by piece; of one that is kept, all at once.

        Args:
            key: Its own in the picture, as `17.02` or `17.02@ELECTION`.
            epoch: What was counted in another one is counted anew.
        """
        kept = self._kept.get(key)
        if kept is not None and kept[0] == epoch:
            yield kept[1]
            return
        found = Sum()
        for piece in self._counted(key):
            found.add(piece)
            yield piece
        self._kept[key] = epoch, found.rises()

    def part(self, tps: Iterable[str]) -> Iterator[Rises]:
        """Yield the rises of some TPS, by their keys, piece by piece.

        What is expected of them nobody tells. None of them need be there any more when it is their
        turn: documents come in between two pieces.
        """
        keys = iter(tps)
        while piece := [*islice(keys, _PIECE)]:
            yield Rises(self._reached(piece), {})

    def _counted(self, key: str) -> Iterator[Rises]:
        tps = tuple(self._pictures.tps_of.get(code_of(key), ()))
        yield from self.part(one for one in tps if election_of(one) == election_of(key))
        area = self._pictures.areas.get(key)
        by = {} if area is None or area.expected_by is None else area.expected_by
        yield Rises({}, {step: _rises(points) for step, points in by.items()})

    def _reached(self, keys: Iterable[str]) -> dict[Stage, Counter[EpochMs]]:
        found: dict[Stage, Counter[EpochMs]] = {step: Counter() for step in STEPS}
        for key in keys:
            value = self._pictures.bytes_of.get(key)
            moments = [] if value is None else _moments(_tps(value))
            for step, at in zip(STEPS, moments, strict=False):
                found[step][whole_minute(at)] += 1
        return found


def _moments(tps: _Tps) -> list[EpochMs]:
    """Return when a TPS came to each step up to the one that it stands at.

    Who counts has closed, whether or not that was told. A status that was corrected sets a TPS
    back, and what it had reached is not counted any more. A pause is no step: during it a TPS
    stands where it goes back to.
    """
    last = _RANK.get(tps.suspended_stage or tps.stage)
    if last is None or tps.stage_at is None:
        return []
    told = [(_RANK[one.stage], moment_of(one.at)) for one in tps.stages_at if one.stage in _RANK]
    told.append((last, moment_of(tps.stage_at)))  # A worker of before tells nothing else.
    return [min(at for rank, at in told if rank >= step) for step in range(last + 1)]


def _rises(points: Iterable[ExpectedBy]) -> Counter[EpochMs]:
    found = Counter[EpochMs]()
    before = 0
    for point in points:
        found[moment_of(point.at)] += point.tps - before
        before = point.tps
    return found
