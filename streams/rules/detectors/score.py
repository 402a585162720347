"""Detector `score`: evidence of several voices adds up to a threshold.

    IDLE --score of a cluster >= threshold--> HOLDING
    HOLDING --more evidence--> HOLDING (the alert's evidence grows)
    HOLDING --calm given since it began, and quiet for long enough--> IDLE

The score is computed only when evidence comes, relative to the newest (contract §4), so time
alone changes nothing. *Calm* is an officer's "aman terkendali" at the place, given after the
alert began; it may come to us before the evidence by which it began. Quiet counts from the newest
evidence, so a report after the calm starts it anew. Without a quiet time the word itself ends it.

A report that a person has checked is enough by itself, whatever is asked of others, and however
old it is; then quiet counts from the person's word.

    SETTLED (a person has resolved the alert) --score below threshold, or a window without any
    evidence--> IDLE: it has cleared, and may begin again

Bound: `EVIDENCE_MAX` items a scope.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.ids import AreaCode
from streams.domain.times import EpochMs
from streams.domain.words import TPS_CLASSES, VULNERABILITY
from streams.rules.evidence import EVIDENCE_MAX, Cluster, Item, clusters_of

__all__ = [
    "ScoreLimits",
    "ScoreState",
    "add",
    "calm",
    "cleared",
    "next_wake",
    "quiet",
    "quiet_from",
    "reaches",
    "remembered",
    "reopened",
    "threshold_for",
    "withdraw",
]


_NOWHERE: Final[frozenset[AreaCode]] = frozenset()


class ScoreState(Struct, frozen=True, gc=False, array_like=True):
    """Evidence about one scope and key."""

    items: tuple[Item, ...] = ()
    holding: bool = False
    since: EpochMs = EpochMs(0)
    """When the evidence was received by which it began to hold, or a person opened it again."""
    calm_at: EpochMs = EpochMs(0)
    """When an officer last gave word that the place is calm, while it held; 0: never."""
    places: tuple[AreaCode, ...] = ()
    """TPS that what holds is about."""
    newest: EpochMs = EpochMs(0)
    """Time of the newest item that was weighed here: quiet counts from it."""


class ScoreLimits(Struct, frozen=True, gc=False):
    """What a rule asks of the evidence of a scope."""

    thresholds: tuple[float, ...]
    """By class, as `TPS_CLASSES`: the score must reach it; 0: anything above zero will do."""
    window_ms: int
    within_m: float | None
    """None: evidence belongs together wherever it lies."""
    voices_min: int
    classes_min: int
    official: bool = False
    """Whether police, supervisors or organisers must be among the voices."""
    documented: bool = False
    """Whether a voice must have attached something."""


def add(
    state: ScoreState,
    item: Item,
    limits: ScoreLimits,
    received_at: EpochMs,
    apart: frozenset[AreaCode] = _NOWHERE,
) -> tuple[ScoreState, Cluster | None, Cluster]:
    """Take in one more item; return what holds, if anything, and the best cluster.

    Of several clusters that hold the best one speaks, with the evidence of all, and as vulnerable
    as the most vulnerable of them: who reads of one must not think that the others are calm.

    Evidence about a TPS of `apart` is kept and not weighed: it has an alert of its own. Only
    clusters that the item belongs to are looked at: the others say what they said before, and
    what they said may have been answered long ago.
    """
    # The oldest of the others makes room, so that even the latest of late items is in a cluster.
    items = tuple(sorted((*state.items[1 - EVIDENCE_MAX :], item), key=lambda i: i.at))
    weighed = tuple(one for one in items if one.tps not in apart) if apart else items
    clusters = clusters_of(weighed, item, limits.window_ms, limits.within_m)
    own = tuple(cluster for cluster in clusters if item in cluster.items)
    held = _as_one(tuple(cluster for cluster in own if _enough(cluster, limits)))
    if item.checked and held is None:
        # Too old for what is said by now; what holds already rests on it as well.
        own = clusters_of((item,), item, limits.window_ms, limits.within_m)
        held = _as_one((*own, *(clusters if state.holding else ())))
    began = held is not None and not state.holding
    about = () if held is None or state.holding else held.items
    tps = {one.tps for one in (*about, item) if one.tps}
    holding = state.holding or began
    places = tuple(sorted(tps | set(state.places))) if holding else ()
    since = received_at if began else state.since
    newest = EpochMs(max(state.newest, received_at if item.checked else item.at))
    after = ScoreState(items, holding, since, state.calm_at, places, newest)
    return after, held, (own or clusters)[0]


def _as_one(clusters: tuple[Cluster, ...]) -> Cluster | None:
    if not clusters:
        return None
    items = dict.fromkeys(item for cluster in clusters for item in cluster.items)
    classes = (cluster.tps_class for cluster in clusters)
    return replace(
        clusters[0],
        items=tuple(sorted(items, key=lambda item: item.at)),
        tps_class=max(classes, key=VULNERABILITY.__getitem__),
    )


def threshold_for(cluster: Cluster, limits: ScoreLimits) -> float:
    """Return the score that a cluster must reach: that of its most vulnerable TPS."""
    return limits.thresholds[TPS_CLASSES.index(cluster.tps_class)]


def reaches(cluster: Cluster, limits: ScoreLimits) -> bool:
    """Tell whether the score of a cluster is high enough, whatever the number of its voices."""
    threshold = threshold_for(cluster, limits)
    return cluster.score >= threshold if threshold > 0 else cluster.score > 0


def _enough(cluster: Cluster, limits: ScoreLimits) -> bool:
    if cluster.checked:
        return True
    voices_hold = cluster.voices >= limits.voices_min and cluster.classes >= limits.classes_min
    official = cluster.official or not limits.official
    documented = cluster.documented or not limits.documented
    return voices_hold and official and documented and reaches(cluster, limits)


def calm(state: ScoreState, at: EpochMs, now: EpochMs, quiet_ms: int) -> tuple[ScoreState, bool]:
    """Take in an officer's word, given at `at`, that the place is calm.

    Returns also whether it is over with that.
    """
    if not state.holding:
        return state, False
    told = replace(state, calm_at=max(state.calm_at, at))
    is_quiet = not quiet_ms or now >= state.newest + quiet_ms
    over = told.calm_at >= told.since and is_quiet
    return (cleared(told) if over else told), over


def reopened(state: ScoreState, at: EpochMs) -> ScoreState:
    """Take in that a person has opened it again: who says that it is calm must look since then."""
    return replace(state, since=max(state.since, at)) if state.holding else state


def quiet(state: ScoreState, now: EpochMs, quiet_ms: int) -> tuple[ScoreState, EpochMs | None]:
    """Let time pass; return when the quiet time ended that calm was waiting for, if it did."""
    due = next_wake(state, quiet_ms)
    return (cleared(state), due) if due is not None and due <= now else (state, None)


def remembered(state: ScoreState, item: Item) -> ScoreState:
    """Return the state with an item that is weighed elsewhere, and may count here later."""
    items = tuple(sorted((*state.items[1 - EVIDENCE_MAX :], item), key=lambda i: i.at))
    return replace(state, items=items)


def withdraw(
    state: ScoreState, source: str, event: str, limits: ScoreLimits
) -> tuple[ScoreState, bool]:
    """Take an item back that should never have been said; return also whether it is over by that.

    It is over if what is left would never have been enough by itself, up to whatever item.
    """
    left = tuple(item for item in state.items if (item.source, item.id) != (source, event))
    if left == state.items:
        return state, False
    after = replace(state, items=left)
    if not state.holding or any(
        _enough(cluster, limits)
        for place, item in enumerate(left, start=1)
        for cluster in clusters_of(left[:place], item, limits.window_ms, limits.within_m)
    ):
        return after, False
    return cleared(after), True


def quiet_from(state: ScoreState, quiet_ms: int) -> EpochMs | None:
    """Return when it has been quiet for long enough, whoever has to say so; None: it is over."""
    return EpochMs(state.newest + quiet_ms) if state.holding else None


def cleared(state: ScoreState) -> ScoreState:
    """Return the state after its condition has ended; what was said stays what it was."""
    return ScoreState(state.items, calm_at=state.calm_at, newest=state.newest)


def next_wake(state: ScoreState, quiet_ms: int) -> EpochMs | None:
    """Return when the quiet time will be over, if calm has been given and waits for it."""
    waits = quiet_ms and state.holding and state.calm_at >= state.since
    return EpochMs(state.newest + quiet_ms) if waits else None
