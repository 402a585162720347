"""Stories of contiguity: nothing is skipped and nothing comes twice."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from streams.engine.contiguity import Contiguity, FetchAgain
from streams.engine.ports import Slot
from tests.unit.engine.simulated_broker import Stored

SLOT = Slot("siaga.journal", 0)


def records(*offsets: int) -> list[Stored]:
    """Return records with these offsets."""
    return [Stored(offset, 0, None, b"") for offset in offsets]


def begun(start: int = 10) -> Contiguity:
    """Return a partition that is read from `start` on."""
    contiguity = Contiguity()
    contiguity.begin({SLOT: start})
    return contiguity


def test_what_joins_on_is_handed_out() -> None:
    """And the next offset moves."""
    contiguity = begun()
    assert records(10, 11) == contiguity.sift(SLOT, records(10, 11))
    assert contiguity.positions == {SLOT: 12}


def test_what_was_handed_out_is_dropped() -> None:
    """A fetch from before a seek may bring it again."""
    contiguity = begun()
    assert records(10) == contiguity.sift(SLOT, records(8, 9, 10))
    assert [] == contiguity.sift(SLOT, records(9, 10))
    assert contiguity.positions == {SLOT: 11}


def test_a_gap_is_looked_at_again() -> None:
    """The fetch may have been sent for another assignment."""
    contiguity = begun()
    assert FetchAgain(10) == contiguity.sift(SLOT, records(15, 16))
    assert records(10, 11, 12) == contiguity.sift(SLOT, records(10, 11, 12))


def test_a_gap_that_is_seen_twice_is_real() -> None:
    """Compaction and transactions leave gaps."""
    contiguity = begun()
    contiguity.sift(SLOT, records(15))
    assert records(15) == contiguity.sift(SLOT, records(15))
    assert contiguity.positions == {SLOT: 16}


def test_another_gap_is_looked_at_again_too() -> None:
    """Having believed one, we don't believe all."""
    contiguity = begun()
    contiguity.sift(SLOT, records(15))
    assert FetchAgain(10) == contiguity.sift(SLOT, records(14))


def test_a_gap_of_a_former_assignment_proves_nothing() -> None:
    """After a rebalance it must be seen twice again."""
    contiguity = begun()
    contiguity.sift(SLOT, records(15))
    contiguity.begin({SLOT: 10})
    assert FetchAgain(10) == contiguity.sift(SLOT, records(15))


def test_a_partition_that_is_not_ours_brings_nothing() -> None:
    """Whatever a late fetch says."""
    contiguity = begun()
    assert () == contiguity.sift(Slot("siaga.journal", 1), records(10))


@given(
    st.sets(st.integers(0, 40)),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=60),
)
def test_every_record_is_handed_out_once_and_in_order(
    kept: set[int], stale: list[tuple[int, int]]
) -> None:
    """Whatever stale fetches come between, a log with gaps is read exactly once."""
    log, contiguity, out = records(*sorted(kept)), begun(0), list[Stored]()

    def fetch(position: int, size: int) -> Sequence[Stored]:
        return [record for record in log if record.offset >= position][:size]

    def hand_over(found: Sequence[Stored]) -> None:
        if found:
            taken = contiguity.sift(SLOT, found)
            if not isinstance(taken, FetchAgain):
                out.extend(record for record in found if record in taken)

    for position, size in stale:
        # A stale fetch is answered once; it does not come again after the seek.
        if position <= contiguity.positions[SLOT]:
            hand_over(fetch(position, size))
        hand_over(fetch(contiguity.positions[SLOT], size))
    while len(out) < len(log):
        hand_over(fetch(contiguity.positions[SLOT], 5))
    assert out == log
