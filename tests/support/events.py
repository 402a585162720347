"""Short constructors of events for stories: who says what, with everything else left out.

A sender without a name is one that speaks once: each event of a story is then of its own source,
as evidence counts one voice a source. Names stand for themselves: `by="w1"` is always one person.
"""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import (
    Actor,
    ActorRole,
    Attachment,
    CommandKind,
    CrowdReport,
    OperatorCommand,
    Place,
    Source,
    StatusKind,
    TpsStatus,
)
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.words import Channel, EvidenceKind, Role, Situation
from streams.wire.time import format_time
from tests.support.stories import Told, code_of
from tests.support.world import KABUPATEN, local

__all__ = [
    "ack",
    "all_well",
    "beat",
    "by_channel",
    "call_for_help",
    "checkin",
    "closed",
    "command",
    "confirm_identity",
    "correction",
    "escalate",
    "heartbeat",
    "note",
    "opened",
    "photographed",
    "postponed",
    "relayed",
    "report",
    "resumed",
    "shelve",
    "status",
    "suspended",
    "with_position",
]

_WIB: Final = 420
NOBODY: Final = ""
"""Source of a status in a story that does not care who sent it."""


def status(kind: StatusKind, tps: AreaCode, role: Role = Role.KPPS, by: str = "kpps") -> Told:
    """Let a TPS tell a state."""
    event = TpsStatus(id=NOBODY, at="", kind=kind, source=Source(by, role), tps=tps)
    return Told(event=event, place=tps)


def opened(tps: AreaCode) -> Told:
    """The TPS opens."""
    return status(StatusKind.OPENED, tps)


def heartbeat(tps: AreaCode) -> Told:
    """The TPS says that it is there."""
    return status(StatusKind.HEARTBEAT, tps)


def suspended(tps: AreaCode) -> Told:
    """The TPS halts."""
    return status(StatusKind.SUSPENDED, tps)


def resumed(tps: AreaCode) -> Told:
    """The TPS goes on."""
    return status(StatusKind.RESUMED, tps)


def postponed(tps: AreaCode) -> Told:
    """The vote at the TPS is put off."""
    return status(StatusKind.POSTPONED, tps)


def closed(tps: AreaCode) -> Told:
    """The TPS closes."""
    return status(StatusKind.CLOSED, tps)


def correction(of: str, told: Told) -> Told:
    """Let a status take back another one, besides what it says itself."""
    assert isinstance(told.event, TpsStatus), "only a status takes back"
    return replace(told, event=replace(told.event, corrects=of))


def all_well(told: Told) -> Told:
    """Let a status or a report say `aman`."""
    assert isinstance(told.event, TpsStatus | CrowdReport), "a command says nothing of the sort"
    return replace(told, event=replace(told.event, situation=Situation.AMAN))


def checkin(officer: str, place: AreaCode = KABUPATEN) -> Told:
    """An officer checks in, from a TPS or from nowhere in particular."""
    return _of_officer(StatusKind.CHECKIN, officer, place)


def call_for_help(officer: str, place: AreaCode = KABUPATEN) -> Told:
    """An officer presses the panic button."""
    return _of_officer(StatusKind.DURESS, officer, place)


def _of_officer(kind: StatusKind, officer: str, place: AreaCode) -> Told:
    event = TpsStatus(
        id=NOBODY,
        at="",
        kind=kind,
        source=Source(officer, Role.PAM_TPS),
        tps=place if "-" in place else UNSET,
        officer=officer,
    )
    return Told(event=event, place=place)


def report(
    category: str, place: AreaCode, by: str, role: Role = Role.WARGA, text: str = ""
) -> Told:
    """Somebody reports something; `by` is who, and of a `saksi` also the camp."""
    source = Source(by, role, camp=by if role is Role.SAKSI else "")
    event = CrowdReport(
        id=NOBODY,
        at="",
        source=source,
        category=category or UNSET,
        text=text or UNSET,
    )
    return Told(event=event, place=place)


def by_channel(channel: Channel, told: Told) -> Told:
    """Let a report come in by a channel."""
    assert isinstance(told.event, CrowdReport), "only reports have a channel in stories"
    source = replace(told.event.source, channel=channel)
    return replace(told, event=replace(told.event, source=source))


def relayed(role: Role | None, told: Told) -> Told:
    """Let an operator pass on a report, of somebody or of nobody in particular."""
    assert isinstance(told.event, CrowdReport), "only reports are passed on in stories"
    source = Source(told.event.source.id, Role.OPERATOR, relayed=role or UNSET)
    return replace(told, event=replace(told.event, source=source))


def photographed(sha256: str, told: Told) -> Told:
    """Attach a photo to a report; two letters stand for its hash."""
    assert isinstance(told.event, CrowdReport), "only reports have photos"
    photo = Attachment(EvidenceKind.PHOTO, sha256 * 32)
    return replace(told, event=replace(told.event, evidence=(photo,)))


def with_position(lat: float, lon: float, told: Told) -> Told:
    """Let a report say where it was sent from."""
    assert isinstance(told.event, CrowdReport), "only reports have a position"
    return replace(told, event=replace(told.event, place=Place(lat=lat, lon=lon)))


def command(kind: CommandKind, alert: str = "", by: str = "ops") -> Told:
    """Somebody orders something of an alert, which is named as the tests do: `T03@KR`."""
    role = ActorRole.COMMANDER if by == "chief" else ActorRole.OPERATOR
    named = code_of(alert) if "@" in alert else alert
    event = OperatorCommand(
        id=NOBODY, at="", actor=Actor(by, role), command=kind, alert=named or UNSET
    )
    return Told(event=event, place=KABUPATEN)


def ack(alert: str, by: str = "ops") -> Told:
    """Somebody takes an alert."""
    return command(CommandKind.ACK, alert, by)


def escalate(alert: str, level: str = "") -> Told:
    """Somebody sends an alert up."""
    told = command(CommandKind.ESCALATE, alert)
    return replace(told, event=replace(told.event, level=level))


def note(alert: str, text: str) -> Told:
    """Somebody writes something down about an alert."""
    told = command(CommandKind.NOTE, alert)
    return replace(told, event=replace(told.event, reason=text))


def shelve(alert: str, until: str, by: str = "ops") -> Told:
    """Somebody puts an alert aside until a time of the day."""
    return replace(command(CommandKind.SHELVE, alert, by), until=local(until))


def beat(*areas: AreaCode, oldest: str = "", name: str = "sms-1", every: int = 0) -> Told:
    """A gateway of these areas says that it lives, and since when its oldest message waits."""
    event = GatewayHeartbeat(
        id=NOBODY,
        at="",
        source=Source(name, Role.SYSTEM, channel=Channel.SMS),
        areas=areas,
        oldest_pending_at=format_time(local(oldest), _WIB) if oldest else UNSET,
        every_seconds=every or UNSET,
    )
    return Told(event=event, place=kabupaten_of(areas[0]))


def confirm_identity(officer: str, by: str = "chief") -> Told:
    """A commander says that it is really the officer."""
    told = command(CommandKind.CONFIRM_IDENTITY, by=by)
    return replace(told, event=replace(told.event, officer=officer))
