"""When a TPS had counted everything: a final count of each contest that covers it."""

from collections.abc import Iterable

from streams.domain.events import CountStatus
from streams.domain.happenings import Happening, Point
from streams.domain.times import NEVER, EpochMs
from streams.domain.words import Role
from streams.territory.plan import Plan, Tps

__all__ = ["counted_at"]


def counted_at(plan: Plan, tps: Tps, points: Iterable[Point]) -> EpochMs:
    """Return when the last of the first final counts was made; `NEVER` while one is missing."""
    first: dict[str, EpochMs] = {}
    for point in points:
        final = point.kind is Happening.COUNT and point.said.status is CountStatus.FINAL
        # A program answers for nobody's count (ADR 18).
        if final and point.role is not Role.SYSTEM:
            contest = point.said.contest
            first[contest] = min(point.at, first.get(contest, point.at))
    contests = plan.election.contests_of(tps.code)
    if not contests:
        return NEVER
    return max(first.get(contest.id, NEVER) for contest in contests)
