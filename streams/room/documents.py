"""What the page gets, as types: rows, snapshots and deltas; `page_documents` has what is whole.

Texts come in both languages, so that switching needs no question to the server. Moments are RFC
3339 in the local time of the place, as on the topics; `…_ms` are milliseconds since 1970. Field
names are those of the topics' documents (`streams.wire.documents`, `streams.wire.picture`), whose
meaning they have.
"""

from typing import Generic, TypeVar

from msgspec import Struct

from streams.domain.alert import AlertState, Ladder, Text
from streams.domain.effects import ReplyOutcome
from streams.domain.events import ActorRole, CommandKind
from streams.domain.words import AreaKind, Severity, TpsClass
from streams.wire.documents import ScopeDocument, TriageDocument
from streams.wire.picture import AreaPicture, TpsPicture

__all__ = [
    "AlertRow",
    "AreaRow",
    "Changed",
    "Clock",
    "Delta",
    "LetterRow",
    "Level",
    "Reply",
    "Session",
    "Snapshot",
    "TpsRow",
    "TriageRow",
]


Row = TypeVar("Row")


class Session(Struct, frozen=True, kw_only=True):
    """Who is logged in, and what the page may offer."""

    user: str
    name: str
    role: ActorRole
    area: str
    """Empty: everywhere."""
    language: str
    """`id` or `en`: how the page begins where its browser has chosen none."""
    may: tuple[CommandKind, ...]
    """Commands of the role that the door is open for. The fold has the last word on each."""
    may_triage: bool
    may_report: bool
    may_letters: bool
    csrf: str
    """To be sent back as `X-Siaga-Csrf` with everything that changes something."""
    expires_ms: int
    borders: tuple[AreaKind, ...] = ()
    """Levels of which this room has borders, for a map."""
    version: str = ""
    """Of the page's files, as this room has them; an open page may be of another."""


class Level(Struct, frozen=True):
    """A step of a ladder, as people call it."""

    code: str
    name: Text


class AlertRow(Struct, frozen=True, kw_only=True):
    """A line of the queue."""

    id: str
    rule: str
    election: str
    scope: ScopeDocument
    place: str
    """Code of the narrowest area that is named: a TPS, desa, kecamatan or kabupaten."""
    key: str
    tps_class: TpsClass
    severity: Severity
    state: AlertState
    ladder: Ladder
    levels: tuple[Level, ...]
    """From the bottom up; `level` is the highest that was told."""
    level: str
    climbed: bool | None = None
    """A deadline has passed without an act: a level was told later than at the opening. None: the
    page takes it from the level, as if the rule named no level to begin at."""
    level_at: str | None = None
    """When `level` was told; from then on the page counts up at the top of the ladder."""
    due_at: str | None
    title: Text
    why: Text
    """The check that tells most, in words."""
    action: Text
    opened_at: str
    updated_at: str
    acknowledged_at: str | None
    acknowledged_by: str | None
    taken_by: Text | None
    act_by_at: str | None
    shelved_until: str | None
    resolved_at: str | None
    parent: str | None
    children: int
    """Open alerts that this one has absorbed."""
    revision: int
    drill: bool
    restricted: bool
    reached: int
    """Contacts that a message about it has reached."""
    unreached: int
    """Ways to contacts that were given up."""
    notes: int
    written: int = 0
    """Deeds about it, notes too, of which it is known what was written or who was sent."""
    sent: tuple[tuple[str, str], ...] = ()
    """Who was sent to it and not released since, as far as is known: `pair` or `officer`, and the
    name."""
    may: tuple[CommandKind, ...]
    """What this person may do to it as it stands."""


class TriageRow(Struct, frozen=True, kw_only=True):
    """A report that waits for a person, or was decided not long ago."""

    report: TriageDocument
    place: Text
    """Name of the area and of those above it."""
    candidates: tuple[tuple[str, str], ...]
    """Codes and names, the likeliest first."""
    waits_because: Text
    category: Text
    suggestions: tuple[tuple[str, Text], ...]


class LetterRow(Struct, frozen=True, kw_only=True):
    """A dead letter that nobody has sent again."""

    number: str
    """`partition:offset` in `siaga.deadletter`."""
    at: str
    reason: str
    detail: str
    says: Text
    """What the reason means, and what to do."""
    topic: str
    value: str
    """What came, as text, cut at 4,096 characters. Bytes that are no UTF-8 are shown as `\\xNN`,
    telephone numbers as `[…1]`, which become numbers again when the letter is mended and sent."""
    is_cut: bool


class Reply(Struct, frozen=True, kw_only=True):
    """The fold's answer to a command."""

    command: str
    outcome: ReplyOutcome
    reason: str
    """Why it was refused, in the fold's own sentence; empty: it was done."""
    says: Text
    """The same for people; empty then as well."""
    at: str
    alert: str
    command_kind: CommandKind
    mine: bool


class Clock(Struct, frozen=True, kw_only=True):
    """The clocks; the page adds its own."""

    server_ms: int
    is_live: bool
    """False: Kafka does not answer this room."""
    heard_ms: int | None
    """The oldest `heard` of the kabupaten in sight; None: none has told it."""
    now_ms: int | None
    """The oldest `now` of them."""
    moved_ms: int | None
    """When a kabupaten in sight was told last, by the broker's clock; None: it keeps none."""
    still: tuple[tuple[str, int], ...] = ()
    """Kabupaten in sight of which nothing has come for more than a minute while others go on, and
    when each was told last: the longest ago first. Of none where `moved_ms` is as old itself."""


class Changed(Struct, Generic[Row], frozen=True, kw_only=True, omit_defaults=True):
    """What is new of one kind of row, and which are there no more."""

    put: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()


class AreaRow(AreaPicture, frozen=True, kw_only=True, gc=False):
    """How an area stands in an election, as the topic has it."""

    key: str
    """The code, or `CODE@ELECTION` of a drill and of every further election of the place."""


class TpsRow(TpsPicture, frozen=True, kw_only=True, gc=False):
    """How a TPS stands in an election, as the topic has it."""

    key: str
    """As that of an area."""


class Snapshot(Struct, frozen=True, kw_only=True):
    """All that a page needs to begin."""

    session: Session
    alerts: tuple[AlertRow, ...]
    triage: tuple[TriageRow, ...]
    letters: tuple[LetterRow, ...]
    areas: tuple[AreaRow, ...]
    """Kabupaten in sight, and everything down to the desa of `zoom`."""
    tps: tuple[TpsRow, ...]
    """Of `zoom`."""
    zoom: str
    """The kabupaten whose TPS are shown; empty: several are in sight and none was asked for."""
    names: dict[str, str]
    """Of the areas above those that are shown, by code."""
    opened_lately: int
    """Alerts opened in the last ten minutes of `now`."""
    clock: Clock


class Delta(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What has changed since the last; a row is replaced whole."""

    alerts: Changed[AlertRow] = Changed()
    triage: Changed[TriageRow] = Changed()
    letters: Changed[LetterRow] = Changed()
    areas: Changed[AreaRow] = Changed()
    tps: Changed[TpsRow] = Changed()
    replies: Changed[Reply] = Changed()
    """Of one's own commands."""
    opened_lately: int
