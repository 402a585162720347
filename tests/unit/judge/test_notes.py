"""Notes and checklists: what is written down, what is ticked, and what of it is shown.

`W13@DESA|BEN-01` opens at 09:01 by the word of a supervisor and a citizen.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.effects import AlertShown, Effect
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.ids import AlertId
from streams.judge.notes import NOTES_MAX
from streams.judge.rows import Notes
from streams.judge.state import PartitionState
from tests.support.events import ack, command, note, report, suspended
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import saying
from tests.support.stories import (
    Item,
    Told,
    at,
    journal,
    judge,
    judge_into,
    lines_of,
    only,
    replies_of,
    story,
)
from tests.support.world import KR, ROSTER, clock, whole_world, world

FLOOD: Final = "W13@DESA|BEN-01"
HALT: Final = "T06@KR"
MORNING: Final[list[Item]] = [
    *(at("08:00"), suspended(KR), at("09:00"), report("BEN-01", KR, "w1")),
    *(at("09:01"), report("BEN-01", KR, "w2"), at("09:05")),
]
KEYS: Final = (
    *("warga-rentan", "jalur", "tps", "kotak"),
    *("penyelenggara", "bpbd", "hitung-orang", "posko"),
)


def ticking(alert: str, step: str, text: str = "") -> Told:
    """Somebody says that a step is done."""
    return saying(note(alert, text), step=step)


def day(*items: Item) -> list[Effect]:
    """Judge the morning, and what follows."""
    return judge(journal(*MORNING, *items), whole_world())


def flood(*items: Item) -> Alert:
    """Return the alert of the flood as it was shown last."""
    shown = [one.alert for one in only(day(*items), AlertShown) if one.alert.rule == "W13"]
    return shown[-1]


def ticks(alert: Alert) -> dict[str, tuple[str, str]]:
    """Return what is done: when, and by whom."""
    return {
        item.key: (clock(item.done_at), item.done_by)
        for item in alert.checklist
        if item.done_at is not None
    }


def kept(*items: Item) -> dict[str, Notes]:
    """Return the notes that the state keeps after a day, by rule."""
    state = PartitionState(0, whole_world())
    judge_into(state, journal(*MORNING, *items))
    rules = {alert.id: alert.rule for _, alert in state.alerts.items()}
    return {rules[AlertId(key)]: row for (key,), row in state.notes.items()}


def test_an_alert_opens_with_the_checklist_of_its_rule() -> None:
    """Nothing of it is done, and a rule without one has none."""
    opened = flood()
    assert KEYS == tuple(item.key for item in opened.checklist)
    assert {} == ticks(opened)
    others = [one.alert for one in only(day(), AlertShown) if one.alert.rule != "W13"]
    assert {()} == {one.checklist for one in others}


def test_a_note_ticks_a_step() -> None:
    """With the time and the actor; a text beside it is kept as a note."""
    after = flood(ticking(FLOOD, "jalur"), at("09:10"), ticking(FLOOD, "bpbd", "dua perahu"))
    assert {"jalur": ("09:05", "ops"), "bpbd": ("09:10", "ops")} == ticks(after)
    assert 1 == after.notes


def test_a_step_is_ticked_once() -> None:
    """Who says it again is thanked, and the first time stands."""
    twice = (ticking(FLOOD, "jalur"), at("09:20"), ticking(FLOOD, "jalur", "masih terbuka"))
    assert {"jalur": ("09:05", "ops")} == ticks(flood(*twice))
    assert ["done", "done"] == replies_of(day(*twice))


def test_a_note_makes_no_line() -> None:
    """Nor a revision: the alert is shown again, and is what it was."""
    before, after = flood(), flood(note(FLOOD, "jembatan putus"), ticking(FLOOD, "jalur"))
    assert lines_of(day()) == lines_of(day(note(FLOOD, "jembatan putus"), ticking(FLOOD, "jalur")))
    assert before.revision == after.revision
    assert before == replace(after, checklist=before.checklist, notes=0)


REFUSED: Final[dict[str, tuple[Told, str]]] = {
    "nothing said": (
        note(FLOOD, ""),
        "note needs in `reason` its text, or in `step` what is done",
    ),
    "a step that there is not": (
        ticking(FLOOD, "perahu"),
        f"the checklist of rule W13 has no step perahu; it has {', '.join(KEYS)}",
    ),
    "a rule without a checklist": (
        ticking(HALT, "jalur", "sudah"),
        "rule T06 has no checklist: a note about it has no `step`",
    ),
}


@pytest.mark.parametrize(("told", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_noted_is_refused(told: Told, reason: str) -> None:
    """With a sentence that says what there is, and nothing is kept of it."""
    assert [reason] == replies_of(day(told))
    assert {} == kept(told)


def test_the_newest_notes_are_kept() -> None:
    """With their authors, in the order of receipt; the number of all is shown."""
    many = [note(HALT, f"n{number}") for number in range(NOTES_MAX + 2)]
    rows = kept(*many)["T06"].notes
    assert [f"n{number}" for number in range(2, NOTES_MAX + 2)] == [one.text for one in rows]
    assert {("09:05", "ops")} == {(clock(one.at), one.actor) for one in rows}
    halts = [one.alert for one in only(day(*many), AlertShown) if one.alert.rule == "T06"]
    assert NOTES_MAX + 2 == halts[-1].notes


def test_who_may_not_act_may_not_write() -> None:
    """A note is a command: the roster says who may."""
    written = saying(note(HALT, "x"), actor=Actor("look", ActorRole.OPERATOR))
    told = journal(at("06:00"), suspended(KR), at("07:00"), written)
    [reason] = replies_of(judge(told, world(ROSTER)))
    assert "viewer" in reason


def test_what_is_ticked_stays_so_when_the_alert_comes_back() -> None:
    """An episode has one checklist, however often it ends."""
    again = (
        ticking(FLOOD, "jalur"),
        ack(FLOOD),
        at("09:10"),
        command(CommandKind.RESOLVE, FLOOD),
        at("09:15"),
        command(CommandKind.REOPEN, flood().id),
    )
    assert {"jalur": ("09:05", "ops")} == ticks(flood(*again))
    lines = story(*MORNING, *again, of=FLOOD, world=whole_world())
    assert "09:15 reopened" in lines


def test_restarts_change_nothing() -> None:
    """Neither the lines nor what is shown of notes and ticks."""
    steps = [*MORNING, ticking(FLOOD, "jalur", "a"), at("09:30"), note(FLOOD, "b"), at("10:00")]
    in_one_go = story_in_one_go(*steps, world=whole_world())
    assert in_one_go == story_with_restarts(*steps, world=whole_world())
