"""What holds of the detectors that look at many at once, whatever comes and in whatever order.

Each is held against somebody who keeps everything and counts it all again. Times are minutes.
"""

from itertools import combinations
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode, kecamatan_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.rules.detectors import spread, surge
from tests.support.histories import quick


def ms(minutes: float) -> EpochMs:
    """Return a moment."""
    return EpochMs(round(minutes * MINUTE_MS))


# Surge: a rate against its own baseline.

PLACE: Final = surge.SurgeLimits(
    threshold=3, window_ms=ms(4), quiet_ms=ms(5), baseline_windows=3, chance_max=0.05
)
SOURCE: Final = surge.SurgeLimits(threshold=4, window_ms=ms(4), quiet_ms=ms(26), each_report=True)


def heard(minute: int, source: str, number: int) -> surge.Heard:
    """Return a report."""
    return surge.Heard(ms(minute), source, f"r{number}", "crowd.reports", f"0:{number}")


def reports(sources: str, horizon: int) -> st.SearchStrategy[list[surge.Heard]]:
    """Make reports in the order of their arrival, each with an id of its own."""
    said = st.tuples(st.integers(min_value=0, max_value=horizon), st.sampled_from(sources))
    return st.lists(said, min_size=1, max_size=40).map(
        lambda pairs: [heard(minute, source, n) for n, (minute, source) in enumerate(pairs)]
    )


def added(items: list[surge.Heard], limits: surge.SurgeLimits) -> surge.SurgeState:
    """Add reports at a time at which nothing is over yet."""
    state = surge.SurgeState()
    for item in items:
        state, _ = surge.add(state, item, limits, EpochMs(0))
    return state


@quick(150)
@given(reports("ab", 24))
def test_what_is_forgotten_makes_no_difference_to_a_rate(items: list[surge.Heard]) -> None:
    """Counted again from all that was ever said, window by window."""
    state = added(items, PLACE)
    end = max(item.at for item in items)
    rate = surge.rate_at(state.items, end, PLACE)
    inside = {item.source for item in items if end - ms(4) <= item.at}
    usual = {
        (k, item.source)
        for k in (1, 2, 3)
        for item in items
        if end - ms(4) * (k + 1) <= item.at < end - ms(4) * k
    }
    assert sorted(inside) == sorted(item.source for item in rate.items)
    assert max(0.2, len(usual) / 3) == rate.usual
    for item in rate.items:
        assert item.at == max(one.at for one in items if one.source == item.source)


@quick(100)
@given(reports("ab", 60))
def test_no_source_takes_more_room_than_two_reports_a_window(items: list[surge.Heard]) -> None:
    """Nor is anything kept that is older than the baseline."""
    kept = added(items, PLACE).items
    assert tuple(sorted(kept)) == kept
    assert kept[-1].at - kept[0].at <= ms(16)
    for source in "ab":
        assert sum(item.source == source for item in kept) <= 2 * (1 + PLACE.baseline_windows)


