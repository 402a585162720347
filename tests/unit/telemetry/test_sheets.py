"""What is written fast is what the library would write, whatever names there are."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from streams.telemetry.metrics import Kind, Label, Metric
from streams.telemetry.sheets import Block, Sheet

_METRIC = Metric(
    "siaga_area_info", Kind.GAUGE, "Says it.", (Label("code", "any"), Label("name", "any"))
)
NASTY = ('Kota "Baru"', "100% lengkap", "a\\b", "dua\nbaris", "%s", "Sa'dan, Toraja", "")


class Town(Block):
    """A place with two samples."""

    def __init__(self, name: str) -> None:
        """Begin with no text."""
        super().__init__()
        self.name = name
        self.asked = 0

    def rows(self) -> list[tuple[str, str]]:
        """Return its labels, and count that somebody asked."""
        self.asked += 1
        return [("1", self.name), ("2", self.name)]


def test_names_are_written_as_the_library_writes_them() -> None:
    """Quotes, backslashes, line ends, and what a stencil means."""
    towns = [Town(name) for name in NASTY]
    registry = CollectorRegistry()
    gauge = Gauge(_METRIC.name, _METRIC.help, _METRIC.label_names, registry=registry)
    numbers = list[dict[str, tuple[float, ...]]]()
    for number, town in enumerate(towns):
        values = (number, number + 0.5)
        numbers.append({_METRIC.name: values})
        for (code, name), value in zip(town.rows(), values, strict=True):
            gauge.labels(code, name).set(value)
    written = Sheet[Town](_METRIC, Town.rows).text(tuple(towns), numbers).splitlines()
    expected = generate_latest(registry).decode().splitlines()
    assert expected[:2] == written[:2]
    assert sorted(map(_plain, expected[2:])) == sorted(map(_plain, written[2:]))


def test_labels_are_asked_for_once() -> None:
    """That is what makes it fast."""
    town, sheet = Town("Curup"), Sheet[Town](_METRIC, Town.rows)
    first = sheet.text((town,), [{_METRIC.name: (1, 2)}])
    second = sheet.text((town,), [{_METRIC.name: (1, 3)}])
    assert 1 == town.asked
    assert first.replace(" 2\n", " 3\n") == second


def test_other_places_are_written_at_once() -> None:
    """A partition goes to another worker between two scrapes, and comes back."""
    near, far, sheet = Town("Curup"), Town("Kota 100%"), Sheet[Town](_METRIC, Town.rows)
    ones, twos = {_METRIC.name: (1, 1)}, {_METRIC.name: (2, 2)}
    both = sheet.text((near, far), [ones, twos])
    for places, numbers in (((far,), [twos]), ((), []), ((far, near), [twos, ones])):
        fresh = Sheet[Town](_METRIC, Town.rows).text(places, numbers)
        assert fresh == sheet.text(places, numbers)
    assert both == sheet.text((near, far), [ones, twos])


def test_without_places_only_the_first_lines_are_left() -> None:
    """The metric is known, and has no samples."""
    assert "# HELP siaga_area_info Says it.\n# TYPE siaga_area_info gauge\n" == Sheet[Town](
        _METRIC, Town.rows
    ).text((), [])


def _plain(line: str) -> str:
    """Return a sample with its number as both write it: the library knows no whole ones."""
    return line.removesuffix(".0")
