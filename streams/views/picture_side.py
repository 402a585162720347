"""What the picture tells of a kabupaten alone: what is expected, its Polsek, boxes on their way.

Each is made anew only after something that it depends on has changed: the strength of the Polsek
also when a shift begins or ends. What is expected is known beforehand: by which moment each TPS
should have come so far, so that of a moment it is enough to count those before it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import islice
from typing import Final

from streams.domain.facts import Stage
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.rising import points_of, whole_minute
from streams.domain.strength import Balance, Duty, Strength
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import TpsClass
from streams.judge.shifts import next_change
from streams.judge.state import PartitionState
from streams.judge.strength import balances, strengths
from streams.judge.subjects import Subject, overdue_spans_of
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.rules.specs import Listens
from streams.territory.plan import Tps
from streams.views.pictured import Away, PolsekLedger, Wide

__all__ = ["BOXES_MAX", "PAIRS_MAX", "KabupatenSide"]

PAIRS_MAX: Final = 8
"""Free pairs of a Polsek that are told by name: the record goes out every second."""

BOXES_MAX: Final = 50
"""Boxes that are told of one by one; at night all of a kabupaten may be on their way at once."""
_DAY: Final = (
    (Happening.LOGISTICS_RECEIVED, None),
    (Happening.OPENED, Stage.VOTING),
    (Happening.CLOSED, Stage.CLOSED),
    (Happening.COUNTING_STARTED, Stage.COUNTING),
    (Happening.COUNTING_FINISHED, Stage.COUNTED),
    (Happening.BOX_DEPARTED, Stage.BOX_AWAY),
    (Happening.BOX_ARRIVED, Stage.BOX_IN),
)
"""What a day brings, in its order, and the stage that it leads to. Of what ends the wait of a rule
the first is what it waits for: who waits for the logistics takes an opening for them as well."""

_Alike = tuple[str, TpsClass, EpochMs, EpochMs, EpochMs | None]
"""By what the deadlines of two TPS of a kabupaten are the same."""


class KabupatenSide:
    """What is kept of one kabupaten in one election."""

    def __init__(self, state: PartitionState, election: ElectionId, kabupaten: AreaCode) -> None:
        """Begin with nothing known."""
        self._state = state
        self._election = election
        self._kabupaten = kabupaten
        self._watched = state.world.of(election)
        self._due = _deadlines(self._watched, election, kabupaten)
        # By the minute: a plan whose TPS all have hours of their own makes no endless record.
        self._due_by = {
            stage: points_of(Counter(map(whole_minute, ats))) for stage, ats in self._due.items()
        }
        self._strength: tuple[PolsekLedger, ...] = ()
        self._strength_until = EpochMs(0)
        """When a shift begins or ends; 0: something else has changed."""
        self._away: dict[AreaCode, tuple[Away, ...]] = {}
        """By TPS."""
        self._boxes: tuple[Away, ...] | None = ()

    def touch_strength(self) -> None:
        """Note that officers are bound, free, missing or asked for otherwise than before."""
        self._strength_until = EpochMs(0)

    def put_away(self, tps: AreaCode, boxes: tuple[Away, ...]) -> None:
        """Set which boxes of a TPS are on their way."""
        self._boxes = None
        if boxes:
            self._away[tps] = boxes
        else:
            self._away.pop(tps, None)

    def wide(self) -> Wide:
        """Return what is told of the kabupaten at present."""
        now = self._state.clocks.now
        if now >= self._strength_until:
            self._count_strength(now)
        if self._boxes is None:
            boxes = (box for own in self._away.values() for box in own)
            self._boxes = tuple(nsmallest(BOXES_MAX, boxes, key=_first_due))
        return Wide(
            heard=self._state.clocks.heard or None,
            expected={stage: bisect_right(ats, now) for stage, ats in self._due.items()},
            expected_by=self._due_by,
            strength=self._strength,
            boxes=self._boxes,
        )

    def _count_strength(self, now: EpochMs) -> None:
        stations = self._watched.stations.get(self._kabupaten, {}).values()
        officers = (officer for station in stations for officer in station.officers)
        self._strength_until = next_change(self._watched.plan, officers, now) or NEVER
        polsek = self._watched.plan.polsek
        self._strength = tuple(
            _ledger(balance)
            for name, balance in sorted(self._balances(now).items())
            if (self._kabupaten, name) in polsek
        )

    def _balances(self, now: EpochMs) -> Mapping[str, Balance]:
        state, election, kabupaten = self._state, self._election, self._kabupaten
        rules = self._watched.rules.areas.strength
        if rules:
            return balances(state, rules[0], election, kabupaten, now)
        found = strengths(state, election, kabupaten, now)
        return {name: Balance(strength) for name, strength in found.items()}


def _ledger(balance: Balance) -> PolsekLedger:
    duties = Counter(one.duty for one in balance.strength.officers)
    return PolsekLedger(
        name=balance.strength.polsek,
        total=duties.total(),
        free=duties[Duty.FREE] + duties[Duty.MISSING],
        bound=duties[Duty.BOUND],
        escorting=duties[Duty.ESCORTING],
        off_duty=duties[Duty.OFF_DUTY],
        missing=duties[Duty.MISSING],
        needed=balance.demand,
        bko=balance.bko,
        pairs=_free_pairs(balance.strength),
    )


def _free_pairs(strength: Strength) -> tuple[str, ...]:
    """Return the pairs of whom all that are on duty are free, two at least, as X02 proposes them.

    Who stands alone is called by his own id, and that is nothing for everybody to see.
    """
    on_duty = (
        (name, [one for one in members if one.duty is not Duty.OFF_DUTY])
        for name, members in strength.pairs.items()
    )
    free = (
        name
        for name, members in on_duty
        if len(members) > 1 and all(one.duty is Duty.FREE for one in members)
    )
    return tuple(islice(free, PAIRS_MAX))


def _first_due(box: Away) -> tuple[EpochMs, EpochMs, AreaCode, str]:
    return NEVER if box.due_at is None else box.due_at, box.left_at, box.tps, box.box


def _deadlines(
    watched: Watched, election: ElectionId, kabupaten: AreaCode
) -> dict[Stage, list[EpochMs]]:
    """Return by stage the moments by which the TPS of a kabupaten should have come to it."""
    awaited = dict(_awaited(watched.rules.overdue_tps))
    known: dict[_Alike, EpochMs | None] = {}
    found: dict[Stage, list[EpochMs]] = {}
    for stage, rules in awaited.items():
        due = found[stage] = []
        for code in watched.plan.tps_of_kabupaten.get(kabupaten, ()):
            tps = watched.plan.tps[code]
            ats = [_deadline(watched, election, rule, tps, known) for rule in rules]
            due += [min(at for at in ats if at is not None)] if any(ats) else []
        due.sort()
    return found


def _awaited(rules: Iterable[OverdueRule]) -> Iterator[tuple[Stage, list[OverdueRule]]]:
    """Yield each stage that is awaited by the clock, in the order of the day, with its rules."""
    by_clock = [rule for rule in rules if rule.since and rule.messages is Listens.NONE]
    for happening, stage in _DAY:
        own = [rule for rule in by_clock if _awaits(rule) is happening]
        if stage is not None and own:
            yield stage, own


def _awaits(rule: OverdueRule) -> Happening | None:
    return next((happening for happening, _ in _DAY if happening in rule.ends.kinds), None)


def _deadline(
    watched: Watched,
    election: ElectionId,
    rule: OverdueRule,
    tps: Tps,
    known: dict[_Alike, EpochMs | None],
) -> EpochMs | None:
    """Return when a TPS that has opened in time, and has said no more, is overdue by a rule."""
    alike = rule.head.rule.id, tps.tps_class, tps.opens_at, tps.closes_at, tps.logistics_due_at
    if alike not in known:
        opened = Point(tps.opens_at, Happening.OPENED, "", "", "")
        subject = Subject(
            plan=watched.plan,
            election=election,
            scope=Scope(tps.code),
            place=tps.code,
            tps_class=tps.tps_class,
            tps=(tps,),
            points=((opened,) if rule.begins else (),),
            messages=(),
        )
        known[alike] = next((since for since, _ in overdue_spans_of(rule, subject)), None)
    return known[alike]
