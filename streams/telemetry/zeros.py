"""Shows at 0 what has not happened yet: a rate over what is not there is not 0, it is nothing."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from streams.domain.alert import Change
from streams.domain.effects import DeadLetterReason
from streams.domain.notice import NoticeKind
from streams.domain.words import SEVERITIES
from streams.engine.topics import SOURCES, UNCLAIMED
from streams.judge.world import World
from streams.telemetry.census import LEVELS
from streams.telemetry.metrics import Metrics
from streams.telemetry.rule_time import RESTRICTED

__all__ = ["open_rules", "show_zeros"]

_OUTCOMES: Final = ("journaled", "broadcast", "dead", "clock")


def show_zeros(metrics: Metrics, rules: Iterable[str]) -> None:
    """Show every counter with all its labels; `rules` are those whose alerts all may see."""
    for topic, outcome in product((*SOURCES, *UNCLAIMED), _OUTCOMES):
        metrics.events.labels(topic, outcome)
    for reason in DeadLetterReason:
        metrics.dead_letters.labels(reason)
    for change in Change:
        metrics.lines.labels(change)
    for level in LEVELS:
        metrics.escalations.labels(level)
    for severity in SEVERITIES:
        metrics.acknowledge.labels(severity)
    for kind in NoticeKind:
        metrics.notices.labels(kind)
    for rebuilt in ("false", "true"):
        metrics.takeovers.labels(rebuilt)
    for rule in rules:
        metrics.rule_firings.labels(rule)
        metrics.rule_seconds.labels(rule)
        metrics.rule_faults.labels(rule)
    metrics.rule_seconds.labels(RESTRICTED)
    metrics.rule_faults.labels(RESTRICTED)


def open_rules(world: World) -> tuple[str, ...]:
    """Return the ids of the rules that judge, but for those whose alerts only some may see."""
    packs = (watched.rules.pack for watched in world.elections.values())
    return tuple(
        sorted({rule.id for pack in packs for rule in pack.rules if not rule.restricted_to})
    )
