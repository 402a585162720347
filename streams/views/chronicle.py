"""What the day has brought that no state keeps: reports received, what waits, what people did.

The state of a partition holds what judgment needs. How many reports came, which commands were
refused and why, stands in the journal and in the effects; who judges a day hands them on, record
by record, to a `Chronicle`.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from streams.domain.effects import Effect, Reply, ReplyOutcome, Triage, TriageStatus
from streams.domain.events import CommandKind
from streams.domain.ids import AlertId, AreaCode
from streams.domain.journal import AcceptedCommand, AcceptedReport, JournalRecord
from streams.domain.times import EpochMs
from streams.judge.state import PartitionState
from streams.views.asked import Asked, may_see

__all__ = ["Chronicle", "Deed", "Reports"]


_WAITING: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})


class Deed(Struct, frozen=True):
    """A command, and what became of it."""

    at: EpochMs
    actor: str
    command: CommandKind
    place: AreaCode
    alert: str
    """Id of the alert that it was about; empty: of none."""
    reason: str
    """Why it was refused; empty: it was done."""


class Reports(Struct, frozen=True):
    """Reports of an area."""

    received: int
    received_lately: int
    """In the last hour."""
    waiting: int
    waiting_since: EpochMs | None
    """When the oldest of those was received."""
    handled: int
    """Those that once waited and do not any more."""


class Chronicle:
    """What has happened so far, in the order of judgment."""

    def __init__(self) -> None:
        """Begin before the first record."""
        self._received: list[tuple[EpochMs, str, AreaCode]] = []
        self._deeds: list[tuple[str, Deed]] = []
        self._triage: dict[AlertId, Triage] = {}
        self._waited: set[AlertId] = set()
        """Reports that had to wait for a person, at one time at least."""

    def take(self, record: JournalRecord, effects: Iterable[Effect]) -> None:
        """Take in a record and what it has brought about."""
        if isinstance(record, AcceptedReport):
            self._received.append((record.received_at, record.election, record.place))
        for effect in effects:
            match effect:
                case Reply() if isinstance(record, AcceptedCommand):
                    self._deeds.append((record.election, _deed(record, effect)))
                case Triage():
                    self._triage[effect.id] = effect
                    if effect.status in _WAITING:
                        self._waited.add(effect.id)
                case _:
                    pass

    def reports(self, asked: Asked, lately_ms: int) -> Reports:
        """Return how many reports of an area came, and what became of those that waited."""
        received = [
            at
            for at, election, place in self._received
            if election == asked.election and asked.covers(place)
        ]
        triage = [self._triage[one] for one in self._waited if _is_shown(self._triage[one], asked)]
        waiting = [one for one in triage if one.status in _WAITING]
        return Reports(
            received=len(received),
            received_lately=sum(at > asked.now - lately_ms for at in received),
            waiting=len(waiting),
            waiting_since=min((one.received_at for one in waiting), default=None),
            handled=len(triage) - len(waiting),
        )

    def deeds(self, state: PartitionState, asked: Asked, since: EpochMs) -> Iterator[Deed]:
        """Yield what people did in an area since a moment, but what may not be seen."""
        for election, deed in self._deeds:
            if election != asked.election or deed.at < since:
                continue
            alert = state.alert(deed.alert)
            # A command that names an alert by its id is placed in the kabupaten alone.
            place = deed.place if alert is None else alert.place
            if asked.covers(place) and (alert is None or may_see(alert, asked.role)):
                yield deed


def _deed(accepted: AcceptedCommand, reply: Reply) -> Deed:
    refused = reply.outcome is ReplyOutcome.REFUSED
    command = accepted.event.command
    reason = reply.reason if refused else ""
    return Deed(reply.at, reply.actor, command, accepted.place, reply.alert, reason)


def _is_shown(report: Triage, asked: Asked) -> bool:
    """Tell whether a report may be counted: of some categories only some roles may know."""
    if report.election != asked.election or not asked.covers(report.area):
        return False
    roles = report.restricted_to
    return not roles or (asked.role is not None and asked.role in roles)
