"""The detector `score`: when evidence holds, and when it is over."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import SourceClass, TpsClass
from streams.rules.detectors.score import (
    ScoreLimits,
    ScoreState,
    add,
    calm,
    cleared,
    next_wake,
    quiet,
    quiet_from,
    reaches,
    remembered,
    threshold_for,
    withdraw,
)
from streams.rules.evidence import EVIDENCE_MAX, Cluster, Item
from tests.support.world import KR, SR

LIMITS: Final = ScoreLimits(
    thresholds=(3.0, 2.0, 1.0, 2.0),
    window_ms=30 * MINUTE_MS,
    within_m=500.0,
    voices_min=1,
    classes_min=1,
)
QUIET_MS: Final = 30 * MINUTE_MS
HOLDING: Final = ScoreState(holding=True, since=EpochMs(1))


def ms(minute: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minute * MINUTE_MS))


def item(
    minute: float, by: str, weight: float = 1.0, tps_class: TpsClass = TpsClass.KURANG_RAWAN
) -> Item:
    """Return one voice about the desa as a whole."""
    return Item(
        at=ms(minute),
        weight=weight,
        source_class=SourceClass.POLICE if weight > 1 else SourceClass.CITIZENS,
        voices=(by,),
        tps=None,
        tps_class=tps_class,
        lat=None,
        lon=None,
        topic="crowd.reports",
        id=f"{by}{minute:g}",
        source=by,
        offset="0:1",
    )


def added(*items: Item, limits: ScoreLimits = LIMITS) -> tuple[ScoreState, list[bool]]:
    """Add items one after the other; return the state, and whether each made it hold."""
    state, held = ScoreState(), list[bool]()
    for one in items:
        state, cluster, _ = add(state, one, limits, one.at)
        held.append(cluster is not None)
    return state, held


def test_it_holds_from_the_voice_that_reaches_the_threshold() -> None:
    """And goes on holding, whatever comes."""
    state, held = added(item(0, "a"), item(1, "b"), item(2, "c"), item(40, "d"))
    assert ([False, False, True, False], True) == (held, state.holding)


def test_two_kinds_of_source_may_be_asked_for() -> None:
    """`2k` of the taxonomy: an officer's word alone is one kind, however much it weighs."""
    limits = replace(LIMITS, classes_min=2)
    assert [False, True] == added(item(0, "a", 3.0), item(0, "b"), limits=limits)[1]


def test_two_voices_may_be_asked_for() -> None:
    """An officer alone weighs enough and is one voice."""
    limits = replace(LIMITS, voices_min=2)
    assert [False, True] == added(item(0, "a", 3.0), item(0, "b", 0.5), limits=limits)[1]


@pytest.mark.parametrize(
    ("threshold", "weights", "held"),
    [
        (3.0, (2.0, 1.0), [False, True]),
        (3.0, (2.0, 0.999), [False, False]),
        (0.0, (0.0, 0.5), [False, True]),
        (0.0, (0.0, 0.0), [False, False]),
    ],
)
def test_a_threshold_is_reached_or_passed_if_zero(
    threshold: float, weights: tuple[float, ...], held: list[bool]
) -> None:
    """c0: anything above zero; else the score must reach the number."""
    limits = replace(LIMITS, thresholds=(threshold,) * 4)
    items = (item(0, f"v{number}", weight) for number, weight in enumerate(weights))
    assert held == added(*items, limits=limits)[1]


@pytest.mark.parametrize(
    ("tps_class", "threshold"),
    [("kurang_rawan", 3.0), ("rawan", 2.0), ("sangat_rawan", 1.0), ("khusus", 2.0)],
)
def test_the_threshold_is_that_of_the_class(tps_class: str, threshold: float) -> None:
    """Of the most vulnerable TPS in the cluster."""
    cluster = Cluster(
        (), threshold, 1, 1, official=True, documented=False, tps_class=TpsClass(tps_class)
    )
    assert threshold == threshold_for(cluster, LIMITS)
    assert reaches(cluster, LIMITS)
    assert not reaches(replace(cluster, score=threshold - 0.001), LIMITS)


def test_a_late_item_beyond_the_window_of_its_cluster_holds_nothing_again() -> None:
    """What was answered is not asked anew because an old word of it arrives."""
    state, _ = added(item(40, "a", 3.0))
    after, held, best = add(cleared(state), item(0, "b"), LIMITS, ms(41))
    assert (None, False) == (held, after.holding)
    assert ["a40"] == [one.id for one in best.items]


