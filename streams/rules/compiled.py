"""A pack made ready for one election: each rule beside what it listens to.

Thresholds are milliseconds and scores by class, and expressions are closures, so that the judgment
of an event looks nothing up but tuples. `streams.rules.compiling` makes them.
"""

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.happenings import Happening
from streams.domain.times import MINUTE_MS
from streams.domain.words import Severity
from streams.rules.classifier import Classifier
from streams.rules.compiled_areas import AreaRules
from streams.rules.compiled_counts import CountRules
from streams.rules.detectors.dispute import DisputeLimits
from streams.rules.detectors.same import AlikeLimits
from streams.rules.detectors.score import ScoreLimits
from streams.rules.detectors.sequence import Needs
from streams.rules.detectors.surge import SurgeLimits
from streams.rules.head import RuleHead
from streams.rules.matching import Matcher
from streams.rules.pack import Pack
from streams.rules.report_specs import ScoreEnd, ScoreScope, SurgeScope
from streams.rules.specs import Anchor, ConditionScope, Listens, Needed, WatchScope
from streams.texts.words import number_text

__all__ = [
    "CompiledPack",
    "ConditionRule",
    "DisputeRule",
    "OverdueRule",
    "RumourRule",
    "ScoreRule",
    "SequenceRule",
    "SurgeRule",
    "minutes_text",
]


class OverdueRule(Struct, frozen=True):
    """One watch of a rule of absence."""

    head: RuleHead
    scope: WatchScope
    limits_ms: tuple[int, ...]
    """By class, as `TPS_CLASSES`."""
    raise_after_ms: tuple[int | None, ...]
    """After the deadline, by class; None: it does not rise."""
    raise_to: Severity | None
    since: Anchor | None
    begins: Matcher
    """Nothing: watching begins at `since`."""
    ends: Matcher
    messages: Listens
    final_counts: bool
    pauses: tuple[tuple[Matcher, Matcher], ...]
    """What begins and what ends the times in which the clock stands."""
    eta_times: float | None
    posture: bool
    kinds: frozenset[Happening]
    """Happenings that can change when it watches."""


class ConditionRule(Struct, frozen=True):
    """A rule of one event."""

    head: RuleHead
    scope: ConditionScope
    happens: Matcher
    severe: Matcher
    """Those of the events by which the severity is `raise_to`."""
    raise_to: tuple[Severity, ...]
    """By class; empty: it does not rise."""
    ends: tuple[Matcher, ...]
    needed: Needed
    by_contest: bool
    answered: bool
    kinds: frozenset[Happening]


class SequenceRule(Struct, frozen=True):
    """A rule of the order of stages."""

    head: RuleHead
    needs: Needs
    wait_ms: int
    tolerance_ms: int
    kinds: frozenset[Happening]


class ScoreRule(Struct, frozen=True):
    """A rule of evidence, for one category or for several together."""

    head: RuleHead
    category: str
    """Of the reports that it hears."""
    key: str
    """Key of its alerts: the category, or empty where categories count together."""
    scope: ScoreScope
    limits: ScoreLimits
    end_quiet_ms: int
    """Quiet time that must pass before it is over."""
    ends: ScoreEnd
    posture: bool


class SurgeRule(Struct, frozen=True):
    """A rule of how often something is reported."""

    head: RuleHead
    scope: SurgeScope
    limits: tuple[SurgeLimits, ...]
    """By class, as `TPS_CLASSES`."""
    weight_max: float | None
    """What later reports of a source weigh at most while it holds; None: what they weigh."""


class DisputeRule(Struct, frozen=True):
    """A rule of what the crowd says of one category and an officer denies."""

    head: RuleHead
    category: str
    limits: DisputeLimits


class RumourRule(Struct, frozen=True):
    """A rule of texts that people copy."""

    head: RuleHead
    category: str
    limits: AlikeLimits


class CompiledPack(Struct, frozen=True, kw_only=True):
    """The rules of one election, by what they listen to."""

    pack: Pack
    overdue_tps: tuple[OverdueRule, ...]
    overdue_pair: tuple[OverdueRule, ...]
    overdue_box: tuple[OverdueRule, ...]
    condition_tps: tuple[ConditionRule, ...]
    condition_box: tuple[ConditionRule, ...]
    condition_officer: tuple[ConditionRule, ...]
    sequence: tuple[SequenceRule, ...]
    score: dict[str, tuple[ScoreRule, ...]]
    """By category of report."""
    disputes: dict[str, tuple[DisputeRule, ...]]
    """By category of report."""
    rumours: dict[str, tuple[RumourRule, ...]]
    """By category of report."""
    surge_desa: tuple[SurgeRule, ...]
    surge_source: tuple[SurgeRule, ...]
    counts: CountRules
    areas: AreaRules
    classifier: Classifier | None
    """Of texts without a category; None: a person classifies them."""
    remarks: dict[Happening, Matcher]
    """What must be kept of a TPS beyond stages and counts, because a rule asks for it."""


def minutes_text(span_ms: int) -> Text:
    """Return a span in minutes, as people write it: `20`, `7,5`."""
    return number_text(span_ms / MINUTE_MS)
