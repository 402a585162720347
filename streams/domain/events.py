"""The four kinds of input, as producers send them (contract §2).

One type an input topic, on the wire, in the journal and in the rules: what was accepted is judged.
Constraints stand in the types: decoding checks them, the JSON Schemas are made from them. A field
that may be missing is `UNSET` (numbers, booleans, words) or empty (text); `null` is refused.
"""

from enum import StrEnum
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType, field

from streams.domain.ids import CATEGORY_PATTERN, DESA_PATTERN, TPS_PATTERN
from streams.domain.words import Channel, EvidenceKind, Role, Situation, SituationColour, TpsClass

__all__ = [
    "Actor",
    "ActorRole",
    "Attachment",
    "Ballots",
    "BoxPlace",
    "CommandKind",
    "CountStatus",
    "CrowdReport",
    "Event",
    "OperatorCommand",
    "Place",
    "Source",
    "StatusKind",
    "Subject",
    "TpsStatus",
    "VoteCount",
    "Voters",
]

_INT64: Final = (1 << 63) - 1
# Python's `$` lets a newline follow; the other patterns are kept strict by `max_length`.
_TIME_PATTERN: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$(?!\n)"
)

Id = Annotated[str, Meta(min_length=1, max_length=64)]
TimeText = Annotated[
    str,
    Meta(
        pattern=_TIME_PATTERN,
        max_length=35,
        description="RFC 3339 with an offset",
        extra_json_schema={"format": "date-time"},
    ),
]
TpsText = Annotated[str, Meta(pattern=TPS_PATTERN, max_length=17)]
DesaText = Annotated[str, Meta(pattern=DESA_PATTERN, max_length=13)]
CategoryText = Annotated[str, Meta(pattern=CATEGORY_PATTERN, max_length=6)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", max_length=64)]
Count = Annotated[int, Meta(ge=0, le=_INT64)]
SignedCount = Annotated[int, Meta(ge=-_INT64 - 1, le=_INT64)]


class Source(Struct, frozen=True, gc=False, omit_defaults=True):
    """Who sends; `id` is a stable pseudonym, never a bare phone number."""

    id: Id
    role: Role
    camp: str = ""
    """Of a saksi: whose witness."""
    channel: Channel | UnsetType = UNSET
    relayed: Role | UnsetType = field(name="for", default=UNSET)
    """Of an operator: the role that is relayed."""

    @property
    def speaks_as(self) -> Role:
        """The role whose weight the message has: an operator's is that of whom it relays."""
        if self.role is not Role.OPERATOR:
            return self.role
        if self.relayed is UNSET or self.relayed is Role.OPERATOR:
            return Role.WARGA
        return self.relayed


class StatusKind(StrEnum):
    """What a TPS tells."""

    LOGISTICS_RECEIVED = "logistics_received"
    OPENED = "opened"
    HEARTBEAT = "heartbeat"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    POSTPONED = "postponed"
    CLOSED = "closed"
    COUNTING_STARTED = "counting_started"
    COUNTING_FINISHED = "counting_finished"
    BOX_DEPARTED = "box_departed"
    ESCORT_JOINED = "escort_joined"
    BOX_ARRIVED = "box_arrived"
    CHECKIN = "checkin"
    DURESS = "duress"


class BoxPlace(StrEnum):
    """Where a ballot box has arrived."""

    PPS = "pps"
    PPK = "ppk"
    KECAMATAN = "kecamatan"
    KPU = "kpu"
    KABUPATEN = "kabupaten"


class TpsStatus(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A TPS, or an officer of it, tells a state (`tps.status`)."""

    id: Id
    at: TimeText
    kind: StatusKind
    source: Source
    tps: TpsText | UnsetType = UNSET
    ballots: Count | UnsetType = UNSET
    complete: bool | UnsetType = UNSET
    situation: Situation | UnsetType = UNSET
    queue: Count | UnsetType = UNSET
    voters: Count | UnsetType = UNSET
    all_voted: bool | UnsetType = UNSET
    reason: Annotated[str, Meta(max_length=500)] = ""
    box: Annotated[str, Meta(max_length=32)] = ""
    seal: Annotated[str, Meta(max_length=32)] = ""
    seal_intact: bool | UnsetType = UNSET
    escort: tuple[str, ...] | UnsetType = UNSET
    eta_minutes: Annotated[float, Meta(gt=0)] | UnsetType = UNSET
    place: BoxPlace | UnsetType = UNSET
    officer: str | UnsetType = UNSET
    election: str = ""
    contest: str = ""
    corrects: str = ""


class Place(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """Where a report is about, as far as the reporter said."""

    tps: TpsText | UnsetType = UNSET
    desa: DesaText | UnsetType = UNSET
    kecamatan: str = ""
    kabupaten: str = ""
    name: str = ""
    tps_number: Annotated[int, Meta(ge=1, le=999)] | UnsetType = UNSET
    lat: Annotated[float, Meta(ge=-90, le=90)] | UnsetType = UNSET
    lon: Annotated[float, Meta(ge=-180, le=180)] | UnsetType = UNSET


class Attachment(Struct, frozen=True, gc=False, omit_defaults=True):
    """A photo, video or paper that goes with a report."""

    kind: EvidenceKind
    sha256: Sha256 | UnsetType = UNSET
    uri: str = ""


class Subject(Struct, frozen=True, gc=False, omit_defaults=True):
    """Whom a report is about."""

    officer: str = ""


class CrowdReport(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """Somebody reports something, however small (`crowd.reports`)."""

    id: Id
    at: TimeText
    source: Source
    category: CategoryText | UnsetType = UNSET
    text: Annotated[str, Meta(max_length=4000)] | UnsetType = UNSET
    place: Place | UnsetType = UNSET
    people: Count | UnsetType = UNSET
    situation: Situation | UnsetType = UNSET
    evidence: Annotated[tuple[Attachment, ...], Meta(max_length=20)] = ()
    subject: Subject | UnsetType = UNSET
    election: str = ""


class CountStatus(StrEnum):
    """Whether a count may still change."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class Ballots(Struct, frozen=True, gc=False, omit_defaults=True):
    """Ballots of one contest at one TPS."""

    received: SignedCount | UnsetType = UNSET
    used: SignedCount | UnsetType = UNSET
    spoiled: SignedCount | UnsetType = UNSET
    unused: SignedCount | UnsetType = UNSET


class Voters(Struct, frozen=True, gc=False, omit_defaults=True):
    """Voters of one TPS by the list they stand on."""

    dpt: SignedCount | UnsetType = UNSET
    dptb: SignedCount | UnsetType = UNSET
    dpk: SignedCount | UnsetType = UNSET


class VoteCount(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A count of one contest at one TPS (`vote.counts`)."""

    id: Id
    at: TimeText
    tps: TpsText
    contest: str
    status: CountStatus
    source: Source
    votes: Annotated[dict[str, SignedCount], Meta(min_length=1)]
    valid: SignedCount | UnsetType = UNSET
    invalid: SignedCount | UnsetType = UNSET
    ballots: Ballots | UnsetType = UNSET
    voters: Voters | UnsetType = UNSET
    corrects: str = ""
    image_sha256: Sha256 | UnsetType = UNSET
    election: str = ""


class ActorRole(StrEnum):
    """What a person at the control room may do."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    COMMANDER = "commander"
    LIAISON = "liaison"
    PROPAM = "propam"
    SYSTEM = "system"


class Actor(Struct, frozen=True, gc=False, omit_defaults=True):
    """Who acts."""

    id: Id
    role: ActorRole
    area: str = ""
    """Code of the area that the actor may act on."""


class CommandKind(StrEnum):
    """What a person can order."""

    ACK = "ack"
    UNACK = "unack"
    ESCALATE = "escalate"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    NOTE = "note"
    CONFIRM_REPORT = "confirm_report"
    REJECT_REPORT = "reject_report"
    PLACE_REPORT = "place_report"
    SET_CLASS = "set_class"
    SET_SITUATION = "set_situation"
    DISPATCH = "dispatch"
    RELEASE = "release"
    CONFIRM_SEAL = "confirm_seal"
    CONFIRM_IDENTITY = "confirm_identity"
    CLOSE_CASE = "close_case"
    USE_PACK = "use_pack"
    RESUME_RULE = "resume_rule"
    DRILL_START = "drill_start"
    DRILL_STOP = "drill_stop"


class OperatorCommand(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A person acts (`operator.commands`)."""

    id: Id
    at: TimeText
    actor: Actor
    command: CommandKind
    alert: str | UnsetType = UNSET
    report: str | UnsetType = UNSET
    tps: TpsText | UnsetType = UNSET
    area: str | UnsetType = UNSET
    officer: str = ""
    until: TimeText | UnsetType = UNSET
    tps_class: TpsClass | UnsetType = field(name="class", default=UNSET)
    situation: SituationColour | UnsetType = UNSET
    reason: Annotated[str, Meta(max_length=1000)] = ""
    election: str = ""
    level: str = ""
    box: str = ""
    pair: str = ""
    category: str = ""
    story: str = ""
    rule: str = ""
    pack: str = ""
    step: str = ""
    channel: Annotated[str, Meta(max_length=32)] = ""


Event = TpsStatus | CrowdReport | VoteCount | OperatorCommand
"""Any input, once accepted."""
