"""The board: which alerts are open now, read from the topics that show them.

`siaga.alerts` and `siaga.restricted.alerts` are compacted: whoever reads them from their beginning
knows the latest state of every alert. The board holds that in memory.

    record ──apply──► open ──ends──► ended, for an hour ──► forgotten
                        ▲              │
                        └──comes back──┘

What has ended is held for a while, because who shows alerts elsewhere must say when they ended. An
hour is counted on the broker's clock, by the newest record: on a played day of last year the times
in the alerts are last year's. Places are held for good; there are few.
"""

from collections.abc import Mapping
from itertools import takewhile
from typing import Final, NamedTuple

import msgspec

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope, area_kind
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind
from streams.errors import InputError
from streams.wire.documents import AlertDocument
from streams.wire.endings import Endings
from streams.wire.time import moment_of

__all__ = ["ENDED_MAX", "Board", "Place", "kabupaten_of_alert", "place_of"]

ENDED_MAX: Final = 20_000
"""How many ended alerts are held at most: those of a day that goes wrong everywhere."""
_PROVINCE_DIGITS: Final = 2

_decode: Final = msgspec.json.Decoder(AlertDocument).decode


class Place(NamedTuple):
    """A kabupaten/kota in an election, or in a drill of one."""

    election: ElectionId
    kabupaten: AreaCode


class Board:
    """The open alerts, and those that have ended not long ago."""

    def __init__(self) -> None:
        self._open: dict[AlertId, AlertDocument] = {}
        self._ended: dict[AlertId, AlertDocument] = {}
        self._endings = Endings[AlertId](ENDED_MAX)
        self._now = EpochMs(0)
        """The time of the newest record."""
        self._changed: dict[AlertId, int] = {}
        """The version in which each last changed, the oldest first."""
        self._places: set[Place] = set()
        self.version = 0
        """Counts changes."""

    @property
    def open(self) -> Mapping[AlertId, AlertDocument]:
        """Every alert that is not resolved, by its id."""
        return self._open

    @property
    def places(self) -> frozenset[Place]:
        """Where there ever was an alert."""
        return frozenset(self._places)

    def ended(self, alert: AlertId) -> AlertDocument | None:
        """Return the last state of an alert that ended not long ago."""
        return self._ended.get(alert)

    def open_at(self, place: Place, before: EpochMs) -> tuple[AlertDocument, ...]:
        """Return the open alerts of a place that had opened by a moment, in order of their ids."""
        return tuple(
            alert
            for _, alert in sorted(self._open.items())
            if moment_of(alert.opened_at) <= before
            and Place(alert.election, kabupaten_of_alert(alert.id)) == place
        )

    def changes(self, since: int) -> tuple[AlertId, ...]:
        """Return what has changed after a version, the newest first; what is forgotten is not."""
        newest = takewhile(lambda one: one[1] > since, reversed(self._changed.items()))
        return tuple(alert for alert, _ in newest)

    def apply(self, key: bytes | None, value: bytes | None, appended_at: EpochMs) -> None:
        """Take in a record; without a value it takes back what was shown under its key.

        Raises:
            InputError: It is no document of an alert; the board stays as it was.
        """
        document = None if value is None else _read(value)
        alert = AlertId((key or b"").decode(errors="replace") if document is None else document.id)
        self._ended.pop(alert, None)
        self._endings.take_back(alert)
        self._open.pop(alert, None)
        self._note(alert)
        if document is None:
            self._changed.pop(alert)
        elif document.state is AlertState.RESOLVED:
            self._ended[alert] = document
            self._endings.end(alert, appended_at)
        else:
            self._open[alert] = document
        if document is not None:
            self._places.add(Place(document.election, kabupaten_of_alert(document.id)))
        self._now = max(self._now, appended_at)
        for gone in self._endings.due(self._now):
            del self._ended[gone], self._changed[gone]

    def _note(self, alert: AlertId) -> None:
        self.version += 1
        self._changed.pop(alert, None)
        self._changed[alert] = self.version


def kabupaten_of_alert(alert: str) -> AreaCode:
    """Return the kabupaten/kota of an alert, which its id begins with: `3604-…` is of 36.04."""
    return AreaCode(f"{alert[:_PROVINCE_DIGITS]}.{alert[_PROVINCE_DIGITS:4]}")


def place_of(alert: AlertDocument) -> AreaCode:
    """Return the narrowest area that an alert's document names; of a person it is the kabupaten."""
    code = alert.scope.code
    if alert.scope.kind is ScopeKind.CONTEST:
        code = Scope(code.rpartition("@")[2])
    return AreaCode(code) if area_kind(code) else kabupaten_of_alert(alert.id)


def _read(value: bytes) -> AlertDocument:
    try:
        return _decode(value)
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(f"not the document of an alert: {error}") from error
