"""What holds of reports, whatever people decide of them and however often they change it."""

from collections import Counter
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from streams.domain.effects import Reply, ReplyOutcome, Triage, TriageStatus
from streams.judge.state import PartitionState
from tests.support.desk import confirm_report, place_report, reject_report, tracking, unsure
from tests.support.events import report
from tests.support.histories import histories, items_of, quick
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, Told, journal, judge, judge_into, named, only
from tests.support.world import DESA, KR, KR2, SR, whole_world

DAY: Final = whole_world()
PEOPLE: Final = ("w1", "w2", "w3")
NAMES: Final = ("r1", "r2")
"""Few enough that orders meet what they are about; some names are used twice."""
PLACES: Final = (KR, SR, KR2, DESA)
CATEGORIES: Final = ("KAM-01", "KAM-06", "KAM-09", "LOG-03", "INF-02", "NET-01", "")


def reports() -> st.SearchStrategy[Told]:
    """Make reports, of some of which the place is not sure."""
    texts = st.sampled_from(("", "kabar burung beredar di sini"))
    made = st.builds(
        report,
        st.sampled_from(CATEGORIES),
        st.sampled_from(PLACES),
        st.sampled_from(PEOPLE),
        text=texts,
    )
    known = st.builds(named, st.sampled_from(NAMES), made)
    return known | known.map(unsure)


def orders() -> st.SearchStrategy[Told]:
    """Make orders, many of which will be refused."""
    ids = st.builds(tracking, st.sampled_from(PEOPLE), st.sampled_from(NAMES))
    categories = st.sampled_from(("", "", "KAM-06", "NET-01"))
    return st.one_of(
        st.builds(place_report, ids, st.sampled_from(PLACES), categories),
        st.builds(confirm_report, ids, categories),
        st.builds(reject_report, ids),
    )


def days() -> st.SearchStrategy[list[Item]]:
    """Make days of reports and what is decided of them."""
    return histories(st.one_of(reports(), orders()), 20).map(items_of)


@quick(20)
@given(days(), st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8))
def test_a_restart_anywhere_changes_nothing(items: list[Item], cuts: list[int]) -> None:
    """Whoever takes over knows of every decision what the one before knew."""
    steps = journal(*items)
    assert judge(steps, DAY) == judged_in_parts(steps, cuts, (0, 5, 2), DAY)


@quick(20)
@given(days())
def test_no_report_is_weighed_twice_and_a_rejected_one_not_at_all(items: list[Item]) -> None:
    """In no scope of no rule."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    weighed = Counter((key, one.offset) for key, row in state.score.items() for one in row.items)
    disputed = Counter(
        (key, one.offset) for key, row in state.disputes.items() for one in row.items
    )
    assert {1} >= {*weighed.values(), *disputed.values()}
    rejected = {
        row.evidence.offset
        for _, row in state.waiting.items()
        if row.status is TriageStatus.REJECTED
    }
    assert rejected.isdisjoint(offset for _, offset in (*weighed, *disputed))


@quick(20)
@given(days())
def test_what_was_told_last_is_how_a_report_stands(items: list[Item]) -> None:
    """And each order is answered once."""
    steps = journal(*items)
    state = PartitionState(0, DAY)
    effects = judge_into(state, steps)
    told = {one.id: one for one in only(effects, Triage)}
    standing = {key[1]: row for key, row in state.waiting.items()}
    assert {name: (one.status, one.why, one.area, one.alert) for name, one in told.items()} == {
        name: (row.status, row.why, row.place, row.alert) for name, row in standing.items()
    }
    replies = only(effects, Reply)
    assert len(replies) == len({one.command for one in replies})
    assert all(bool(one.reason) is (one.outcome is ReplyOutcome.REFUSED) for one in replies)
