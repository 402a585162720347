"""Rules T02, T04 and T12 over a day: what a status says that should not be so."""

from tests.oracle.book import Identity, Moment
from tests.oracle.boxes import BOX_KINDS, Boxes, boxes_at
from tests.oracle.conditions import Shape
from tests.oracle.events import Event
from tests.oracle.folder import common_area
from tests.oracle.held_rules import HeldRules
from tests.oracle.tables import most_vulnerable
from tests.oracle.told import Told, by_moment
from tests.oracle.values import integer, text

__all__ = ["SealRule", "StageRules"]


class StageRules:
    """T02 and T04."""

    def __init__(self, told: Told, held: HeldRules) -> None:
        """Ask what was told."""
        self.told = told
        self.folder = told.folder
        self.held = held

    def take(self, status: Event, when: Moment) -> None:
        """Judge the TPS of a status, which is kept already."""
        tps = status.place.tps
        holding = self._wrong_ballots(tps)
        if self._closed_early(tps):
            holding[Identity("T04", tps)] = self._shape(tps, "high")
        self.held.sync(tps, holding, when)

    def _shape(self, tps: str, severity: str) -> Shape:
        return Shape(severity, "ADM", self.folder.place(tps).tps_class, tps)

    def _wrong_ballots(self, tps: str) -> dict[Identity, Shape]:
        """T02: of each contest the latest receipt decides, whoever sent it."""
        dpt = self.folder.place(tps).dpt
        if dpt is None:
            return {}  # ADR 18 "A TPS that no plan has is not judged".
        expected = self.folder.with_reserve(dpt)
        latest: dict[str, int] = {}
        said_at: dict[str, int] = {}
        for receipt in self.told.of_kind(tps, "logistics_received"):
            ballots, contest = integer(receipt.value, "ballots"), self._contest(tps, receipt)
            if ballots is None:
                continue
            if said_at.get(contest) == receipt.at and ballots == expected:
                continue  # ADR 18 "of two at one moment the one by which the rule holds".
            latest[contest], said_at[contest] = ballots, receipt.at
        return {
            Identity("T02", tps, contest): self._shape(
                tps, "high" if abs(ballots - expected) * 20 > expected else "medium"
            )
            for contest, ballots in latest.items()
            if ballots != expected
        }

    def _contest(self, tps: str, receipt: Event) -> str:
        """ADR 18 "the contest named, else the only contest of that TPS, else empty"."""
        named, own = text(receipt.value, "contest"), self.folder.contests_of(tps)
        return named or (own[0].id if len(own) == 1 else "")

    def _closed_early(self, tps: str) -> bool:
        """T04: a latest word on it is a closing before its time that nothing explains."""
        words = self.told.of_kind(tps, "opened", "resumed", "postponed", "closed")
        return any(
            word.kind == "closed"
            and word.at == words[-1].at
            and word.at < self.folder.place(tps).closes_at
            and word.value.get("all_voted") is not True
            for word in words
        )


class SealRule:
    """T12: seals and numbers at arrival, and who has said that they are right after all."""

    def __init__(self, told: Told, held: HeldRules) -> None:
        """Begin with no box."""
        self.told = told
        self.folder = told.folder
        self.held = held
        self._tps_of: dict[str, set[str]] = {}
        """By scope of a box."""
        self._confirmed: dict[str, list[Event]] = {}

    def take(self, status: Event, when: Moment) -> None:
        """Judge the boxes of a TPS."""
        if status.kind not in BOX_KINDS and "corrects" not in status.value:
            return
        tps = status.place.tps
        boxes = boxes_at(self.told, tps)
        for scope in (boxes.scope(name) for name in boxes.names()):
            self._tps_of.setdefault(scope, set()).add(tps)
        for scope in sorted(self._tps_of):
            if tps in self._tps_of[scope]:
                self._judge(scope, when)

    def tps_of(self, scope: str) -> set[str]:
        """The TPS whose words name a box."""
        return self._tps_of.get(scope, set())

    def confirm(self, scope: str, command: Event, when: Moment) -> None:
        """Take a person's word that a box is the right one and whole."""
        self._confirmed.setdefault(scope, []).append(command)
        if scope in self._tps_of:
            self._judge(scope, when)

    def _judge(self, scope: str, when: Moment) -> None:
        name = scope.partition("/")[2]
        codes = sorted(self._tps_of[scope])
        every = [boxes_at(self.told, tps) for tps in codes]
        wrong = [a for boxes in every for a in boxes.arrivals(name) if _differs(boxes, name, a)]
        cures = [a for boxes in every for a in boxes.arrivals(name) if _agrees(boxes, name, a)]
        holds = False
        if wrong:
            last = by_moment(wrong)[-1]
            told = any(cure.at > last.at for cure in cures)
            confirmed = any(c.at > last.at for c in self._confirmed.get(scope, []))
            holds = not (told or confirmed)
        tps_class = most_vulnerable([self.folder.place(tps).tps_class for tps in codes])
        shape = Shape("high", "OPS", tps_class, common_area(codes))
        self.held.sync(scope, {Identity("T12", scope): shape} if holds else {}, when)


def _pairs(boxes: Boxes, name: str, arrival: Event) -> list[tuple[str, str]]:
    """What was said at departure and at arrival, where both sides name it."""
    departure = boxes.departure_before(arrival, name)
    if departure is None:
        return []
    told = [(text(departure.value, f), text(arrival.value, f)) for f in ("seal", "box")]
    return [(left, came) for left, came in told if left and came]


def _differs(boxes: Boxes, name: str, arrival: Event) -> bool:
    broken = arrival.value.get("seal_intact") is False
    return broken or any(left != came for left, came in _pairs(boxes, name, arrival))


def _agrees(boxes: Boxes, name: str, arrival: Event) -> bool:
    """Whether a `ptps` says that it is right: by a number that both sides name, or by its seal."""
    said = bool(_pairs(boxes, name, arrival)) or arrival.value.get("seal_intact") is True
    return arrival.role == "ptps" and said and not _differs(boxes, name, arrival)
