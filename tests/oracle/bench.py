"""The bench on which all rules sit: which of them hears what, in which order, and what is waiting.

What was told is kept before any rule is asked. Of the rules, W14 speaks last: the report by which a
source begins to flood has its full weight, the later ones have not.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from tests.oracle.absence_rules import AbsenceRules
from tests.oracle.area_counts import AreaCounts
from tests.oracle.book import Book, Identity, Moment
from tests.oracle.claims import ClaimRule
from tests.oracle.closed_rules import ClosedRules
from tests.oracle.commands import Commands
from tests.oracle.conditions import Condition
from tests.oracle.contradiction import ContradictionRule
from tests.oracle.count_rules import CountRules
from tests.oracle.duress import DuressRule
from tests.oracle.events import Event
from tests.oracle.evidence_rules import EvidenceRules
from tests.oracle.flood_rules import FloodRule, SurgeRule
from tests.oracle.folder import Folder
from tests.oracle.held_rules import HeldRules
from tests.oracle.margin_rule import MarginRule
from tests.oracle.order_rule import OrderRule
from tests.oracle.overseer import Overseer
from tests.oracle.peer_rules import PeerRules
from tests.oracle.pipeline_rule import PipelineRule
from tests.oracle.posture import Posture
from tests.oracle.races import Races
from tests.oracle.readings import Readings
from tests.oracle.report_rules import ReportRules
from tests.oracle.rows import PROPAM_ALONE
from tests.oracle.stage_rules import SealRule, StageRules
from tests.oracle.tables import POLICE
from tests.oracle.told import Told, is_plain
from tests.oracle.undelivered import UndeliveredRule
from tests.oracle.values import text

__all__ = ["Bench"]


class _WithConditions(Protocol):
    """Rules whose conditions change by records, or by `heard`."""

    conditions: dict[Identity, Condition]


class _WithQuiet(_WithConditions, Protocol):
    """Rules whose conditions change by `now` alone too."""

    def quiet_at(self, condition: Condition) -> int | None:
        """When, by `now`."""
        ...

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """Do it."""
        ...


class Bench:
    """All rules of one partition."""

    def __init__(
        self, folder: Folder, book: Book, readings: Readings, rules: frozenset[str]
    ) -> None:
        """Seat the rules; those that are not asked for hear nothing."""
        self.rules = rules
        self.book = book
        self.told = Told(folder, readings)
        posture = Posture()
        self.absence = AbsenceRules(self.told, book, posture, rules)
        self.evidence = EvidenceRules(folder, book, readings, rules)
        self.duress = DuressRule(folder, book, readings)
        self.reports = ReportRules(folder, book, (readings, rules), posture)
        self.closed = ClosedRules(folder, book, readings, rules)
        self.contradiction = ContradictionRule(folder, book, readings)
        self.claims = ClaimRule(folder, book)
        self.surge = SurgeRule(folder, book, readings)
        self.flood = FloodRule(folder, book, readings)
        # Each has conditions of its own: what does not hold in one says nothing of the other.
        held = [HeldRules(folder, book, rules) for _ in range(5)]
        self.stages = StageRules(self.told, held[0])
        self.seals = SealRule(self.told, held[1])
        self.counts = CountRules(self.told, held[2])
        self.peers = PeerRules(self.told, held[4])
        self.order = OrderRule(self.told, book)
        self.races = Races(self.told)
        self.margins = MarginRule(self.races, book, posture)
        self.areas = AreaCounts(self.races, held[3], posture)
        self.pipeline = PipelineRule(folder, book)
        self.undelivered = UndeliveredRule(folder, book)
        self.overseer = Overseer(folder, book, (self.absence, self.reports, self.seals), rules)
        self.commands = Commands(folder, book, (self.duress, self.seals), self.overseer.colours)
        self.refusals: list[tuple[str, str]] = []
        self._seat(held)

    def _seat(self, held: list[HeldRules]) -> None:
        """Say whose conditions time alone may change."""
        self._quiet: tuple[_WithQuiet, ...] = (
            self.evidence,
            self.reports,
            self.closed,
            self.contradiction,
            self.claims,
            self.surge,
            self.flood,
            self.order,
            self.margins,
            self.pipeline,
        )
        self._still: tuple[_WithConditions, ...] = (
            self.absence,
            self.duress,
            *held,
            self.overseer.spread,
            self.overseer.colours,
            self.overseer.grounds,
            self.overseer.roster,
            self.undelivered,
        )

    def waiting(self) -> Iterator[tuple[Condition, int | None]]:
        """Every condition that time alone may change, and when it does apart from its alerts."""
        for rules in self._still:
            for condition in rules.conditions.values():
                if condition.episodes:
                    yield condition, None
        for group in self._quiet:
            for condition in group.conditions.values():
                quiet = group.quiet_at(condition)
                if quiet is not None or condition.episodes:
                    yield condition, quiet

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """Let time pass for a condition."""
        group = next(g for g in self._quiet if condition.about in g.conditions)
        group.falls_due(condition, when)
        self.overseer.look()

    def take(self, event: Event, when: Moment) -> bool:
        """Let the rules hear an event; tell whether it can only have moved what `heard` settles."""
        before = len(self.book.lines)
        heard_only = self._take(event, when)
        self.overseer.hear(when)
        if any(line.about.key.startswith("KAM-") for line in self.book.lines[before:]):
            self.absence.trouble()
        return heard_only

    def _take(self, event: Event, when: Moment) -> bool:
        match event.topic:
            case "tps.status":
                self._take_status(event, when)
                calm = event.role in POLICE and text(event.value, "situation") == "aman"
                return is_plain(event) and not event.category and not calm
            case "crowd.reports":
                self._take_report(event, when)
            case "vote.counts":
                self._take_count(event, when)
            case "operator.commands":
                self._take_command(event, when)
            case "siaga.gateways":
                self.absence.take_heartbeat(event)
                return True
            case "siaga.receipts" | "siaga.restricted.receipts":
                if "X09" in self.rules:
                    self.undelivered.take(event, when)
            case _:
                pass
        return False

    def _take_status(self, status: Event, when: Moment) -> None:
        self.absence.take(status, when)
        if "W02" in self.rules:
            self.duress.take_status(status, when)
        if status.place.tps and not is_plain(status):
            self._take_stage(status, when)
        if "corrects" in status.value:
            for rule in (self.reports, self.surge, self.flood):
                rule.take_back(status, when)
        if status.category:
            self._take_report(status, when)
        else:
            self.evidence.take_calm(status, when)
            if "W07" in self.rules:
                self.contradiction.take(status, when)

    def _take_stage(self, status: Event, when: Moment) -> None:
        """A status that is more than a sign of life."""
        self.stages.take(status, when)
        if status.kind == "counting_started" or "corrects" in status.value:
            self.counts.take(status, when)
        if "T12" in self.rules:
            self.seals.take(status, when)
        if "T13" in self.rules:
            self.order.take(status, when)
        if "V07" in self.rules:
            self.margins.take_status(status, when)

    def _take_report(self, report: Event, when: Moment) -> None:
        weighed = replace(report, lowered=self.flood.is_flooding(report))
        self.evidence.take(weighed, when)
        self.reports.take(weighed, when)
        self.closed.take(weighed, when)
        if "W07" in self.rules:
            self.contradiction.take(weighed, when)
        if "W11" in self.rules:
            self.claims.take(report, when)
        if report.category in PROPAM_ALONE:
            return
        if "W05" in self.rules and report.is_report:
            self.surge.take(report, when)
        if "W14" in self.rules:
            self.flood.take(report, when)

    def _take_count(self, count: Event, when: Moment) -> None:
        self.told.take_count(count)
        self.absence.take_count(count, when)
        self.counts.take(count, when)
        self.peers.take(count, when)
        races = self.races.take(count)
        if "V07" in self.rules:
            self.margins.take_count(races, when)
        self.areas.take_count(races, when)

    def _take_command(self, command: Event, when: Moment) -> None:
        conditions = [condition for condition, _ in self.waiting() if condition.episodes]
        before = len(self.book.lines)
        if why := self.commands.act(command, when, conditions):
            self.refusals.append((command.id, why))
            return
        if "X07" in self.rules:
            self.overseer.roster.take(command, when)
        self.absence.look_again(conditions)
        self.reports.look_again({line.alert for line in self.book.lines[before:]}, when)
