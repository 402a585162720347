"""Commit points lie before the first notice that is not settled."""

from random import Random

from streams.courier.ledger import Ledger
from streams.engine.ports import Slot
from streams.engine.topics import Topic

SLOT, OTHER = Slot(Topic.NOTICES, 0), Slot(Topic.NOTICES, 1)


def taken(*offsets: int) -> Ledger:
    """Return a ledger with these offsets open."""
    ledger = Ledger()
    for offset in offsets:
        ledger.take(SLOT, offset, is_open=True)
    return ledger


def test_the_first_open_record_holds_the_commit_point() -> None:
    """However much behind it is settled."""
    ledger = taken(3, 4, 5, 6)
    for offset in (3, 5, 6):
        ledger.settle(SLOT, offset)
    assert 4 == ledger.safe(SLOT)
    ledger.settle(SLOT, 4)
    assert 7 == ledger.safe(SLOT)


def test_what_is_settled_at_once_holds_nothing() -> None:
    """No notice, or one that was settled before."""
    ledger = taken(3)
    ledger.take(SLOT, 4, is_open=False)
    assert 3 == ledger.safe(SLOT)
    ledger.settle(SLOT, 3)
    assert 5 == ledger.safe(SLOT)


def test_gaps_of_offsets_are_stepped_over() -> None:
    """A topic may have records that nobody reads."""
    ledger = taken(3, 9)
    ledger.settle(SLOT, 3)
    assert 9 == ledger.safe(SLOT)


def test_partitions_do_not_know_each_other() -> None:
    """And one that is not held can be settled, to no effect."""
    ledger = taken(3)
    ledger.take(OTHER, 8, is_open=True)
    ledger.settle(Slot(Topic.NOTICES, 2), 3)
    assert (3, 8) == (ledger.safe(SLOT), ledger.safe(OTHER))


def test_whatever_the_order_the_commit_point_never_passes_an_open_record() -> None:
    """And comes to the end at last."""
    for seed in range(20):
        ledger, order = taken(*range(50)), list(range(50))
        Random(seed).shuffle(order)
        for done, offset in enumerate(order):
            ledger.settle(SLOT, offset)
            still_open = order[done + 1 :]
            assert min(still_open, default=50) == ledger.safe(SLOT)
