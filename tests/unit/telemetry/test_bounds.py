"""How many series there can be is known before the day, and a day stays within it."""

from collections import defaultdict

import pytest

from streams.domain.alert import Change
from streams.domain.effects import DeadLetterReason
from streams.domain.events import CommandKind
from streams.domain.facts import Stage
from streams.domain.notice import NoticeKind
from streams.domain.words import SEVERITIES, TPS_CLASSES
from streams.engine.topics import SOURCES, UNCLAIMED
from streams.setup import load_pack, shipped_packs
from streams.telemetry.area_numbers import FORMS
from streams.telemetry.area_pages import DUTIES
from streams.telemetry.bounds import ALL_METRICS, BOUNDS, FOLLOWING, series_max
from streams.telemetry.census import LEVELS, OPEN_STATES
from streams.telemetry.metrics import Kind, Metric
from tests.support.events import ack, closed, opened, report
from tests.support.station import arrived, count, counting, departed
from tests.support.stories import at
from tests.support.world import DESA, KR, R2, SR, R
from tests.unit.telemetry.shown import Labels, Scene, read

EVERY = tuple(metric for part in ALL_METRICS.values() for metric in part)
PLACES_MAX = 60_000
"""Series of all places of the country: Prometheus keeps millions."""
WORDS = {
    "stage": len(Stage),
    "class": len(TPS_CLASSES),
    "severity": len(SEVERITIES),
    "state": len(OPEN_STATES),
    "level": len(LEVELS),
    "change": len(Change),
    "reason": len(DeadLetterReason),
    "kind": len(NoticeKind),
    "topic": len(SOURCES) + len(UNCLAIMED),
    "duty": len(DUTIES),
    "form": len(FORMS),
    "command": len(CommandKind) + 1,
}
"""How many values the code knows."""


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_every_label_has_a_bound(metric: Metric) -> None:
    """Or it follows from another label of its metric."""
    free = [name for name in metric.label_names if (metric.name, name) not in FOLLOWING]
    assert [] == [name for name in free if name not in BOUNDS]
    assert 0 < series_max(metric)


def test_no_bound_is_of_nothing() -> None:
    """A label that is gone takes its bound with it."""
    known = {(metric.name, name) for metric in EVERY for name in metric.label_names}
    assert set(BOUNDS) <= {name for _, name in known}
    assert known >= FOLLOWING


@pytest.mark.parametrize("label", WORDS)
def test_the_words_of_the_code_are_within_their_bound(label: str) -> None:
    """Whoever adds one learns what it costs."""
    assert WORDS[label] <= BOUNDS[label]


def test_the_rules_of_all_packs_are_within_their_bound() -> None:
    """With the one that stands for all restricted ones."""
    rules = {
        rule.id
        for name in shipped_packs()
        for profile in ("pilkada", "pilkades", "pemilu")
        for rule in load_pack(name, profile).rules
    }
    assert len(rules) + 1 <= BOUNDS["rule"]


def test_the_places_of_the_country_are_few_enough() -> None:
    """Where kecamatan are shown, there are fewer than 20 kabupaten."""
    assert sum(map(series_max, ALL_METRICS["Places"])) <= PLACES_MAX


def test_a_day_stays_within_the_bounds() -> None:
    """Every label of everything that a busy day shows, and every metric."""
    scene = Scene().go_on(at("06:00"), at("07:00"), opened(KR), opened(R2), at("08:00"))
    scene.go_on(ack("T03@SR"), report("KAM-01", SR, "w1"), report("", DESA, "w2", text="apa"))
    scene.go_on(at("13:00"), closed(KR), counting(KR), count(KR, 9, 8), count(R, 7, 9))
    scene.go_on(at("17:00"), departed(KR), at("18:00"), arrived(KR), at("20:00"))
    samples = read(scene.text)
    by_name = {metric.name.removesuffix("_total"): metric for metric in EVERY}
    values = defaultdict[str, set[str]](set)
    for name, found in samples.items():
        if name.endswith("_created"):
            continue
        metric = by_name[name.removesuffix("_total")]
        _within(metric, [labels for labels, _ in found])
        for labels, _ in found:
            for label, value in labels.items():
                values[label].add(value)
    bounded = {label: len(found) for label, found in values.items() if label in BOUNDS}
    assert {"rule", "kabupaten", "kecamatan", "level", "contest"} <= set(bounded)
    assert [] == [label for label, found in bounded.items() if found > BOUNDS[label]]


def _within(metric: Metric, found: list[Labels]) -> None:
    names = {*metric.label_names, *(("le",) if metric.kind is Kind.HISTOGRAM else ())}
    assert {name for labels in found for name in labels} <= names
    assert len(found) <= series_max(metric), metric.name
