"""Who acts without being on duty (X07): the act counts, and somebody is told."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import CommandKind
from streams.domain.words import Role
from streams.judge.world import Watched, World
from tests.support.events import ack, command, note, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.stories import (
    Item,
    alerts_of,
    at,
    journal,
    judge,
    lines_of,
    name_of,
    replies_of,
    story,
)
from tests.support.world import ELECTION, KABUPATEN, KR, every_rule, plan

SEAL: Final = "W15@KR|LOG-04"
FILE: Final = "X06@KR|kotak"
"""Opens with it, and lasts until a person has decided."""
FIRST: Final = "X07@officer:A1"


def world_where(*, on_duty: bool = True, shift: tuple[int, int] | None = None) -> World:
    """Return the tiny world, with A1 on duty or not, or for some hours of the day."""
    key = (KABUPATEN, "A1")
    start, end = (None, None) if shift is None else (shift[0] * 60, shift[1] * 60)
    changed = replace(
        plan().officers[key], on_duty=on_duty, shift_start_minutes=start, shift_end_minutes=end
    )
    whole = replace(plan(), officers={**plan().officers, key: changed})
    return World({ELECTION: Watched.of(whole, every_rule())})


OFF: Final = world_where(on_duty=False)
NIGHT: Final = world_where(shift=(22, 6))
MORNING: Final = world_where(shift=(6, 10))
SEALED: Final[list[Item]] = [at("05:00"), report("LOG-04", KR, "p", Role.PTPS)]

HOURS: Final[dict[str, tuple[World, str, int]]] = {
    "not on duty at all": (OFF, "09:00", 1),
    "on duty, whatever the hour": (world_where(), "09:00", 0),
    "before the shift": (MORNING, "05:59:30", 1),
    "when the shift begins": (MORNING, "06:00", 0),
    "at its last moment": (MORNING, "09:59:30", 0),
    "when the shift ends": (MORNING, "10:00", 1),
    "in a shift over midnight": (NIGHT, "05:59:30", 0),
    "after a shift over midnight": (NIGHT, "06:00", 1),
    "before a shift over midnight": (NIGHT, "21:59:30", 1),
    "when a shift over midnight begins": (NIGHT, "22:00", 0),
    "in no shift of a day off": (world_where(on_duty=False, shift=(6, 10)), "09:00", 1),
}


@pytest.mark.parametrize(("world", "clock", "lines"), HOURS.values(), ids=HOURS)
def test_an_act_off_duty_is_told(world: World, clock: str, lines: int) -> None:
    """By the local time of the act."""
    found = story(*SEALED, at(clock), ack(SEAL, by="A1"), of=FIRST, world=world)
    assert [f"{clock} opened"] * lines == found


def test_the_act_counts_all_the_same() -> None:
    """Nobody is left alone with an alert because a roster is out of date."""
    effects = judge(journal(*SEALED, ack(SEAL, by="A1")), OFF)
    assert ["done"] == replies_of(effects)
    lines = [f"{line.change} {name_of(line)}" for line in lines_of(effects)]
    assert ["acknowledged W15@KR|LOG-04", "opened X07@officer:A1"] == lines[-2:]


NO_ACTS: Final[dict[str, Item]] = {
    "a note": note(SEAL, "seen"),
    "what was refused": command(CommandKind.UNACK, SEAL, by="A1"),
    "of somebody who is in no roster": ack(SEAL),
    "of somebody on duty": ack(SEAL, by="A2"),
}


@pytest.mark.parametrize("item", NO_ACTS.values(), ids=NO_ACTS)
def test_what_changes_nothing_is_no_act(item: Item) -> None:
    """Nor is it that of somebody who may."""
    lines = lines_of(judge(journal(*SEALED, item), OFF))
    assert not [line for line in lines if line.rule == "X07"]


ENDS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    # the first act of A1 was at 05:10, off duty; his shift is from 6 to 10
    "another act off duty is the same matter": (
        [at("05:12"), command(CommandKind.UNACK, SEAL, by="A1")],
        ["05:10 opened"],
    ),
    "he acts on duty": (
        [at("06:02"), ack(FILE, by="A1")],
        ["05:10 opened", "06:02 returned"],
    ),
    "somebody else acts on duty": (
        [at("06:02"), ack(FILE, by="A2")],
        ["05:10 opened"],
    ),
    "a person resolves it": (
        [at("05:12"), command(CommandKind.RESOLVE, FIRST)],
        ["05:10 opened", "05:12 resolved"],
    ),
    "the next act soon after is asked about again": (
        [
            *(at("05:12"), command(CommandKind.RESOLVE, FIRST)),
            *(at("05:20"), command(CommandKind.UNACK, SEAL, by="A1")),
        ],
        ["05:10 opened", "05:12 resolved", "05:20 reopened"],
    ),
    "the next act much later is a new matter": (
        [
            *(at("05:12"), command(CommandKind.RESOLVE, FIRST)),
            *(at("05:43"), command(CommandKind.UNACK, SEAL, by="A1")),
        ],
        ["05:10 opened", "05:12 resolved", "05:43 opened"],
    ),
}


@pytest.mark.parametrize(("items", "told"), ENDS.values(), ids=ENDS)
def test_it_is_over_when_he_acts_on_duty(items: list[Item], told: list[str]) -> None:
    """Or when a person has seen to it; a takeover changes nothing."""
    day = [*SEALED, at("05:10"), ack(SEAL, by="A1"), *items]
    assert told == [line for line in story(*day, of=FIRST, world=MORNING) if "escal" not in line]
    assert story_in_one_go(*day, world=MORNING) == story_with_restarts(*day, world=MORNING)


def test_an_alert_says_what_was_done_and_why_that_was_off_duty() -> None:
    """Command, time, shift; and it is as vulnerable as his pair."""
    day = journal(*SEALED, at("05:10"), ack(SEAL, by="A1"))
    alert = alerts_of(judge(day, MORNING))[FIRST]
    assert "Command ack at 05:10" in alert.summary.en
    assert [
        ("class", "kurang_rawan", True),
        ("acted", "ack 05:10", True),
        ("on_duty", True, True),
        ("shift", "06:00–10:00", False),
    ] == [(why.check, why.value, why.holds) for why in alert.why]
    assert ["operator.commands A1"] == [f"{one.topic} {one.source}" for one in alert.evidence]


def test_who_is_off_duty_all_day_has_no_shift_to_blame() -> None:
    """The roster says no."""
    alert = alerts_of(judge(journal(*SEALED, ack(SEAL, by="A1")), OFF))[FIRST]
    assert [("on_duty", False, False)] == [
        (why.check, why.value, why.holds) for why in alert.why if why.check in {"on_duty", "shift"}
    ]
