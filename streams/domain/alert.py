"""An alert: one episode of (election, rule, scope, key), and the words of its life (contract §5).

`Alert` is what the book remembers of an episode and what `siaga.alerts` shows of it. Its deadlines
are absolute times and its ladder is a copy made at opening, so a restart or a new pack changes
nothing of what was promised when it opened.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.policy import STANDARD, Policy
from streams.domain.times import EpochMs
from streams.domain.words import Severity, TpsClass

__all__ = [
    "AGENCY",
    "LADDERS",
    "PILKADES_LADDERS",
    "Alert",
    "AlertState",
    "Change",
    "ChecklistItem",
    "Evidence",
    "Ladder",
    "Text",
    "Told",
    "Why",
]


class AlertState(StrEnum):
    """Where an alert stands; every state but `resolved` is open."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    """The condition ended before anybody acknowledged it."""
    SHELVED = "shelved"
    INHIBITED = "inhibited"
    RESOLVED = "resolved"


class Change(StrEnum):
    """What a line of `siaga.transitions` says."""

    OPENED = "opened"
    UPDATED = "updated"
    RAISED = "raised"
    LOWERED = "lowered"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    UNACKNOWLEDGED = "unacknowledged"
    SHELVED = "shelved"
    UNSHELVED = "unshelved"
    RETURNED = "returned"
    REOPENED = "reopened"
    RESOLVED = "resolved"
    INHIBITED = "inhibited"
    UNINHIBITED = "uninhibited"


class Ladder(StrEnum):
    """Who is told, one after the other; `LADDERS` has the levels."""

    OPS = "OPS"
    ADM = "ADM"
    GAK = "GAK"
    PROP = "PROP"
    SYS = "SYS"


LADDERS: Final = {
    Ladder.OPS: ("tps", "polsek", "polres_ops", "polres", "polda"),
    Ladder.ADM: ("kpps", "ppk", "kpu"),
    Ladder.GAK: ("ptps", "panwascam", "bawaslu"),
    Ladder.PROP: ("propam_polres", "propam_polda"),
    Ladder.SYS: ("it", "polres_ops"),
}
"""Levels of each ladder, lowest first; `PILKADES_LADDERS` differ. Source: contract §1."""

PILKADES_LADDERS: Final = LADDERS | {
    Ladder.ADM: ("panitia", "camat", "panitia_kab"),
    Ladder.GAK: ("panitia", "satreskrim"),
}
"""The ladders where a village elects its head. Source: contract §1."""


AGENCY: Final = "agency"
"""In the place of a ladder where somebody is told who stands on none: `bpbd`, `puskesmas`."""


class Text(Struct, frozen=True, gc=False):
    """A text for people, Indonesian and English."""

    id: str
    en: str


class Why(Struct, frozen=True, gc=False, omit_defaults=True):
    """One check of a judgment, as arithmetic."""

    check: str
    value: str | int | float | bool
    threshold: str | int | float | bool | None = None
    holds: bool = True


class Evidence(Struct, frozen=True, gc=False, omit_defaults=True):
    """An event that an alert rests on."""

    topic: str
    id: str
    at: EpochMs
    source: str = ""
    """Pseudonym of the sender."""
    offset: str = ""
    """`partition:offset` in the journal; of a replayed file `input:LINE`."""


class Told(Struct, frozen=True, gc=False, array_like=True):
    """A level, or an agency of the route, that has been told of an alert."""

    ladder: str
    level: str
    at: EpochMs
    contacts: int
    """How many were told; 0: the folder names nobody, it stands on screens alone."""
    delivered: int = 0
    """To how many contacts something of it has been delivered since."""
    failed: int = 0
    """How often a way to one of them was given up since, whether another was tried or not."""
    delivered_at: EpochMs | None = None
    """When that was first heard of; None: it has not been."""


class ChecklistItem(Struct, frozen=True, gc=False, omit_defaults=True):
    """One thing to be done in answer to an alert, and whether it has been."""

    key: str
    """By which a note names it."""
    id: str
    en: str
    done_at: EpochMs | None = None
    """When a note first said that it is done; None: it is still to do."""
    done_by: str = ""


class Alert(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """The whole state of one episode.

    `level` is the highest level told. `minutes` are those at which the levels of its ladder are
    due, counted from `climbs_from` and already multiplied by the factor of its class; levels
    beyond its end are reached by a person's order only.
    """

    id: AlertId
    election: ElectionId
    rule: str
    rule_version: str
    """`version@hash` of the rule that judged."""
    scope: Scope
    key: str = ""
    place: AreaCode
    """Narrowest area that contains the scope."""
    episode: int
    tps_class: TpsClass
    severity: Severity
    state: AlertState
    ladder: Ladder
    level: str
    levels: tuple[str, ...]
    start: int
    """Index of the level that is told at opening."""
    policy: Policy = STANDARD
    """How fast it climbs, as it was when it opened."""
    minutes: tuple[float, ...]
    climbs_from: EpochMs
    due_at: EpochMs | None = None
    route: tuple[str, ...] = ()
    title: Text
    summary: Text
    action: Text
    runbook: str = ""
    opened_at: EpochMs
    updated_at: EpochMs
    acknowledged_at: EpochMs | None = None
    acknowledged_by: str = ""
    taken_by: Text | None = None
    """Who that is, by pair, post or role, never by name; of nobody's it means nothing."""
    act_by_ms: int | None = None
    """How long an acknowledgement lasts; None: for good."""
    act_by_at: EpochMs | None = None
    shelved_until: EpochMs | None = None
    former: AlertState | None = None
    """State to go back to when the shelf time is over, or its parent."""
    worse: Severity | None = None
    """What it has become while it was inhibited; told afterwards."""
    ended_at: EpochMs | None = None
    """When its condition ended: `returned` or `resolved`."""
    resolved_at: EpochMs | None = None
    quiet_ms: int
    """The condition holding again within this time of its end reopens this episode."""
    held_from: EpochMs
    """Since when its condition holds, or held last."""
    holds: bool = True
    """Whether the condition holds now; a person may resolve an alert while it does."""
    parent: AlertId | None = None
    revision: int
    drill: bool = False
    restricted_to: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    """Of its rule as it was at opening; what is done stays done when the alert is reopened."""
    notes: int = 0
    """How many notes have been written about it; their texts are not shown with it."""
    told: tuple[Told, ...] = ()
    """Who was told of it since it opened, or reopened, in order."""
    reopened: tuple[EpochMs, ...] = ()
    """The newest times at which it came back."""

    @property
    def is_open(self) -> bool:
        """Every state but `resolved` is open (contract §5)."""
        return self.state is not AlertState.RESOLVED

    @property
    def is_burning(self) -> bool:
        """Open, and its condition has not ended: W06 and X03 count it (contract §5)."""
        return self.state not in {AlertState.RESOLVED, AlertState.RETURNED}
