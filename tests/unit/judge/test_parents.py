"""Who speaks for whom: a matter that spreads (W06) for its alerts, a mass silence (X01) for T07.

TPS 1, 5, 7, 8 and 9 lie in five desa of one kecamatan; a supervisor's word is enough for an alert.
"""

from typing import Final

import pytest

from streams.domain.alert import AlertState
from streams.domain.effects import AlertShown
from streams.domain.events import CommandKind
from tests.support.events import ack, command, heartbeat, opened, shelve
from tests.support.rule_days import day_with, told_by
from tests.support.stories import Item, at, journal, judge, only, replies_of, story
from tests.support.world import KH, KR, KR2, SR, R, whole_world

Event = dict[str, object]
MATTER: Final = "W06@36.04.17|LOG-04"
FIRST: Final = "W15@{1}|LOG-04"


def seal(tps: int, clock: str) -> Event:
    """A supervisor reports a broken seal."""
    return {"at": clock, "report": "LOG-04", "tps": tps, "role": "ptps"}


def order(kind: str, alert: str, clock: str, **more: object) -> Event:
    """Somebody gives a command."""
    return {"at": clock, "command": kind, "alert": alert, **more}


THREE: Final = (seal(1, "09:00"), seal(5, "09:01"), seal(7, "09:02"))
SHELVED: Final = order("shelve", FIRST, "09:03", until="2024-11-27T09:30:00+07:00")
ENDED: Final = order("resolve", MATTER, "09:10")

DAYS: Final[dict[str, tuple[tuple[Event, ...], str, list[str]]]] = {
    # events, until, what is told of the first alert beside that it opened
    "it is silent from when its parent begins": (THREE, "09:08", ["09:02 inhibited"]),
    "and free when its parent ends": (
        (*THREE, ENDED),
        "09:14",
        ["09:02 inhibited", "09:10 uninhibited"],
    ),
    "with full time at its level": (
        (*THREE, ENDED),
        "09:16",
        ["09:02 inhibited", "09:10 uninhibited", "09:15 escalated"],
    ),
    "who had been taken stays taken": (
        (*THREE[:2], order("ack", FIRST, "09:01"), THREE[2], ENDED),
        "09:40",
        ["09:01 acknowledged", "09:02 inhibited", "09:10 uninhibited"],
    ),
    "taking the parent leaves the children": (
        (*THREE, order("ack", MATTER, "09:03"), order("unack", MATTER, "09:05")),
        "09:08",
        ["09:02 inhibited"],
    ),
    "shelving the parent leaves the children": (
        (*THREE, order("shelve", MATTER, "09:03", until="2024-11-27T09:20:00+07:00")),
        "09:40",
        ["09:02 inhibited"],
    ),
    "neither taken nor sent up while it is silent": (
        (*THREE, order("ack", FIRST, "09:03"), order("escalate", FIRST, "09:04")),
        "09:08",
        ["09:02 inhibited"],
    ),
    "a person may resolve it": (
        (*THREE, order("resolve", FIRST, "09:03"), ENDED),
        "09:40",
        ["09:02 inhibited", "09:03 resolved"],
    ),
    "a person reopens it, and it is silent again": (
        (*THREE, order("resolve", FIRST, "09:03"), order("reopen", "{first}", "09:04")),
        "09:08",
        ["09:02 inhibited", "09:03 resolved", "09:04 reopened", "09:04 inhibited"],
    ),
    "a person shelves it, and it is silent again afterwards": (
        (*THREE, SHELVED),
        "09:40",
        ["09:02 inhibited", "09:03 shelved", "09:30 unshelved", "09:30 inhibited"],
    ),
    "its parent ends while it is shelved": (
        (*THREE, SHELVED, ENDED),
        "09:34",
        ["09:02 inhibited", "09:03 shelved", "09:30 unshelved"],
    ),
    "it was shelved before its parent began": (
        (THREE[0], order("shelve", FIRST, "09:01", until="2024-11-27T09:30:00+07:00"), *THREE[1:]),
        "09:40",
        ["09:01 shelved", "09:02 inhibited"],
    ),
}


def first_of(*events: Event, until: str) -> list[str]:
    """Return what is told of the alert of TPS 1."""
    id_ = next(one.alert.id for one in only(day_with(*events[:1], until="09:00"), AlertShown))
    named = [
        {**one, "alert": str(one["alert"]).replace("{first}", id_)} if "alert" in one else one
        for one in events
    ]
    lines = told_by(day_with(*named, until=until), "W15")
    return [line.removesuffix(" W15@1|LOG-04") for line in lines if line.endswith("@1|LOG-04")]


