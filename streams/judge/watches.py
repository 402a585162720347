"""How the rules of absence watch a TPS, a pair of officers, a ballot box: each as a `Watch`."""

from functools import partial

from streams.alerts.case import Case
from streams.domain.times import EpochMs
from streams.judge.absence_grounds import grounds_of, name_of_end, still_missing
from streams.judge.state import PartitionState
from streams.judge.subjects import (
    Subject,
    overdue_spans_of,
    raise_after_of,
    still_ran,
    subject_key,
    ways_of,
)
from streams.judge.telling import episodes
from streams.judge.watching import Watch
from streams.rules.compiled import OverdueRule
from streams.rules.specs import WatchScope

__all__ = ["watch_of"]


def watch_of(state: PartitionState, rule: OverdueRule, subject: Subject) -> Watch:
    """Return how a rule watches a TPS, a pair or a box."""
    case = Case(subject.election, rule.head.rule.id, subject.scope, "", subject.place)
    return Watch(
        head=rule.head,
        case=case,
        key=subject_key(rule, subject),
        spans=partial(overdue_spans_of, rule, subject),
        raise_after=lambda _: raise_after_of(rule, subject),
        raise_to=rule.raise_to,
        grounds=partial(grounds_of, rule, subject),
        still_missing=lambda _: still_missing(rule, subject),
        name_of_end=partial(name_of_end, rule, subject),
        still_ran=partial(still_ran, rule, subject),
        moved=partial(_lengthened, state, rule, subject),
    )


def _lengthened(
    state: PartitionState, rule: OverdueRule, subject: Subject, told: tuple[EpochMs, ...]
) -> dict[EpochMs, EpochMs]:
    """Return what deadlines of a box on its way are now: a word of it may make its limit longer."""
    if rule.scope is not WatchScope.BOX:
        return {}
    case = Case(subject.election, rule.head.rule.id, subject.scope, "", subject.place)
    started = {at: _counted_from(state, case, at) for at in told}
    return {
        at: due
        for due, (start, end) in ways_of(rule, subject).items()
        for at, since in started.items()
        if since is not None and start <= since <= at < due < end
    }


def _counted_from(state: PartitionState, case: Case, held_from: EpochMs) -> EpochMs | None:
    """Return what an alert counts from that began at `held_from`, if its evidence says."""
    of = (alert for alert in episodes(state, case) if alert.held_from == held_from)
    return next((alert.evidence[0].at for alert in of if alert.evidence), None)
