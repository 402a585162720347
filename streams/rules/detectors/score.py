"""Detector `score`: evidence of several voices adds up to a threshold.

    IDLE --score of a cluster >= threshold--> HOLDING
    HOLDING --more evidence--> HOLDING (the alert's evidence grows)
    HOLDING --calm said since the newest evidence, and quiet for long enough--> IDLE

The score is computed only when evidence comes, relative to the newest (contract §4), so time
alone changes nothing. *Calm* is an officer's "aman terkendali" at the place. It counts if it is
not older than the newest evidence: a calm that reports have overtaken is no calm. When an
episode ends its evidence is spent, or one more weak report would open it again.

Bound: `EVIDENCE_MAX` items a scope.
"""

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.times import EpochMs
from streams.domain.words import TPS_CLASSES
from streams.rules.evidence import EVIDENCE_MAX, Cluster, Item, clusters_of

__all__ = [
    "Finished",
    "ScoreLimits",
    "ScoreState",
    "add",
    "calm",
    "next_wake",
    "quiet",
    "threshold_for",
]


class ScoreState(Struct, frozen=True, gc=False, array_like=True):
    """Evidence about one scope and key."""

    items: tuple[Item, ...] = ()
    holding: bool = False
    calm_at: EpochMs | None = None
    """Newest calm since the evidence that holds."""


class ScoreLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the evidence of a scope."""

    thresholds: tuple[float, ...]
    """By class, as `TPS_CLASSES`: the score must reach it; 0: anything above zero will do."""
    window_ms: int
    within_m: float
    voices_min: int
    classes_min: int


class Finished(Struct, frozen=True, gc=False):
    """Calm and quiet: it is over."""

    at: EpochMs
    by_quiet: bool
    """Whether the time of quiet was what came last."""


def add(
    state: ScoreState, item: Item, limits: ScoreLimits
) -> tuple[ScoreState, Cluster | None, Cluster]:
    """Take in one more item; return the cluster that holds, if any, and the best one."""
    items = tuple(sorted((*state.items, item), key=lambda i: i.at))[-EVIDENCE_MAX:]
    clusters = clusters_of(items, limits.window_ms, limits.within_m)
    held = next((cluster for cluster in clusters if _enough(cluster, limits)), None)
    after = replace(state, items=items, holding=state.holding or held is not None)
    return after, held, clusters[0]


def threshold_for(cluster: Cluster, limits: ScoreLimits) -> float:
    """Return the score that a cluster must reach: that of its most vulnerable TPS."""
    return limits.thresholds[TPS_CLASSES.index(cluster.tps_class)]


def _enough(cluster: Cluster, limits: ScoreLimits) -> bool:
    threshold = threshold_for(cluster, limits)
    score_holds = cluster.score >= threshold if threshold > 0 else cluster.score > 0
    voices_hold = cluster.voices >= limits.voices_min and cluster.classes >= limits.classes_min
    return score_holds and voices_hold


def calm(
    state: ScoreState, at: EpochMs, now: EpochMs, quiet_ms: int
) -> tuple[ScoreState, Finished | None]:
    """Take in an officer's word, said at `at`, that the place is calm."""
    if not state.holding:
        return state, None
    told = replace(state, calm_at=max(at, state.calm_at or at))
    finished = _finished(told, now, quiet_ms)
    return (ScoreState(), Finished(at, by_quiet=False)) if finished else (told, None)


def quiet(state: ScoreState, now: EpochMs, quiet_ms: int) -> tuple[ScoreState, Finished | None]:
    """Let time pass: `now` may be the end of the quiet time that calm was waiting for."""
    if not (state.holding and _finished(state, now, quiet_ms)):
        return state, None
    return ScoreState(), Finished(EpochMs(state.items[-1].at + quiet_ms), by_quiet=True)


def _finished(state: ScoreState, now: EpochMs, quiet_ms: int) -> bool:
    newest = state.items[-1].at
    return state.calm_at is not None and state.calm_at >= newest and now >= newest + quiet_ms


def next_wake(state: ScoreState, quiet_ms: int) -> EpochMs | None:
    """Return when the quiet time will be over, if calm has been said and waits for it."""
    if not state.holding or state.calm_at is None or state.calm_at < state.items[-1].at:
        return None
    return EpochMs(state.items[-1].at + quiet_ms)
