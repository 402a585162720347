"""How each report stands: it waits for a person, counts as evidence, or was rejected.

Nothing that somebody reports is dropped. A report waits because it is not sure, comes too late or
is not enough yet; it counts when the voices add up, at once or later, or when a person has checked
it (`desk`). Whatever becomes of it is told, so that whoever sent it can be answered.

A row is whole while somebody may still decide of it, or take the decision back: as long as it
waits, and `KEPT_MS` after it was decided. Then what was said in it goes, and how it stands stays.
"""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from streams.alerts.case import Case
from streams.domain.alert import Evidence
from streams.domain.effects import DecidedBy, Triage, TriageStatus
from streams.domain.ids import AlertId, ElectionId, digest_id, kabupaten_of
from streams.domain.journal import AcceptedReport, AcceptedStatus
from streams.domain.times import HOUR_MS, EpochMs
from streams.domain.words import Channel
from streams.judge.rows import Waiting
from streams.judge.sorting import Sorted, restricted_to
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Teller
from streams.rules.detectors.same import Text
from streams.rules.evidence import Item
from streams.rules.head import RuleHead

__all__ = [
    "KEPT_MS",
    "TRIAGE_WAKE",
    "count",
    "counted",
    "put",
    "restore_wakes",
    "take_in",
    "tell",
    "tracking_id",
    "wait",
    "wake",
]

KEPT_MS: Final = 3 * HOUR_MS
"""How long a decision about a report can be taken back."""
TRIAGE_WAKE: Final = "triage"
"""First part of the key under which a decided report is woken."""
_UNDECIDED: Final = frozenset({TriageStatus.OPEN, TriageStatus.PLACED})


def tracking_id(kabupaten: str, source: str, report: str) -> AlertId:
    """Return the id by which a report is followed, made of whose it is and how he calls it."""
    return digest_id(kabupaten_of(kabupaten), source, report)


def take_in(teller: Teller, accepted: AcceptedReport | AcceptedStatus, found: Sorted) -> Key:
    """Put a report on the desk, before anybody is told how it stands; return its key."""
    event = accepted.event
    channel = event.source.channel
    key = (accepted.election, tracking_id(accepted.place, event.source.id, event.id))
    row = Waiting(
        status=TriageStatus.OPEN,
        why="",
        place=accepted.place,
        category=found.category,
        evidence=Evidence(
            accepted.origin.topic, event.id, accepted.at, event.source.id, teller.name
        ),
        received_at=accepted.received_at,
        channel=channel.value if isinstance(channel, Channel) else "",
        changed_at=EpochMs(max(accepted.at, accepted.received_at)),
        suggestions=found.suggestions,
        restricted_to=restricted_to(teller.state.world.of(accepted.election).rules, found.category),
        report=accepted,
    )
    put(teller.state, key, row)
    return key


def wait(teller: Teller, key: Key, why: str) -> None:
    """Let a report wait for a person, and tell why."""
    tell(teller, key, replace(_row(teller.state, key), why=why))


def count(teller: Teller, head: RuleHead, case: Case, items: Iterable[Item | Text]) -> None:
    """Take in that reports are evidence of a case: those that have waited wait no longer."""
    state = teller.state
    alert = state.latest_of(case.identity)
    alert_id = None if alert is None else alert.id
    for item in items:
        key = (case.election, tracking_id(case.place, item.source, item.id))
        row = state.waiting.get(key)
        if row is None or row.evidence.offset != item.offset:
            continue
        if row.status in _UNDECIDED:
            moment = max(teller.now, row.changed_at)
            tell(teller, key, counted(row, head.rule.id, alert_id, EpochMs(moment)))
        elif row.status is TriageStatus.CONFIRMED and row.alert is None:
            # A person has just said that it counts: who asked for that tells it.
            put(state, key, replace(row, why=head.rule.id, alert=alert_id))


def counted(row: Waiting, rule: str, alert: AlertId | None, at: EpochMs) -> Waiting:
    """Return a report that the voices of others, or its own, have made evidence."""
    return replace(
        row,
        status=TriageStatus.CONFIRMED,
        why=rule,
        alert=alert,
        by=DecidedBy.RULE,
        actor="",
        changed_at=at,
    )


def tell(teller: Teller, key: Key, row: Waiting) -> None:
    """Let a report stand as `row` says, and tell so: where only few may hear it, only them."""
    put(teller.state, key, replace(row, is_public=not row.restricted_to))
    election, name = key
    accepted = row.report
    told = Triage(
        id=AlertId(name),
        status=row.status,
        at=row.changed_at,
        election=ElectionId(election),
        area=row.place,
        why=row.why,
        category=row.category,
        suggestions=row.suggestions if row.status in _UNDECIDED else (),
        candidates=accepted.candidates if isinstance(accepted, AcceptedReport) else (),
        evidence=row.evidence,
        received_at=row.received_at,
        channel=row.channel,
        by=row.by,
        alert=row.alert,
        restricted_to=row.restricted_to,
        was_open=row.is_public and bool(row.restricted_to),
    )
    teller.effects.append(told)


def put(state: PartitionState, key: Key, row: Waiting) -> None:
    """Keep how a report stands, and look at it again when its content need not be kept longer."""
    state.waiting.put(key, row)
    _arm(state, key, row)


def _arm(state: PartitionState, key: Key, row: Waiting) -> None:
    lasts = row.report is None or row.status in _UNDECIDED
    state.by_now.arm((TRIAGE_WAKE, *key), None if lasts else EpochMs(row.changed_at + KEPT_MS))


def wake(state: PartitionState, key: Key, due: EpochMs) -> None:
    """Forget what a report says that was decided long enough ago by `due`."""
    row = state.waiting.get(key)
    if row is None or row.report is None or row.status in _UNDECIDED:
        return
    if row.changed_at + KEPT_MS > due:
        _arm(state, key, row)
    else:
        state.waiting.put(key, replace(row, report=None, suggestions=()))


def restore_wakes(state: PartitionState) -> None:
    """Queue when reports are forgotten, after a saved state was taken on."""
    for key, row in state.waiting.items():
        _arm(state, key, row)


def _row(state: PartitionState, key: Key) -> Waiting:
    row = state.waiting.get(key)
    assert row is not None, "it was put on the desk before"
    return row
