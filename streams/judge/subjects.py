"""Who is watched for silence: a TPS, or a pair of officers, with what is known of its day."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.domain.events import StatusKind
from streams.domain.facts import Island, Point, Span, TpsFacts, spans_between, union
from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.journal import AcceptedStatus
from streams.domain.times import NEVER
from streams.domain.words import TPS_CLASSES, TpsClass
from streams.judge.roster import scope_of
from streams.judge.state import PartitionState, Watched
from streams.judge.table import Key
from streams.rules.compiled import OverdueRule
from streams.territory.plan import Plan, Tps

__all__ = [
    "Subject",
    "limit_of",
    "pair_subject",
    "pairs_of",
    "raise_after_of",
    "subject_key",
    "tps_subject",
    "watched_spans",
]

_NO_FACTS: Final = TpsFacts()
_OF_OFFICERS: Final = frozenset({StatusKind.CHECKIN, StatusKind.DURESS})


class Subject(Struct, frozen=True, gc=False):
    """A TPS or a pair, as the detector `overdue` sees it."""

    election: ElectionId
    scope: Scope
    place: AreaCode
    tps_class: TpsClass
    tps: tuple[Tps, ...]
    points: tuple[tuple[Point, ...], ...]
    """Changes of stage, by TPS."""
    messages: tuple[Island, ...]


def tps_subject(state: PartitionState, election: ElectionId, tps: Tps) -> Subject:
    """Return a TPS with the facts of its day."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    code = tps.code
    points = (facts.points,)
    return Subject(election, Scope(code), code, tps.tps_class, (tps,), points, facts.islands)


def pair_subject(
    state: PartitionState, watched: Watched, election: ElectionId, scope: Scope
) -> Subject:
    """Return a pair with the facts of its TPS."""
    pair = watched.pairs[scope]
    facts = (state.facts.get((election, one.code)) or _NO_FACTS for one in pair.tps)
    heard = state.pairs.get((election, scope))
    return Subject(
        election=election,
        scope=scope,
        place=pair.place,
        tps_class=pair.tps_class,
        tps=pair.tps,
        points=tuple(one.points for one in facts),
        messages=heard.islands if heard else (),
    )


def pairs_of(plan: Plan, accepted: AcceptedStatus) -> Iterator[Scope]:
    """Return the pairs that a status is a message of: its TPS', and its officer's."""
    event, kabupaten = accepted.event, kabupaten_of(accepted.place)
    tps = plan.tps.get(AreaCode(event.tps)) if isinstance(event.tps, str) else None
    of_tps = tps.pair if tps else ""
    if of_tps:
        yield scope_of(kabupaten, "pair", of_tps)
    if event.kind in _OF_OFFICERS:
        officer = plan.officers.get((kabupaten, str(event.officer)))
        pair = officer.pair if officer else ""
        if pair and pair != of_tps and (kabupaten, pair) in plan.pairs:
            yield scope_of(kabupaten, "pair", pair)


def watched_spans(rule: OverdueRule, subject: Subject) -> tuple[Span, ...]:
    """Return when a rule watches a subject: while any of its TPS is in such a span."""
    spans: list[Span] = []
    for tps, points in zip(subject.tps, subject.points, strict=True):
        if rule.begins:
            spans += spans_between(points, rule.begins, rule.ends)
            continue
        ends = (point.at for point in points if point.kind in rule.ends)
        end = min(ends, default=NEVER)
        # Nobody could miss a TPS that no plan has before it first spoke.
        unheard_of = (
            not tps.listed
            and subject.messages[:1]
            and (subject.messages[0][0] > tps.opens_at + limit_of(rule, subject))
        )
        if end > tps.opens_at and not unheard_of:
            spans.append((tps.opens_at, end))
    return tuple(spans) if len(subject.tps) == 1 else union(spans)


def limit_of(rule: OverdueRule, subject: Subject) -> int:
    """Return the limit of a rule for a subject, in milliseconds."""
    return rule.limits_ms[TPS_CLASSES.index(subject.tps_class)]


def subject_key(rule: OverdueRule, subject: Subject) -> Key:
    """Return the key of what a rule remembers of a subject."""
    return subject.election, rule.head.rule.id, subject.scope


def raise_after_of(rule: OverdueRule, subject: Subject) -> int | None:
    """Return how long after the deadline a rule rises for the class of a subject; None: never."""
    return rule.raise_after_ms[TPS_CLASSES.index(subject.tps_class)]
