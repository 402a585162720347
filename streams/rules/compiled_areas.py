"""The rules that look at more than one place, or at who is on duty, made ready for one election."""

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.happenings import Happening
from streams.domain.words import Role, Severity
from streams.rules.area_specs import Ground
from streams.rules.detectors.ratio import RatioLimits
from streams.rules.detectors.situation import SituationLimits
from streams.rules.detectors.spread import SpreadLimits
from streams.rules.head import RuleHead
from streams.rules.matching import Matcher
from streams.territory.plan import ElectionKind

__all__ = [
    "AreaRules",
    "BlindRule",
    "CheckinRule",
    "DossierRule",
    "OffDutyRule",
    "RatioRule",
    "SituationRule",
    "SpreadRule",
    "StrengthRule",
    "UnassignedRule",
    "UndeliveredRule",
]


class RatioRule(Struct, frozen=True):
    """A rule of many TPS that are quiet at once."""

    head: RuleHead
    begins: Matcher
    ends: Matcher
    pauses: tuple[tuple[Matcher, Matcher], ...]
    quiet_ms: int
    heartbeats: float
    limits: RatioLimits
    inhibits: frozenset[str]
    kinds: frozenset[Happening]
    """Happenings that can change who counts."""


class CheckinRule(Struct, frozen=True):
    """A rule of officers who have not checked in."""

    head: RuleHead
    limits_ms: tuple[int, ...]
    """By class, as `TPS_CLASSES`."""
    roles: frozenset[Role]
    unrest: frozenset[str]
    """Categories by which the limit is `unrest_ms`."""
    unrest_ms: int
    raise_times: float
    raise_to: Severity


class SpreadRule(Struct, frozen=True):
    """A rule of one category in several desa."""

    head: RuleHead
    limits: SpreadLimits
    raise_to: Severity
    children: frozenset[str]
    """Rules whose alerts are looked at."""
    names: dict[str, Text]
    """What the alerts are about, by their key; of those without, by their rule."""


class SituationRule(Struct, frozen=True):
    """A rule of the colour of an area."""

    head: RuleHead
    limits: SituationLimits
    raise_to: Severity
    calm_ms: int


class DossierRule(Struct, frozen=True):
    """A rule of facts that match a legal ground."""

    head: RuleHead
    grounds: dict[str, Ground]
    days: dict[ElectionKind, int]


class OffDutyRule(Struct, frozen=True):
    """A rule of who acts without being on duty."""

    head: RuleHead


class StrengthRule(Struct, frozen=True):
    """A rule of how many officers a Polsek is asked for."""

    head: RuleHead
    crew: int
    missing: frozenset[str]
    """Rules whose alerts say that somebody is missing."""


class UnassignedRule(Struct, frozen=True):
    """A rule of levels that nobody answers for."""

    head: RuleHead


class UndeliveredRule(Struct, frozen=True):
    """A rule of levels whose calls arrive nowhere."""

    head: RuleHead


class BlindRule(Struct, frozen=True, eq=False):
    """A rule of the pipeline itself."""

    head: RuleHead
    lag_ms: int
    silent_ms: int
    letters_percent: int
    letters_min: int
    letters_ms: int
    gateway_stuck_ms: int
    healthy_ms: int


class AreaRules(Struct, frozen=True, kw_only=True):
    """These rules, by what they look at."""

    ratio: tuple[RatioRule, ...]
    checkin: tuple[CheckinRule, ...]
    spread: tuple[SpreadRule, ...]
    situation: tuple[SituationRule, ...]
    dossier: tuple[DossierRule, ...]
    off_duty: tuple[OffDutyRule, ...]
    strength: tuple[StrengthRule, ...]
    unassigned: tuple[UnassignedRule, ...]
    undelivered: tuple[UndeliveredRule, ...]
    blind: tuple[BlindRule, ...]

    @property
    def retold(self) -> frozenset[str]:
        """Rules that tell again what others have told: no colour and no crew is for them."""
        heads = (
            one.head for rules in (self.situation, self.dossier, self.strength) for one in rules
        )
        return frozenset(head.rule.id for head in heads)
