"""Where people decide of reports: they place, confirm and reject them.

    place    open, placed, rejected ─► placed ─► confirmed, if it counts now
    confirm  open, placed, rejected ─► confirmed: it is enough by itself
    reject   open, placed, confirmed ─► rejected: it is evidence of nothing any more

A report that a person has looked at is heard as if it had been sure from the beginning: with its
own time, sender, id and place in the journal, only that its lines are caused by the command. First
it is taken back wherever it was weighed, so it never counts twice. What only few may hear of is no
matter of the control room: it knows of no such report.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.effects import DecidedBy, TriageStatus
from streams.domain.events import CommandKind, OperatorCommand, Place
from streams.domain.ids import AreaCode, ElectionId, area_kind, desa_of, kabupaten_of
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedReport,
    AcceptedStatus,
    Flag,
)
from streams.domain.times import HOUR_MS
from streams.domain.words import AreaKind
from streams.judge import crowd, disputes, endings, rates, rumours
from streams.judge.rows import Waiting
from streams.judge.sorting import Heard, restricted_to
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.judge.triage import KEPT_MS, put, tell, tracking_id
from streams.territory.plan import Plan, covers

__all__ = ["concerned", "confirm", "place", "reject", "taken_back"]

_ABOUT_REPORTS: Final = frozenset(
    {CommandKind.PLACE_REPORT, CommandKind.CONFIRM_REPORT, CommandKind.REJECT_REPORT}
)
_OF_PLACE: Final = frozenset({Flag.PLACE_UNSURE, Flag.UNKNOWN_TPS})


def concerned(state: PartitionState, accepted: AcceptedCommand) -> tuple[str, ...]:
    """Return the places that a command on a report is about: all must lie in the actor's area.

    None, if it is about no report that is known.
    """
    named = _named(state, accepted)
    if isinstance(named, str):
        return ()
    target = _target(accepted.event)
    placing = accepted.event.command is CommandKind.PLACE_REPORT
    return (named.place, target) if placing and target else (named.place,)


def place(teller: Teller, accepted: AcceptedCommand) -> str:
    """Say where a report is, and of what; return why that can't be, or nothing."""
    row = _undecided(teller.state, accepted)
    if isinstance(row, str):
        return row
    event, plan = accepted.event, teller.state.world.of(accepted.election).plan
    target, category = AreaCode(_target(event)), event.category or row.category
    wrong = _wrong_place(plan, event, row.place) or _wrong_category(teller, accepted)
    if wrong:
        return wrong
    same = (row.place, row.category) == (target, category)
    if row.status is TriageStatus.PLACED and same:
        return f"the report {event.report} was placed in {target} already"
    if desa_of(target) != desa_of(row.place):
        rates.withdraw(teller, accepted.election, desa_of(row.place), _said(row))
    report = _sorted(_placed(plan, _whole(row), target), category)
    _hear(teller, accepted, _decided(teller, row, TriageStatus.PLACED, report, category))
    return ""


def confirm(teller: Teller, accepted: AcceptedCommand) -> str:
    """Say that a report is true; return why that can't be, or nothing."""
    row = _undecided(teller.state, accepted)
    if isinstance(row, str):
        return row
    event = accepted.event
    category = event.category or row.category
    report = _sorted(_whole(row), category)
    if not crowd.is_placed(report):
        return f"it is not sure where report {event.report} is: expected place_report before"
    if not category:
        return f"the report {event.report} has no category: expected one in `category`"
    if wrong := _wrong_category(teller, accepted):
        return wrong
    if not teller.state.world.of(accepted.election).rules.score.get(category):
        return f"no rule weighs reports of {category}: expected a `category` that one weighs"
    _hear(teller, accepted, _decided(teller, row, TriageStatus.CONFIRMED, report, category))
    return ""


def reject(teller: Teller, accepted: AcceptedCommand) -> str:
    """Say that a report is not true, or of nothing; return why that can't be, or nothing."""
    row = _named(teller.state, accepted)
    if isinstance(row, str):
        return row
    if row.status is TriageStatus.REJECTED:
        return f"the report {accepted.event.report} was rejected already"
    _take_back(teller, accepted.election, row)
    rates.withdraw(teller, accepted.election, desa_of(row.place), _said(row))
    after = _decided(teller, row, TriageStatus.REJECTED, row.report, row.category)
    tell(teller, _key(accepted), replace(after, why="rejected"))
    return ""


def taken_back(teller: Teller, accepted: AcceptedStatus) -> None:
    """Take in that a status takes back another one, which may have been a report."""
    event = accepted.event
    key = (accepted.election, tracking_id(accepted.place, event.source.id, event.corrects))
    row = teller.state.waiting.get(key)
    if row is None or row.evidence.topic != accepted.origin.topic:
        return
    _take_back(teller, accepted.election, row)
    rates.withdraw(teller, accepted.election, desa_of(row.place), _said(row))
    after = _decided(teller, row, TriageStatus.REJECTED, row.report, row.category)
    # It was never said: nobody can decide of it any more, and nothing of it need be kept.
    gone = replace(after, why="taken_back", by=DecidedBy.RULE, actor="", report=None)
    tell(teller, key, gone)


def _hear(teller: Teller, accepted: AcceptedCommand, row: Waiting) -> None:
    """Let the rules hear a report as a person has understood it, and tell how it stands then."""
    key = _key(accepted)
    before = teller.state.waiting.get(key)
    assert before is not None, "it was named"
    _take_back(teller, accepted.election, before)
    put(teller.state, key, row)
    checked = row.status is TriageStatus.CONFIRMED
    heard = Heard(_whole(row), row.category, checked=checked)
    again = _as_then(teller, row)
    wanting = crowd.hear(again, heard)
    crowd.count_rates(again, heard)
    after = teller.state.waiting.get(key)
    assert after is not None, "it stays on the desk"
    if checked or wanting:
        tell(teller, key, replace(after, why=after.why or wanting))


