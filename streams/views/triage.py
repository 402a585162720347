"""The queue of an area: reports that wait for a person, the gravest first.

First comes what would be gravest if it were true, and of that what has waited longest. A report
without a category is as grave as the gravest that its text may be about; one that says nothing at
all is `medium`, so that it is not behind everything else for good. *Alike* are reports that are
one voice (the same source, text or photo): who has looked at one has looked at all.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from streams.domain.effects import TriageStatus
from streams.domain.events import CrowdReport
from streams.domain.ids import AlertId, AreaCode
from streams.domain.journal import AcceptedReport
from streams.domain.times import EpochMs
from streams.domain.words import SEVERITIES, Role, Severity
from streams.judge.reports import item_of
from streams.judge.rows import Waiting
from streams.judge.state import PartitionState
from streams.views.asked import Asked

__all__ = ["Queued", "queue"]

_UNKNOWN: Final = Severity.MEDIUM
_WAITING: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})


class Queued(Struct, frozen=True, kw_only=True):
    """A report that waits for a person, with what helps to decide of it."""

    id: AlertId
    status: TriageStatus
    why: str
    area: AreaCode
    category: str
    """Empty: nobody has said."""
    severity: Severity
    """As grave as it may be."""
    at: EpochMs
    """When it happened."""
    received_at: EpochMs
    role: Role
    channel: str
    text: str
    candidates: tuple[AreaCode, ...]
    """Places that it may be about, the likeliest first."""
    suggestions: tuple[str, ...]
    """Categories that its text may be about, the likeliest first."""
    alike: tuple[AlertId, ...]
    """Others that wait in this area and are the same voice, the oldest first."""


def queue(state: PartitionState, asked: Asked) -> tuple[Queued, ...]:
    """Return what waits in an area, the gravest first, then the oldest."""
    rows = {
        AlertId(name): row
        for (election, name), row in state.waiting.items()
        if election == asked.election
        and row.status in _WAITING
        and asked.covers(row.place)
        and (not row.restricted_to or asked.role in row.restricted_to)
    }
    oldest = dict(sorted(rows.items(), key=lambda one: (one[1].received_at, one[0])))
    alike = _alike(state, oldest)
    queued = [_queued(state, name, row, alike[name]) for name, row in oldest.items()]
    return tuple(sorted(queued, key=lambda one: -SEVERITIES.index(one.severity)))


def _alike(
    state: PartitionState, rows: Mapping[AlertId, Waiting]
) -> dict[AlertId, tuple[AlertId, ...]]:
    """Return by report the others that share a source, a text or a photo with it."""
    voices: dict[AlertId, tuple[str, ...]] = {}
    sharing: dict[str, list[AlertId]] = {}
    for name, row in rows.items():
        assert row.report is not None, "what waits is kept whole"
        voices[name] = item_of(state, row.report, row.evidence.offset).voices
        for voice in voices[name]:
            sharing.setdefault(voice, []).append(name)
    found = {name: {one for voice in own for one in sharing[voice]} for name, own in voices.items()}
    return {
        name: tuple(one for one in rows if one in others and one != name)
        for name, others in found.items()
    }


def _queued(
    state: PartitionState, name: AlertId, row: Waiting, alike: tuple[AlertId, ...]
) -> Queued:
    report = row.report
    assert report is not None, "what waits is kept whole"
    event = report.event
    said = event.text if isinstance(event, CrowdReport) else event.reason
    return Queued(
        id=name,
        status=row.status,
        why=row.why,
        area=row.place,
        category=row.category,
        severity=_severity(state, row),
        at=report.at,
        received_at=row.received_at,
        role=event.source.speaks_as,
        channel=row.channel,
        text=said if isinstance(said, str) else "",
        candidates=report.candidates if isinstance(report, AcceptedReport) else (),
        suggestions=row.suggestions,
        alike=alike,
    )


def _severity(state: PartitionState, row: Waiting) -> Severity:
    """Return how grave a report may be."""
    assert row.report is not None, "what waits is kept whole"
    taxonomy = state.world.of(row.report.election).rules.pack.taxonomy
    named = (row.category,) if row.category else row.suggestions
    known = (taxonomy[one].severity for one in named if one in taxonomy)
    return max(known, key=SEVERITIES.index, default=_UNKNOWN)
