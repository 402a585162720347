"""What the rules of absence watch: a TPS, a pair of officers, or a ballot box, with its facts.

A subject is put together from the plan and the facts whenever it is looked at, so nothing of it is
remembered. Of each rule it can say when the rule watches it, and how long is too long.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct, UnsetType

from streams.domain.facts import Island, Span, TpsFacts, spans_between, union, without
from streams.domain.happenings import Happening, Point
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.times import DAY_MS, HOUR_MS, MINUTE_MS, NEVER, EpochMs
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.judge.counted import counted_at
from streams.judge.custody import boxes_known
from streams.judge.posture import TIGHTER, raised_spans
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.world import Watched
from streams.rules.compiled import OverdueRule
from streams.rules.detectors.overdue import overdue_spans
from streams.rules.specs import Anchor, Listens, WatchScope
from streams.rules.views import About
from streams.territory.plan import Plan, Tps

__all__ = [
    "Subject",
    "box_subjects",
    "judged_class",
    "limit_before",
    "limit_of",
    "overdue_spans_of",
    "pair_subject",
    "raise_after_of",
    "still_ran",
    "subject_key",
    "tps_subject",
    "ways_of",
]

_NO_FACTS: Final = TpsFacts()
_LOGISTICS_DUE_MS: Final = 21 * HOUR_MS - DAY_MS
"""21:00 of the day before, from the midnight of the day. Source: domain §4b, T01."""


class Subject(Struct, frozen=True, gc=False, kw_only=True):
    """A TPS, a pair or a box, as the detector `overdue` sees it."""

    plan: Plan
    election: ElectionId
    scope: Scope
    place: AreaCode
    tps_class: TpsClass
    tps: tuple[Tps, ...]
    points: tuple[tuple[Point, ...], ...]
    """What happened, by TPS."""
    messages: tuple[Island, ...]
    raised: tuple[Span, ...] = ()
    """When the posture of a box' place is raised."""


def tps_subject(watched: Watched, state: PartitionState, election: ElectionId, tps: Tps) -> Subject:
    """Return a TPS with the facts of its day."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    return Subject(
        plan=watched.plan,
        election=election,
        scope=Scope(tps.code),
        place=tps.code,
        tps_class=tps.tps_class,
        tps=(tps,),
        points=(facts.happenings,),
        messages=facts.islands,
    )


def pair_subject(
    watched: Watched, state: PartitionState, election: ElectionId, scope: Scope
) -> Subject:
    """Return a pair with the facts of its TPS."""
    pair = watched.pairs[scope]
    facts = (state.facts.get((election, one.code)) or _NO_FACTS for one in pair.tps)
    heard = state.pairs.get((election, scope))
    return Subject(
        plan=watched.plan,
        election=election,
        scope=scope,
        place=pair.place,
        tps_class=pair.tps_class,
        tps=pair.tps,
        points=tuple(one.points for one in facts),
        messages=heard.islands if heard else (),
    )


def box_subjects(
    watched: Watched,
    state: PartitionState,
    election: ElectionId,
    tps: Tps,
    before: TpsFacts = _NO_FACTS,
) -> Iterator[Subject]:
    """Yield every box that a TPS has spoken of, or had by the facts `before`."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    for box, points in boxes_known(watched.plan, tps, facts.happenings, before.points).items():
        yield Subject(
            plan=watched.plan,
            election=election,
            scope=scope_of(tps.code, "box", box),
            place=tps.code,
            tps_class=tps.tps_class,
            tps=(tps,),
            points=(points,),
            messages=(),
            raised=raised_spans(state, election, tps.code),
        )


def overdue_spans_of(rule: OverdueRule, subject: Subject) -> tuple[Span, ...]:
    """Return when a subject was overdue by a rule, by all that is known of it."""
    if rule.scope is WatchScope.BOX:
        return tuple((at, end) for at, (_, end) in ways_of(rule, subject).items() if at < end)
    watched = watched_spans(rule, subject)
    limit_ms, messages = limit_of(rule, subject), _messages(rule, subject)
    return overdue_spans(watched, messages, lambda armed: EpochMs(armed + limit_ms))


def ways_of(rule: OverdueRule, subject: Subject) -> dict[EpochMs, Span]:
    """Return the ways of a box on which it is watched, by their deadlines."""
    ways = watched_spans(rule, subject)
    return {EpochMs(way[0] + _way_limit(rule, subject, way[0])): way for way in ways}


def still_ran(rule: OverdueRule, subject: Subject, deadline: EpochMs) -> bool:
    """Tell whether the clock that led to a deadline still started: if it is gone, it was met."""
    if not rule.begins:
        return True
    if rule.scope is WatchScope.BOX:
        return deadline in ways_of(rule, subject)
    started = deadline - limit_of(rule, subject)
    return any(start <= started < end for start, end in watched_spans(rule, subject))


def watched_spans(rule: OverdueRule, subject: Subject) -> tuple[Span, ...]:
    """Return when a rule watches a subject: while any of its TPS is in such a span."""
    spans: list[Span] = []
    for tps, points in zip(subject.tps, subject.points, strict=True):
        about = About(tps, subject.plan.election)
        own = _spans_of(rule, subject, tps, points)
        for begins, ends in rule.pauses:
            own = without(own, spans_between(points, begins.about(about), ends.about(about)))
        spans += own
    return tuple(spans) if len(subject.tps) == 1 else union(spans)


