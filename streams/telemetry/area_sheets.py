"""Which samples a place has, for each metric of places: its labels, in the order of its numbers."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Final

from msgspec import Struct

from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, kabupaten_of, provinsi_of
from streams.domain.words import SEVERITIES, TPS_CLASSES
from streams.telemetry import area_metrics as metrics
from streams.telemetry.area_numbers import FORMS
from streams.telemetry.area_pages import DUTIES
from streams.telemetry.census import ALERT_PLACES
from streams.telemetry.sheets import Block, Sheet

__all__ = ["KABUPATEN_SHEETS", "KECAMATAN_SHEETS", "PROVINCE_SHEETS", "Names", "Place"]

_Row = tuple[str, ...]


class Names(Struct, frozen=True):
    """What the labels of a place follow from."""

    code: AreaCode
    name: str = ""
    province: str = ""
    """What it is called."""
    expected: tuple[Stage, ...] = ()
    """Stages that a rule awaits."""
    contests: tuple[str, ...] = ()


class Place(Block):
    """A place with its names."""

    def __init__(self, names: Names) -> None:
        """Begin with no texts."""
        super().__init__()
        self.names = names


def _info(place: Place) -> Iterator[_Row]:
    names = place.names
    yield names.code, names.name, provinsi_of(names.code), names.province


def _kecamatan_info(place: Place) -> Iterator[_Row]:
    yield place.names.code, place.names.name, kabupaten_of(place.names.code)


def _alone(place: Place) -> Iterator[_Row]:
    yield (place.names.code,)


def _each(words: Iterable[str]) -> Callable[[Place], Iterator[_Row]]:
    """Return what a place has a sample of each of these words by."""
    return lambda place: ((place.names.code, word) for word in words)


def _both(words: Iterable[tuple[str, str]]) -> Callable[[Place], Iterator[_Row]]:
    return lambda place: ((place.names.code, *pair) for pair in words)


def _expected(place: Place) -> Iterator[_Row]:
    return _each(place.names.expected)(place)


def _counts(place: Place) -> Iterator[_Row]:
    return _both(product(place.names.contests, FORMS))(place)


def _reporting(place: Place) -> Iterator[_Row]:
    return (row for row in _alone(place) if place.names.contests)


KABUPATEN_SHEETS: Final = (
    Sheet(metrics.AREA_INFO, _info),
    Sheet(metrics.AREA_STAGE, _each(tuple(Stage))),
    Sheet(metrics.AREA_CLASS, _each(TPS_CLASSES)),
    Sheet(metrics.AREA_SILENT, _alone),
    Sheet(metrics.AREA_NEVER_HEARD, _alone),
    Sheet(metrics.AREA_RAISED, _alone),
    Sheet(metrics.AREA_EXPECTED, _expected),
    Sheet(metrics.AREA_COUNTS, _counts),
    Sheet(metrics.AREA_REPORTING, _reporting),
    Sheet(metrics.AREA_ALERTS, _both(ALERT_PLACES)),
    Sheet(metrics.AREA_TRIAGE, _alone),
    Sheet(metrics.AREA_TRIAGE_OLDEST, _alone),
    Sheet(metrics.AREA_STRENGTH, _each(DUTIES)),
    Sheet(metrics.AREA_AWAY, _alone),
    Sheet(metrics.AREA_COLOUR, _alone),
    Sheet(metrics.AREA_NOW, _alone),
    Sheet(metrics.AREA_HEARD, _alone),
)
KECAMATAN_SHEETS: Final = (
    Sheet(metrics.KECAMATAN_INFO, _kecamatan_info),
    Sheet(metrics.KECAMATAN_STAGE, _each(tuple(Stage))),
    Sheet(metrics.KECAMATAN_SILENT, _alone),
    Sheet(metrics.KECAMATAN_ALERTS, _each(SEVERITIES)),
)
PROVINCE_SHEETS: Final = (Sheet(metrics.STAGE_CLASS, _both(tuple(product(Stage, TPS_CLASSES)))),)
