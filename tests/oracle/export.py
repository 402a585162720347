"""A replay's input made into the journal that the live system would have left behind.

By default nothing lags: at every second there is a mark of the partition's owner and one of intake
that claims everything. An owner or an intake that was away for a while left no marks then; the
events stand where they were received, so a journal can be as unkind as the day itself.
"""

import json
from dataclasses import dataclass

from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.intake import take_line
from tests.oracle.times import SECOND

__all__ = ["WHOLE", "Away", "accepted", "as_journal"]


@dataclass(frozen=True)
class Away:
    """Spans, in epoch milliseconds, without marks of the owner, or of intake."""

    owner: tuple[tuple[int, int], ...] = ()
    intake: tuple[tuple[int, int], ...] = ()


WHOLE = Away()
"""Nobody was ever away."""


class _Recorder:
    """Writes a journal of one partition."""

    def __init__(self, away: Away) -> None:
        self.away = away
        self.records: list[str] = []
        self._second: int | None = None

    def put(self, at: int, record: dict[str, object]) -> None:
        """Append one record."""
        offset = len(self.records)
        outer = {"partition": 3, "offset": offset, "appended_at": at, "record": record}
        self.records.append(json.dumps(outer))

    def marks(self, first_record: int, last: int) -> None:
        """Append the marks of every second that is not yet marked, up to `last`."""
        second = self._second
        if second is None:
            second = -(-first_record // SECOND) * SECOND
        while second <= last:
            if not _within(second, self.away.owner):
                self.put(second, {"record": "now"})
            if not _within(second, self.away.intake):
                claims, sources = {"tps.status/0": second}, {"tps.status": 1}
                self.put(second, {"record": "heard", "claims": claims, "sources": sources})
            second += SECOND
        self._second = second


def _within(second: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(since <= second < until for since, until in spans)


def accepted(election: str, event: Event, origin: int) -> dict[str, object]:
    """An accepted event as a journal's record has it."""
    place = event.place.tps or event.place.desa or event.place.kabupaten
    return {
        "record": event.topic,
        "event": dict(event.value),
        "received_at": event.received_at,
        "at": event.at,
        "origin": {"topic": event.topic, "partition": 0, "offset": origin},
        "election": election,
        "place": place,
        "digest": event.content,
    }


def as_journal(folder: Folder, lines: list[str], until: int, away: Away = WHOLE) -> list[str]:
    """The journal of a day up to `until`; later lines are left out, as in a replay."""
    recorder = _Recorder(away)
    before: int | None = None
    for number, line in enumerate(lines, start=1):
        taken = take_line(folder, number, line, before)
        before = taken.received_at if taken.received_at is not None else before
        if taken.received_at is None or taken.received_at > until:
            continue
        recorder.marks(taken.received_at, taken.received_at - 1)
        if isinstance(taken.what, Event):
            record = accepted(folder.election, taken.what, number)
            recorder.put(taken.what.received_at, record)
    recorder.marks(until, until)
    return recorder.records