def _spans_of(
    rule: OverdueRule, subject: Subject, tps: Tps, points: tuple[Point, ...]
) -> tuple[Span, ...]:
    about = About(tps, subject.plan.election)
    ends = rule.ends.about(about)
    since = EpochMs(0) if rule.since is None else _anchor_at(rule.since, subject, tps)
    counted = counted_at(subject.plan, tps, points) if rule.final_counts else NEVER
    if rule.begins:
        spans = spans_between(points, rule.begins.about(about), ends)
    else:
        first_end = min((point.at for point in points if ends(point)), default=NEVER)
        # Nobody could miss a TPS that no plan has before it first spoke.
        unheard_of = not tps.listed and _first_word(subject) > since + limit_of(rule, subject)
        spans = () if unheard_of else ((since, first_end),)
    clipped = ((max(start, since), min(end, counted)) for start, end in spans)
    return tuple((EpochMs(start), EpochMs(end)) for start, end in clipped if start < end)


def _first_word(subject: Subject) -> EpochMs:
    """Return when something was first said of a TPS; `NEVER`: nothing of this day."""
    said = (point.at for points in subject.points for point in points)
    return min((*said, *(first for first, _, _ in subject.messages)), default=NEVER)


def _anchor_at(anchor: Anchor, subject: Subject, tps: Tps) -> EpochMs:
    election = subject.plan.election
    offset = subject.plan.offset_minutes(tps.code)
    match anchor:
        case Anchor.OPENS_AT:
            return tps.opens_at
        case Anchor.CLOSES_AT:
            return tps.closes_at
        case Anchor.LOGISTICS_DUE:
            usual = EpochMs(election.day_start_at(offset) + _LOGISTICS_DUE_MS)
            return usual if tps.logistics_due_at is None else tps.logistics_due_at
        case Anchor.DAY_ENDS:
            return EpochMs(election.day_start_at(offset) + DAY_MS)


def _messages(rule: OverdueRule, subject: Subject) -> tuple[Island, ...]:
    match rule.messages:
        case Listens.NONE:
            return ()
        case Listens.ANY:
            return subject.messages
        case Listens.COUNTS:
            counts = (one for points in subject.points for one in points)
            return tuple(
                (one.at, one.at, one.offset) for one in counts if one.kind is Happening.COUNT
            )


def limit_of(rule: OverdueRule, subject: Subject) -> int:
    """Return the limit of a rule for the class of a subject, in milliseconds."""
    return rule.limits_ms[TPS_CLASSES.index(subject.tps_class)]


def limit_before(rule: OverdueRule, subject: Subject, deadline: EpochMs) -> int:
    """Return the limit that led to a deadline, in milliseconds."""
    if rule.scope is not WatchScope.BOX:
        return limit_of(rule, subject)
    return deadline - ways_of(rule, subject)[deadline][0]


def _way_limit(rule: OverdueRule, subject: Subject, departed_at: EpochMs) -> int:
    """Return how long a box may be on its way that departed then, in milliseconds.

    Where the posture is raised, the limit is the tighter one from then on: due when that has
    passed, or when the posture was raised if that was later.
    """
    told = _way_minutes(rule, subject, departed_at)
    if told is not None and rule.eta_times is not None:
        return round(told * rule.eta_times * MINUTE_MS)
    tightened = _tightened(rule, subject, departed_at)
    return limit_of(rule, subject) if tightened is None else tightened


def _tightened(rule: OverdueRule, subject: Subject, departed_at: EpochMs) -> int | None:
    """Return the limit of a box under a raised posture; None: that makes no difference to it."""
    if not rule.posture:
        return None
    limit_ms = limit_of(rule, subject)
    tighter_ms = rule.limits_ms[TPS_CLASSES.index(TIGHTER[subject.tps_class])]
    for since, until in subject.raised:
        due = max(departed_at + tighter_ms, since)
        if due < min(until, departed_at + limit_ms):
            return due - departed_at
    return None


def judged_class(rule: OverdueRule, subject: Subject, began_at: EpochMs) -> TpsClass:
    """Return the class by which a subject was judged: a raised posture makes it a tighter one."""
    if rule.scope is not WatchScope.BOX or _tightened(rule, subject, began_at) is None:
        return subject.tps_class
    return TIGHTER[subject.tps_class]


def _way_minutes(rule: OverdueRule, subject: Subject, departed_at: EpochMs) -> float | None:
    """Return how many minutes the way of a box should take, as was told or as the plan has it."""
    (tps,), (points,) = subject.tps, subject.points
    about = About(tps, subject.plan.election)
    told: list[float] = []
    for point in points:
        if point.at > departed_at and rule.ends.matches(point, about):
            break
        eta = point.said.eta_minutes
        # Several may tell of one departure, and not all of them how long it takes.
        if point.at >= departed_at and not isinstance(eta, UnsetType):
            told.append(eta)
    return told[0] if told else tps.transit_minutes


def subject_key(rule: OverdueRule, subject: Subject) -> Key:
    """Return the key of what a rule remembers of a subject."""
    key = subject.election, rule.head.rule.id, subject.scope
    return key if rule.scope is not WatchScope.BOX else (*key, subject.place)


def raise_after_of(rule: OverdueRule, subject: Subject) -> int | None:
    """Return how long after the deadline a rule rises for the class of a subject; None: never."""
    return rule.raise_after_ms[TPS_CLASSES.index(subject.tps_class)]
