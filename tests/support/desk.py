"""What a person at the desk orders of reports, and how the reports stand then."""

from collections.abc import Iterable
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.alert import Change
from streams.domain.effects import Effect, Line, Triage
from streams.domain.events import CommandKind, OperatorCommand
from streams.domain.ids import AreaCode, digest_id
from streams.domain.journal import Flag
from streams.judge.state import PartitionState
from tests.support.events import command, report
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, Told, journal, judge, judge_into, name_of, named, only
from tests.support.world import KABUPATEN, KR, whole_world

__all__ = [
    "BOMB",
    "CURUP",
    "DAY",
    "MINE",
    "RIOT",
    "VAGUE",
    "after",
    "confirm_report",
    "effects_of",
    "last_of",
    "place_report",
    "reject_report",
    "told",
    "tracking",
    "unsure",
    "weighed",
]


DAY: Final = whole_world()
CURUP: Final = AreaCode("17.02.09")


def unsure(told: Told) -> Told:
    """Let intake doubt the place."""
    return replace(told, flags=(Flag.PLACE_UNSURE,))


def tracking(by: str, report_id: str) -> str:
    """Return the id by which a report of the kabupaten is followed."""
    return digest_id(KABUPATEN, by, report_id)


BOMB: Final = unsure(named("r1", report("KAM-06", CURUP, "w1")))
"""Somewhere in the kecamatan; one voice is enough."""
RIOT: Final = named("r1", report("KAM-01", KR, "w1"))
"""One voice of three."""
VAGUE: Final = named("r1", report("", KR, "w1", text="tolong ke sini pak"))
"""Nobody can tell of what."""
MINE: Final = tracking("w1", "r1")
"""The id of each of them."""


def place_report(name: str, where: str, category: str = "", by: str = "ops") -> Told:
    """Somebody says where a report is: a TPS or another area; empty: he does not say."""
    tps = where if "-" in where else ""
    order = _order(CommandKind.PLACE_REPORT, name, category, by)
    area = where if where and not tps else UNSET
    return replace(order, event=replace(_command(order), tps=tps or UNSET, area=area))


def confirm_report(name: str, category: str = "", by: str = "ops") -> Told:
    """Somebody has called back: it is true."""
    return _order(CommandKind.CONFIRM_REPORT, name, category, by)


def reject_report(name: str, by: str = "ops") -> Told:
    """Somebody has found nothing in it."""
    return _order(CommandKind.REJECT_REPORT, name, "", by)


def last_of(effects: Iterable[Effect], report_id: str) -> Triage:
    """Return how a report stands in the end, by the id that its sender gave it."""
    return [one for one in only(effects, Triage) if one.evidence.id == report_id][-1]


def _order(kind: CommandKind, name: str, category: str, by: str) -> Told:
    told = command(kind, by=by)
    return replace(told, event=replace(_command(told), report=name, category=category))


def _command(told: Told) -> OperatorCommand:
    assert isinstance(told.event, OperatorCommand), "an order is a command"
    return told.event


def effects_of(*items: Item) -> list[Effect]:
    """Judge a story; whoever takes over at any record says the same."""
    steps = journal(*items)
    whole = judge(steps, DAY)
    assert whole == judged_in_parts(steps, range(len(steps)), (0, 3, 1), DAY)
    return whole


def told(effects: list[Effect]) -> list[str]:
    """Return the lines of rules of reports, with their cases; what follows is told elsewhere."""
    lines = (one for one in only(effects, Line) if one.change is not Change.UPDATED)
    return [f"{name_of(one)} {one.change} {one.cause}" for one in lines if one.rule[0] == "W"]


def weighed(state: PartitionState, report_id: str) -> list[str]:
    """Return at which scopes a report is evidence, once for each time that it is."""
    rows = ((key, item) for key, row in state.score.items() for item in row.items)
    return sorted(f"{key[1]}@{key[2]}" for key, item in rows if item.id == report_id)


def after(*items: Item) -> PartitionState:
    """Return what is known after a story."""
    state = PartitionState(0, DAY)
    judge_into(state, journal(*items))
    return state
