"""Documents of alerts, as `siaga.alerts` shows them, and boards made of them."""

from typing import Final

import msgspec

from streams.domain.alert import AlertState, Ladder, Text
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind, Severity, TpsClass
from streams.wire.board import Board
from streams.wire.documents import AlertDocument, ScopeDocument, ToldDocument, WhyDocument
from streams.wire.time import moment_of

__all__ = ["AT", "ELECTION", "KABUPATEN", "NOW", "TPS", "alert_id", "board_of", "put", "shown"]

AT: Final = "2024-11-27T07:10:00+07:00"
NOW: Final = EpochMs(moment_of("2024-11-27T07:30:00+07:00"))
ELECTION: Final = ElectionId("serang-2024")
KABUPATEN: Final = AreaCode("36.04")
TPS: Final = "36.04.17.2010-001"
PATH: Final = ("Banten", "Serang", "Carenang", "Panenjoan", "TPS 001")


def alert_id(number: int = 0, kabupaten: str = KABUPATEN) -> AlertId:
    """Return the id of one alert of a kabupaten, another for each number."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    tail = "".join(letters[number // 32**place % 32] for place in range(4))
    return AlertId(f"{kabupaten.replace('.', '')}-{'A' * 12}{tail}")


def shown(
    id_: str = alert_id(),
    state: AlertState = AlertState.UNACKNOWLEDGED,
    severity: Severity = Severity.HIGH,
    level: str = "polsek",
    scope: str = TPS,
) -> AlertDocument:
    """Return the document of an alert; change other fields by `msgspec.structs.replace`."""
    kind, colon, _ = scope.partition(":")
    return AlertDocument(
        id=id_,
        rule="T03",
        rule_version="1@abc",
        election=ELECTION,
        scope=ScopeDocument(ScopeKind(kind if colon else "tps"), Scope(scope), "TPS 001", PATH),
        key="",
        tps_class=TpsClass.RAWAN,
        severity=severity,
        state=state,
        ladder=Ladder.OPS,
        level=level,
        due_at="2024-11-27T07:25:00+07:00",
        title=Text("TPS belum buka", "Polling station not open"),
        summary=Text("Tidak ada kabar.", "No word."),
        action=Text("Hubungi petugas.", "Call the officer."),
        runbook="docs/runbooks/T03.md",
        route=(),
        opened_at=AT,
        updated_at=AT,
        acknowledged_at=AT if state is AlertState.ACKNOWLEDGED else None,
        acknowledged_by="kapolsek-budi" if state is AlertState.ACKNOWLEDGED else None,
        taken_by=None,
        act_by_at=None,
        shelved_until="2024-11-27T08:00:00+07:00" if state is AlertState.SHELVED else None,
        resolved_at="2024-11-27T07:20:00+07:00" if state is AlertState.RESOLVED else None,
        parent=None,
        revision=1,
        drill=False,
        restricted_to=(),
        why=(WhyDocument("T03", value=True, holds=True),),
        evidence=(),
        checklist=(),
        notes=0,
        told=(ToldDocument("OPS", level, AT, 1, 0, 0, None),),
    )


def put(board: Board, *alerts: AlertDocument, at: EpochMs = NOW) -> Board:
    """Let a board take in some documents, and return it."""
    for one in alerts:
        board.apply(one.id.encode(), msgspec.json.encode(one), at)
    return board


def board_of(*alerts: AlertDocument) -> Board:
    """Return a board that has these documents."""
    return put(Board(), *alerts)
