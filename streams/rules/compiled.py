"""A pack made ready for one election: each rule beside what it listens to.

Thresholds are milliseconds and scores by class, and expressions are closures, so that the judgment
of an event looks nothing up but tuples. `streams.rules.compiling` makes them.
"""

from enum import StrEnum

from msgspec import Struct

from streams.domain.alert import Ladder, Text
from streams.domain.happenings import Happening
from streams.domain.sums import Tolerance
from streams.domain.times import MINUTE_MS
from streams.domain.words import Severity, TpsClass
from streams.rules.classifier import Classifier
from streams.rules.detectors.score import ScoreLimits
from streams.rules.detectors.sequence import Needs
from streams.rules.detectors.surge import SurgeLimits
from streams.rules.detectors.tally import TallyLimits
from streams.rules.fields import of_class
from streams.rules.matching import Matcher
from streams.rules.pack import Pack, Route, Rule
from streams.rules.report_specs import ScoreEnd, ScoreScope, SurgeScope
from streams.rules.specs import Anchor, ConditionScope, FormCheck, Listens, Needed, WatchScope
from streams.territory.plan import ElectionKind
from streams.texts.words import number_text

__all__ = [
    "CompiledPack",
    "ConditionRule",
    "ContradictionRule",
    "FormRule",
    "OverdueRule",
    "Question",
    "ResultRule",
    "RuleHead",
    "ScoreRule",
    "SequenceRule",
    "SeriesRule",
    "SurgeRule",
    "TallyRule",
    "minutes_text",
]


class Question(StrEnum):
    """What is asked of the totals of a contest."""

    TIE = "tie"
    HELD_BACK = "held_back"
    EMPTY_COLUMN = "empty_column"


class RuleHead(Struct, frozen=True):
    """What every rule has, whatever its detector."""

    rule: Rule
    version: str
    quiet_ms: int
    act_by_ms: int | None
    category: Route | None = None
    """Of a rule of evidence: what the taxonomy says of the category."""

    def severity(self, tps_class: TpsClass) -> Severity:
        """Return the severity at opening."""
        if self.rule.severity is None:
            assert self.category is not None, "only a rule of evidence takes the taxonomy's"
            return self.category.severity
        return of_class(self.rule.severity, tps_class)

    def ladders(self, tps_class: TpsClass) -> tuple[Ladder, tuple[str, ...]]:
        """Return the ladder that is climbed, and the route: other ladders, then agencies."""
        category = self.category
        text = self.rule.ladders or (category.ladder if category else None)
        assert text is not None, "only a rule of evidence takes the taxonomy's"
        first, *others = of_class(text, tps_class).split("+")
        return Ladder(first), (*others, *(category.route if category else ()))


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


class FormRule(Struct, frozen=True):
    """A rule of forms of counts."""

    head: RuleHead
    check: FormCheck
    tolerance: Tolerance
    turnout_percent: tuple[float, ...]
    """By class, as `TPS_CLASSES`; empty: another check."""
    listed_min: int
    quarantine: bool


class SeriesRule(Struct, frozen=True):
    """A rule of the counts of one side, one after the other."""

    head: RuleHead


class ContradictionRule(Struct, frozen=True):
    """A rule of final counts that differ."""

    head: RuleHead
    raise_to: Severity | None


class TallyRule(Struct, frozen=True):
    """A rule of the result of an area."""

    head: RuleHead
    limits: TallyLimits
    posture_ms: int


class ResultRule(Struct, frozen=True):
    """A question of the result of an area, that its totals answer."""

    head: RuleHead
    question: Question
    elections: frozenset[ElectionKind]
    """In which it is asked; empty: in all."""
    limits: TallyLimits
    posture_ms: int | None
    """How long the posture stays raised after it is over; None: it raises none."""


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
    surge_desa: tuple[SurgeRule, ...]
    surge_source: tuple[SurgeRule, ...]
    forms: tuple[FormRule, ...]
    series: tuple[SeriesRule, ...]
    contradiction: tuple[ContradictionRule, ...]
    tally: tuple[TallyRule, ...]
    results: tuple[ResultRule, ...]
    classifier: Classifier | None
    """Of texts without a category; None: a person classifies them."""
    remarks: dict[Happening, Matcher]
    """What must be kept of a TPS beyond stages and counts, because a rule asks for it."""


def minutes_text(span_ms: int) -> Text:
    """Return a span in minutes, as people write it: `20`, `7,5`."""
    return number_text(span_ms / MINUTE_MS)
