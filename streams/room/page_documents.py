"""What is told whole: an alert, a TPS, a day's curves; `streams.room.documents` has the rows."""

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.facts import Stage
from streams.domain.rising import Points
from streams.room.deeds import Deed
from streams.room.documents import AlertRow, Level
from streams.wire.documents import AlertDocument, TransitionDocument
from streams.wire.picture import TpsPicture

__all__ = ["AlertPage", "Curve", "Note", "StationRow", "Told", "TpsPage"]


class Told(Struct, frozen=True, kw_only=True):
    """A step of the ladder as the alert's page shows it."""

    level: Level
    ladder: str
    due_at: str | None
    """When it is told unless somebody acts; None: it was, or it will not be."""
    at: str | None
    """When it was told."""
    contacts: int
    delivered: int
    failed: int


class Note(Struct, frozen=True, kw_only=True):
    """What somebody wrote down about an alert, or ticked of its checklist."""

    at: str
    by: str
    """Id of the user, or of who else has written."""
    role: str
    """As the roster has it."""
    text: str
    step: str
    """What of the checklist it says is done; empty: nothing."""


class StationRow(Struct, frozen=True, kw_only=True):
    """A Polsek that somebody can be sent from."""

    polsek: str
    minutes: int | None
    """Estimated travel time from there to the Polsek of the alert's place, 0 for that one itself;
    None: nobody knows it."""
    free: int
    """Officers who are free; who is missing is among them."""
    pairs: tuple[str, ...]
    """Pairs who are, as `dispatch` names them; the first of them where they are many."""


class AlertPage(Struct, frozen=True, kw_only=True):
    """One alert, whole."""

    row: AlertRow
    alert: AlertDocument
    why: tuple[tuple[Text, bool], ...]
    """Each check in words, and whether it holds."""
    path: tuple[tuple[str, str], ...]
    """Codes and names from the province down."""
    told: tuple[Told, ...]
    lines: tuple[tuple[TransitionDocument, Text], ...]
    """Its changes, the oldest first, with the change in words."""
    notes: tuple[Note, ...]
    """The newest of which the text is known, the oldest first; `row.notes` is how many were
    written."""
    deeds: tuple[Deed, ...]
    """What else people have done about it. Where it made a line, that has the same `cause`."""
    related: tuple[AlertRow, ...]
    """Its parent, its children, and other open alerts of its place."""
    runbook: Text
    """As HTML that we made of our Markdown, without scripts or links; empty: there is none."""
    stations: tuple[StationRow, ...]
    """Whom one can send, the nearest first; empty: it is not for who looks to send anybody."""
    agencies: tuple[Text, ...]
    """Whom its route names beside its own ladder."""


class TpsPage(Struct, frozen=True, kw_only=True):
    """One TPS, whole, in one election."""

    key: str
    """As its row has it."""
    tps: TpsPicture
    path: tuple[tuple[str, str], ...]
    alerts: tuple[AlertRow, ...]
    lines: tuple[tuple[TransitionDocument, Text], ...]
    """Changes of its alerts, the oldest first."""
    stages: tuple[tuple[str, str], ...]
    """Stages that it has come to, and when; in the order of its day."""


class Curve(Struct, frozen=True):
    """How the day of an area went, and how it should have."""

    reached: dict[Stage, Points]
    """By step: how many TPS had come to it."""
    expected: dict[Stage, Points]
    """By step that a rule awaits: how many should have, also later today. Empty: it is no whole
    kabupaten."""
