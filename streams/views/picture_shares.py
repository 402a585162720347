"""What alerts, reports and forms add to the picture: kept, so that it can be taken out again.

What only some may see adds nothing. To the strength of the Polsek an alert may mean something
whoever may see it, as to the rule of shortages: `streams.judge.strength` decides what.
"""

from functools import partial
from typing import Final

from streams.domain.alert import Alert, AlertState
from streams.domain.effects import TriageStatus
from streams.domain.forms import form_that_stands
from streams.domain.ids import DRILL_MARK, AlertId, AreaCode, ElectionId, Scope
from streams.domain.words import Severity
from streams.judge.state import PartitionState
from streams.judge.strength import asks_of, is_missed_by
from streams.judge.table import Key
from streams.rules.specs import Listens
from streams.views.picture_areas import PictureAreas
from streams.views.picture_counts import AlertShare, AreaCounts, FormShare, no_alerts
from streams.views.picture_queue import Where

__all__ = ["PictureShares"]

_WAITING: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})
_NO_WEIGHT: Final = ("", False)


class PictureShares:
    """What is counted of alerts, reports and forms at present."""

    def __init__(self, state: PartitionState, areas: PictureAreas) -> None:
        """Begin with nothing counted."""
        self._state = state
        self._areas = areas
        self.tps_alerts: dict[Where, dict[Severity, int]] = {}
        """Open alerts whose place is a TPS."""
        self.silent: dict[Where, int] = {}
        """How many alerts say that a TPS is silent."""
        self._alerts: dict[AlertId, AlertShare] = {}
        self._weights: dict[AlertId, tuple[str, bool]] = {}
        """What an alert means to the strength: whom it asks, and whether somebody is missed."""
        self.waiting: dict[Key, Where] = {}
        """Where each report lies that waits and that everybody may see."""
        self._forms: dict[Key, FormShare] = {}
        self._listening = {
            election: frozenset(
                one.head.rule.id for one in watched.rules.overdue_tps if one.messages is Listens.ANY
            )
            for election, watched in state.world.elections.items()
        }
        """Rules whose alerts say that a TPS is silent."""

    def see_alert(self, key: Key) -> None:
        """Count an alert as it stands now."""
        alert_id = AlertId(key[0])
        alert = self._state.alert(alert_id)
        assert alert is not None, "alerts are kept"
        if not self._areas.has((alert.election, alert.place)):
            return
        before, after = self._alerts.pop(alert_id, None), self._share(alert)
        if after is not None:
            self._alerts[alert_id] = after
        for share, times in ((before, -1), (after, 1)):
            if share is not None and before != after:
                self._count(share, times)
        self._weigh(alert)

    def _share(self, alert: Alert) -> AlertShare | None:
        """Return what an alert adds; None: it is over, or not for everybody."""
        if not alert.is_open or alert.restricted_to:
            return None
        listening = self._listening[ElectionId(alert.election.partition(DRILL_MARK)[0])]
        return AlertShare(
            election=alert.election,
            place=alert.place,
            severity=alert.severity,
            unacknowledged=alert.state is AlertState.UNACKNOWLEDGED,
            silent=alert.holds and alert.rule in listening and alert.scope == Scope(alert.place),
        )

    def _count(self, share: AlertShare, times: int) -> None:
        where = share.election, share.place
        self._areas.count(where, partial(AreaCounts.add_alert, share=share, times=times))
        if not self._is_tps(where):
            return
        self.tps_alerts.setdefault(where, no_alerts())[share.severity] += times
        if share.silent:
            self._count_silence(where, times)
        self._areas.change(where)

    def _count_silence(self, where: Where, times: int) -> None:
        before = self.silent.get(where, 0)
        after = self.silent[where] = before + times
        edge = bool(after) - bool(before)
        if edge:
            self._areas.count(where, partial(AreaCounts.add_silent, times=edge))

    def _is_tps(self, where: Where) -> bool:
        return where[1] in self._areas.watched(where).plan.tps

    def _weigh(self, alert: Alert) -> None:
        """See whether an alert means something else to the strength than before."""
        watched = self._areas.watched((alert.election, alert.place))
        before = self._weights.pop(alert.id, _NO_WEIGHT)
        after = (asks_of(watched, alert), is_missed_by(watched, alert))
        if after != _NO_WEIGHT:
            self._weights[alert.id] = after
        if before != after:
            self._areas.touch_strength((alert.election, alert.place))

    def see_report(self, key: Key) -> None:
        """Count a report as it stands at the desk now."""
        row = self._state.waiting.get(key)
        before, after = self.waiting.pop(key, None), None
        if row is not None and row.status in _WAITING and not row.restricted_to:
            after = self.waiting[key] = (ElectionId(key[0]), row.place)
        for where, times in ((before, -1), (after, 1)):
            if where is not None and before != after and self._areas.has(where):
                self._areas.count(where, partial(AreaCounts.add_report, times=times))

    def see_ledger(self, key: Key) -> None:
        """Count the form that stands for a contest at a TPS now."""
        election, code, contest = key
        where = ElectionId(election), AreaCode(code)
        if not self._is_tps(where) or not self._areas.has(where):
            return
        ledger = self._state.ledgers.get(key)
        form = None if ledger is None else form_that_stands(ledger)
        before = self._forms.pop(key, None)
        after = None if form is None else FormShare(contest, form.is_final)
        if after is not None:
            self._forms[key] = after
        for share, times in ((before, -1), (after, 1)):
            if share is not None and before != after:
                self._areas.count(where, partial(AreaCounts.add_form, share=share, times=times))
