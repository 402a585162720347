"""What became of notices: shown with the alert, and X09 where a call has reached nobody."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Told
from streams.domain.effects import AlertShown, Rejected
from streams.domain.events import CommandKind
from streams.domain.journal import AcceptedReceipt
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.domain.times import EpochMs
from streams.domain.words import Role
from streams.judge.state import PartitionState
from streams.judge.world import World
from tests.support.events import ack, command, report
from tests.support.notices import contact, everybody, told_of, world_with
from tests.support.receipts import delivered, failed, id_of, receipt
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    brief,
    journal,
    judge,
    judge_into,
    lines_of,
    name_of,
    named,
    of_election,
    only,
    story,
)
from tests.support.world import ELECTION, KR, clock, every_rule

CONVOY: Final = "W15@KR|KAM-11"
"""A high alert: it calls OPS/polsek when it opens."""
POLSEK: Final = "X09@pipeline:contacts|OPS/polsek@17.02"
ROOM: Final = "X09@pipeline:contacts|SYS/polres_ops@17.02"
WORLD: Final = world_with(*everybody(), pack=every_rule())
TWICE: Final = world_with(*everybody(), contact("OPS/polsek"), pack=every_rule())
"""A Polsek with two contacts."""
NINE: Final[tuple[Item, ...]] = (
    at("09:00"),
    report("KAM-11", KR, by="ptps", role=Role.PTPS),
    at("09:03"),
)
SECOND: Final = "OPS/polsek@17.02/2"


def told(*items: Item, world: World = WORLD, of: str = CONVOY) -> Told:
    """Return what the convoy's alert knows of having told the Polsek."""
    alert = alerts_of(judge(journal(*NINE, *items), world))[of]
    return next(one for one in alert.told if one.level == "polsek")


def in_vain(*items: Item, world: World = WORLD, of: str = POLSEK) -> list[str]:
    """Return the lines of X09 about a level, on the day of the convoy."""
    return story(*NINE, *items, of=of, world=world)


@pytest.mark.parametrize(
    ("items", "counts"),
    [
        ((), (0, 0, None)),
        ((delivered("OPS/polsek", CONVOY),), (1, 0, "09:03")),
        ((failed("OPS/polsek", CONVOY),), (0, 1, None)),
        (
            (
                failed("OPS/polsek", CONVOY, next_way="telegram"),
                at("09:07"),
                delivered("OPS/polsek", CONVOY),
            ),
            (1, 1, "09:07"),
        ),
        (
            (delivered("OPS/polsek", CONVOY), at("09:06"), delivered("OPS/polsek", CONVOY)),
            (1, 0, "09:03"),
        ),
        ((delivered("OPS/polsek", CONVOY), delivered(SECOND, CONVOY)), (2, 0, "09:03")),
        ((delivered("OPS/polres", CONVOY),), (0, 0, None)),
        ((delivered("OPS/polsek", "W15@KR|HIT-01"),), (0, 0, None)),
    ],
)
def test_an_alert_knows_whom_it_has_reached(
    items: tuple[Item, ...], counts: tuple[int, int, str | None]
) -> None:
    """Contacts count once; every way that was given up counts; the first time is kept."""
    found = told(*items, world=TWICE)
    first = None if found.delivered_at is None else clock(found.delivered_at)
    assert counts == (found.delivered, found.failed, first)


def test_what_is_counted_is_shown_and_is_no_change() -> None:
    """The alert is shown again as it was, with no line and no other revision."""
    before = judge(journal(*NINE), WORLD)
    after = judge(journal(*NINE, delivered("OPS/polsek", CONVOY)), WORLD)
    assert lines_of(before) == lines_of(after)
    assert len(only(before, AlertShown)) + 1 == len(only(after, AlertShown))
    [old, new] = (alerts_of(effects)[CONVOY] for effects in (before, after))
    assert replace(old, told=()) == replace(new, told=())


def test_a_receipt_twice_counts_once() -> None:
    """By its id; what the second says, from whom it may come, does not matter."""
    first = named("r", failed("OPS/polsek", CONVOY, next_way="telegram"))
    second = named("r", delivered("OPS/polsek", CONVOY))
    effects = judge(journal(*NINE, first, second), WORLD)
    assert [] == only(effects, Rejected)
    assert 0 == told(first, second).delivered


