"""The worksheet of a tie in a pilkades: what the panitia looks at. The decision is theirs.

It has votes in it, so it is restricted as the alert is that it belongs to (V08).
"""

from msgspec import Struct

from streams.domain.alert import Alert
from streams.domain.forms import Form
from streams.domain.ids import AreaCode, Scope
from streams.domain.totals import Worksheet, worksheet
from streams.judge.standing_forms import contest_of, entry_of, tps_of
from streams.judge.state import PartitionState
from streams.rules.compiled_counts import Question
from streams.rules.detectors import tally
from streams.territory.plan import Contest
from streams.views.asked import Asked, alerts_of

__all__ = ["Tie", "ties_of"]


class Tie(Struct, frozen=True):
    """A contest in which two or more share the first place."""

    alert: Alert
    contest: str
    area: AreaCode
    sheet: Worksheet


def ties_of(state: PartitionState, asked: Asked) -> tuple[Tie, ...]:
    """Return the ties of an area that are told of, last and may be seen, the oldest first."""
    watched = state.world.of(asked.election)
    rules = {
        rule.head.rule.id for rule in watched.rules.counts.results if rule.question is Question.TIE
    }
    found: list[Tie] = []
    for alert in alerts_of(state, asked):
        contest = contest_of(watched.plan, _contest_id(alert.scope))
        if alert.rule not in rules or not alert.is_open or contest is None:
            continue
        sheet = _sheet(state, asked, contest)
        # What has returned is a tie no more, and there is nothing to lay out.
        if sheet.tied:
            found.append(Tie(alert, contest.id, contest.area, sheet))
    return tuple(found)


def _contest_id(scope: Scope) -> str:
    return scope.partition(":")[2].partition("@")[0]


def _sheet(state: PartitionState, asked: Asked, contest: Contest) -> Worksheet:
    """Lay out the forms that stand now, but those that cannot be."""
    watched = state.world.of(asked.election)
    totals = state.totals.get((asked.election, contest.id))
    tied = () if totals is None else tally.tie(totals)
    if not tied:
        return Worksheet((), (), "")
    forms: list[tuple[AreaCode, int, Form]] = []
    for tps in tps_of(watched.plan, contest):
        ledger = state.ledgers.get((asked.election, tps.code, contest.id))
        entry = None if ledger is None else entry_of(watched, tps, ledger)
        if entry is not None and not entry.held:
            forms.append((tps.code, tps.dpt, entry.form))
    return worksheet(tied, forms)
