"""The made-up afternoon's details: one alert whole, a TPS, reports that wait, dead letters.

The types are the room's own, so what the page is shown has the shape that it will have.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.events import CommandKind
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.words import Role, ScopeKind, Severity, TpsClass
from streams.room.deeds import Deed
from streams.room.documents import AlertRow, Level, Snapshot
from streams.room.evidence import EvidenceRow
from streams.room.page_documents import AlertPage, Note, StationRow, Told, TpsPage
from streams.wire.documents import (
    AlertDocument,
    ChecklistDocument,
    EvidenceDocument,
    ScopeDocument,
    TransitionDocument,
    WhyDocument,
)
from streams.wire.picture import TpsPicture
from tests.page.afternoon import afternoon
from tests.page.desks_heaps import ALERT_ID, REPORTER, letters, waiting

__all__ = ["CLASH", "KEPT", "desks", "page_of", "shown_tps", "tps_page"]

_ELECTION: Final = ElectionId("rejang-lebong-2024")
_TPS: Final = AreaCode("17.02.07.2012-003")
_LEVELS: Final = (
    Level("polsek", Text("Polsek", "Polsek")),
    Level("polres_ops", Text("posko Polres", "operations room")),
    Level("polres", Text("Kapolres", "Kapolres")),
    Level("polda", Text("Polda", "Polda")),
)
_OPERATOR: Final = (
    CommandKind.ACK,
    CommandKind.ESCALATE,
    CommandKind.SHELVE,
    CommandKind.RESOLVE,
    CommandKind.NOTE,
    CommandKind.CONFIRM_REPORT,
    CommandKind.REJECT_REPORT,
    CommandKind.PLACE_REPORT,
    CommandKind.DISPATCH,
    CommandKind.RELEASE,
)


def _at(time: str) -> str:
    return f"2024-11-27T{time}+07:00"


CLASH: Final = AlertRow(
    id=ALERT_ID,
    rule="W01",
    election=_ELECTION,
    scope=ScopeDocument(ScopeKind.TPS, Scope(_TPS), "TPS 003", ()),
    place=_TPS,
    key="KAM-01",
    tps_class=TpsClass.SANGAT_RAWAN,
    severity=Severity.HIGH,
    state=AlertState.UNACKNOWLEDGED,
    ladder=Ladder.OPS,
    levels=_LEVELS,
    level="polres_ops",
    due_at=_at("14:07:22"),
    title=Text("Bentrok massa di sekitar TPS 003", "Crowd clash around TPS 003"),
    why=Text("nilai 2,92, ambang 2", "weight 2.92, threshold 2"),
    action=Text("Kirim P12 dan P14.", "Send P12 and P14."),
    opened_at=_at("14:03:22"),
    updated_at=_at("14:04:33"),
    acknowledged_at=None,
    acknowledged_by=None,
    taken_by=None,
    act_by_at=None,
    shelved_until=None,
    resolved_at=None,
    parent=None,
    children=0,
    revision=3,
    drill=False,
    restricted=False,
    reached=1,
    unreached=1,
    notes=1,
    may=_OPERATOR,
)
"""An alert of high severity that a crowd's reports have opened."""


_SAID: Final = (
    (Text("nilai semua bukti 2,92, ambang 2", "weight 2.92, threshold 2"), True),
    (Text("kelas kerawanan: sangat rawan", "class: sangat rawan"), True),
    (Text("pelapor yang berbeda 1, sedikitnya 2", "different reporters 1"), False),
)

_PATH: Final = (
    ("17", "Bengkulu"),
    ("17.02", "Rejang Lebong"),
    ("17.02.07", "Padang Ulak Tanding"),
    ("17.02.07.2012", "Tanjung Sanai I"),
    (_TPS, "TPS 003 Tanjung Sanai I"),
)

_UNTOLD: Final = Told(
    level=_LEVELS[3], ladder="OPS", due_at=None, at=None, contacts=0, delivered=0, failed=0
)
_TOLD: Final = (
    replace(_UNTOLD, level=_LEVELS[0], at=_at("14:03:22"), contacts=2, delivered=1, failed=1),
    replace(_UNTOLD, level=_LEVELS[1], at=_at("14:03:22")),
    replace(_UNTOLD, level=_LEVELS[2], due_at=_at("14:07:22")),
    _UNTOLD,
)

_WHY: Final = (
    WhyDocument("score", 2.92, holds=True, threshold=2),
    WhyDocument("class", "sangat_rawan", holds=True),
    WhyDocument("voices", 1, holds=False, threshold=2),
)

_EVIDENCE: Final = (
    EvidenceDocument("crowd.reports", "r-1", _at("13:46:28"), REPORTER, "2:88410"),
    EvidenceDocument("tps.status", "s-1", _at("14:04:20"), "P11", "3:12907"),
)

