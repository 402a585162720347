"""Plans and messages of whole days, made once for all tests."""

from functools import cache
from typing import Final

from streams.domain.events import CrowdReport, TpsStatus, VoteCount
from streams.simulation.ordinary.day import noise_posts
from streams.simulation.ordinary.folder import folder_texts
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, DayKind
from streams.simulation.post import Post
from streams.territory.parse import parse_folder
from streams.territory.plan import ElectionKind, Plan
from streams.wire.folder import shipped_areas
from streams.wire.inputs import decode_input

__all__ = ["DAY_KINDS", "counts", "plan_of", "posts", "reports", "statuses"]

DAY_KINDS: Final = {"ordinary": ORDINARY, "irregular": IRREGULAR}
"""By name, as the functions below are asked for them."""


@cache
def plan_of(kind: ElectionKind) -> Plan:
    """Return the plan of 400 TPS of a kind."""
    plan, faults = parse_folder(folder_texts(kind), shipped_areas())
    assert plan is not None, faults
    return plan


@cache
def posts(kind: ElectionKind, day: str = "ordinary", seed: int = 0) -> tuple[Post, ...]:
    """Return all messages of a day."""
    return noise_posts(plan_of(kind), seed, _kind_of(day))


def _kind_of(day: str) -> DayKind:
    return DAY_KINDS[day]


def statuses(kind: ElectionKind, day: str = "ordinary") -> list[tuple[Post, TpsStatus]]:
    """Return all statuses of a day, each with its post."""
    return [(post, one) for post, one in _events(kind, day) if isinstance(one, TpsStatus)]


def counts(kind: ElectionKind, day: str = "ordinary") -> list[tuple[Post, VoteCount]]:
    """Return all counts of a day, each with its post."""
    return [(post, one) for post, one in _events(kind, day) if isinstance(one, VoteCount)]


def reports(kind: ElectionKind, day: str = "ordinary") -> list[tuple[Post, CrowdReport]]:
    """Return all reports of a day, each with its post."""
    return [(post, one) for post, one in _events(kind, day) if isinstance(one, CrowdReport)]


@cache
def _events(kind: ElectionKind, day: str) -> tuple[tuple[Post, object], ...]:
    return tuple((post, decode_input(post.topic, post.value).event) for post in posts(kind, day))
