"""The judgment of intake: a record of an input topic, and what becomes of it.

    record ─► clock ─► decode ─► signature ─► place ─► times ─► pseudonym ─► journal
                │         │           │         │        │
          clock message   └───────────┴─────────┴────────┴──► dead letter, with its reason

It is a function of the record and of what the `Acceptor` was made of: no wall clock, no network, no
memory of other records. A redelivered record gives the same verdict, byte for byte; whether it has
been judged before is for the fold to say, whose reason is `id_conflict`.
"""

import hashlib
import re
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.config import ClockSource
from streams.domain.effects import DeadLetterReason
from streams.domain.events import (
    CommandKind,
    CrowdReport,
    Event,
    OperatorCommand,
    TpsStatus,
    VoteCount,
)
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import DRILL_MARK, ElectionId, kabupaten_of_id
from streams.domain.journal import Flag, Origin
from streams.domain.receipt import Receipt
from streams.domain.times import EpochMs
from streams.territory.areas import Areas
from streams.territory.loaded import Territory
from streams.wire.clock import AHEAD_MS_MAX, Years, clock_message, received_at
from streams.wire.commands import place_command
from streams.wire.inputs import Decoded, Input, decode_input, role_of
from streams.wire.journal import key_of
from streams.wire.placing import Placed, Placer
from streams.wire.producers import NO_PRODUCERS, Producers
from streams.wire.pseudonym import pseudonym_of
from streams.wire.records import (
    Broadcast,
    ClockMessage,
    DeadLettered,
    Inbound,
    Journaled,
    Parted,
    Taken,
    header,
)
from streams.wire.rejection import Rejection
from streams.wire.stamp import Stamp, stamped

__all__ = ["DRILL_HEADER", "UNSAFE_PSEUDONYM_KEY", "AcceptSettings", "Acceptor", "drill_id"]

DRILL_HEADER: Final = "siaga-drill"
UNSAFE_PSEUDONYM_KEY: Final = b"siaga"
"""The key without configuration: good for a demo, known to everybody. A worker that
runs with it says so."""

_DRILL_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DETAIL_LENGTH_MAX: Final = 500
_DIGEST_BYTES: Final = 8

_canonical: Final = msgspec.json.Encoder(order="deterministic").encode


class AcceptSettings(Struct, frozen=True, kw_only=True):
    """What an installation decides about its inputs."""

    clock: ClockSource = ClockSource.BROKER
    producers: Producers = NO_PRODUCERS
    pseudonym_key: bytes = UNSAFE_PSEUDONYM_KEY
    years_max: int = 1
    """How far an event may lie from the day of its election. Source: contract §2."""
    by_scope: bool = False
    """Whether a command may name an alert as `RULE@SCOPE`: in a replay of a file only."""


class _Came(Struct, frozen=True, gc=False):
    """A message, and what was found out of it before its place."""

    record: Inbound
    at: EpochMs
    """By the sender's clock."""
    received_at: EpochMs
    drill: str


