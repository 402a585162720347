"""Tells findings: from what a detector found to an alert, its lines and its next wake.

One `Teller` serves one journal record. It knows when a change holds (contract §4): a line that a
record causes carries the record's time of receipt, unless the sender's clock is ahead; a line of
absence carries its deadline, and its ladder counts from there unless that is long ago.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.book import Stepped
from streams.alerts.case import Case, Judgment, Moment
from streams.alerts.growth import grow, is_news
from streams.alerts.ladder import levels_of
from streams.alerts.lifecycle import Move
from streams.domain.alert import Alert, AlertState, Evidence, Text, Why
from streams.domain.effects import AlertShown, Effect, Line, RuleFault
from streams.domain.ids import DRILL_MARK, AreaCode, ElectionId
from streams.domain.journal import Accepted, AcceptedCommand, AcceptedReceipt
from streams.domain.times import MINUTE_MS, NEVER, EpochMs
from streams.domain.words import Severity, TpsClass
from streams.judge.rows import Quarantine
from streams.judge.state import PartitionState
from streams.rules.head import RuleHead
from streams.rules.wording import fill, place_text

__all__ = ["ALERT_WAKE", "AlertChange", "Grounds", "Teller", "episodes", "is_drill"]

ALERT_WAKE: Final = "alert"
"""First part of the key under which an alert is woken."""
Answer = TypeVar("Answer")


class Grounds(Struct, frozen=True, gc=False, kw_only=True):
    """What a finding rests on."""

    tps_class: TpsClass
    values: dict[str, Text]
    """For the names in the rule's texts; `place` is known."""
    why: tuple[Why, ...]
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    """None: that of the rule for the class."""


class AlertChange(Struct, frozen=True):
    """An alert that has changed, in what others may depend on."""

    before: Alert | None
    after: Alert
    moment: Moment
    """Of what follows from it."""