@pytest.mark.parametrize(("events", "until", "told"), DAYS.values(), ids=DAYS)
def test_a_parent_speaks_while_it_is_open_and_holds(
    events: tuple[Event, ...], until: str, told: list[str]
) -> None:
    """Silenced is the telling, never the record."""
    assert ["09:00 opened", *told] == first_of(*events, until=until)


def test_what_a_person_has_shelved_stays_shelved_whatever_the_parent_takes_in() -> None:
    """It is looked at when the shelf is over."""
    told = first_of(*THREE, SHELVED, seal(8, "09:05"), until="09:29")
    assert ["09:00 opened", "09:02 inhibited", "09:03 shelved"] == told


def test_what_opens_while_the_parent_holds_is_told_and_then_silent() -> None:
    """An inhibited alert is `opened`, then `inhibited` (contract §5)."""
    lines = told_by(day_with(*THREE, seal(8, "09:05"), until="09:06"), "W15")
    assert ["09:05 opened W15@8|LOG-04", "09:05 inhibited W15@8|LOG-04"] == lines[-2:]


def test_another_category_is_another_matter() -> None:
    """A parent of seals does not speak for what is missing."""
    missing: Event = {"at": "09:05", "report": "LOG-03", "tps": 1, "role": "ptps"}
    lines = told_by(day_with(*THREE, missing, until="09:06"), "W15")
    assert "09:05 opened W15@1|LOG-03" == lines[-1]


def test_what_was_refused_of_a_silent_alert_says_why() -> None:
    """The operator learns that somebody else speaks for it."""
    replies = replies_of(day_with(*THREE, order("ack", FIRST, "09:03"), until="09:04"))
    assert ["an alert that is inhibited cannot be moved by ack"] == replies


DAY: Final = whole_world()
SEVEN: Final[list[Item]] = [at("07:00"), *map(opened, (KR, R, SR, KH, KR2))]
QUIET: Final = "X01@17.02.09"
"""Begins at 07:15; that pair P03 is silent as well is told at 07:15, raised at 07:30."""

PAIRS: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "the silence goes on": ([at("07:40")], ["07:15 opened", "07:15 inhibited"]),
    "a person ends it": (
        [at("07:18"), command(CommandKind.RESOLVE, QUIET), at("07:19")],
        ["07:15 opened", "07:15 inhibited", "07:18 uninhibited"],
    ),
    "it is heard, and the others are not": (
        [at("07:18"), heartbeat(SR), at("07:19")],
        ["07:15 opened", "07:15 inhibited", "07:18 resolved"],
    ),
    "it has become worse meanwhile": (
        [at("07:31"), command(CommandKind.RESOLVE, QUIET), at("07:32")],
        ["07:15 opened", "07:15 inhibited", "07:31 uninhibited", "07:31 raised"],
    ),
    "a person shelves it": (
        [at("07:18"), shelve("T07@pair:P03", "07:20"), at("07:21")],
        [
            *("07:15 opened", "07:15 inhibited", "07:18 shelved"),
            *("07:20 unshelved", "07:20 inhibited"),
        ],
    ),
    "somebody takes the silence": (
        [at("07:18"), ack(QUIET), ack("T07@pair:P03"), at("07:21")],
        ["07:15 opened", "07:15 inhibited"],
    ),
}


@pytest.mark.parametrize(("items", "told"), PAIRS.values(), ids=PAIRS)
def test_a_mass_silence_speaks_for_who_is_silent(items: list[Item], told: list[str]) -> None:
    """One network that fails is one alarm."""
    assert told == story(*SEVEN, *items, of="T07@pair:P03", world=DAY)


def test_a_pair_that_also_watches_elsewhere_is_not_of_that_silence() -> None:
    """Pair P02 has a TPS in the next kecamatan: its silence is not explained by this one."""
    told = story(*SEVEN, at("07:31"), of="T07@pair:P02", world=DAY)
    assert ["07:30 opened"] == told


def test_who_is_silenced_says_by_whom() -> None:
    """Until it is free."""
    items = [*SEVEN, at("07:16"), command(CommandKind.RESOLVE, QUIET), at("07:16:30")]
    shown = [one.alert for one in only(judge(journal(*items), DAY), AlertShown)]
    [quiet] = {one.id for one in shown if one.rule == "X01"}
    pairs = [one for one in shown if one.scope == "pair:17.02/P03"]
    assert [None, quiet, None] == [one.parent for one in pairs]
    assert [AlertState.UNACKNOWLEDGED, AlertState.INHIBITED, AlertState.UNACKNOWLEDGED] == [
        one.state for one in pairs
    ]
