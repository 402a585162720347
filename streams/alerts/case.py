"""What an alert is about, what a rule says of it, and when and why something changes."""

from msgspec import Struct

from streams.domain.alert import ChecklistItem, Evidence, Ladder, Text, Why
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope, alert_id, kabupaten_of
from streams.domain.policy import STANDARD, Policy
from streams.domain.times import EpochMs
from streams.domain.words import Severity, TpsClass

__all__ = ["Case", "Judgment", "Moment"]


class Case(Struct, frozen=True, gc=False):
    """What an alert is about: its identity but for the number of the episode."""

    election: ElectionId
    rule: str
    scope: Scope
    key: str
    place: AreaCode

    @property
    def identity(self) -> tuple[ElectionId, str, Scope, str]:
        """The four names that an alert's id is made of."""
        return self.election, self.rule, self.scope, self.key

    def alert_id(self, episode: int) -> AlertId:
        """Return the id of an episode, counted from 1."""
        return alert_id(kabupaten_of(self.place), self.identity, episode)


class Judgment(Struct, frozen=True, gc=False, kw_only=True):
    """What a rule says of a case when its condition holds."""

    rule_version: str
    tps_class: TpsClass
    severity: Severity
    ladder: Ladder
    levels: tuple[str, ...]
    policy: Policy = STANDARD
    starts_at: str = ""
    """Level that the rule names; empty, or none of `levels`: by the severity."""
    route: tuple[str, ...]
    title: Text
    summary: Text
    action: Text
    runbook: str
    quiet_ms: int
    act_by_ms: int | None
    restricted_to: tuple[str, ...]
    drill: bool
    why: tuple[Why, ...]
    evidence: tuple[Evidence, ...]
    checklist: tuple[ChecklistItem, ...] = ()


class Moment(Struct, frozen=True, gc=False):
    """When and why something changes."""

    at: EpochMs
    """The time that the line holds for."""
    climbs_from: EpochMs
    """From when a ladder that starts now counts."""
    cause: str
