"""A pack: rules, the taxonomy of reports that they stand on, and the words of that taxonomy.

A rule is a record of data. What it does is one of the detectors; the record says where, with which
thresholds for each class of TPS, how severe, who is told, and in which words. It brings its own
tests along (`streams.rules.cases`).
"""

import hashlib
from collections.abc import Container
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.policy import STANDARD, Policy
from streams.domain.words import Severity
from streams.rules.cases import RuleCase
from streams.rules.fields import Category, Duration, LaddersByClass, LadderText, SeverityByClass
from streams.rules.specs import DetectorSpec

__all__ = [
    "ChecklistText",
    "Maturity",
    "Pack",
    "PackFile",
    "Route",
    "Rule",
    "RuleText",
    "Texts",
    "version_of",
]


class Maturity(StrEnum):
    """How far a rule is trusted: a `shadow` is judged for its author only, and nobody is called."""

    SHADOW = "shadow"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class RuleText(Text, frozen=True, forbid_unknown_fields=True):
    """A text for people, Indonesian and English; a third language would be shown to nobody."""


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """What people read of an alert; names in braces are filled in."""

    title: RuleText
    summary: RuleText
    action: RuleText


class ChecklistText(RuleText, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to be done in answer to an alert; a note ticks it by its `key`."""

    key: Annotated[
        str, Meta(pattern=r"^[a-z][a-z0-9-]{1,31}$(?!\n)", description="a word as jalur-aman")
    ]


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule of a pack."""

    id: Annotated[str, Meta(pattern=r"^[A-Z][0-9]{2}$(?!\n)", description="an id as L01")]
    version: Annotated[int, Meta(ge=1)]
    maturity: Maturity
    owner: str
    """Who answers for its thresholds: a unit, never a person."""
    source: str
    """Which document, law or experience asks for it."""
    detector: DetectorSpec
    severity: SeverityByClass | None = None
    """None: that of the taxonomy."""
    ladders: LaddersByClass | None = None
    """As `OPS+ADM`: the first is climbed, the others are told at opening. None: the taxonomy's."""
    route: tuple[str, ...] = ()
    """Agencies that are told at opening, beside the ladders and those of the taxonomy."""
    starts_at: str = ""
    """Level at which the ladder that is climbed starts; empty: by the severity."""
    quiet: Duration = "30m"
    """Holding again within this time of its end reopens the episode."""
    act_by: Duration | None = None
    """After this long an acknowledgement lapses."""
    texts: Texts
    runbook: str
    false_positives: tuple[RuleText, ...] = ()
    """What looks like it and is harmless, for who has to decide."""
    checklist: tuple[ChecklistText, ...] = ()
    """What is to be done, in its order; shown with the alert, and ticked by notes."""
    restricted_to: tuple[str, ...] = ()
    unpinned: dict[str, str] = {}
    """Numbers that no test can pin, and why: by field, or as `siaga rules mutate` names them."""
    tests: tuple[RuleCase, ...] = ()


class Route(Struct, frozen=True, forbid_unknown_fields=True):
    """A category of reports: how severe, who is told, how much corroboration it needs.

    Its `profiles` may change `id`, `en` and `route`.
    """

    id: str
    en: str
    severity: Severity
    route: tuple[str, ...]
    corroboration: Annotated[float, Meta(ge=0)]
    """Score that reports of it must reach; 0: any single one pages."""
    ladder: LadderText = "ADM"
    """Where the rule that judges it names none."""
    classes_min: Annotated[int, Meta(ge=1)] = 1
    official: bool = False
    """Whether police, supervisors or organisers must be among the voices."""
    documented: bool = False
    """Whether a voice must have attached something: a photo, a paper, the name of a witness."""


class PackFile(Struct, frozen=True):
    """A file of a pack, or of the folder `rules/` of an election."""

    name: str
    """Its path from the top of the pack, as `rules/T03.yaml`."""
    text: str


class Pack(Struct, frozen=True):
    """Rules and the taxonomy they stand on, for one profile."""

    name: str
    taxonomy: dict[Category, Route]
    rules: tuple[Rule, ...]
    """In the order of their ids."""
    policy: Policy = STANDARD
    """How fast ladders are climbed."""
    lexicon: PackFile | None = None
    """By which texts are classified; None: a person classifies them."""

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule by its id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    @property
    def shadows(self) -> frozenset[str]:
        """Ids of the rules that only their authors look at."""
        return frozenset(rule.id for rule in self.rules if rule.maturity is Maturity.SHADOW)

    def judging(self, shadows: Container[str]) -> "Pack":
        """Return the pack with the rules that judge: of its shadows, those that are named."""
        left_out = {one for one in self.shadows if one not in shadows}
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id not in left_out))


def version_of(rule: Rule) -> str:
    """Return `version@hash`: what judged, to the letter. Tests and words on them judge nothing."""
    judging = replace(rule, tests=(), unpinned={})
    digest = hashlib.sha256(msgspec.json.encode(judging, order="deterministic")).hexdigest()
    return f"{rule.version}@{digest[:12]}"