class Teller:
    """Writes into the book what one journal record brings about."""

    def __init__(self, state: PartitionState, name: str, accepted: Accepted | None = None) -> None:
        """Serve the record called `name` (`3:8812`, `input:12`); a mark brings no event."""
        self.state = state
        self.name = name
        self.accepted = accepted
        self.effects: list[Effect] = []
        self.changes: list[AlertChange] = []
        """Of alerts, whose consequences are not drawn yet."""
        self.faults: list[tuple[RuleFault, AreaCode]] = []
        """Of rules, each with its place, that nobody was told of yet."""

    @property
    def now(self) -> EpochMs:
        """Stream time."""
        return self.state.clocks.now

    def by_record(self, cause: str = "") -> Moment:
        """Return the moment of a change that the event of this record causes."""
        assert self.accepted is not None, "a mark causes nothing by itself"
        at = max(self.accepted.at, self.accepted.received_at)
        if isinstance(self.accepted, AcceptedReceipt):
            at = self.now
        return Moment(at, max(at, self.now), cause or self.cause)

    @property
    def cause(self) -> str:
        """What a line says that this record causes: the record, or the command in it."""
        if isinstance(self.accepted, AcceptedCommand):
            return f"command:{self.accepted.event.id}"
        return self.name

    def by_deadline(self, deadline: EpochMs) -> Moment:
        """Return the moment of an absence since `deadline`: its line never says that it is late."""
        return replace(book.due_at(deadline, self.now), cause="deadline")

    def hold(self, head: RuleHead, case: Case, grounds: Grounds, moment: Moment) -> None:
        """The condition of a rule holds: open or reopen, or add to what is told already."""
        alert = self.state.latest_of(case.identity)
        # The texts are the rule's as well: one that names what its detector does not know fails.
        judgment = self.guard(head, case, partial(self._judgment, head, case, grounds))
        if judgment is None:
            return
        stepped = book.hold(alert, case, judgment, moment)
        if stepped is not None and stepped[1]:
            self.put(stepped)
        elif stepped is not None:
            # A person has opened it before: it is as bad as what holds now, and not as it was.
            self._grow(stepped[0], judgment, judgment.severity, moment)
        elif alert is not None and alert.is_open:
            self._grow(alert, judgment, grounds.severity, moment)

    def _grow(
        self, alert: Alert, judgment: Judgment, severity: Severity | None, moment: Moment
    ) -> None:
        grown = grow(alert, judgment)
        changed = None if severity is None else book.rejudge(grown, severity, moment)
        if changed is None and is_news(alert, grown):
            changed = book.move(grown, Move.UPDATE, moment)
        self.put(changed or (grown, ()))

    def rise(self, case: Case, severity: Severity, why: Why, moment: Moment) -> None:
        """The condition of an open alert has become worse."""
        alert = self.state.latest_of(case.identity)
        if alert is not None and alert.is_open:
            stepped = book.rise(alert, severity, (why,), moment)
            if stepped is not None:
                self.put(stepped)

    def end(self, case: Case, moment: Moment, held_from: EpochMs | None = None) -> None:
        """The condition of a case holds no longer; of one that held since `held_from`, if given."""
        alert = self.state.latest_of(case.identity)
        if alert is not None and alert.holds and alert.held_from == (held_from or alert.held_from):
            self.put(book.end(alert, moment))

    def take_back(self, case: Case, held_from: EpochMs, moment: Moment) -> None:
        """What began at `held_from` should never have been told: it is resolved.

        An episode that holds for another reason since then stays as it is.
        """
        for alert in episodes(self.state, case):
            if alert.held_from == held_from and (alert.is_open or alert.holds):
                self.put(book.take_back(alert, moment))

    def rebase(self, case: Case, held_from: EpochMs, to: EpochMs) -> None:
        """What began at `held_from` had begun before that; nobody is told anew."""
        for alert in episodes(self.state, case):
            if alert.held_from == held_from:
                self.state.put_alert(replace(alert, held_from=to))

    def move(self, alert: Alert, kind: Move, moment: Moment) -> bool:
        """Make a move of the book's table; False where it has none."""
        stepped = book.move(alert, kind, moment)
        if stepped is not None:
            self.put(stepped)
        return stepped is not None

    def put(self, stepped: Stepped) -> None:
        """Keep an alert, tell its lines, show it, and look at it again when it is due."""
        alert, lines = stepped
        self._note_change(alert, lines)
        self.state.put_alert(alert)
        self.effects += (*lines, AlertShown(alert))
        wake = book.next_wake(alert)
        self.state.by_now.arm((ALERT_WAKE, alert.id), None if wake == NEVER else wake)

    def _note_change(self, alert: Alert, lines: tuple[Line, ...]) -> None:
        before = self.state.alert(alert.id)
        if before is not None and _standing(before) == _standing(alert):
            return
        by_record = self.accepted is not None and not lines
        at = self.by_record().at if by_record else alert.updated_at
        cause = lines[-1].cause if lines else self.cause
        timely = self.accepted is None and self.now - at <= MINUTE_MS
        climbs_from = at if timely else EpochMs(max(at, self.now))
        self.changes.append(AlertChange(before, alert, Moment(at, climbs_from, cause)))

    def guard(self, head: RuleHead, case: Case, ask: Callable[[], Answer]) -> Answer | None:
        """Ask a rule; one that fails on a scope is put aside there, and None is the answer.

        A detector is pure, so a failed one leaves nothing half done: the day goes on without
        this rule on this scope, and somebody is told (design: "a fault in one rule hurts one
        rule").
        """
        key = (case.election, head.rule.id, case.scope)
        if self.state.quarantine.get(key) is not None:
            return None
        watch = self.state.stopwatch
        try:
            return ask() if watch is None else watch.time(head, ask)
        except Exception as error:  # noqa: BLE001  any fault of a rule is the rule's alone
            detail = f"{type(error).__name__}: {error}"
            self.state.quarantine.put(key, Quarantine(detail, self.now))
            fault = RuleFault(
                rule=head.rule.id,
                scope=case.scope,
                election=case.election,
                detail=detail,
                at=self.now,
            )
            self.effects.append(fault)
            self.faults.append((fault, case.place))
            return None

    def _judgment(self, head: RuleHead, case: Case, grounds: Grounds) -> Judgment:
        watched = self.state.world.of(case.election)
        plan, rule = watched.plan, head.rule
        ladder, route = head.ladders(grounds.tps_class)
        values = {**grounds.values, "place": place_text(plan, case.scope, case.place)}
        return Judgment(
            rule_version=head.version,
            tps_class=grounds.tps_class,
            severity=grounds.severity or head.severity(grounds.tps_class),
            ladder=ladder,
            levels=levels_of(ladder, plan.election.kind),
            policy=watched.rules.pack.policy,
            starts_at=rule.starts_at,
            route=route,
            title=fill(rule.texts.title, values),
            summary=fill(rule.texts.summary, values),
            action=fill(rule.texts.action, values),
            runbook=rule.runbook,
            quiet_ms=head.quiet_ms,
            act_by_ms=head.act_by_ms,
            restricted_to=rule.restricted_to,
            drill=is_drill(case.election),
            why=grounds.why,
            evidence=grounds.evidence,
            checklist=head.checklist,
        )


def _standing(alert: Alert) -> tuple[AlertState, Severity, bool, EpochMs, int, str]:
    """Return what others depend on; of the evidence how much there is, and the last of it."""
    last = alert.evidence[-1].offset if alert.evidence else ""
    evidence = (len(alert.evidence), last)
    return alert.state, alert.severity, alert.holds, alert.held_from, *evidence


def episodes(state: PartitionState, case: Case) -> list[Alert]:
    """Return all episodes of a case, the first one first."""
    latest = state.latest_of(case.identity)
    ids = (case.alert_id(number) for number in range(1, latest.episode + 1 if latest else 1))
    return [alert for one in ids if (alert := state.alert(one)) is not None]


def is_drill(election: ElectionId) -> bool:
    """Tell whether an election is a drill of another one."""
    return DRILL_MARK in election
