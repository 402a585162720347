"""The numbers of one area, made of its page and of what the state holds of it.

Alerts are counted elsewhere (`census`): a document does not say how far they are answered.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple

from streams.domain.ids import ElectionId
from streams.domain.times import SECOND_MS, EpochMs
from streams.domain.words import SEVERITIES, SituationColour
from streams.judge.world import World
from streams.rules.detectors.situation import rank
from streams.telemetry import area_metrics as metrics
from streams.telemetry.area_pages import KABUPATEN, AreaPage
from streams.telemetry.census import ALERT_PLACES
from streams.telemetry.sheets import Numbers
from streams.territory.plan import Contest

__all__ = [
    "FORMS",
    "ContestLabels",
    "Held",
    "contest_labels",
    "kabupaten_numbers",
    "kecamatan_numbers",
]

OF_A_PART: Final = "part"
"""How a contest is called that is of a part of a kabupaten, and whose id does not say its kind."""
FORMS: Final = ("expected", "reported", "final")
_NO_FORMS: Final = (0, 0, 0)
_ONE: Final = (1,)

ContestLabels = Mapping[tuple[ElectionId, str], str]
"""Under which label a contest of an election is shown."""


class Held(Struct, gc=False):
    """What the state of its partition holds of a kabupaten."""

    now: EpochMs
    heard: EpochMs
    alerts: Sequence[int] = (0,) * len(ALERT_PLACES)
    """Open ones that everybody may see, at `ALERT_PLACES`."""
    waiting_since: EpochMs = EpochMs(0)
    """When the oldest report that waits came in; 0: none does."""

    def wait(self, since: EpochMs) -> None:
        """Note that a report waits."""
        self.waiting_since = min(since, self.waiting_since or since)


def contest_labels(world: World) -> ContestLabels:
    """Return how contests are called: one of a desa by its kind alone, for it would be its area."""
    return {
        (election, one.id): _label(one)
        for election, watched in world.elections.items()
        for one in watched.plan.election.contests
    }


def _label(contest: Contest) -> str:
    if len(contest.area) <= KABUPATEN:
        return contest.id
    kind = contest.id.removesuffix(contest.area).rstrip("-.:/_ ")
    return kind if kind and kind != contest.id else OF_A_PART


def kabupaten_numbers(
    page: AreaPage, held: Held, labels: Sequence[str], officers: Sequence[int]
) -> Numbers:
    """Return the numbers of a kabupaten.

    Args:
        page: Of all its elections together.
        held: What the state holds of it.
        labels: Under which each contest of the page is shown.
        officers: By `DUTIES`.
    """
    counts = _counts(page, labels)
    colour = SituationColour.HIJAU if page.colour is None else page.colour
    return {
        metrics.AREA_INFO.name: _ONE,
        metrics.AREA_STAGE.name: astuple(page.stages),
        metrics.AREA_CLASS.name: astuple(page.classes),
        metrics.AREA_SILENT.name: (page.silent,),
        metrics.AREA_NEVER_HEARD.name: (page.never_heard,),
        metrics.AREA_RAISED.name: (page.raised,),
        metrics.AREA_EXPECTED.name: tuple((page.expected or {}).values()),
        metrics.AREA_COUNTS.name: tuple(chain.from_iterable(counts.values())),
        metrics.AREA_REPORTING.name: _reporting(counts),
        metrics.AREA_ALERTS.name: held.alerts,
        metrics.AREA_TRIAGE.name: (page.triage,),
        metrics.AREA_TRIAGE_OLDEST.name: (held.waiting_since / SECOND_MS,),
        metrics.AREA_STRENGTH.name: officers,
        metrics.AREA_AWAY.name: (page.boxes_away,),
        metrics.AREA_COLOUR.name: (rank(colour),),
        metrics.AREA_NOW.name: (held.now / SECOND_MS,),
        metrics.AREA_HEARD.name: (held.heard / SECOND_MS,),
    }


def kecamatan_numbers(page: AreaPage) -> Numbers:
    """Return the numbers of a kecamatan, from its page of all elections."""
    alerts = page.alerts
    return {
        metrics.KECAMATAN_INFO.name: _ONE,
        metrics.KECAMATAN_STAGE.name: astuple(page.stages),
        metrics.KECAMATAN_SILENT.name: (page.silent,),
        metrics.KECAMATAN_ALERTS.name: [getattr(alerts, severity) for severity in SEVERITIES],
    }


def _counts(page: AreaPage, labels: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Return by label how many TPS vote, have sent a form, and a final one."""
    found: dict[str, tuple[int, int, int]] = {}
    for label, one in zip(labels, page.counts, strict=True):
        tps, forms, final = found.get(label, _NO_FORMS)
        found[label] = (tps + one.tps, forms + one.forms, final + one.final)
    return found


def _reporting(counts: Mapping[str, Sequence[int]]) -> Sequence[float]:
    """Return the least share of TPS that have sent a form; nothing where nothing is voted for."""
    shares = [reported / expected for expected, reported, _ in counts.values() if expected]
    return (min(shares, default=0.0),) if counts else ()
