"""What is counted of an area, kept as it changes: each TPS, alert, report and form has a *share*.

    share before ──taken out──► counts ◄──put in── share now

Nothing is ever counted anew, so what a change costs does not depend on how large the area is.
"""

from collections.abc import Iterable

from msgspec import Struct, field

from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.words import SEVERITIES, TPS_CLASSES, Severity, TpsClass

__all__ = ["AlertShare", "AreaCounts", "ContestCount", "FormShare", "TpsShare", "no_alerts"]


def no_alerts() -> dict[Severity, int]:
    """Return a count of nothing, the gravest first."""
    return dict.fromkeys(reversed(SEVERITIES), 0)


class TpsShare(Struct, frozen=True, gc=False):
    """What a TPS adds to its areas by what is known of its day."""

    stage: Stage = Stage.NOT_OPEN
    heard: bool = False
    raised: bool = False
    away: int = 0
    """Boxes on their way."""


class AlertShare(Struct, frozen=True, gc=False):
    """What an open alert that everybody may see adds to its areas."""

    election: ElectionId
    place: AreaCode
    severity: Severity
    unacknowledged: bool
    silent: bool
    """Whether it says that its TPS is silent."""


class FormShare(Struct, frozen=True, gc=False):
    """What the count of a contest adds to the areas of its TPS."""

    contest: str
    final: bool


class ContestCount(Struct, gc=False):
    """How far a contest is counted."""

    tps: int = 0
    forms: int = 0
    final: int = 0


class AreaCounts(Struct, gc=False, kw_only=True):
    """The counts of one area."""

    tps: int = 0
    stages: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))
    classes: dict[TpsClass, int] = field(default_factory=lambda: dict.fromkeys(TPS_CLASSES, 0))
    heard: int = 0
    silent: int = 0
    raised: int = 0
    away: int = 0
    alerts: dict[Severity, int] = field(default_factory=no_alerts)
    unacknowledged: int = 0
    waiting: int = 0
    contests: dict[str, ContestCount] = field(default_factory=dict[str, ContestCount])

    def add_tps(self, tps_class: TpsClass, contests: Iterable[str]) -> None:
        """Take in a TPS of which nothing is known."""
        self.tps += 1
        self.stages[Stage.NOT_OPEN] += 1
        self.classes[tps_class] += 1
        for contest in contests:
            self.contests.setdefault(contest, ContestCount()).tps += 1

    def move_tps(self, before: TpsShare, after: TpsShare) -> None:
        """Count a TPS as it stands now."""
        self.stages[before.stage] -= 1
        self.stages[after.stage] += 1
        self.heard += after.heard - before.heard
        self.raised += after.raised - before.raised
        self.away += after.away - before.away

    def add_alert(self, share: AlertShare, times: int) -> None:
        """Count an alert, or with `times` −1 no more."""
        self.alerts[share.severity] += times
        self.unacknowledged += times * share.unacknowledged

    def add_silent(self, times: int) -> None:
        """Count a TPS as silent, or with `times` −1 no more."""
        self.silent += times

    def add_report(self, times: int) -> None:
        """Count a report that waits, or with `times` −1 no more."""
        self.waiting += times

    def add_form(self, share: FormShare, times: int) -> None:
        """Count the form of a TPS, or with `times` −1 no more."""
        count = self.contests.get(share.contest)
        if count is not None:
            count.forms += times
            count.final += times * share.final
