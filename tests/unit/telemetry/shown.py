"""What Prometheus would read of a story: judged as a worker does it, with every metric shown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from streams.engine.ports import Entry
from streams.fold import PartitionFold
from streams.judge.world import World
from streams.telemetry.areas import AreaText
from streams.telemetry.metrics import Metrics
from streams.telemetry.observed import ObservedFold
from streams.telemetry.observer import EngineObserver
from streams.telemetry.states import StateCollector
from streams.telemetry.zeros import open_rules, show_zeros
from streams.wire.journal import encode_record
from tests.support.stories import Item, Journal
from tests.support.world import whole_world

__all__ = ["Labels", "Scene", "labelled", "read"]

_ROUNDS_MAX: Final = 1_000

Labels = Mapping[str, str]
"""Of a sample."""


class Scene:
    """One partition of a worker, and what is seen of it."""

    def __init__(self, world: World | None = None) -> None:
        """Begin before the first record."""
        self.world = world or whole_world()
        self.registry = CollectorRegistry()
        self.observer = EngineObserver(Metrics(self.registry))
        show_zeros(self.observer.metrics, open_rules(self.world))
        fold = PartitionFold(0, self.world, self.observer.on_fault)
        self.fold = ObservedFold(fold, self.observer, None)
        self.owned = [self.fold]
        states = StateCollector(lambda: [fold.fold.state for fold in self.owned])
        self.registry.register(states)
        self.areas = AreaText(lambda: self.owned, self.world, lambda: states.census)
        self._journal = Journal()
        self._offset = 0

    def go_on(self, *items: Item) -> "Scene":
        """Judge what comes next, and tell the picture of it."""
        steps = [step for item in items for step in self._journal.take(item)]
        for step in (*steps, *self._journal.marks(self._journal.now)):
            self._offset += 1
            value = encode_record(step.record)
            for output in self.fold.judge(Entry(0, self._offset, step.appended_at, value)):
                if output.line:
                    self.observer.on_line(output)
        for _ in range(_ROUNDS_MAX):
            if not [output for output in self.fold.picture() if output is not None]:
                break
        return self

    @property
    def text(self) -> str:
        """All that is shown, as Prometheus reads it."""
        return generate_latest(self.registry).decode() + self.areas.text()

    def places(self) -> dict[str, list[tuple[Labels, float]]]:
        """Return the samples of places by metric."""
        generate_latest(self.registry)
        return read(self.areas.text())

    def value(self, name: str, **labels: str) -> float | None:
        """Return the value of a sample of places, of which all labels are named."""
        found = [value for known, value in self.places()[name] if known == labels]
        assert len(found) <= 1, f"{name} is there twice"
        return found[0] if found else None

    def counted(self, name: str, **labels: str) -> float | None:
        """Return the value of a sample that is counted, or of the state."""
        return self.registry.get_sample_value(name, labels)


def read(text: str) -> dict[str, list[tuple[Labels, float]]]:
    """Return the samples of a text by metric."""
    families: Iterable[Metric] = text_string_to_metric_families(text)
    return {one.name: [(s.labels, s.value) for s in one.samples] for one in families}


def labelled(
    samples: Iterable[tuple[Labels, float]], name: str, *, least: float = 1
) -> Iterator[tuple[str, float]]:
    """Yield the values of a label with the numbers of the samples that are at least so large."""
    return ((labels[name], value) for labels, value in samples if value >= least)