@quick(150)
@given(reports("s", 30).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_a_flood_is_seen_in_whatever_order_it_comes(
    orders: tuple[list[surge.Heard], list[surge.Heard]],
) -> None:
    """If and only if some window has as many as the threshold."""
    times = sorted(item.at for item in orders[0])
    floods = any(last - first <= ms(4) for first, last in zip(times, times[3:], strict=False))
    for items in orders:
        assert floods is added(items, SOURCE).holding


@quick(150)
@given(reports("abcdef", 60), st.sampled_from((PLACE, SOURCE)))
def test_a_surge_begins_and_ends_in_turns(
    items: list[surge.Heard], limits: surge.SurgeLimits
) -> None:
    """It begins only when that is not over yet, and ends exactly when it said that it would."""
    state, now = surge.SurgeState(), EpochMs(0)
    for item in items:
        now = max(now, item.at)
        expected = surge.next_wake(state, limits)
        state, ended = surge.due(state, now, limits)
        assert ended == (expected if expected is not None and expected <= now else None)
        before = state
        state, rate = surge.add(state, item, limits, now)
        assert (rate is not None) is (state.holding and not before.holding)
        wake = surge.next_wake(state, limits)
        assert (wake is None) is (not state.holding)
        if rate is not None:
            assert wake is not None
            assert wake > now
            assert len(rate.items) >= limits.threshold


@quick(50)
@given(reports("abc", 30), st.sampled_from((PLACE, SOURCE)))
def test_what_was_heard_before_changes_no_surge(
    items: list[surge.Heard], limits: surge.SurgeLimits
) -> None:
    """Each report twice is as each once."""
    once = added(items, limits)
    twice = added([item for item in items for _ in (1, 2)], limits)
    assert once == twice
    assert once == added([*items, *once.items], limits)


# Spread: what burns in several desa of a kabupaten of three kecamatan.

DESA: Final = tuple(
    AreaCode(f"17.02.0{kecamatan}.200{desa}") for kecamatan in (1, 2, 3) for desa in (1, 2, 3, 4)
)
LIMITS: Final = spread.SpreadLimits(desa_min=3, window_ms=ms(60), raise_at=5)
CHILDREN: Final = st.lists(
    st.builds(
        spread.Child,
        st.sampled_from(DESA),
        st.sampled_from((0, 30, 60, 61, 120)).map(ms),
        st.sampled_from((False, False, False, True)),
    ),
    max_size=9,
).map(tuple)


def neighbours_of(pairs: list[tuple[AreaCode, AreaCode]]) -> spread.Neighbours:
    """Return the neighbours, both ways."""
    both = {pair for one, other in pairs if one != other for pair in ((one, other), (other, one))}
    return {desa: tuple(sorted(to for start, to in both if start == desa)) for desa in DESA}


MAPS: Final = st.lists(st.tuples(st.sampled_from(DESA), st.sampled_from(DESA)), max_size=8).map(
    neighbours_of
)


def bursts(children: tuple[spread.Child, ...], desa: set[AreaCode]) -> bool:
    """Tell by trying all whether three of some desa opened within an hour."""
    own = [child for child in children if child.desa in desa]
    return any(
        len({child.desa for child in three}) == 3
        and max(child.opened_at for child in three) - min(child.opened_at for child in three)
        <= ms(60)
        for three in combinations(own, 3)
    )


def islands(burning: set[AreaCode], neighbours: spread.Neighbours) -> list[set[AreaCode]]:
    """Return what is connected, by joining what touches until nothing does."""
    groups = [{desa} for desa in burning]
    while True:
        touching = [
            (one, other)
            for one, other in combinations(groups, 2)
            if any(near in other for desa in one for near in neighbours[desa])
        ]
        if not touching:
            return groups
        one, other = touching[0]
        groups = [group for group in groups if group not in (one, other)] + [one | other]


@quick(150)
@given(CHILDREN, MAPS)
def test_what_burns_together_has_a_parent_and_nothing_else(
    children: tuple[spread.Child, ...], neighbours: spread.Neighbours
) -> None:
    """From nothing: where three of a kecamatan burn, where three neighbours do, and around them."""
    state, _ = spread.step(spread.SpreadState(), children, neighbours, LIMITS)
    burning = {child.desa for child in children}
    hot = {
        kecamatan
        for kecamatan in map(kecamatan_of, burning)
        if bursts(children, {desa for desa in burning if kecamatan_of(desa) == kecamatan})
    }
    parents = {parent.kecamatan for parent in state.parents}
    assert hot <= parents
    for group in islands(burning, neighbours):
        owned = {desa for desa in group if spread.parent_of(state, desa)}
        if not any(kecamatan_of(desa) in parents for desa in group):
            assert not bursts(children, group)
            assert not owned
        else:
            assert group == owned
    for parent in state.parents:
        assert bursts(children, set(parent.desa)) or parent.kecamatan in hot
        assert parent.kecamatan in map(kecamatan_of, parent.desa)


@quick(100)
@given(st.lists(CHILDREN, max_size=5), MAPS)
def test_a_parent_holds_until_nothing_of_it_burns(
    moments: list[tuple[spread.Child, ...]], neighbours: spread.Neighbours
) -> None:
    """Or all of it has gone to the parents of its own kecamatan; each desa has one at most."""
    state = spread.SpreadState()
    for children in moments:
        before = {parent.kecamatan: parent for parent in state.parents}
        turned = spread.step(state, children[::-1], neighbours, LIMITS)
        state, findings = spread.step(state, children, neighbours, LIMITS)
        assert turned == (state, findings)
        assert (state, ()) == spread.step(state, children, neighbours, LIMITS)
        now = {parent.kecamatan: parent for parent in state.parents}
        burning = {child.desa for child in children}
        owned = [desa for parent in state.parents for desa in parent.desa]
        assert len(set(owned)) == len(owned)
        assert burning.issuperset(owned)
        for desa in burning:
            if kecamatan_of(desa) in now:
                assert kecamatan_of(desa) == spread.parent_of(state, desa)
        for kecamatan in before.keys() - now.keys():
            left = burning.intersection(before[kecamatan].desa)
            assert all(spread.parent_of(state, desa) == kecamatan_of(desa) for desa in left)
        expected: list[spread.Finding] = [spread.Finished(one) for one in before if one not in now]
        for kecamatan, parent in now.items():
            critical = any(child.critical for child in children if child.desa in parent.desa)
            was_raised = kecamatan in before and before[kecamatan].raised
            assert parent.raised is (was_raised or critical or len(parent.desa) >= 5)
            if kecamatan not in before:
                expected.append(spread.Began(kecamatan))
            elif parent.raised and not was_raised:
                expected.append(spread.Rose(kecamatan))
        assert tuple(expected) == findings
