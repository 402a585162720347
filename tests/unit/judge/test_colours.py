"""Colours of kecamatan and kabupaten (X03): what raises them, and who may take them down."""

from typing import Final

import pytest
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from streams.domain.alert import Alert
from streams.domain.effects import Line
from streams.domain.events import CommandKind
from streams.domain.words import Role, SituationColour
from tests.support.events import ack, command, report
from tests.support.restarts import story_in_one_go, story_with_restarts
from tests.support.station import count, short_of_ballots
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    lines_of,
    of_election,
    replies_of,
    story,
)
from tests.support.world import DESA, ELECTION, KR, R2, whole_world

DAY: Final = whole_world()
AREA: Final = "17.02.09"
COLOUR: Final = f"X03@{AREA}"
NINE: Final = at("09:00")
HIJAU, KUNING, MERAH = SituationColour.HIJAU, SituationColour.KUNING, SituationColour.MERAH
PANIC: Final = "W01@DESA|KAM-04"


def order(to: SituationColour | UnsetType, area: str | UnsetType = AREA, by: str = "chief") -> Told:
    """Somebody orders a colour."""
    told = command(CommandKind.SET_SITUATION, by=by)
    return replace(told, event=replace(told.event, area=area, situation=to))


def grave(category: str = "KAM-04", by: str = "ptps") -> Told:
    """A supervisor reports something by which an alert opens at once; KAM-04 is critical."""
    return report(category, KR, by, Role.PTPS)


def alert(*items: Item, of: str = COLOUR) -> Alert:
    """Return the alert of an area."""
    return alerts_of(judge(journal(*items), DAY))[of]


REFUSED: Final[dict[str, tuple[list[Item], Told, str]]] = {
    "it has that colour": ([], order(HIJAU), "the situation of 17.02.09 is hijau already"),
    "two colours at once": (
        [order(MERAH)],
        order(HIJAU),
        "from merah the situation goes down by one colour an order",
    ),
    "a critical alert is open": (
        [grave(), at("09:50")],
        order(HIJAU),
        "17.02.09 is not calm yet; it goes down after 45 calm minutes",
    ),
    "it has been calm for too short a time": (
        [grave(), at("09:10"), command(CommandKind.RESOLVE, PANIC, "chief"), at("09:54:59")],
        order(HIJAU),
        "17.02.09 is calm for 44 minutes; it goes down after 45 calm minutes",
    ),
    "something high has come since": (
        [order(KUNING), at("09:30"), grave("LOG-04"), at("10:14")],
        order(HIJAU),
        "17.02.09 is calm for 44 minutes; it goes down after 45 calm minutes",
    ),
    "no area": ([], order(KUNING, UNSET), "set_situation needs `area` and `situation`"),
    "no colour": ([], order(UNSET), "set_situation needs `area` and `situation`"),
    "a desa has none": (
        [],
        order(KUNING, DESA),
        "set_situation is for a kecamatan or kabupaten; found 17.02.09.1001",
    ),
    "not a commander": ([], order(KUNING, by="ops"), "role operator may not set_situation"),
}


