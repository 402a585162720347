"""The newest documents of areas that a partition has told, kept as bytes.

The picture is told once a second; Prometheus asks every few seconds. So what is told is only kept
here, one assignment for each document, and read when somebody asks. Whoever loses a partition
loses its pages with it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Final

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import astuple, replace

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId
from streams.domain.words import SituationColour
from streams.engine.ports import Output
from streams.judge.world import World
from streams.rules.detectors.situation import rank
from streams.telemetry.copied import copied
from streams.wire.picture import ContestProgress, PolsekPicture, SeverityCounts

__all__ = [
    "DUTIES",
    "FEW_KABUPATEN",
    "KABUPATEN",
    "KECAMATAN",
    "AreaPage",
    "AreaPages",
    "ClassCounts",
    "StageCounts",
    "lengths_of",
    "officers",
    "together",
]

FEW_KABUPATEN: Final = 20
"""From so many on an installation shows no kecamatan."""
KABUPATEN: Final = 5
"""Length of the code of a kabupaten."""
KECAMATAN: Final = 8
DUTIES: Final = ("free", "bound", "escorting", "off_duty", "missing", "needed", "bko")
_STRENGTHS: Final = 2_048
"""Kabupaten whose strength is kept as it was last: more than there are."""
_DRILL: Final = DRILL_MARK.encode()


class StageCounts(Struct, frozen=True, gc=False):
    """TPS by stage, in the order of `Stage`: read faster than by their names."""

    not_open: int
    voting: int
    suspended: int
    postponed: int
    closed: int
    counting: int
    counted: int
    box_away: int
    box_in: int


class ClassCounts(Struct, frozen=True, gc=False):
    """TPS by class, in the order of `TPS_CLASSES`."""

    kurang_rawan: int
    rawan: int
    sangat_rawan: int
    khusus: int


class AreaPage(Struct, frozen=True, gc=False, kw_only=True):
    """What is shown of the document of an area; `streams.wire.picture` has all of it."""

    code: AreaCode
    name: str
    election: ElectionId
    colour: SituationColour | None
    stages: StageCounts
    classes: ClassCounts
    never_heard: int
    silent: int
    raised: int
    alerts: SeverityCounts
    """By severity, whatever has become of them."""
    triage: int
    counts: Sequence[ContestProgress]
    expected: dict[Stage, int] | None
    strength: Raw
    """Of each Polsek, still as text: it seldom changes; `officers` adds it up."""
    boxes_away: int


_decode: Final = msgspec.json.Decoder(AreaPage).decode
_decode_strength: Final = msgspec.json.Decoder(Sequence[PolsekPicture] | None).decode


def officers(pages: Iterable[AreaPage]) -> Sequence[int]:
    """Return the officers of all Polsek by `DUTIES`, those of several elections added."""
    found = [_added_up(bytes(page.strength)) for page in pages]
    return found[0] if len(found) == 1 else [sum(one) for one in zip(*found, strict=True)]


@lru_cache(maxsize=_STRENGTHS)
def _added_up(strength: bytes) -> tuple[int, ...]:
    stations = _decode_strength(strength) or ()
    return tuple(sum(getattr(one, duty) for one in stations) for duty in DUTIES)


def together(pages: Sequence[AreaPage]) -> AreaPage:
    """Return one page of an area from those of its elections, mostly the one that there is.

    Officers are not in it: `officers` adds them up.
    """
    first, *others = pages
    for page in others:
        expected = [one.expected for one in (first, page) if one.expected is not None]
        first = replace(
            first,
            colour=max((first.colour, page.colour), key=_gravity),
            stages=StageCounts(*_sums(first.stages, page.stages)),
            classes=ClassCounts(*_sums(first.classes, page.classes)),
            never_heard=first.never_heard + page.never_heard,
            silent=first.silent + page.silent,
            raised=first.raised + page.raised,
            alerts=SeverityCounts(*_sums(first.alerts, page.alerts)),
            triage=first.triage + page.triage,
            counts=(*first.counts, *page.counts),
            expected=_expected(expected) if expected else None,
            boxes_away=first.boxes_away + page.boxes_away,
        )
    return first


def _gravity(colour: SituationColour | None) -> int:
    return -1 if colour is None else rank(colour)


def _sums(one: Struct, other: Struct) -> Iterator[int]:
    return map(add, astuple(one), astuple(other))


def _expected(counts: Iterable[Mapping[Stage, int]]) -> dict[Stage, int]:
    total = Counter[Stage]()
    for one in counts:
        total.update(one)
    return dict(total)


class AreaPages:
    """The pages of one partition."""

    def __init__(self, lengths: frozenset[int]) -> None:
        """Keep those whose codes have one of these lengths, and no drill's."""
        self._lengths = lengths
        self._newest: dict[bytes, bytes] = {}

    def take(self, output: Output) -> None:
        """Keep a record of the picture, if it is of such an area."""
        key, value = output.key, output.value
        assert key is not None, "every record of the picture has a key"
        assert value is not None, "no place is ever taken out of the picture"
        if len(key.partition(b"@")[0]) in self._lengths and _DRILL not in key:
            self._newest[key] = value

    def read(self) -> list[AreaPage]:
        """Return what was told last of each area, in no order."""
        return [_decode(value) for value in copied(self._newest.values)]


def lengths_of(world: World) -> frozenset[int]:
    """Return the lengths of the codes of areas that an installation shows."""
    watched = world.elections.values()
    kabupaten = {code for one in watched for code in one.plan.kabupaten_codes}
    few = len(kabupaten) < FEW_KABUPATEN
    return frozenset({KABUPATEN, KECAMATAN} if few else {KABUPATEN})
