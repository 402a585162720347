"""Shows what is known of places: of each kabupaten, of the kecamatan of few, of the provinces.

    picture of the owned partitions ──pages, crossed──┐
    state of these partitions ──alerts, reports, clocks──┴─► numbers ──sheets──► text for /metrics

Everything is read when Prometheus asks, in a thread of its own. Now and then that thread lets go
of the interpreter, so that the judgment waits for a part of it and not for the whole.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from msgspec import Struct, field

from streams.domain.facts import Stage
from streams.domain.ids import DRILL_MARK, AreaCode, kabupaten_of, provinsi_of
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.telemetry.area_metrics import STAGE_CLASS
from streams.telemetry.area_numbers import (
    Held,
    contest_labels,
    kabupaten_numbers,
    kecamatan_numbers,
)
from streams.telemetry.area_pages import KABUPATEN, AreaPage, officers, together
from streams.telemetry.area_sheets import (
    KABUPATEN_SHEETS,
    KECAMATAN_SHEETS,
    PROVINCE_SHEETS,
    Names,
    Place,
)
from streams.telemetry.census import Census
from streams.telemetry.copied import copied
from streams.telemetry.observed import ObservedFold
from streams.telemetry.sheets import Numbers, Sheet
from streams.views.picture_index import PictureIndex

__all__ = ["AreaText"]

_TURN: Final = 64
"""Places that are looked at before others have a turn."""
_CROSSED: Final = tuple(product(Stage, TPS_CLASSES))

_Pages = dict[AreaCode, list[AreaPage]]
_Crossed = dict[AreaCode, Counter[tuple[Stage, TpsClass]]]
_Written = tuple[Place, Numbers]
_Places = dict[Names, Place]


class _Known(Struct):
    """What is known of places, as far as their partitions are owned."""

    kabupaten: _Pages = field(default_factory=_Pages)
    kecamatan: _Pages = field(default_factory=_Pages)
    held: dict[AreaCode, Held] = field(default_factory=dict[AreaCode, Held])
    """Of each kabupaten that has a page."""
    crossed: _Crossed = field(default_factory=_Crossed)
    """TPS by stage and class together, by province."""


class AreaText:
    """Writes the metrics of places."""

    def __init__(
        self,
        folds: Callable[[], Iterable[ObservedFold]],
        world: World,
        census: Callable[[], Census],
    ) -> None:
        """Show what folds know.

        Args:
            folds: Returns those of the partitions owned now; none while they change hands.
            world: Of this installation, as it was at the start.
            census: Returns the newest one: it is taken for the whole installation anyway.
        """
        self._census = census
        self._folds = folds
        self._world = world
        self._labels = contest_labels(world)
        self._places: dict[Names, Place] = {}

    def text(self) -> str:
        """Return all of them as text."""
        known = _Known()
        for fold in self._folds():
            _read(fold, known)
            _breathe()
        for kabupaten, alerts in self._census().areas.items():
            if (held := known.held.get(kabupaten)) is not None:
                held.alerts = alerts
        before, self._places = self._places, {}
        sections = (
            (KABUPATEN_SHEETS, self._kabupaten(known, before)),
            (PROVINCE_SHEETS, self._provinces(known, before)),
            (KECAMATAN_SHEETS, self._kecamatan(known, before)),
        )
        return "".join(part for sheets, shown in sections for part in _parts(sheets, list(shown)))

    def _kabupaten(self, known: _Known, before: _Places) -> Iterator[_Written]:
        for number, (code, pages) in enumerate(sorted(known.kabupaten.items()), start=1):
            page = together(pages)
            labels = [self._labels[page.election, c.contest] for page in pages for c in page.counts]
            names = Names(
                code=code,
                name=page.name,
                province=self._world.of(page.election).plan.name_of(provinsi_of(code)),
                expected=tuple(page.expected or ()),
                contests=tuple(dict.fromkeys(labels)),
            )
            yield (
                self._place(names, before),
                kabupaten_numbers(page, known.held[code], labels, officers(pages)),
            )
            if not number % _TURN:
                _breathe()

    def _provinces(self, known: _Known, before: _Places) -> Iterator[_Written]:
        for code, crossed in sorted(known.crossed.items()):
            numbers = {STAGE_CLASS.name: [crossed[pair] for pair in _CROSSED]}
            yield self._place(Names(code), before), numbers

    def _kecamatan(self, known: _Known, before: _Places) -> Iterator[_Written]:
        for code, pages in sorted(known.kecamatan.items()):
            page = together(pages)
            yield self._place(Names(code, page.name), before), kecamatan_numbers(page)

    def _place(self, names: Names, before: _Places) -> Place:
        """Return the place of these names, with the texts that it had."""
        place = self._places[names] = before.get(names) or Place(names)
        return place


def _parts(sheets: Iterable[Sheet[Place]], shown: Sequence[_Written]) -> Iterator[str]:
    places = tuple(place for place, _ in shown)
    numbers = [known for _, known in shown]
    for sheet in sheets:
        yield sheet.text(places, numbers)
        _breathe()


def _read(fold: ObservedFold, known: _Known) -> None:
    """Take in one partition."""
    state = fold.fold.state
    for page in fold.pages.read():
        if len(page.code) == KABUPATEN:
            known.kabupaten.setdefault(page.code, []).append(page)
            known.held[page.code] = Held(state.clocks.now, state.clocks.heard)
        else:
            known.kecamatan.setdefault(page.code, []).append(page)
    if fold.fold.index is not None:
        _read_index(state, fold.fold.index, known)


def _read_index(state: PartitionState, index: PictureIndex, known: _Known) -> None:
    for key, (election, place) in copied(index.shares.waiting.items):
        held, row = known.held.get(kabupaten_of(place)), state.waiting.get(key)
        if held is not None and row is not None and DRILL_MARK not in election:
            held.wait(row.received_at)
    for (election, province), crossed in copied(index.areas.crossed.items):
        if DRILL_MARK not in election:
            counted = known.crossed.setdefault(province, Counter())
            counted.update(dict(copied(crossed.items)))


def _breathe() -> None:
    """Let go of the interpreter, if another thread wants it."""
    time.sleep(0)
