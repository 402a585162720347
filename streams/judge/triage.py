"""What waits for a person: reports that are not sure, come too late, or are not enough yet.

Nothing that somebody reports is dropped. A report leaves triage as confirmed when the voices add
up, or when a person has placed or judged it.
"""

from collections.abc import Iterable

from streams.domain.alert import Evidence
from streams.domain.effects import Triage, TriageStatus
from streams.domain.ids import AreaCode, desa_of, digest_id, kabupaten_of
from streams.domain.journal import Accepted, AcceptedReport, AcceptedStatus
from streams.domain.times import EpochMs
from streams.judge.sorting import Sorted
from streams.judge.telling import Teller
from streams.rules.detectors.same import Text
from streams.rules.evidence import Item
from streams.rules.head import RuleHead

__all__ = ["confirmed", "open_report"]


def open_report(
    teller: Teller, accepted: AcceptedReport | AcceptedStatus, sorted_: Sorted, why: str
) -> Triage:
    """Return a report as a matter that a person must look at, and why."""
    event = accepted.event
    evidence = Evidence(accepted.origin.topic, event.id, accepted.at, event.source.id, teller.name)
    return Triage(
        id=digest_id(kabupaten_of(accepted.place), event.source.id, event.id),
        status=TriageStatus.OPEN,
        at=EpochMs(max(accepted.at, accepted.received_at)),
        election=accepted.election,
        area=accepted.place,
        why=why,
        category=sorted_.category,
        suggestions=sorted_.suggestions,
        candidates=accepted.candidates if isinstance(accepted, AcceptedReport) else (),
        evidence=evidence,
    )


def confirmed(
    teller: Teller, head: RuleHead, items: Iterable[Item | Text], accepted: Accepted, category: str
) -> Iterable[Triage]:
    """Return earlier reports that count now, as matters that are no longer open."""
    for item in items:
        if item.offset == teller.name:
            continue
        yield Triage(
            id=digest_id(kabupaten_of(accepted.place), item.source, item.id),
            status=TriageStatus.CONFIRMED,
            at=teller.now,
            election=accepted.election,
            area=_place_of(item, accepted),
            why=head.rule.id,
            category=category,
            candidates=(),
            evidence=Evidence(item.topic, item.id, item.at, item.source, item.offset),
        )


def _place_of(item: Item | Text, accepted: Accepted) -> AreaCode:
    match item:
        case Text(desa=desa):
            return desa
        case Item(tps=tps):
            return tps or desa_of(accepted.place)
