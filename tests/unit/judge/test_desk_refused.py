"""What cannot be decided of a report, by whom, and what is said then."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.effects import TriageStatus
from streams.domain.events import OperatorCommand
from streams.domain.words import Role
from tests.support.desk import (
    BOMB,
    CURUP,
    MINE,
    RIOT,
    VAGUE,
    confirm_report,
    effects_of,
    last_of,
    place_report,
    reject_report,
    unsure,
)
from tests.support.events import (
    report,
)
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    lines_of,
    named,
    of_election,
    replies_of,
    triage_of,
)
from tests.support.world import (
    ELECTION,
    FAR,
    KR,
)

NINE: Final = at("09:00")


REFUSED: Final[dict[str, tuple[Told, str]]] = {
    "no id": (confirm_report(""), "confirm_report needs `report`, the tracking id of a report"),
    "nobody's id": (
        place_report("1702-AAAAAAAAAAAAAAAA", KR),
        "no report 1702-AAAAAAAAAAAAAAAA in this election; expected a tracking id of siaga.triage",
    ),
    "no place": (
        place_report(MINE, ""),
        "place_report needs `tps`, or in `area` the code of a desa",
    ),
    "no desa": (
        place_report(MINE, CURUP),
        "a report is placed in a TPS or a desa, as 17.02.09.1001; got 17.02.09",
    ),
    "no code": (
        place_report(MINE, "Curup"),
        "a report is placed in a TPS or a desa, as 17.02.09.1001; got Curup",
    ),
    "another kabupaten": (
        place_report(MINE, FAR),
        f"{FAR} is judged apart: expected a place in 17.02, where it was reported",
    ),
    "a desa that does not vote": (
        place_report(MINE, "17.02.09.1009-001"),
        "the desa of TPS 17.02.09.1009-001 does not vote: expected a TPS that is watched",
    ),
    "a category that nobody knows": (
        place_report(MINE, KR, "KAM-99"),
        "nobody knows the category KAM-99: expected one of the taxonomy",
    ),
    "true, but where": (
        confirm_report(MINE),
        f"it is not sure where report {MINE} is: expected place_report before",
    ),
}


@pytest.mark.parametrize(("order", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_order_is_refused(order: Told, reason: str) -> None:
    """With what was expected, and nothing changes."""
    effects = effects_of(NINE, BOMB, order)
    assert ([reason], ["r1 open: place"]) == (replies_of(effects), triage_of(effects))


def test_two_places_are_none() -> None:
    """A TPS and a desa that it does not lie in."""
    order = place_report(MINE, KR)
    assert isinstance(order.event, OperatorCommand)
    both = replace(order, event=replace(order.event, area="17.02.09.1002"))
    assert [f"{KR} does not lie in 17.02.09.1002: expected one place"] == replies_of(
        effects_of(NINE, BOMB, both)
    )


UNCONFIRMED: Final[dict[str, tuple[Told, Told, str]]] = {
    "no category": (
        VAGUE,
        confirm_report(MINE),
        f"the report {MINE} has no category: expected one in `category`",
    ),
    "a category that nobody knows": (
        VAGUE,
        confirm_report(MINE, "KAM-99"),
        "nobody knows the category KAM-99: expected one of the taxonomy",
    ),
    "a category that no rule weighs": (
        named("r1", report("HIT-02", KR, "w1")),
        confirm_report(MINE),
        "no rule weighs reports of HIT-02: expected a `category` that one weighs",
    ),
    "a rumour, which is one by being copied": (
        VAGUE,
        confirm_report(MINE, "INF-02"),
        "no rule weighs reports of INF-02: expected a `category` that one weighs",
    ),
}


@pytest.mark.parametrize(("said_", "order", "reason"), UNCONFIRMED.values(), ids=UNCONFIRMED)
def test_what_no_rule_can_judge_is_not_confirmed(said_: Told, order: Told, reason: str) -> None:
    """Somebody must say of what it is, and a rule must weigh that."""
    assert [reason] == replies_of(effects_of(NINE, said_, order))


def test_what_was_decided_is_not_decided_the_same_way_again() -> None:
    """Who comes second is told so."""
    somewhere = unsure(named("r1", report("KAM-01", CURUP, "w1")))
    twice = [NINE, somewhere, place_report(MINE, KR), place_report(MINE, KR)]
    assert ["done", f"the report {MINE} was placed in {KR} already"] == replies_of(
        effects_of(*twice)
    )
    effects = effects_of(NINE, RIOT, confirm_report(MINE), confirm_report(MINE))
    alert = alerts_of(effects)["W01@DESA|KAM-01"].id
    assert [
        "done",
        f"the report {MINE} counts already for alert {alert}; expected reject_report before",
    ] == replies_of(effects)
    twice = [NINE, RIOT, reject_report(MINE), reject_report(MINE)]
    assert ["done", f"the report {MINE} was rejected already"] == replies_of(effects_of(*twice))


def of_area(area: str, order: Told) -> Told:
    """Let somebody order who is responsible for one area only."""
    assert isinstance(order.event, OperatorCommand)
    actor = replace(order.event.actor, area=area)
    return replace(order, event=replace(order.event, actor=actor))


def test_both_the_report_and_its_place_must_lie_in_the_area_of_the_actor() -> None:
    """The command itself lies in the kabupaten, wherever the report is."""
    wide = of_area("17.02.09", place_report(MINE, KR))
    assert ["done"] == replies_of(effects_of(NINE, BOMB, wide))
    away = of_area("17.02.09", place_report(MINE, "17.02.11.2001"))
    assert ["17.02.11.2001 lies outside area 17.02.09 of the actor"] == replies_of(
        effects_of(NINE, BOMB, away)
    )
    narrow = of_area("17.02.09.1001", place_report(MINE, KR))
    assert ["17.02.09 lies outside area 17.02.09.1001 of the actor"] == replies_of(
        effects_of(NINE, BOMB, narrow)
    )
    other = of_area("17.02.11", reject_report(MINE))
    assert [f"{KR} lies outside area 17.02.11 of the actor"] == replies_of(
        effects_of(NINE, RIOT, other)
    )


SECRET: Final = named("r1", report("NET-01", KR, "w1", Role.ANONIM))
"""What only Propam may hear of."""


def test_the_control_room_knows_of_no_report_that_only_propam_may_hear_of() -> None:
    """Neither by its id nor by its place."""
    nobody = f"no report {MINE} in this election; expected a tracking id of siaga.triage"
    for order in (confirm_report(MINE), reject_report(MINE), place_report(MINE, KR)):
        effects = effects_of(NINE, SECRET, order)
        assert ([nobody], ("propam",)) == (
            replies_of(effects),
            last_of(effects, "r1").restricted_to,
        )


def test_what_turns_out_to_be_propams_goes_out_of_sight() -> None:
    """Handed over by who has read it, and not taken back by him."""
    vague: list[Item] = [NINE, VAGUE, confirm_report(MINE, "NET-01"), reject_report(MINE)]
    effects = effects_of(*vague)
    standing = last_of(effects, "r1")
    assert (("propam",), True, TriageStatus.CONFIRMED) == (
        standing.restricted_to,
        standing.was_open,
        standing.status,
    )
    assert ["W08"] == [one.rule for one in lines_of(effects)]
    assert replies_of(effects)[1].startswith(f"no report {MINE}")


def test_a_drill_has_a_desk_of_its_own() -> None:
    """The same sender and id in a drill is another report."""
    drill = f"{ELECTION}#drill-TFG1"
    effects = effects_of(NINE, of_election(drill, BOMB), place_report(MINE, KR))
    assert replies_of(effects)[0].startswith(f"no report {MINE}")
    there = effects_of(NINE, of_election(drill, BOMB), of_election(drill, place_report(MINE, KR)))
    assert (["done"], [True]) == (
        replies_of(there),
        [one.drill for one in lines_of(there) if one.rule == "W01"],
    )