def test_what_was_told_before_it_came_back_is_over() -> None:
    """A receipt of an earlier opening counts for nothing, one of the newest does."""
    again: tuple[Item, ...] = (
        command(CommandKind.RESOLVE, CONVOY),
        at("09:06"),
        command(CommandKind.REOPEN, id_of(CONVOY)),
        at("09:07"),
    )
    assert 0 == told(*again, delivered("OPS/polsek", CONVOY)).delivered
    assert 1 == told(*again, delivered("OPS/polsek", CONVOY, revision=3)).delivered
    assert [] == in_vain(*again, failed("OPS/polsek", CONVOY))
    assert ["09:07 opened"] == in_vain(*again, failed("OPS/polsek", CONVOY, revision=3))


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ((failed("OPS/polsek", CONVOY),), ["09:03 opened"]),
        ((receipt(ReceiptOutcome.UNADDRESSED, "OPS/polsek", CONVOY),), ["09:03 opened"]),
        ((receipt(ReceiptOutcome.BLOCKED, "OPS/polsek", CONVOY),), ["09:03 opened"]),
        ((failed("OPS/polsek", CONVOY, next_way="telegram"),), []),
        ((delivered("OPS/polsek", CONVOY), failed("OPS/polsek", CONVOY)), []),
        (
            (failed("OPS/polsek", CONVOY), delivered("OPS/polsek", CONVOY)),
            ["09:03 opened", "09:03 returned"],
        ),
        (
            (failed("OPS/polsek", CONVOY), at("09:06"), delivered("OPS/polsek")),
            ["09:03 opened", "09:06 returned"],
        ),
        (
            (failed("OPS/polsek", CONVOY), at("09:06"), delivered(SECOND, CONVOY)),
            ["09:03 opened", "09:06 returned"],
        ),
        (
            (failed("OPS/polsek", CONVOY), at("09:06"), delivered("OPS/polres", CONVOY)),
            ["09:03 opened"],
        ),
        ((failed("OPS/polsek@17.02.09/1", CONVOY),), []),
        ((ack(CONVOY), failed("OPS/polsek", CONVOY)), ["09:03 opened"]),
        ((command(CommandKind.RESOLVE, CONVOY), failed("OPS/polsek", CONVOY)), []),
    ],
)
def test_a_call_that_reaches_nobody_is_told(items: tuple[Item, ...], lines: list[str]) -> None:
    """Once nothing is left to try, while the alert is open; any word to the level ends it."""
    assert lines == in_vain(*items)


def test_one_of_several_is_enough() -> None:
    """It is told when the last of those who were called is lost."""
    first, second = failed("OPS/polsek", CONVOY), failed(SECOND, CONVOY)
    assert [] == in_vain(first, world=TWICE)
    assert [] == in_vain(first, delivered(SECOND, CONVOY), world=TWICE)
    assert ["09:06 opened"] == in_vain(first, at("09:06"), second, world=TWICE)


def test_who_was_only_informed_was_not_called_in_vain() -> None:
    """Nobody must answer there."""
    kam = "W01@DESA|KAM-04"
    day = (at("09:00"), report("KAM-04", KR, by="p", role=Role.PTPS), at("09:03"))
    of = "X09@pipeline:contacts|ADM/kpu@17.02"
    effects = judge(journal(*day, failed("ADM/kpu", kam)), WORLD)
    assert [] == [brief(line) for line in lines_of(effects) if name_of(line) == of]
    assert [1] == [one.failed for one in alerts_of(effects)[kam].told if one.level == "kpu"]


def test_a_new_call_has_to_arrive_by_itself() -> None:
    """What was delivered before says nothing of a channel that is dead by now."""
    again = (delivered("OPS/polsek", CONVOY), ack(CONVOY), at("09:06"))
    called = (*again, command(CommandKind.UNACK, CONVOY), at("09:07"))
    assert ["09:07 opened"] == in_vain(*called, failed("OPS/polsek", CONVOY, revision=3))
    assert [] == in_vain(*called, failed("OPS/polsek", CONVOY, revision=2))


def test_it_calls_the_room_and_tells_who_keeps_the_list() -> None:
    """On the ladder of the pipeline, and it takes no names with it."""
    calls = told_of(*NINE, failed("OPS/polsek", CONVOY), at("09:06"), of=POLSEK, world=WORLD)
    assert ["09:03 SYS/polres_ops call opened", "09:03 SYS/it inform opened"] == calls


