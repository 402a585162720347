"""Where a command belongs: to the partition on which the thing it names is judged.

An alert and a tracking id begin with the digits of their kabupaten (`1702-…`), everything else has
a code. If a command names several things, the first in this order counts: alert, report, TPS, area;
for it is the alert or report that the command changes. Whether it exists, and whether the actor may
touch it, is for the fold to say: it answers, and nothing goes to the dead letters. One that names
nothing of the sort is answered as well; it is placed where its actor is at home.

In a replay of a file an alert may be named by what it is about, `RULE@SCOPE` or `RULE@SCOPE|KEY`.
"""

import re
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import CommandKind, OperatorCommand
from streams.domain.ids import AreaCode, area_kind
from streams.domain.journal import Flag
from streams.domain.times import EpochMs
from streams.territory.plan import Plan
from streams.wire.placing import Placed, Placer, unknown

__all__ = ["place_command"]

_ID: Final = re.compile(r"(?P<provinsi>[0-9]{2})(?P<kabupaten>[0-9]{2})-[A-Z2-7]{16}")
_KABUPATEN_LENGTH: Final = 5
_WIB_MINUTES: Final = 420


def place_command(placer: Placer, event: OperatorCommand, at: EpochMs, *, by_scope: bool) -> Placed:
    """Place a command.

    Args:
        placer: Knows the loaded elections.
        event: The command.
        at: When it was given.
        by_scope: Whether an alert may be named by its rule and scope, as in a replay.

    Raises:
        Rejection: `unknown` or `place`.
    """
    if event.category:
        placer.require_category(event.category)
    if event.command is CommandKind.USE_PACK:
        return _everywhere(placer, event, at)
    tps = None if event.tps is UNSET else placer.at_tps(AreaCode(event.tps), event.election, at)
    for text, area_of in ((event.alert, _of_scope if by_scope else _of_id), (event.report, _of_id)):
        # An empty text names nothing: forms send it for what was not filled in.
        if text:
            return placer.in_area(area_of(text), event.election, at)
    if tps is not None:
        return tps
    if event.area:
        return placer.in_area(event.area, event.election, at)
    home = _at_home(placer, event, at, event.actor.area)
    return replace(home, flags=(Flag.PLACE_UNSURE,))


def _everywhere(placer: Placer, event: OperatorCommand, at: EpochMs) -> Placed:
    """Place an order that all partitions obey: in the area it names, or in any of its election.

    Its place is no more than the side from which it is judged: whose area it is, which time it is.
    """
    return _at_home(placer, event, at, event.area or "")


def _at_home(placer: Placer, event: OperatorCommand, at: EpochMs, area: str) -> Placed:
    """Place a command in this area, or if nobody watches it in any of its election."""
    plan = placer.named(event.election) if event.election else _nearest(placer, at)
    if area_kind(area) is not None and plan.watches(area):
        return Placed(plan, AreaCode(area))
    return Placed(plan, plan.kabupaten_codes[0])


def _nearest(placer: Placer, at: EpochMs) -> Plan:
    plans = placer.territory.plans.values()
    if not plans:
        raise unknown("no election is loaded")
    return min(plans, key=lambda plan: abs(plan.election.day_start_at(_WIB_MINUTES) - at))


def _of_id(text: str) -> str:
    """Return the kabupaten in the id of an alert or report."""
    found = _ID.fullmatch(text)
    if found is None:
        raise unknown(f"expected an id as 1702-MZXW6YTBOI2HGZLM, got {text!r}")
    return f"{found['provinsi']}.{found['kabupaten']}"


def _of_scope(text: str) -> str:
    """Return the area of `RULE@SCOPE|KEY`, or of an id."""
    rule, at, rest = text.partition("@")
    if not (rule and at):
        return _of_id(text)
    kind, colon, name = rest.partition("|")[0].partition(":")
    if not colon:
        return kind
    return name.rpartition("@")[2] if kind == "contest" else name[:_KABUPATEN_LENGTH]