KEPT: Final = (
    EvidenceRow(received_at=_at("14:03:19"), role=Role.WARGA, weight=0.5, is_repeat=False),
    EvidenceRow(received_at=None, role=None, weight=None, is_repeat=False),
)
"""What the journal adds to the evidence: of the second it keeps nothing any more."""

_CHECKLIST: Final = (
    ChecklistDocument("send", "Kirim dua pasangan.", "Send two pairs.", None),
    ChecklistDocument("tell", "Kabari KPU.", "Tell KPU.", _at("14:04:40")),
)


_SENT: Final = Deed(
    cause="command:c-7",
    kind=CommandKind.DISPATCH,
    at=_at("14:04:55"),
    by="posko-1",
    role="operator",
    text="",
    step="",
    sent="P11",
    sent_as="pair",
)


def page_of(row: AlertRow = CLASH) -> AlertPage:
    """Return the page of an alert."""
    return AlertPage(
        row=row,
        alert=_document(row),
        why=_SAID,
        path=_PATH,
        told=_TOLD,
        lines=tuple((_line(*one), Text(one[2], one[3])) for one in _LINES),
        notes=(
            Note(at=_at("14:04:40"), by="posko-1", role="operator", text="", step="tell"),
            Note(
                at=_at("14:05:00"), by="kapolsek-put", role="operator", text="P12 jalan.", step=""
            ),
        ),
        deeds=(_SENT,),
        stations=(
            StationRow(polsek="Padang Ulak Tanding", minutes=0, free=4, pairs=("P12", "P14")),
            StationRow(polsek="Kota Padang", minutes=25, free=14, pairs=("P31",)),
        ),
        related=tuple(
            replace(
                row,
                id=f"1702-RELATED{number:09}",
                title=Text(f"Terkait {number}", f"Related {number}"),
            )
            for number in range(1, 11)
        ),
        runbook=Text(
            "<h2>Langkah</h2><ul><li>Amankan KPPS.</li></ul>", "<h2>Steps</h2><p>Secure.</p>"
        ),
        agencies=(Text("KPU", "KPU"),),
    )


_LINES: Final = (
    ("14:03:22", Change.OPENED, "muncul", "opened", "2:88410"),
    ("14:04:33", Change.UPDATED, "diperbarui", "updated", "3:12907"),
    ("14:04:52", Change.ESCALATED, "naik", "escalated", "deadline"),
)


def _line(time: str, change: Change, _id: str, _en: str, cause: str) -> TransitionDocument:
    return TransitionDocument(
        at=_at(time),
        alert=CLASH.id,
        revision=1 + [one[0] for one in _LINES].index(time),
        rule="W01",
        scope=Scope(_TPS),
        key="KAM-01",
        change=change,
        state=AlertState.UNACKNOWLEDGED,
        severity=Severity.HIGH,
        ladder=Ladder.OPS,
        level="polres_ops",
        drill=False,
        cause=cause,
    )


def _document(row: AlertRow) -> AlertDocument:
    return AlertDocument(
        id=row.id,
        rule=row.rule,
        rule_version="3@3f9a1c",
        election=_ELECTION,
        scope=row.scope,
        key=row.key,
        tps_class=row.tps_class,
        severity=row.severity,
        state=row.state,
        ladder=row.ladder,
        level=row.level,
        due_at=row.due_at,
        title=row.title,
        summary=row.why,
        action=row.action,
        runbook="docs/runbooks/W01.md",
        route=(),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        acknowledged_at=None,
        acknowledged_by=None,
        taken_by=None,
        act_by_at=None,
        shelved_until=None,
        resolved_at=None,
        parent=None,
        revision=row.revision,
        drill=False,
        restricted_to=(),
        why=_WHY,
        evidence=_EVIDENCE,
        checklist=_CHECKLIST,
        notes=row.notes,
        told=(),
    )


def shown_tps(snapshot: Snapshot) -> TpsPicture:
    """Return the TPS of the alert."""
    return next(one for one in snapshot.tps if one.code == _TPS)


def tps_page(snapshot: Snapshot) -> TpsPage:
    """Return the page of that TPS."""
    page = page_of()
    return TpsPage(
        key=_TPS,
        tps=shown_tps(snapshot),
        path=page.path,
        alerts=(CLASH,),
        lines=page.lines,
        stages=(
            ("voting", _at("07:02:00")),
            ("closed", _at("13:06:00")),
            ("suspended", _at("13:59:00")),
        ),
    )


def desks() -> Snapshot:
    """Return the afternoon with what lies on the desks."""
    base = afternoon(12)
    may = replace(base.session, may=_OPERATOR)
    return replace(
        base, session=may, alerts=(CLASH, *base.alerts), triage=waiting(), letters=letters()
    )
