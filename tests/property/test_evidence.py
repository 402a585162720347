"""What holds of evidence, whoever says it and in whatever order."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import BASE_WEIGHT, Role, TpsClass, source_class_of
from streams.rules.evidence import Cluster, Item, clusters_of, distance_m
from tests.support.histories import quick
from tests.support.world import KR, SR, R, plan

WINDOW_MS = 30 * MINUTE_MS
ROLES = tuple(BASE_WEIGHT)


def item(minute: int, by: str, role: Role, tps: AreaCode | None, words: str) -> Item:
    """Return one report."""
    known = plan().tps[tps] if tps else None
    return Item(
        at=EpochMs(minute * MINUTE_MS),
        weight=BASE_WEIGHT[role],
        source_class=source_class_of(role),
        voices=(f"source:{by}", *((f"text:{words}",) if words else ())),
        tps=tps,
        tps_class=known.tps_class if known else TpsClass.KURANG_RAWAN,
        lat=known.lat if known else None,
        lon=known.lon if known else None,
        topic="crowd.reports",
        id=f"{by}-{minute}-{words}-{tps}",
        source=by,
        offset="0:1",
    )


ITEMS = st.lists(
    st.builds(
        item,
        st.integers(min_value=0, max_value=50),
        st.sampled_from("abcdefgh"),
        st.sampled_from(ROLES),
        st.sampled_from((KR, R, SR, None)),
        st.sampled_from(("", "", "", "x", "y")),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.id,
)


def best(items: list[Item], newcomer: Item) -> Cluster:
    """Return the strongest cluster of the newcomer."""
    return clusters_of(tuple(items), newcomer, WINDOW_MS, 500.0)[0]


@quick(50)
@given(ITEMS, st.integers(min_value=0, max_value=11))
def test_the_order_of_arrival_is_no_matter(items: list[Item], turn: int) -> None:
    """The score is the same to the last bit."""
    turned = items[turn % len(items) :] + items[: turn % len(items)]
    for one in items:
        assert best(items, one).score == best(turned, one).score


@quick(50)
@given(ITEMS)
def test_a_score_is_never_more_than_its_voices_weigh(items: list[Item]) -> None:
    """Nor are there more voices than people, nor more classes than voices."""
    for cluster in clusters_of(tuple(items), items[-1], WINDOW_MS, 500.0):
        heaviest: dict[str, float] = {}
        for one in cluster.items:
            heaviest[one.source] = max(heaviest.get(one.source, 0.0), one.weight)
        assert 0 <= cluster.score <= sum(heaviest.values()) + 1e-9
        assert cluster.classes <= cluster.voices <= len(heaviest)


@quick(50)
@given(ITEMS, st.sampled_from(ROLES))
def test_a_new_voice_of_now_adds_its_whole_weight(items: list[Item], role: Role) -> None:
    """If it says the same as nobody: of the desa alone, at the time of the newest."""
    alike = [replace(one, tps=None, lat=None, lon=None) for one in items]
    newest = max(alike, key=lambda one: one.at)
    cluster = best(alike, newest)
    voice = replace(
        newest,
        id="new",
        source="new",
        voices=("source:new",),
        weight=BASE_WEIGHT[role],
        source_class=source_class_of(role),
    )
    more = best([*alike, voice], voice)
    assert abs(more.score - cluster.score - BASE_WEIGHT[role]) < 1e-9


@quick(50)
@given(ITEMS)
def test_one_person_is_one_voice(items: list[Item]) -> None:
    """However often, in whatever role, with whatever text."""
    alone = [replace(one, source="a", voices=("source:a", *one.voices[1:])) for one in items]
    cluster = best(alone, alone[-1])
    assert cluster.voices <= 1
    assert cluster.score <= max(one.weight for one in alone)


@quick(50)
@given(ITEMS)
def test_everything_in_a_cluster_lies_in_its_window(items: list[Item]) -> None:
    """And in the order of time."""
    for cluster in clusters_of(tuple(items), items[-1], WINDOW_MS, 500.0):
        times = [one.at for one in cluster.items]
        assert sorted(times) == times
        assert times[-1] - times[0] <= WINDOW_MS


LATITUDES = st.floats(min_value=-11, max_value=6)
LONGITUDES = st.floats(min_value=95, max_value=141)


@quick(50)
@given(st.tuples(LATITUDES, LONGITUDES), st.tuples(LATITUDES, LONGITUDES))
def test_a_distance_is_the_same_both_ways(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    """Anywhere in Indonesia, and never negative; to itself it is nothing."""
    assert abs(distance_m(*here, *there) - distance_m(*there, *here)) < 1e-3
    assert distance_m(*here, *there) >= 0
    assert distance_m(*here, *here) == 0
