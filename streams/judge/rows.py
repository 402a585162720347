"""Rows that a partition saves and that are of no detector alone."""

from msgspec import Struct

from streams.domain.alert import Evidence
from streams.domain.effects import DecidedBy, TriageStatus
from streams.domain.facts import Island, TpsFacts
from streams.domain.ids import AlertId, AreaCode
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.receipt import ReceiptAlert
from streams.domain.times import EpochMs
from streams.rules.detectors.tally import NarrowState
from streams.rules.detectors.vouched import Gateway

__all__ = [
    "Assignment",
    "Called",
    "Checkins",
    "Gateways",
    "LastInput",
    "Messages",
    "Narrow",
    "Note",
    "Notes",
    "PackRow",
    "Posture",
    "Quarantine",
    "RolledUpRow",
    "Unrest",
    "Waiting",
]


class Assignment(Struct, frozen=True, gc=False, array_like=True):
    """To which alert an officer is dispatched: since when, by whom, and why."""

    alert: AlertId
    at: EpochMs
    actor: str
    reason: str = ""


class Gateways(Struct, frozen=True, gc=False, array_like=True):
    """The gateways of a kabupaten, by name."""

    by_name: dict[str, Gateway]


class Called(Struct, frozen=True, gc=False, array_like=True):
    """What has become of telling a level, or an agency, of an alert; names are of destinations."""

    since: int
    """Revision at which it was first told since the alert opened: what is older is over."""
    revision: int = 0
    """That of its newest call; 0: it was not called."""
    called: tuple[str, ...] = ()
    """Whom that is for."""
    reached: tuple[str, ...] = ()
    """Who has got it, or something later."""
    lost: tuple[str, ...] = ()
    """For whom nothing is left to try."""
    delivered: tuple[str, ...] = ()
    """Who has got anything since."""

    @property
    def is_in_vain(self) -> bool:
        """Whether the newest call has reached none of those whom it is for, and will not."""
        return bool(self.called) and set(self.called) <= set(self.lost)


class LastInput(Struct, frozen=True, gc=False, array_like=True):
    """When the newest message of a kabupaten was received."""

    at: EpochMs = EpochMs(0)


class Messages(Struct, frozen=True, gc=False, array_like=True):
    """When a pair of officers was heard of."""

    islands: tuple[Island, ...] = ()


class Narrow(Struct, frozen=True, gc=False, array_like=True):
    """Of a contest: when it was last counted, and whether its result is close."""

    last_count_at: EpochMs = EpochMs(0)
    state: NarrowState = NarrowState()


class Note(Struct, frozen=True, gc=False, array_like=True):
    """What a person has written down about an alert."""

    at: EpochMs
    actor: str
    text: str


class Notes(Struct, frozen=True, gc=False, array_like=True):
    """What has been written down about an alert: the newest, in the order of receipt."""

    notes: tuple[Note, ...] = ()


class Posture(Struct, frozen=True, gc=False, array_like=True):
    """When the posture of an area is raised: cause, since, until (`NEVER` while it lasts)."""

    raised: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class Checkins(Struct, frozen=True, gc=False, array_like=True):
    """When an officer has checked in, and at which TPS."""

    facts: TpsFacts = TpsFacts()
    tps: tuple[AreaCode, ...] = ()
    """In order, at most `NAMED_MAX`."""


class RolledUpRow(Struct, frozen=True, gc=False, array_like=True):
    """What a roll-up has told of beside the alerts in it, until there is a receipt of it."""

    alerts: tuple[ReceiptAlert, ...]


class Unrest(Struct, frozen=True, gc=False, array_like=True):
    """Alerts about a desa by which its officers are asked more often.

    Of each the category, when it opened, and when it ended (`NEVER` while it lasts).
    """

    spans: tuple[tuple[str, EpochMs, EpochMs], ...] = ()


class PackRow(Struct, frozen=True, gc=False, array_like=True):
    """A pack that was taken on in place of the one that the folder names."""

    name: str
    """Its hash."""
    published: str


class Quarantine(Struct, frozen=True, gc=False, array_like=True):
    """A rule that failed on a scope and is not asked about it again."""

    detail: str
    at: EpochMs


class Waiting(Struct, frozen=True, gc=False, array_like=True, kw_only=True):
    """A report as it stands at the desk: it waits for a person, counts, or was rejected."""

    status: TriageStatus
    why: str
    """As in `Triage`."""
    place: AreaCode
    category: str
    evidence: Evidence
    """Its name: whose it is, and where it stands in the journal."""
    received_at: EpochMs
    channel: str
    changed_at: EpochMs
    """Since when it stands so."""
    suggestions: tuple[str, ...] = ()
    restricted_to: tuple[str, ...] = ()
    by: DecidedBy = DecidedBy.RULE
    actor: str = ""
    """The person who decided it."""
    alert: AlertId | None = None
    is_public: bool = False
    """Whether everybody was told how it stands."""
    report: AcceptedReport | AcceptedStatus | None = None
    """The whole of it, placed where `place` is; None: it was decided long ago."""