@pytest.mark.parametrize(("items", "ordered", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_order_that_cannot_be_says_why(items: list[Item], ordered: Told, reason: str) -> None:
    """And changes nothing."""
    day = [NINE, *items, ordered]
    effects = judge(journal(*day), DAY)
    assert reason == replies_of(effects)[-1]
    colours = [line for line in lines_of(effects) if line.rule == "X03"]
    before = [line for line in lines_of(judge(journal(*day[:-1]), DAY)) if line.rule == "X03"]
    assert [line.change for line in before] == [line.change for line in colours]


STORIES: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "an order up": ([order(KUNING)], ["09:00 opened high"]),
    "an order to the top": ([order(MERAH)], ["09:00 opened critical"]),
    "one colour after the other": (
        [order(KUNING), order(MERAH)],
        ["09:00 opened high", "09:00 raised critical"],
    ),
    "down by orders, one colour each": (
        [order(MERAH), order(KUNING), order(HIJAU)],
        ["09:00 opened critical", "09:00 lowered high", "09:00 returned high"],
    ),
    "two critical alerts": (
        [grave(), grave("KAM-03")],
        ["09:00 opened high", "09:00 raised critical"],
    ),
    "one critical alert is over, another comes": (
        [grave(), command(CommandKind.RESOLVE, PANIC, "chief"), at("09:01"), grave("KAM-03")],
        ["09:00 opened high"],
    ),
    "a colour that stays when its alerts are over": (
        [grave(), command(CommandKind.RESOLVE, PANIC, "chief"), at("09:02")],
        ["09:00 opened high"],
    ),
    "who has taken the alert has not taken what it rests on": (
        [grave(), ack(COLOUR), grave("KAM-03")],
        ["09:00 opened high", "09:00 acknowledged high", "09:00 raised critical"],
    ),
    "calm for 45 minutes": (
        [
            *(grave(), at("09:10"), command(CommandKind.RESOLVE, PANIC, "chief"), ack(COLOUR)),
            *(at("09:55"), order(HIJAU)),
        ],
        [
            *("09:00 opened high", "09:05 escalated high"),
            *("09:10 acknowledged high", "09:55 resolved high"),
        ],
    ),
    "restricted alerts raise nothing that all can see": (
        [*(short_of_ballots(count(KR, 9, 9, of=one)) for one in ("bupati", "gubernur"))],
        [],
    ),
    "a drill has its own colours": (
        [of_election(f"{ELECTION}#drill-gladi", grave())],
        [],
    ),
    "another kecamatan": ([report("KAM-04", R2, "p", Role.PTPS)], []),
}


def brief(line: Line) -> str:
    """Return a line with its severity."""
    minutes = (line.at - NINE.at) // 60_000
    return f"09:{minutes:02} {line.change} {line.severity}"


@pytest.mark.parametrize(("items", "told"), STORIES.values(), ids=STORIES)
def test_a_colour_goes_up_by_itself_and_down_by_order(items: list[Item], told: list[str]) -> None:
    """A takeover at any time changes nothing."""
    day = [NINE, *items]
    lines = [line for line in lines_of(judge(journal(*day), DAY)) if line.rule == "X03"]
    ours = [brief(line) for line in lines if line.scope == AREA and line.election == ELECTION]
    assert told == ours
    assert story_in_one_go(*day, world=DAY) == story_with_restarts(*day, world=DAY)


def test_a_kabupaten_counts_what_its_kecamatan_count() -> None:
    """Two critical alerts in two kecamatan are kuning there, and merah above."""
    items = [NINE, grave(), report("KAM-04", R2, "p", Role.PTPS)]
    assert ["09:00 opened"] == story(*items, of=COLOUR, world=DAY)
    assert ["09:00 opened"] == story(*items, of="X03@17.02.11", world=DAY)
    assert ["09:00 opened", "09:00 raised"] == story(*items, of="X03@17.02", world=DAY)


def test_an_order_names_itself_as_the_reason() -> None:
    """Nobody has to guess why an area without alerts is red."""
    ordered = alert(NINE, order(MERAH))
    whys = {why.check: why.value for why in ordered.why}
    assert (0, 0, "command:e2") == (
        whys["critical_open"],
        whys["high_open"],
        whys["ordered"],
    )


def test_a_colour_rests_on_the_alerts_that_are_counted() -> None:
    """Their evidence is its own, and the class that of the one by which it began."""
    both = alert(NINE, report("KAM-03", R2, "p", Role.PTPS), grave(), of="X03@17.02")
    assert ("rawan", 2) == (both.tps_class, len(both.evidence))
    assert [2] == [why.value for why in both.why if why.check == "critical_open"]


def test_where_no_rule_is_about_colours_there_is_nothing_to_order() -> None:
    """A pack may do without."""
    watched = DAY.elections[ELECTION]
    areas = replace(watched.rules.areas, situation=())
    bare = replace(watched, rules=replace(watched.rules, areas=areas))
    effects = judge(journal(NINE, order(KUNING)), replace(DAY, elections={ELECTION: bare}))
    assert ["no rule of this pack is about the colour of an area"] == replies_of(effects)