def test_its_own_failing_calls_make_no_chain() -> None:
    """There is one for each level, and what holds does not begin again."""
    day: list[Item] = [*NINE, failed("OPS/polsek", CONVOY)]
    for minute in range(10):
        day += [at(f"09:{10 + minute}"), failed("SYS/polres_ops", POLSEK, ROOM)]
    lines = lines_of(judge(journal(*day), WORLD))
    found = [f"{name_of(line)} {brief(line)}" for line in lines if line.rule == "X09"]
    assert [f"{POLSEK} 09:03 opened", f"{ROOM} 09:10 opened"] == [
        one for one in found if "opened" in one
    ]


def test_a_restricted_alert_is_not_named_by_it() -> None:
    """Who mends the list of contacts learns that a level is not reached, and not by what."""
    complaint = report("NET-01", KR, by="w", role=Role.PTPS)
    effects = judge(journal(at("09:00"), complaint, at("09:03")), WORLD)
    [hidden] = [one for one in alerts_of(effects).values() if one.restricted_to]
    level = hidden.told[0].level
    lost = failed(f"PROP/{level}", name_of(hidden))
    effects = judge(journal(at("09:00"), complaint, at("09:03"), lost), WORLD)
    shown = alerts_of(effects)[f"X09@pipeline:contacts|PROP/{level}@17.02"]
    assert () == shown.restricted_to
    assert hidden.id not in repr(shown)
    assert hidden.title.id not in repr(shown)


def test_a_drill_has_its_own() -> None:
    """What is blocked in a drill is said in the drill, and the real level is none the wiser."""
    drill = f"{ELECTION}#drill-TFG1"
    alert = ReceiptAlert(id_of(CONVOY, drill), 1)
    lost = receipt(ReceiptOutcome.BLOCKED, "OPS/polsek")
    assert isinstance(lost.event, Receipt)
    blocked = of_election(drill, replace(lost, event=replace(lost.event, alerts=(alert,))))
    convoy = of_election(drill, report("KAM-11", KR, by="ptps", role=Role.PTPS))
    effects = judge(journal(at("09:00"), convoy, at("09:03"), blocked), WORLD)
    [line] = [line for line in lines_of(effects) if line.rule == "X09"]
    assert (drill, True) == (line.election, line.drill)
    real = judge(journal(*NINE, convoy, blocked), WORLD)
    assert {True} == {line.drill for line in lines_of(real) if line.rule == "X09"}


def test_it_never_moves_what_silence_is_judged_by() -> None:
    """A kabupaten from which only receipts come is as silent as without them (X05)."""
    quiet: list[Item] = [at("07:00"), report("KAM-11", KR, by="p", role=Role.PTPS)]
    spoken: list[Item] = []
    for minute in range(10):
        spoken += [at(f"07:{minute + 1:02}"), delivered("OPS/polsek", CONVOY)]
    silent = "X05@pipeline:input"
    expected = story(*quiet, at("07:10"), of=silent, world=WORLD)
    assert expected
    assert expected == story(*quiet, *spoken, of=silent, world=WORLD)


def test_it_moves_no_clock_of_a_played_day() -> None:
    """There its time is not known: the clock of the day counts as it stands."""
    steps = journal(*NINE, failed("OPS/polsek", CONVOY))
    timeless = [
        replace(step, record=replace(step.record, received_at=EpochMs(0), at=EpochMs(0)))
        if isinstance(step.record, AcceptedReceipt)
        else step
        for step in steps
    ]
    state = PartitionState(0, WORLD)
    lines = [brief(one) for one in lines_of(judge_into(state, timeless)) if one.rule == "X09"]
    assert ["09:02:30 opened"] == lines


def test_a_restart_changes_nothing_of_it() -> None:
    """Whoever takes over knows who was called, and who has been reached."""
    day = (*NINE, failed("OPS/polsek", CONVOY), at("09:06"), failed(SECOND, CONVOY), at("09:07"))
    one = (*day, delivered("OPS/polsek", CONVOY), at("09:10"))
    assert story_in_one_go(*one, world=TWICE) == story_with_restarts(*one, world=TWICE)