class Acceptor:
    """Judges records of the input topics against the loaded elections."""

    def __init__(
        self,
        territory: Territory,
        areas: Areas,
        categories: frozenset[str],
        settings: AcceptSettings | None = None,
    ) -> None:
        """Prepare the judgment.

        Args:
            territory: The loaded elections.
            areas: The register of areas.
            categories: Codes of the taxonomy that the loaded packs know.
            settings: What the installation decides; without it the defaults.
        """
        self._settings = settings or AcceptSettings()
        self._placer = Placer(territory, areas, categories)
        elections = (plan.election for plan in territory.plans.values())
        self._years = Years(elections, self._settings.years_max)

    def accept(self, record: Inbound) -> Taken:
        """Return the verdict on a record. Nothing that a producer sends makes this raise."""
        try:
            if self._settings.clock is ClockSource.PLAYED:
                clock = clock_message(record)
                if clock is not None:
                    return ClockMessage(clock)
            return self._take(record)
        except Rejection as verdict:
            # Somebody reads this in a terminal or a log, and the words may be a stranger's.
            detail = _CONTROL.sub(" ", verdict.detail)[:_DETAIL_LENGTH_MAX]
            return DeadLettered(verdict.reason, detail)

    def _take(self, record: Inbound) -> Journaled | Broadcast | Parted:
        settings = self._settings
        decoded = decode_input(record.topic, record.value, record.headers)
        received = _received_at(record, decoded.event, settings.clock)
        drill = _drill_of(record, decoded.event)
        if settings.producers.asks:
            settings.producers.check(record, role_of(decoded.event))
        places = self._places(decoded)
        at = received if isinstance(decoded.event, Receipt) else decoded.at
        came = _Came(record, at, received, drill)
        event = self._without_number(decoded.event)
        accepted = [stamped(event, self._stamp(came, event, placed)) for placed in places]
        if isinstance(event, OperatorCommand) and event.command is CommandKind.USE_PACK:
            return Broadcast(accepted[0])
        parts = [Journaled(key_of(one), one) for one in accepted]
        return parts[0] if len(parts) == 1 else Parted(tuple(parts))

    def _stamp(self, came: _Came, event: Input, placed: Placed) -> Stamp:
        election = placed.plan.election
        if not isinstance(event, Receipt):
            self._years.check(came.at, election)
        ahead = came.at > came.received_at + AHEAD_MS_MAX
        return Stamp(
            came.received_at,
            came.received_at if ahead else came.at,
            Origin(came.record.topic, came.record.partition, came.record.offset),
            ElectionId(f"{election.id}{DRILL_MARK}{came.drill}") if came.drill else election.id,
            placed,
            hashlib.blake2b(_canonical(event), digest_size=_DIGEST_BYTES).hexdigest(),
            (*placed.flags, Flag.CLOCK_AHEAD) if ahead else placed.flags,
        )

    def _places(self, decoded: Decoded) -> tuple[Placed, ...]:
        """Return where an event belongs: in one place, but for a gateway of several kabupaten."""
        if isinstance(decoded.event, GatewayHeartbeat):
            return self._placer.heartbeat(decoded.event, decoded.at)
        return (self._place(decoded.event, decoded.at),)

    def _place(self, told: Event | Receipt, at: EpochMs) -> Placed:
        match told:
            case TpsStatus() as event:
                return self._placer.status(event, at)
            case CrowdReport() as event:
                return self._placer.report(event, at)
            case VoteCount() as event:
                return self._placer.count(event, at)
            case OperatorCommand() as event:
                return place_command(self._placer, event, at, by_scope=self._settings.by_scope)
            case Receipt() as event:
                kabupaten = kabupaten_of_id(event.notice)
                return Placed(self._placer.plan_of(kabupaten, event.election, at), kabupaten)

    def _without_number(self, event: Input) -> Input:
        """Return the event with a pseudonym for a sender who gives a telephone number."""
        if isinstance(event, OperatorCommand | Receipt):
            return event
        source = event.source
        shown = pseudonym_of(source.id, self._settings.pseudonym_key)
        if shown == source.id:
            return event
        return replace(event, source=replace(source, id=shown))


def _received_at(record: Inbound, event: Input, clock: ClockSource) -> EpochMs:
    """Return when something came in; who sends notices knows no played day, so of one it is 0.

    Raises:
        Rejection: `bad_time`.
    """
    if clock is ClockSource.PLAYED and isinstance(event, Receipt):
        return EpochMs(0)
    return received_at(record, clock)


def _drill_of(record: Inbound, event: Input) -> str:
    """Return the id of the drill that a message belongs to; empty: it is real.

    The header says it. A console may as well name the election that the alerts of a drill show.
    """
    told = header(record.headers, DRILL_HEADER)
    if told is None and DRILL_MARK in event.election:
        told = event.election.partition(DRILL_MARK)[2].encode()
    if told is None:
        return ""
    return drill_id(told)


def drill_id(shown: bytes) -> str:
    """Return the id of a drill that a header shows.

    Raises:
        Rejection: `envelope`: it is none.
    """
    if _DRILL_ID.fullmatch(shown) is None:
        detail = f"{DRILL_HEADER}: expected 1 to 64 letters, digits, dots, dashes or underscores"
        raise Rejection(DeadLetterReason.ENVELOPE, detail)
    return shown.decode()
