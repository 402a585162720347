"""Writes the samples of a metric as text, fast: what stands around the numbers is kept.

A client library makes an object of each sample and writes it label by label, some 5 µs each. The
country has 33,000 samples of places, whose labels never change. So the text around the numbers is
made once, of each place and of all of them together as long as they are the same; what is left is
to put the numbers in. No number is ever kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Generic, TypeVar

from streams.telemetry.metrics import Kind, Metric

__all__ = ["Block", "Numbers", "Sheet"]

Numbers = Mapping[str, Sequence[float]]
"""The numbers of a place by metric, in the order of its labels."""


class Block:
    """A place with its labels; its texts are kept as long as it is."""

    def __init__(self) -> None:
        """Begin with no texts."""
        self.stencils: dict[str, str] = {}
        """By metric."""


_Place = TypeVar("_Place", bound=Block)


class Sheet(Generic[_Place]):
    """One metric of many places."""

    def __init__(self, metric: Metric, labels: Callable[[_Place], Iterable[Sequence[str]]]) -> None:
        """Write `metric`; `labels` returns the label values of each sample of a place."""
        self.metric = metric
        self._labels = labels
        kind = Kind.GAUGE if metric.kind is Kind.INFO else metric.kind
        head = f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} {kind}\n"
        self._head = head.replace("%", "%%")
        self._last: tuple[tuple[_Place, ...], str] = ((), self._head)
        """The places that were written last, and the text around their numbers."""

    def text(self, places: tuple[_Place, ...], numbers: Sequence[Numbers]) -> str:
        """Return the text of all samples, with the lines that begin a metric.

        Args:
            places: All of them, each the same object as long as its labels are.
            numbers: Of each place.
        """
        known, stencil = self._last
        if places != known:
            stencil = self._head + "".join(map(self._stencil, places))
            self._last = places, stencil
        found = map(itemgetter(self.metric.name), numbers)
        return stencil % tuple(chain.from_iterable(found))

    def _stencil(self, place: _Place) -> str:
        """Return the text of one place, and keep it: mostly it is another one that has changed."""
        if (known := place.stencils.get(self.metric.name)) is not None:
            return known
        rows = [dict(zip(self.metric.label_names, row, strict=True)) for row in self._labels(place)]
        labels = (",".join(f'{key}="{_escaped(row[key])}"' for key in row) for row in rows)
        text = "".join(f"{self.metric.name}{{{one}}} %s\n" for one in labels)
        place.stencils[self.metric.name] = text
        return text


def _escaped(value: str) -> str:
    """Return a label's value as Prometheus reads it, and as it stands in a stencil."""
    quoted = value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
    return quoted.replace("%", "%%")
