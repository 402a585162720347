"""A notice as it lies before whoever sends it: read from `siaga.notices`, ready to be told.

It has what a text needs and no more: no evidence, no check of a judgment, no address. Where it goes
stands in the election folder, what it sounds like in `streams.texts`, how often it is tried in
`streams.delivery`.
"""

from msgspec import Struct

from streams.domain.alert import AlertState, Change, Ladder, Text, Told
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.notice import Destination, NoticeKind
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind, Severity

__all__ = ["Outgoing", "OutgoingAlert", "OutgoingRollUp"]


class OutgoingAlert(Struct, frozen=True, gc=False, kw_only=True):
    """One alert of a notice; the fields mean what they mean in `Telling` and `Alert`."""

    alert: AlertId
    revision: int
    change: Change
    kind: NoticeKind
    rule: str
    scope: Scope
    scope_kind: ScopeKind
    scope_name: str
    path: tuple[str, ...]
    """Names from the province down to the narrowest area of the scope."""
    key: str
    severity: Severity
    state: AlertState
    ladder: Ladder
    level: str
    title: Text
    summary: Text
    action: Text
    runbook: str
    opened_at: EpochMs
    due_at: EpochMs | None
    taken_by: Text | None
    """Who has taken it on, by pair, post or call sign, never by name; None: nobody."""
    told: tuple[Told, ...]
    instead_of: str
    unreached: tuple[str, ...]
    flapping: bool


class OutgoingRollUp(Struct, frozen=True, gc=False, kw_only=True):
    """The alerts of a kecamatan that are told together."""

    kecamatan: AreaCode
    name: str
    since: EpochMs
    opened: int
    alerts: tuple[AlertId, ...]


class Outgoing(Struct, frozen=True, gc=False, kw_only=True):
    """One notice, for one destination."""

    id: AlertId
    destination: Destination
    kind: NoticeKind
    channel: str
    """Empty: nobody is named, so there is nothing to send."""
    language: str
    election: ElectionId
    drill: bool
    restricted_to: tuple[str, ...]
    severity: Severity
    at: EpochMs
    due_at: EpochMs | None
    offset_minutes: int
    """How far the destination's clocks are ahead of UTC: 420 WIB, 480 WITA, 540 WIT."""
    alerts: tuple[OutgoingAlert, ...]
    """Empty where it is about no alert: then there is a message."""
    message: Text | None
    rolled_up: OutgoingRollUp | None
