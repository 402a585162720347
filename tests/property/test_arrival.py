"""What holds of a day does not depend on the order in which it was told (ADR 5, ADR 18).

Whatever a station says lies at its own time. A story is told twice in one minute, once in another
order: what holds in the end, which stages are missing, what was counted, must be the same.
"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode
from streams.judge.state import PartitionState
from streams.judge.table import Key
from tests.support.events import closed, heartbeat, opened, postponed, resumed, suspended
from tests.support.histories import quick
from tests.support.station import (
    KPPS,
    PTPS,
    WITNESS,
    arrived,
    correcting,
    count,
    counted,
    counting,
    departed,
    escorted,
    materials,
    provisional,
    queue,
    sent_by,
    short_of_ballots,
)
from tests.support.stories import Item, Told, at, journal, judge_into, named, said
from tests.support.whole_days import CONTESTS, made_at
from tests.support.world import KR, KR2, SR, UNKNOWN, VILLAGE, whole_world

DAY: Final = whole_world(*CONTESTS)
PLACES: Final = (KR, SR, KR2, UNKNOWN)
MANY: Final = 1500
Word = tuple[int, int, Told]
"""Minute of the day, which earlier word it corrects (0: none), and what."""
Shown = dict[str, dict[Key, object]]


def _numbered(tps: AreaCode, box: str) -> str:
    """Return the number of a box: no two TPS have one number."""
    return f"{box}-{tps[-7:]}" if box else ""


def _leaves(tps: AreaCode, box: str, seal: str) -> Told:
    return departed(tps, _numbered(tps, box), seal)


def _joined(tps: AreaCode, box: str) -> Told:
    return escorted(tps, _numbered(tps, box))


def _comes(tps: AreaCode, box: str, seal: str) -> Told:
    """Without a word on its seal it is broken."""
    return arrived(tps, _numbered(tps, box), seal, intact=None if seal else False)


def _words() -> st.SearchStrategy[Told]:
    tps, box = st.sampled_from(PLACES), st.sampled_from(("", "K1", "K2"))
    votes = st.sampled_from((0, 60, 98, 99, 4000))
    bare = (opened, closed, suspended, resumed, postponed, counting, counted, heartbeat)
    counts = st.builds(count, st.sampled_from((KR, SR)), votes, votes, st.just(KPPS))
    village = st.builds(count, st.just(KR2), votes, votes, st.just(KPPS), st.just(VILLAGE[0]))
    forms = counts | village
    return st.one_of(
        st.builds(made_at, st.sampled_from(bare), tps),
        st.builds(materials, tps, st.sampled_from((300, 423, 296))),
        st.builds(queue, tps, st.sampled_from((0, 5))),
        st.builds(_leaves, tps, box, st.sampled_from(("", "S1", "S2"))),
        st.builds(_joined, tps, box),
        st.builds(_comes, tps, box, st.sampled_from(("", "S1"))),
        forms,
        st.builds(provisional, forms),
        st.builds(short_of_ballots, forms),
        st.builds(sent_by, st.sampled_from((PTPS, WITNESS)), forms),
    )


WORDS: Final = st.lists(
    st.tuples(
        st.integers(min_value=5 * 60, max_value=20 * 60),
        st.integers(min_value=0, max_value=12),
        _words(),
    ),
    min_size=1,
    max_size=14,
)


def items_of(words: list[Word]) -> list[Item]:
    """Name each word; one corrects an earlier word of its own kind and sender, if any."""
    items: list[Item] = []
    for number, (minute, corrects, told) in enumerate(words):
        one = named(f"n{number}", told)
        if 0 < corrects <= number and type(words[number - corrects][2].event) is type(told.event):
            one = correcting(f"n{number - corrects}", one)
        items.append(said(f"{minute // 60:02}:{minute % 60:02}", one))
    return items


def known_after(items: list[Item]) -> Shown:
    """Return what is known when all was told in one minute, without where it stood in the journal.

    Corrections are remembered in the order in which they came; what they took back is gone.
    """
    state = PartitionState(0, DAY)
    judge_into(state, journal(at("21:00"), *items, at("21:20")))
    return {
        "conditions": dict(state.condition.items()),
        "stages": {key: row.holding for key, row in state.sequence.items()},
        "totals": dict(state.totals.items()),
        "forms": {
            key: [(form.id, form.at, form.votes) for form in row.forms]
            for key, row in state.ledgers.items()
        },
        "happened": {
            key: [one.order for one in row.happenings] for key, row in state.facts.items()
        },
        "overdue": {key: row.holding for key, row in state.overdue.items()},
    }


def the_same_in_any_order(words: list[Word], shuffled: list[Item]) -> None:
    """Tell a day in two orders of arrival; the same must be known of it."""
    assert known_after(items_of(words)) == known_after(shuffled)


ORDERS: Final = WORDS.flatmap(
    lambda words: st.tuples(st.just(words), st.permutations(items_of(words)))
)


@quick(150)
@given(ORDERS)
def test_the_order_of_arrival_changes_nothing(told: tuple[list[Word], list[Item]]) -> None:
    """Of stages, materials, boxes, counts and their corrections."""
    the_same_in_any_order(*told)


@pytest.mark.slow
@quick(MANY)
@given(ORDERS)
def test_no_order_of_arrival_changes_anything(told: tuple[list[Word], list[Item]]) -> None:
    """The same over many days."""
    the_same_in_any_order(*told)
