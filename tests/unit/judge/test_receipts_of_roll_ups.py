"""Receipts of roll-ups: of many alerts told together each is counted."""

from typing import Final

from msgspec.structs import replace

from streams.domain.journal import AcceptedReceipt
from streams.domain.notice import Notice, Post
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.domain.words import Role
from streams.judge.state import PartitionState
from tests.support.events import report
from tests.support.notices import everybody, world_with
from tests.support.receipts import receipt
from tests.support.stories import at, journal, judge_into, only
from tests.support.world import KR, KR2, SR, R, every_rule

FLOOD: Final = (
    *("KAM-11", "INT-03", "PID-04", "NET-02", "NET-03", "LOG-01", "LOG-02", "LOG-03"),
    *("PRO-01", "PRO-02", "HIT-01", "HIT-03", "INF-01", "UMM-01"),
)
"""Each makes one alert."""


def test_all_of_a_roll_up_is_counted() -> None:
    """A receipt names the gravest ten; the fold knows of what else its notice told."""
    flood = world_with(*everybody(), pack=every_rule())
    state = PartitionState(0, flood)
    many = (
        report(one, place, by=f"{one}{place}", role=Role.PTPS)
        for place in (KR, R, SR, KR2)
        for one in FLOOD
    )
    day = journal(at("09:00"), *many, at("09:02"))
    rolled = next(
        one
        for one in only(judge_into(state, day), Notice)
        if one.rolled_up is not None and len(one.rolled_up.alerts) > len(one.tellings)
    )
    assert rolled.rolled_up is not None
    shown = tuple(ReceiptAlert(t.alert.id, t.alert.revision) for t in rolled.tellings)
    post = rolled.destination.post
    told = receipt(ReceiptOutcome.DELIVERED, str(rolled.destination))
    assert isinstance(told.event, Receipt)
    event = replace(told.event, notice=rolled.id, alerts=shown)
    [step] = [
        one
        for one in journal(at("09:02"), replace(told, event=event))
        if isinstance(one.record, AcceptedReceipt)
    ]
    judge_into(state, [step])
    reached = {
        alert: one.delivered
        for alert in rolled.rolled_up.alerts
        if (found := state.alert(alert)) is not None
        for one in found.told
        if Post(one.ladder, one.level) == post
    }
    assert dict.fromkeys(rolled.rolled_up.alerts, 1) == reached
    assert state.rolled_up.get((rolled.id,)) is None
