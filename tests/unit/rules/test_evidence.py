"""Evidence: how much several voices say together, by numbers worked out by hand (contract §4)."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import BASE_WEIGHT, Role, TpsClass, source_class_of
from streams.rules.evidence import Cluster, Item, clusters_of, distance_m
from tests.support.world import KR, SR, R, plan

WINDOW_MS: Final = 60 * MINUTE_MS
NEAR_M: Final = 500.0
Position = tuple[float, float] | None


def item(
    minute: float,
    by: str,
    role: Role = Role.WARGA,
    tps: AreaCode | None = KR,
    also: tuple[str, ...] = (),
) -> Item:
    """Return one voice; `also` is what else makes it the same as another."""
    known = plan().tps[tps] if tps else None
    return Item(
        at=EpochMs(round(minute * MINUTE_MS)),
        weight=BASE_WEIGHT[role],
        source_class=source_class_of(role),
        voices=(by, *also),
        tps=tps,
        tps_class=known.tps_class if known else TpsClass.KURANG_RAWAN,
        lat=known.lat if known else None,
        lon=known.lon if known else None,
        topic="crowd.reports",
        id=f"{by}{minute:g}",
        source=by,
        offset=f"0:{minute:g}",
    )


def at_position(lat: float, lon: float, of: Item) -> Item:
    """Return the same report with coordinates of its own."""
    return replace(of, lat=lat, lon=lon)


def best(*items: Item) -> Cluster:
    """Return the strongest cluster that the last of the items is in."""
    return clusters_of(items, items[-1], WINDOW_MS, NEAR_M)[0]


SCORES: Final = {
    "one voice": ([item(0, "a")], 1.0),
    "three voices": ([item(0, "a"), item(0, "b"), item(0, "c")], 3.0),
    "each role weighs its own": (
        [item(0, "a", Role.POLSEK), item(0, "b", Role.KPPS), item(0, "c", Role.ANONIM)],
        5.5,
    ),
    "full weight for a quarter of an hour": ([item(0, "a"), item(15, "b")], 2.0),
    "half of it after half an hour": ([item(0, "a"), item(30, "b")], 1.5),
    "a quarter after three quarters": ([item(0, "a"), item(45, "b")], 1.25),
    "an eighth after an hour": ([item(0, "a"), item(60, "b")], 1.125),
    "an officer fades as well": ([item(0, "a", Role.POLSEK), item(30, "b")], 2.5),
    "nothing after the window": ([item(0, "a"), item(60.01, "b")], 1.0),
    "between the quarters it is a power of two": (
        [item(0, "a"), item(22.5, "b")],
        1 + 2 ** (-0.5),
    ),
    "a late item does not make the newest younger": ([item(30, "a"), item(0, "b")], 1.5),
    "one source counts once, at its best": (
        [item(0, "a"), item(30, "a"), item(30, "b")],
        2.0,
    ),
    "a repeat never lowers what was said": (
        [item(0, "a", Role.POLSEK), item(14, "a", Role.WARGA)],
        3.0,
    ),
    "one photo counts once": (
        [item(0, "a", also=("photo:x",)), item(0, "b", also=("photo:x",))],
        1.0,
    ),
    "the weightier of two that share a photo counts": (
        [item(0, "a", also=("photo:x",)), item(0, "b", Role.PTPS, also=("photo:x",))],
        3.0,
    ),
    "a voice without weight hides nobody": (
        [item(0, "s", Role.SYSTEM, also=("text:y",)), item(0, "b", also=("text:y",))],
        1.0,
    ),
}


@pytest.mark.parametrize(("items", "score"), SCORES.values(), ids=SCORES)
def test_voices_add_up(items: list[Item], score: float) -> None:
    """Weight · 2^(−max(0, age − 15)/15), one voice a source, photo and text."""
    assert pytest.approx(score, abs=1e-12) == best(*items).score


def test_the_arithmetic_is_not_rounded() -> None:
    """A score that is a hair below the threshold does not reach it."""
    score = best(item(0, "a"), item(15.01, "b")).score
    assert 2 > score > 1.999


@pytest.mark.parametrize(
    ("items", "voices", "classes"),
    [
        ([item(0, "a"), item(0, "b"), item(0, "a")], 2, 1),
        ([item(0, "a"), item(0, "b", Role.SAKSI), item(0, "c", Role.LINMAS)], 3, 3),
        ([item(0, "a", Role.PTPS), item(0, "b", Role.POLRES)], 2, 2),
        ([item(0, "a"), item(0, "s", Role.SYSTEM)], 1, 1),
    ],
)
def test_voices_and_their_classes_are_counted(items: list[Item], voices: int, classes: int) -> None:
    """Only those that weigh something, each once."""
    cluster = best(*items)
    assert (voices, classes) == (cluster.voices, cluster.classes)


PLACES: Final = {
    "one TPS": ([item(0, "a"), item(0, "b")], 2),
    "within 500 m": ([item(0, "a"), item(0, "b", tps=R)], 2),
    "further than 500 m": ([item(0, "a"), item(0, "b", tps=SR)], 1),
    "the desa alone": ([item(0, "a", tps=None), item(0, "b", tps=None)], 2),
    "the desa alone joins a TPS": ([item(0, "a", tps=None), item(0, "b")], 2),
    "a TPS joins the desa alone": ([item(0, "a"), item(0, "b", tps=None)], 2),
    "the desa alone does not bridge two places": (
        [item(0, "a", tps=None), item(0, "b", tps=SR), item(0, "c")],
        2,
    ),
    "a position of its own is nearer": (
        [item(0, "a"), at_position(-3.4701, 102.52, item(0, "b", tps=None))],
        2,
    ),
    "a position of its own is further": (
        [item(0, "a"), at_position(-3.48, 102.52, item(0, "b", tps=None))],
        1,
    ),
    "one TPS, wherever it was sent from": (
        [item(0, "a"), at_position(-3.60, 102.52, item(0, "b"))],
        2,
    ),
}


@pytest.mark.parametrize(("items", "together"), PLACES.values(), ids=PLACES)
def test_evidence_must_belong_together(items: list[Item], together: int) -> None:
    """Same TPS or within 500 m; reports of the desa alone join every such cluster."""
    assert together == len(best(*items).items)


def test_a_report_between_two_places_belongs_to_both() -> None:
    """`R` lies within 500 m of `KR` and of `SR`, 850 m apart; the stronger comes first."""
    items = (item(0, "a"), item(0, "b", tps=SR), item(0, "c", tps=SR), item(1, "d", tps=R))
    found = [cluster.score for cluster in clusters_of(items, items[-1], WINDOW_MS, NEAR_M)]
    assert [4.0, 3.0, 2.0] == found


def test_what_is_too_old_brings_nothing_together() -> None:
    """An hour ago somebody spoke between two places, which are 850 m apart."""
    items = (item(0, "old", tps=R), item(61, "a"), item(61, "b", tps=SR))
    assert [1] == [len(one.items) for one in clusters_of(items, items[-1], WINDOW_MS, NEAR_M)]


def test_too_old_by_the_newest_of_its_cluster_it_brings_nothing_together_either() -> None:
    """A latecomer is still in time for a neighbour whom the others have left behind."""
    items = (item(0, "old", tps=R), item(70, "a"), item(30, "late", tps=SR))
    found = clusters_of(items, items[-1], WINDOW_MS, NEAR_M)
    assert [["old", "late"]] == [[one.source for one in cluster.items] for cluster in found]


def test_only_clusters_of_the_newcomer_are_looked_at() -> None:
    """A score changes only where evidence comes."""
    items = (item(0, "a", tps=SR), item(0, "b", tps=SR), item(0, "c"))
    assert [1] == [len(one.items) for one in clusters_of(items, items[-1], WINDOW_MS, NEAR_M)]


def test_the_class_is_that_of_the_most_vulnerable_tps() -> None:
    """Of what lies in the window; what is about no TPS is kurang_rawan."""
    assert TpsClass.KURANG_RAWAN is best(item(0, "a", tps=None)).tps_class
    assert TpsClass.SANGAT_RAWAN is best(item(0, "a", tps=SR), item(9, "b", tps=R)).tps_class
    assert TpsClass.RAWAN is best(item(0, "a", tps=SR), item(61, "b", tps=R)).tps_class


def test_of_two_alike_the_more_vulnerable_place_comes_first() -> None:
    """So the easier threshold is tried before the harder one."""
    items = (item(0, "a"), item(0, "b", tps=SR), item(0, "c", tps=None))
    classes = [one.tps_class for one in clusters_of(items, items[-1], WINDOW_MS, NEAR_M)]
    assert [TpsClass.SANGAT_RAWAN, TpsClass.KURANG_RAWAN] == classes


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 1), 111_195),
        ((0, 0), (1, 0), 111_195),
        ((-3.47, 102.52), (-3.4736, 102.52), 400),
        ((60, 0), (60, 1), 55_597),
        ((0, 0), (0, 180), 20_015_087),
    ],
)
def test_distances_are_those_on_a_sphere(
    here: tuple[float, float], there: tuple[float, float], metres: float
) -> None:
    """A degree is 111.195 km; half as much along a parallel at 60 degrees."""
    assert pytest.approx(metres, abs=0.6) == distance_m(*here, *there)


def test_items_of_one_moment_have_an_order_of_their_own() -> None:
    """The sum is the same to the last bit, whatever order they came in."""
    items = [item(minute, by) for minute, by in ((0, "a"), (17, "b"), (0, "c"), (29, "d"))]
    forward = clusters_of(tuple(items), items[-1], WINDOW_MS, NEAR_M)[0]
    backward = clusters_of(tuple(items[::-1]), items[-1], WINDOW_MS, NEAR_M)[0]
    assert (forward.score, forward.items) == (backward.score, backward.items)


OFFICIAL: Final = {
    "a policeman": ([item(0, "a", Role.POLSEK)], True),
    "a supervisor": ([item(0, "a", Role.PTPS)], True),
    "an organiser": ([item(0, "a", Role.LINMAS)], True),
    "citizens": ([item(0, "a"), item(0, "b"), item(0, "c", Role.ANONIM)], False),
    "a witness": ([item(0, "a", Role.SAKSI)], False),
    "one among many": ([item(0, "a"), item(0, "b", Role.KPPS), item(0, "c")], True),
    "one who only repeats what a citizen said": (
        [item(0, "a"), item(0, "b"), replace(item(0, "a", Role.KPPS), weight=0.1)],
        False,
    ),
    "one who weighs nothing": ([item(0, "a"), replace(item(0, "b", Role.KPPS), weight=0)], False),
}


@pytest.mark.parametrize(("items", "official"), OFFICIAL.values(), ids=OFFICIAL)
def test_an_official_voice_must_be_one_that_counts(items: list[Item], *, official: bool) -> None:
    """Police, supervisors or organisers; witnesses and citizens are none (ADR 18)."""
    assert official is best(*items).official


def test_without_a_distance_all_of_a_scope_belongs_together() -> None:
    """Wherever it lies, and whether or not it has a place."""
    items = (item(0, "a"), item(1, "b", tps=SR), item(2, "c", tps=None))
    [cluster] = clusters_of(items, items[-1], WINDOW_MS, None)
    assert (items, 3) == (cluster.items, cluster.voices)
    assert TpsClass.SANGAT_RAWAN is cluster.tps_class


def test_without_a_distance_the_window_ends_with_the_newest_all_the_same() -> None:
    """What is older than that belongs to nothing, even if it has just come."""
    items = (item(61, "a"), item(0, "late"))
    [cluster] = clusters_of(items, items[-1], WINDOW_MS, None)
    assert ["a"] == [one.source for one in cluster.items]
