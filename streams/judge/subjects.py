"""Who is watched for silence: a TPS, or a pair of officers, with what is known of its day."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from streams.domain.events import StatusKind
from streams.domain.facts import Island, Point, Span, TpsFacts, spans_between, union
from streams.domain.ids import AreaCode, ElectionId, Scope, kabupaten_of
from streams.domain.journal import AcceptedStatus
from streams.domain.times import NEVER
from streams.domain.words import VULNERABILITY, TpsClass
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.rules.compiled import OverdueRule
from streams.territory.plan import Plan, Tps

__all__ = [
    "Subject",
    "most_vulnerable",
    "pair_subject",
    "pairs_of",
    "scope_of",
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


def scope_of(kabupaten: str, kind: str, name: str) -> Scope:
    """Return the scope of what has no code of its own, as `pair:36.04/P03`."""
    return Scope(f"{kind}:{kabupaten_of(kabupaten)}/{name}")


def most_vulnerable(tps: tuple[Tps, ...]) -> TpsClass:
    """Return the class of the most vulnerable TPS; `kurang_rawan` if there is none."""
    classes = (one.tps_class for one in tps)
    return max(classes, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)


def tps_subject(state: PartitionState, election: ElectionId, tps: Tps) -> Subject:
    """Return a TPS with the facts of its day."""
    facts = state.facts.get((election, tps.code)) or _NO_FACTS
    code = tps.code
    points = (facts.points,)
    return Subject(election, Scope(code), code, tps.tps_class, (tps,), points, facts.islands)


def pair_subject(
    state: PartitionState, plan: Plan, election: ElectionId, pair: tuple[AreaCode, str]
) -> Subject:
    """Return a pair with the facts of its TPS."""
    kabupaten, name = pair
    tps = tuple(plan.tps[code] for code in plan.pairs.get(pair, ()))
    facts = (state.facts.get((election, one.code)) or _NO_FACTS for one in tps)
    heard = state.pairs.get((election, kabupaten, name))
    return Subject(
        election=election,
        scope=scope_of(kabupaten, "pair", name),
        place=_common_area(tps) or kabupaten,
        tps_class=most_vulnerable(tps),
        tps=tps,
        points=tuple(one.points for one in facts),
        messages=heard.islands if heard else (),
    )


def pairs_of(plan: Plan, accepted: AcceptedStatus) -> Iterator[tuple[AreaCode, str]]:
    """Return the pairs that a status is a message of: its TPS', and its officer's."""
    event, kabupaten = accepted.event, kabupaten_of(accepted.place)
    tps = plan.tps.get(AreaCode(event.tps)) if isinstance(event.tps, str) else None
    of_tps = tps.pair if tps else ""
    if of_tps:
        yield kabupaten, of_tps
    if event.kind in _OF_OFFICERS:
        officer = plan.officers.get((kabupaten, str(event.officer)))
        if officer and officer.pair and officer.pair != of_tps:
            yield kabupaten, officer.pair


def watched_spans(rule: OverdueRule, subject: Subject) -> tuple[Span, ...]:
    """Return when a rule watches a subject: while any of its TPS is in such a span."""
    spans: list[Span] = []
    for tps, points in zip(subject.tps, subject.points, strict=True):
        if rule.begins:
            spans += spans_between(points, rule.begins, rule.ends)
            continue
        ends = (point.at for point in points if point.kind in rule.ends)
        end = min(ends, default=NEVER)
        if end > tps.opens_at:
            spans.append((tps.opens_at, end))
    return tuple(spans) if len(subject.tps) == 1 else union(spans)


def _common_area(tps: tuple[Tps, ...]) -> AreaCode | None:
    """Return the narrowest area that all of them lie in."""
    for area in ("desa", "kecamatan", "kabupaten"):
        codes: set[AreaCode] = {getattr(one, area) for one in tps}
        if len(codes) == 1:
            return codes.pop()
    return None


def subject_key(rule: OverdueRule, subject: Subject) -> Key:
    """Return the key of what a rule remembers of a subject."""
    return subject.election, rule.head.rule.id, subject.scope
