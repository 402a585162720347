"""What the next shift must know: open clocks first, and what was done."""

from typing import Final

from msgspec.structs import replace

from streams import pipeline
from streams.domain.alert import Alert, AlertState, Ladder
from streams.domain.events import ActorRole, CommandKind
from streams.domain.ids import AreaCode
from streams.domain.times import NEVER
from streams.judge.state import PartitionState
from streams.views.asked import Asked
from streams.views.chronicle import Chronicle
from streams.views.custody import BoxState
from streams.views.handover import Handover, deadline_of, handover_of, role_of_actor
from tests.support.books import alert_on, minute
from tests.support.events import (
    ack,
    call_for_help,
    command,
    note,
    opened,
    report,
    resumed,
    shelve,
    suspended,
)
from tests.support.station import departed, saying
from tests.support.stories import Item, at, journal
from tests.support.world import ELECTION, KR, ROSTER, SR, R, clock, local, whole_world, world

MORNING: Final[tuple[Item, ...]] = (
    *(at("07:00"), opened(KR), opened(R), opened(SR)),
    *(at("08:00"), suspended(KR), at("08:05"), suspended(R), at("08:16")),
)
"""`T06@KR` opens at 08:15 and `T06@R` too, on their ladders; `T03` of all others at 07:30."""


def handover(now: str, *items: Item, since: str = "06:00") -> Handover:
    """Hand over the desa of `KR` after a morning and what followed."""
    state, chronicle = PartitionState(0, whole_world()), Chronicle()
    for step in journal(*MORNING, *items, at(now)):
        chronicle.take(step.record, pipeline.step(state, step))
    asked = Asked(election=ELECTION, area=AreaCode("17.02.09.1001"), now=local(now))
    return handover_of(state, chronicle, asked, local(since))


def names(alerts: tuple[Alert, ...], rules: str = "T06") -> list[str]:
    """Return the places of the alerts of a rule, in short."""
    return [one.scope[-3:] for one in alerts if one.rule in rules]


def test_open_alerts_stand_by_their_state() -> None:
    """What nobody took, what somebody took, what was put aside."""
    found = handover("08:20", ack("T06@R"), shelve("T06@KR", "08:40"))
    assert ([], ["002"], ["001"]) == (
        names(found.unacknowledged),
        names(found.acknowledged),
        names(found.shelved),
    )


def test_the_nearest_deadline_comes_first() -> None:
    """Whatever opened first."""
    found = handover("08:17")
    due = [deadline_of(one) for one in found.unacknowledged]
    assert sorted(due) == due
    assert len(due) > 1
    assert set(found.due_soon) == {
        one for one in found.unacknowledged if deadline_of(one) <= local("09:17")
    }


def test_a_shelf_that_ends_within_the_hour_is_due_soon() -> None:
    """As is any other clock."""
    shelved = handover("08:20", shelve("T06@KR", "08:40"))
    assert "001" in names(shelved.due_soon)


def test_what_ended_by_itself_waits_for_somebody_to_look() -> None:
    """It is no end that anybody has seen."""
    found = handover("08:30", at("08:25"), resumed(KR))
    assert ["001"] == names(found.returned)


def test_what_was_resolved_in_the_shift_is_told() -> None:
    """And what was before is not."""
    acts = (ack("T06@KR"), at("08:25"), resumed(KR))
    assert ["001"] == names(handover("08:30", *acts).resolved)
    assert [] == names(handover("08:30", *acts, since="08:26").resolved)


def test_notes_and_refusals_of_the_shift_are_told() -> None:
    """Each with its time and its author."""
    acts = (note("T06@KR", "genset rusak"), at("08:40"), ack("T06@KR"), ack("T06@KR"))
    found = handover("08:50", *acts)
    assert [("08:16", "ops", "genset rusak", "T06")] == [
        (clock(one.note.at), one.note.actor, one.note.text, one.alert.rule) for one in found.notes
    ]
    assert [("ack", "ops")] == [(one.command, one.actor) for one in found.refused]
    later = handover("08:50", *acts, since="08:30")
    assert () == later.notes


def test_a_checklist_that_is_not_done_is_handed_on() -> None:
    """Until its last step is ticked."""
    flood = (report("BEN-01", KR, "w1"), report("BEN-01", KR, "w2"), at("08:20"))
    found = handover("08:21", *flood)
    assert ["W13"] == [one.rule for one in found.to_do]
    keys = [item.key for item in found.to_do[0].checklist]
    ticks = [saying(note("W13@DESA|BEN-01", ""), step=key) for key in keys]
    assert ["W13"] == [one.rule for one in handover("08:21", *flood, *ticks[:-1]).to_do]
    assert () == handover("08:21", *flood, *ticks).to_do


def test_boxes_and_officers_that_need_somebody_are_named() -> None:
    """On the way, and who has called for help."""
    found = handover("08:20", departed(KR, "K1", "S1", "A1"), call_for_help("A2", KR))
    assert [("K1", BoxState.ON_THE_WAY)] == [(one.id, one.state) for one in found.boxes]
    assert "W02" in {one.rule for one in found.officers}


def test_the_strength_of_its_polsek_is_handed_on() -> None:
    """By name."""
    assert ["Curup"] == [one.balance.strength.polsek for one in handover("08:20").strength]


def test_every_state_has_its_deadline() -> None:
    """What has none is never due."""
    alert = replace(
        alert_on(Ladder.OPS), due_at=minute(1), act_by_at=minute(2), shelved_until=minute(3)
    )
    expected = {
        AlertState.UNACKNOWLEDGED: minute(1),
        AlertState.ACKNOWLEDGED: minute(2),
        AlertState.SHELVED: minute(3),
        AlertState.RETURNED: NEVER,
        AlertState.INHIBITED: NEVER,
        AlertState.RESOLVED: NEVER,
    }
    assert expected == {state: deadline_of(replace(alert, state=state)) for state in AlertState}
    bare = replace(alert, due_at=None, act_by_at=None, shelved_until=None)
    assert {NEVER} == {deadline_of(replace(bare, state=state)) for state in AlertState}


def test_who_took_it_is_called_by_the_roster() -> None:
    """Without one, and for strangers, nobody knows."""
    asked = Asked(election=ELECTION, now=local("08:00"))
    listed = PartitionState(0, world(ROSTER))
    assert ActorRole.COMMANDER is role_of_actor(listed, asked, "chief")
    assert role_of_actor(listed, asked, "stranger") is None
    assert role_of_actor(PartitionState(0, world()), asked, "chief") is None


def test_an_inhibited_alert_is_apart() -> None:
    """Its parent speaks for it; it is not among what nobody has taken."""
    found = handover("08:20", command(CommandKind.RESOLVE, "T06@KR"))
    assert not set(found.inhibited) & set(found.unacknowledged)
    assert ["001"] == names(found.resolved)
