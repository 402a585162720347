"""Stories of what transport and engine share about the partitions held."""

from streams.engine.flow import Flow
from streams.engine.ports import Slot
from tests.unit.engine.engine_parts import TOPICS

STATUS, JOURNAL = Slot("tps.status", 0), Slot(TOPICS.journal, 0)
RECEIPTS = Slot("siaga.receipts", 0)


def test_records_flow_between_start_and_stop() -> None:
    """Marks are written only then."""
    flow, seen = Flow(TOPICS), list[bool]()
    seen.append(flow.is_active)
    flow.start({STATUS: 0})
    seen.append(flow.is_active)
    flow.stop()
    seen.append(flow.is_active)
    assert [False, True, False] == seen


def test_stopping_makes_worthless_what_is_queued() -> None:
    """By the epoch; commit points stay for the last commit."""
    flow = Flow(TOPICS)
    flow.start({STATUS: 0})
    epoch = flow.epoch
    flow.mark_safe(STATUS, 5, epoch)
    flow.stop()
    assert flow.epoch > epoch
    assert {STATUS: 5} == flow.safe


def test_forgetting_leaves_nothing_to_commit_or_claim() -> None:
    """The partitions may be somebody else's."""
    flow = Flow(TOPICS)
    flow.start({STATUS: 0})
    flow.mark_safe(STATUS, 5, flow.epoch)
    flow.forget()
    assert flow.safe == {}
    assert flow.claims.claims() == {}


def test_only_sources_are_claimed() -> None:
    """Neither the journal nor receipts hold `heard` up."""
    flow = Flow(TOPICS)
    flow.start({STATUS: 3, JOURNAL: 9, RECEIPTS: 1})
    assert flow.claims.slots == {STATUS}


def test_what_was_true_in_a_former_epoch_is_not_committed() -> None:
    """An acknowledgement may come after the partition went away and came back."""
    flow = Flow(TOPICS)
    flow.start({STATUS: 0})
    flow.mark_safe(STATUS, 5, flow.epoch - 1)
    assert flow.safe == {}


def test_a_partition_is_done_up_to_where_its_reading_began() -> None:
    """Nothing new is no backlog: whoever starts again on a quiet topic does not stand still."""
    flow = Flow(TOPICS)
    flow.start({STATUS: 7})
    begun = flow.done(STATUS)
    flow.mark_safe(STATUS, 9, flow.epoch)
    assert (7, 9) == (begun, flow.done(STATUS))
    flow.forget()
    assert 0 == flow.done(STATUS)
