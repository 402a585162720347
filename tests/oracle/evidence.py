"""Scores of W01 and W04: how much the reports weigh together, and which of them belong together.

§4 "Evidence: weight · 2^(−max(0, age − 15)/15), age in minutes, unrounded, from the newest
evidence's `at`, recomputed only when evidence comes. One voice per source, photo, text."
"""

import math
from dataclasses import dataclass

from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.readings import Readings
from tests.oracle.rows import LOWERED_WEIGHT
from tests.oracle.tables import (
    LATE_MINUTES,
    LATE_RADIO_MINUTES,
    W01_CORROBORATION,
    W01_WINDOW_MINUTES,
    W04_THRESHOLD,
    W04_WINDOW_MINUTES,
    WEIGHT,
    most_vulnerable,
)
from tests.oracle.times import MINUTE
from tests.oracle.values import part, text

__all__ = [
    "Verdict",
    "counted",
    "easier",
    "in_time",
    "judge_w01",
    "judge_w04",
    "voices_of",
    "weight_of",
    "window",
]

_NEAR_METRES = 500
_EARTH_METRES = 6_371_000


@dataclass(frozen=True)
class Verdict:
    """What the evidence says."""

    holds: bool
    evidence: list[Event]
    tps_class: str


def in_time(report: Event) -> bool:
    """Domain §4b "a window takes late evidence up to 10 min (channel sms or radio: 60)"."""
    radio = text(part(report.value, "source"), "channel") in {"sms", "radio"}
    limit = LATE_RADIO_MINUTES if radio else LATE_MINUTES
    return report.received_at - report.at <= limit * MINUTE


def judge_w01(folder: Folder, known: list[Event], new: Event) -> Verdict:
    """Judge every cluster of the desa that the newest report belongs to; those that hold are one.

    `known` is the accepted evidence of one desa and category, the new report included.
    """
    near = [item for item in known if item.at >= new.at - W01_WINDOW_MINUTES * MINUTE]
    verdicts = [
        _verdict_w01(folder, cluster) for cluster in _clusters(folder, near) if new in cluster
    ]
    found = [verdict for verdict in verdicts if verdict.holds] or verdicts
    return Verdict(
        found[0].holds,
        [item for verdict in found for item in verdict.evidence],
        most_vulnerable([verdict.tps_class for verdict in found]),
    )


def _verdict_w01(folder: Folder, cluster: list[Event]) -> Verdict:
    evidence = window(cluster, W01_WINDOW_MINUTES)
    tps_class = most_vulnerable(
        [folder.place(e.place.tps).tps_class for e in evidence if e.place.tps]
    )
    needed = W01_CORROBORATION[text(evidence[0].value, "category")]
    score = sum(weight for _, weight in counted(evidence))
    if needed == 0:
        # §4 "c0 stays c0 (any evidence above 0)".
        return Verdict(score > 0, evidence, tps_class)
    return Verdict(score >= easier(needed, tps_class), evidence, tps_class)


def easier(needed: int, tps_class: str) -> int:
    """§4 "“One level easier”: threshold − 1, not below 1"."""
    return max(1, needed - 1) if tps_class == "sangat_rawan" else needed


def judge_w04(folder: Folder, known: list[Event], new: Event, readings: Readings) -> Verdict:
    """Judge the evidence of one TPS, or of a desa as a whole."""
    near = [item for item in known if item.at >= new.at - W04_WINDOW_MINUTES * MINUTE]
    evidence = window(near, W04_WINDOW_MINUTES)
    tps = new.place.tps
    tps_class = folder.place(tps).tps_class if tps else "kurang_rawan"
    voices = counted(evidence)
    score = sum(weight for _, weight in voices)
    sources = {item.source for item in evidence if WEIGHT[item.role] > 0}
    reporters = len(sources) if readings.two_reporters_are_two_sources else len(voices)
    return Verdict(score >= W04_THRESHOLD[tps_class] and reporters >= 2, evidence, tps_class)


def counted(evidence: list[Event]) -> list[tuple[Event, float]]:
    """What of each voice counts, with its weight at the newest evidence: the heaviest it said."""
    newest = max(item.at for item in evidence)
    weighed = [
        min(((item, _faded(item, newest)) for item in voice), key=_heaviest)
        for voice in voices_of(evidence)
    ]
    return sorted(weighed, key=_heaviest)


def _heaviest(one: tuple[Event, float]) -> tuple[float, int]:
    item, weight = one
    return -weight, item.at


def voices_of(evidence: list[Event]) -> list[list[Event]]:
    """The voices, each with all that it said.

    Reports that share a source, camp, text or hash are one voice, over any number of links: what
    shares a photo with the copy of a text is none of its own. What weighs nothing is no voice.
    """
    voices: list[tuple[set[str], list[Event]]] = []
    for item in evidence:
        if weight_of(item) > 0:
            marks, said = _marks(item), [item]
            for voice in [voice for voice in voices if voice[0] & marks]:
                voices.remove(voice)
                marks, said = marks | voice[0], voice[1] + said
            voices.append((marks, said))
    return [said for _, said in voices]


def weight_of(report: Event) -> float:
    """§1 "weight as evidence"; W14: of a source that floods at most 0.1."""
    weight = WEIGHT[report.role]
    return min(weight, LOWERED_WEIGHT) if report.lowered else weight


def _faded(item: Event, newest: int) -> float:
    age_minutes = (newest - item.at) / MINUTE
    return weight_of(item) * 2 ** (-max(0.0, age_minutes - 15) / 15)


def _marks(item: Event) -> set[str]:
    """Whatever makes two reports one voice."""
    marks = {f"source {item.source}", *(f"hash {found}" for found in item.hashes)}
    if words := " ".join(text(item.value, "text").casefold().split()):
        marks.add(f"text {words}")
    if item.role == "saksi":
        # §1 "`saksi` 1, once per `camp`"; "`saksi` without `camp` are together one camp".
        marks.add(f"camp {text(part(item.value, 'source'), 'camp')}")
    return marks


def window(evidence: list[Event], minutes: int) -> list[Event]:
    """The evidence up to the newest of it, whatever its age is by now."""
    newest = max(item.at for item in evidence)
    return [item for item in evidence if newest - item.at <= minutes * MINUTE]


def _clusters(folder: Folder, evidence: list[Event]) -> list[list[Event]]:
    """§4 "same TPS or within 500 m (own coordinates, else the TPS's)", over any number of links.

    "reports of the desa alone join every such cluster": without one they are a cluster themselves.
    """
    alone = [e for e in evidence if not e.place.tps and e.position is None]
    rest = [e for e in evidence if e not in alone]
    clusters: list[list[Event]] = []
    while rest:
        cluster = [rest.pop()]
        while linked := [e for e in rest if any(_together(folder, e, c) for c in cluster)]:
            cluster += linked
            rest = [e for e in rest if e not in linked]
        clusters.append(cluster + alone)
    return clusters or [alone]


def _together(folder: Folder, one: Event, other: Event) -> bool:
    if one.place.tps and one.place.tps == other.place.tps:
        return True
    here, there = _position(folder, one), _position(folder, other)
    return here is not None and there is not None and _metres(here, there) <= _NEAR_METRES


def _position(folder: Folder, report: Event) -> tuple[float, float] | None:
    if report.position is not None or not report.place.tps:
        return report.position
    return folder.place(report.place.tps).position


def _metres(here: tuple[float, float], there: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*here, *there))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(half))
