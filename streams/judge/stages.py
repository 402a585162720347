"""Takes in what is said of a TPS: puts it among the facts, then asks every rule that listens.

    status, count ──► facts of the TPS ──► absence · conditions · order of stages

The facts come first, whole, so that each rule sees the same day.
"""

from typing import Final

from streams.domain.alert import Alert
from streams.domain.facts import add_remark
from streams.domain.happenings import Happening, Point, Said
from streams.domain.ids import AreaCode, Scope
from streams.domain.journal import AcceptedCommand, AcceptedCount, AcceptedStatus
from streams.domain.times import EpochMs
from streams.judge import absence, counts, margins, order, shortages, standing, tps_counts
from streams.judge.facts import Noted, note_count, note_status
from streams.judge.roster import scope_of
from streams.judge.telling import Teller
from streams.judge.world import Watched
from streams.territory.plan import Tps

__all__ = ["confirm_seal", "notice"]

_OF_BOXES: Final = frozenset({Happening.BOX_DEPARTED, Happening.BOX_ARRIVED})
_OF_ESCORTS: Final = _OF_BOXES | {Happening.ESCORT_JOINED}
_BOX: Final = "box:"


def notice(teller: Teller, accepted: AcceptedStatus | AcceptedCount) -> None:
    """Take in a status or a count."""
    watched = teller.state.world.of(accepted.election)
    told_of = accepted.event.tps
    # None: its desa voted by the folder that intake had; by the one of today it doesn't.
    tps = watched.plan.tps_or_unknown(AreaCode(told_of)) if isinstance(told_of, str) else None
    if tps is None:
        absence.notice(teller, accepted, None, None)
        return
    if isinstance(accepted, AcceptedCount):
        noted = note_count(teller.state, tps, accepted, teller.name)
    else:
        noted = note_status(teller.state, watched, tps, accepted, teller.name)
    absence.notice(teller, accepted, tps, noted)
    if isinstance(accepted, AcceptedCount):
        counts.notice(teller, watched, tps, accepted)
    else:
        _notice_status(teller, watched, tps, noted)
    if noted.changed:
        standing.look_at_tps(teller, watched, tps, noted)
        order.notice(teller, watched, tps, noted.changed)


def _notice_status(teller: Teller, watched: Watched, tps: Tps, noted: Noted) -> None:
    """Ask what rests on counts and on statuses together."""
    if noted.changed & _OF_BOXES:
        margins.box_moved(teller, watched, tps)
    if noted.changed & _OF_ESCORTS:
        shortages.box_moved(teller, tps)
    if Happening.COUNTING_STARTED in noted.changed:
        tps_counts.notice(teller, watched, tps)


def confirm_seal(teller: Teller, accepted: AcceptedCommand, alert: Alert | None) -> str:
    """Take in that somebody has looked at the seal of a box.

    Returns why it cannot be done; empty: it is.
    """
    command = accepted.event
    if not command.box and alert is None:
        return "confirm_seal needs `box`, or the alert of the box"
    scope = alert.scope if alert else scope_of(accepted.place, "box", command.box)
    if not scope.startswith(_BOX):
        return f"alert {command.alert} is not about a box"
    state = teller.state
    watched = state.world.of(accepted.election)
    tps = _tps_of_box(teller, accepted, scope)
    facts = state.facts.get((accepted.election, tps.code)) if tps else None
    if tps is None or facts is None:
        return f"nothing is known of box {scope.partition('/')[2]}"
    point = Point(
        at=accepted.at,
        kind=Happening.CONFIRM_SEAL,
        id=command.id,
        source=command.actor.id,
        offset=teller.name,
        said=Said(box=scope.partition("/")[2]),
    )
    state.facts.put((accepted.election, tps.code), add_remark(facts, point))
    noted = Noted(frozenset({point.kind}), ordinary=False)
    standing.look_at_tps(teller, watched, tps, noted)
    return ""


def _tps_of_box(teller: Teller, accepted: AcceptedCommand, scope: Scope) -> Tps | None:
    """Return the TPS of a box: as its name says, else the last one of which an alert spoke."""
    named, _, number = scope.partition("/")[2].partition("#")
    about = [
        (alert.opened_at, alert.place)
        for _, alert in teller.state.alerts.items()
        if alert.scope == scope and alert.election == accepted.election
    ]
    code = AreaCode(named) if number else max(about, default=(EpochMs(0), AreaCode("")))[1]
    if not scope.startswith(scope_of(code, "box", "")):
        return None
    return teller.state.world.of(accepted.election).plan.tps_or_unknown(code)