def _as_then(teller: Teller, row: Waiting) -> Teller:
    """Return a teller by whom evidence is of the report's own record, caused by the command."""
    again = Teller(teller.state, row.evidence.offset, teller.accepted)
    again.effects, again.changes, again.faults = teller.effects, teller.changes, teller.faults
    return again


def _take_back(teller: Teller, election: ElectionId, row: Waiting) -> None:
    """Take a report back wherever it is evidence."""
    said = _said(row)
    endings.withdraw(teller, election, said)
    disputes.withdraw(teller, election, desa_of(row.place), said)
    rumours.withdraw(teller, election, kabupaten_of(row.place), said)


def _said(row: Waiting) -> tuple[str, str]:
    return row.evidence.source, row.evidence.id


def _decided(
    teller: Teller,
    row: Waiting,
    status: TriageStatus,
    report: AcceptedReport | AcceptedStatus | None,
    category: str,
) -> Waiting:
    accepted = teller.accepted
    assert accepted is not None, "a mark decides nothing"
    rules = teller.state.world.of(accepted.election).rules
    return replace(
        row,
        status=status,
        why="",
        place=row.place if report is None else report.place,
        category=category,
        restricted_to=restricted_to(rules, category),
        by=DecidedBy.PERSON,
        actor=accepted.event.actor.id if isinstance(accepted, AcceptedCommand) else "",
        alert=None,
        changed_at=teller.by_record().at,
        report=report,
    )


def _key(accepted: AcceptedCommand) -> Key:
    report = accepted.event.report
    return accepted.election, report if isinstance(report, str) else ""


def _named(state: PartitionState, accepted: AcceptedCommand) -> Waiting | str:
    """Return the report that a command names, or why there is none."""
    event = accepted.event
    named = isinstance(event.report, str) and event.report
    if event.command not in _ABOUT_REPORTS or not named:
        return f"{event.command} needs `report`, the tracking id of a report"
    row = state.waiting.get(_key(accepted))
    if row is None or row.restricted_to:
        return f"no report {event.report} in this election; expected a tracking id of siaga.triage"
    return row


def _undecided(state: PartitionState, accepted: AcceptedCommand) -> Waiting | str:
    """Return the report that a command names if it may still be decided of, or why not."""
    row = _named(state, accepted)
    if isinstance(row, str):
        return row
    name = accepted.event.report
    if row.status is TriageStatus.CONFIRMED:
        where = f" for alert {row.alert}" if row.alert else ""
        return f"the report {name} counts already{where}; expected reject_report before"
    if row.why == "taken_back":
        return f"the sender of report {name} has taken it back"
    if row.report is None:
        hours = KEPT_MS // HOUR_MS
        return f"the report {name} was rejected more than {hours} hours ago and is not kept"
    return row


def _whole(row: Waiting) -> AcceptedReport | AcceptedStatus:
    assert row.report is not None, "it may still be decided of"
    return row.report


def _target(event: OperatorCommand) -> str:
    """Return where a person says that a report is; empty: nowhere."""
    if isinstance(event.tps, str):
        return event.tps
    return event.area if isinstance(event.area, str) else ""


def _wrong_place(plan: Plan, event: OperatorCommand, home: AreaCode) -> str:
    """Return why a report of a kabupaten can't be in the place named, or nothing."""
    target, kabupaten = _target(event), kabupaten_of(home)
    if not target:
        return "place_report needs `tps`, or in `area` the code of a desa"
    kind = area_kind(target)
    if kind is not AreaKind.TPS and kind is not AreaKind.DESA:
        return f"a report is placed in a TPS or a desa, as 17.02.09.1001; got {target}"
    if isinstance(event.area, str) and event.area and not covers(event.area, target):
        return f"{target} does not lie in {event.area}: expected one place"
    if kabupaten_of(target) != kabupaten:
        return f"{target} is judged apart: expected a place in {kabupaten}, where it was reported"
    if kind is AreaKind.TPS and target not in plan.tps and not plan.votes(target):
        return f"the desa of TPS {target} does not vote: expected a TPS that is watched"
    if kabupaten in plan.complete and desa_of(target) not in plan.desa:
        return f"nobody knows the desa {desa_of(target)}"
    return ""


def _wrong_category(teller: Teller, accepted: AcceptedCommand) -> str:
    """Return why a report can't be of the category named, or nothing."""
    category = accepted.event.category
    known = teller.state.world.of(accepted.election).rules.pack.taxonomy
    if category and category not in known:
        return f"nobody knows the category {category}: expected one of the taxonomy"
    return ""


def _sorted(
    report: AcceptedReport | AcceptedStatus, category: str
) -> AcceptedReport | AcceptedStatus:
    """Return a report as if it had named this category; a status names none."""
    if isinstance(report, AcceptedStatus) or not category:
        return report
    return replace(report, event=replace(report.event, category=category))


def _placed(
    plan: Plan, report: AcceptedReport | AcceptedStatus, target: AreaCode
) -> AcceptedReport | AcceptedStatus:
    """Return a report as if it had named this place, and no other."""
    at_tps = area_kind(target) is AreaKind.TPS
    unknown = (Flag.UNKNOWN_TPS,) if at_tps and target not in plan.tps else ()
    flags = (*(one for one in report.flags if one not in _OF_PLACE), *unknown)
    if isinstance(report, AcceptedStatus):
        return replace(report, place=target, flags=flags)
    named = Place(tps=target) if at_tps else Place(desa=target)
    event = replace(report.event, place=named)
    return replace(report, place=target, flags=flags, event=event)