def test_the_oldest_evidence_makes_room() -> None:
    """And a latecomer is judged, however much there is already."""
    full, _ = added(*(item(100, f"v{number}", 0.001) for number in range(EVIDENCE_MAX)))
    after, _, best = add(full, item(95, "late", 3.0), LIMITS, ms(100))
    assert EVIDENCE_MAX == len(full.items) == len(after.items)
    assert "late95" in [one.id for one in best.items]
    assert "v0100" not in [one.id for one in after.items]


def test_calm_and_quiet_together_end_it() -> None:
    """Calm at minute 10; the last evidence is of minute 2, so it is over at 32."""
    state, _ = added(item(2, "a", 3.0))
    told, over = calm(state, ms(10), ms(10), QUIET_MS)
    assert (False, ms(10), ms(32)) == (over, told.calm_at, next_wake(told, QUIET_MS))
    assert (told, None) == quiet(told, ms(31.999), QUIET_MS)
    after, over_at = quiet(told, ms(32), QUIET_MS)
    assert (ms(32), cleared(told)) == (over_at, after)


def test_calm_after_the_quiet_ends_it_at_once() -> None:
    """The time has passed already."""
    state, _ = added(item(2, "a", 3.0))
    after, over = calm(state, ms(32), ms(32), QUIET_MS)
    assert (True, False, state.items) == (over, after.holding, after.items)


def test_without_a_quiet_time_the_word_itself_ends_it() -> None:
    """Even if a clock that is ahead has dated the evidence a minute later."""
    state, _ = added(item(2, "a", 3.0))
    after, over = calm(state, ms(2), ms(1), 0)
    assert (True, False, None) == (over, after.holding, next_wake(after, 0))


def test_evidence_after_calm_makes_the_quiet_longer() -> None:
    """Half an hour counts from the last evidence; the officer's word still stands."""
    state, _ = added(item(2, "a", 3.0))
    told, _ = calm(state, ms(10), ms(10), QUIET_MS)
    longer, _, _ = add(told, item(20, "b"), LIMITS, ms(20))
    assert ms(50) == next_wake(longer, QUIET_MS)


def test_calm_before_it_holds_is_of_no_use() -> None:
    """There is nothing to be calm about."""
    weak, _ = added(item(0, "a"))
    assert (weak, False) == calm(weak, ms(1), ms(1), QUIET_MS)


@pytest.mark.parametrize(("received", "over_at"), [(9, ms(36)), (10, ms(36)), (10.1, None)])
def test_calm_is_weighed_by_when_it_was_given(received: float, over_at: EpochMs | None) -> None:
    """Evidence received before it, that comes to us after it, was answered by it."""
    state, _ = added(item(2, "a", 3.0))
    ended = cleared(calm(state, ms(10), ms(10), QUIET_MS)[0])
    again, held, _ = add(ended, item(6, "b", 3.0), LIMITS, ms(received))
    assert held is not None
    assert over_at == next_wake(again, QUIET_MS)


@pytest.mark.parametrize("state", [ScoreState(), HOLDING, ScoreState(calm_at=EpochMs(1))])
def test_without_calm_or_without_holding_nothing_is_waited_for(state: ScoreState) -> None:
    """Time alone ends nothing."""
    assert next_wake(state, QUIET_MS) is None
    assert (state, None) == quiet(state, ms(10_000), QUIET_MS)


def at_tps(tps: str, of: Item) -> Item:
    """Return the same voice about one TPS."""
    return replace(of, tps=AreaCode(tps))


APART: Final = frozenset({AreaCode(KR)})
ANYWHERE: Final = replace(LIMITS, within_m=None)


def test_what_is_about_a_tps_with_an_alert_of_its_own_is_kept_and_not_weighed() -> None:
    """The three of the desa are enough only while none of them is about that TPS."""
    state = ScoreState()
    for one in (item(0, "a"), at_tps(KR, item(1, "b"))):
        state, held, _ = add(state, one, ANYWHERE, one.at, APART)
        assert held is None
    last = item(2, "c")
    assert add(state, last, ANYWHERE, last.at, APART)[1] is None
    after, held, _ = add(state, last, ANYWHERE, last.at)
    assert held is not None
    assert (["a", "b", "c"], 3) == ([one.source for one in after.items], held.voices)


def test_what_is_weighed_elsewhere_is_remembered_and_lengthens_no_quiet() -> None:
    """It may count here later; the quiet goes by what was weighed here."""
    state, _ = added(item(0, "a"), item(1, "b"), item(2, "c"), limits=ANYWHERE)
    after = remembered(state, at_tps(KR, item(20, "d")))
    assert (4, state.holding, state.newest) == (len(after.items), after.holding, after.newest)
    assert ms(32) == quiet_from(after, QUIET_MS) == quiet_from(state, QUIET_MS)


def test_what_is_remembered_counts_with_what_comes() -> None:
    """Two that were weighed elsewhere and one that is not."""
    state = remembered(remembered(ScoreState(), item(1, "b")), item(0, "a"))
    assert ["a", "b"] == [one.source for one in state.items]
    assert add(state, item(2, "c"), ANYWHERE, ms(2))[1] is not None


def test_only_so_much_is_remembered() -> None:
    """The oldest makes room, as where it is weighed."""
    state = ScoreState()
    for number in range(EVIDENCE_MAX + 3):
        state = remembered(state, item(number, "a"))
    assert (EVIDENCE_MAX, ms(3)) == (len(state.items), state.items[0].at)


def test_it_is_quiet_from_the_newest_on_whoever_has_to_say_so() -> None:
    """A late voice does not move it, and what holds no more waits for nothing."""
    state, _ = added(item(0, "a"), item(5, "b"), item(3, "c"))
    assert ms(35) == quiet_from(state, QUIET_MS)
    assert quiet_from(cleared(state), QUIET_MS) is None
    assert quiet_from(ScoreState(), QUIET_MS) is None


def test_an_official_voice_may_be_asked_for() -> None:
    """Three citizens are enough by weight, and none of them is one."""
    limits = replace(LIMITS, official=True)
    assert [False] * 4 == added(*(item(n, f"c{n}") for n in range(4)), limits=limits)[1]
    assert [False, True] == added(item(0, "a"), item(1, "b", 3.0), limits=limits)[1]


def test_what_is_withdrawn_ends_it_unless_the_rest_is_enough() -> None:
    """As if it had never been said; what nobody said changes nothing."""
    state, _ = added(item(0, "a"), item(1, "b"), item(2, "c"))
    less, over = withdraw(state, "c", "c2", LIMITS)
    assert (True, False, 2) == (over, less.holding, len(less.items))
    assert (state, False) == withdraw(state, "c", "other", LIMITS)
    assert (state, False) == withdraw(state, "d", "c2", LIMITS)
    more, _, _ = add(state, item(3, "d"), LIMITS, ms(3))
    left, over = withdraw(more, "c", "c2", LIMITS)
    assert (False, True, 3) == (over, left.holding, len(left.items))


def test_it_is_not_over_while_some_moment_was_enough() -> None:
    """What came long after it alone would not be, and is not what it rests on."""
    limits = replace(LIMITS, within_m=None)
    state, _ = added(item(0, "a"), item(1, "b"), item(2, "c"), item(60, "d"), item(61, "e"))
    left, over = withdraw(state, "e", "e61", limits)
    assert (False, True) == (over, left.holding)


def test_clusters_that_hold_at_once_are_told_as_one() -> None:
    """A word of the whole desa makes two of them hold: the alert is about both."""
    here = at_tps(KR, item(0, "a", 2.0))
    there = at_tps(SR, item(1, "b", 1.5, TpsClass.RAWAN))
    state = ScoreState(items=(here, there))
    after, held, best = add(state, item(2, "c"), LIMITS, ms(2))
    assert held is not None
    assert [0, 1, 2] == [one.at // MINUTE_MS for one in held.items]
    assert (TpsClass.RAWAN, TpsClass.KURANG_RAWAN) == (held.tps_class, best.tps_class)
    assert {KR, SR} == {*after.places}
    assert best.score == held.score


def test_what_does_not_hold_can_lose_a_voice_too() -> None:
    """Nothing is over by it."""
    state, _ = added(item(0, "a"), item(1, "b"))
    less, over = withdraw(state, "a", "a0", LIMITS)
    assert (False, 1) == (over, len(less.items))
