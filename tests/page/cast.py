"""A made-up afternoon for tests of the page: rows as the room sends them, nothing of it happened.

The types are the room's own, so what the page is shown has the shape that it will have.
"""

import time
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.alert import AlertState, Ladder, Text
from streams.domain.events import ActorRole, CommandKind
from streams.domain.ids import AreaCode, ElectionId, Scope
from streams.domain.words import ScopeKind, Severity, SituationColour, TpsClass
from streams.room.documents import AlertRow, AreaRow, Clock, Level, Session, Snapshot
from streams.wire.documents import ScopeDocument
from streams.wire.picture import SeverityCounts

__all__ = ["NOW_MS", "alert", "clock", "many", "opening", "session"]

NOW_MS: Final = 1_732_691_106_000
"""14:05:06 WIB on 27 November 2024."""

_ELECTION: Final = ElectionId("rejang-lebong-2024")
_OPS: Final = ("tps", "polsek", "polres_ops", "polres", "polda")
_NAMES: Final = {
    "tps": "Pam TPS",
    "polsek": "Polsek",
    "polres_ops": "Ops Polres",
    "polres": "Kapolres",
    "polda": "Polda",
}
_MAY: Final = (
    CommandKind.ACK,
    CommandKind.ESCALATE,
    CommandKind.SHELVE,
    CommandKind.RESOLVE,
    CommandKind.NOTE,
    CommandKind.DISPATCH,
    CommandKind.UNACK,
)
_NONE: Final = SeverityCounts(critical=0, high=0, medium=0, low=0)
_AREAS: Final = {
    "17.02": "Rejang Lebong",
    "17.02.07": "Padang Ulak Tanding",
    "17.02.07.2012": "Tanjung Sanai I",
    "17.02.09": "Curup Tengah",
    "17.02.09.1004": "Pelabuhan Baru",
}


class Made(Struct, frozen=True):
    """What tells one made-up alert from another."""

    rule: str
    title: Text
    place: str
    severity: Severity
    level: str
    opened: str
    due: str | None = None


_MADE: Final = (
    Made(
        "W01",
        Text("Bentrok massa di sekitar TPS 003", "Crowd clash around TPS 003"),
        "17.02.07.2012",
        Severity.CRITICAL,
        "polres",
        "14:03:22",
        "14:07:22",
    ),
    Made(
        "W04",
        Text("Intimidasi pemilih di antrean", "Voters intimidated in the queue"),
        "17.02.09.1004-004",
        Severity.HIGH,
        "polres_ops",
        "13:58:10",
        "14:09:25",
    ),
    Made(
        "T11",
        Text("Kotak tanpa pengawal, 14 mnt", "Box without escort, 14 min"),
        "17.02.07.2012-002",
        Severity.HIGH,
        "polsek",
        "14:01:20",
        "14:06:20",
    ),
    Made(
        "T13",
        Text("Hitung tercatat sebelum tutup", "Count before closing"),
        "17.02.09.1004-002",
        Severity.MEDIUM,
        "tps",
        "13:59:12",
        "14:14:12",
    ),
    Made(
        "T05",
        Text("Lapor diri terlambat", "Late check-in"),
        "17.02.09",
        Severity.LOW,
        "tps",
        "13:40:00",
    ),
)


def alert(made: Made = _MADE[0], number: int = 0) -> AlertRow:
    """Return the row of a made-up alert; `number` tells equal ones apart."""
    return AlertRow(
        id=f"1702-{made.rule}{number:014}",
        rule=made.rule,
        election=_ELECTION,
        scope=ScopeDocument(ScopeKind.DESA, Scope(made.place), _AREAS.get(made.place, ""), ()),
        place=made.place,
        key="",
        tps_class=TpsClass.RAWAN,
        severity=made.severity,
        state=AlertState.UNACKNOWLEDGED,
        ladder=Ladder.OPS,
        levels=tuple(Level(code, Text(_NAMES[code], _NAMES[code])) for code in _OPS),
        level=made.level,
        due_at=made.due and _at(made.due),
        title=made.title,
        why=Text("skor 5,87 ≥ ambang 2; 3 sumber", "score 5.87 ≥ threshold 2; 3 sources"),
        action=Text("Kirim 2 pasangan bebas.", "Send 2 free pairs."),
        opened_at=_at(made.opened),
        updated_at=_at(made.opened),
        acknowledged_at=None,
        acknowledged_by=None,
        taken_by=None,
        act_by_at=None,
        shelved_until=None,
        resolved_at=None,
        parent=None,
        children=0,
        revision=1,
        drill=False,
        restricted=False,
        reached=2,
        unreached=0,
        notes=0,
        may=_MAY,
    )


def many(count: int) -> tuple[AlertRow, ...]:
    """Return as many made-up alerts as asked for, the five kinds in turn."""
    return tuple(alert(_MADE[number % len(_MADE)], number) for number in range(count))


def session() -> Session:
    """Return an operator of the kabupaten."""
    return Session(
        user="operator-2",
        name="operator-2",
        role=ActorRole.OPERATOR,
        area="17.02",
        language="id",
        may=_MAY,
        may_triage=True,
        may_report=True,
        may_letters=True,
        csrf="word",
        expires_ms=int(time.time() * 1000) + 36_000_000,
    )


def clock(now_ms: int = NOW_MS, lag_ms: int = 2_000, *, is_live: bool = True) -> Clock:
    """Return the clocks at a moment of the day."""
    heard, server_ms = now_ms - lag_ms, int(time.time() * 1000)
    return Clock(
        server_ms=server_ms,
        is_live=is_live,
        heard_ms=heard,
        now_ms=now_ms,
        moved_ms=server_ms,
    )


def opening(alerts: tuple[AlertRow, ...], *, drill: bool = False) -> Snapshot:
    """Return what the stream begins with."""
    return Snapshot(
        session=session(),
        alerts=tuple(replace(row, drill=drill) for row in alerts),
        triage=(),
        letters=(),
        areas=tuple(_area(code, drill=drill) for code in _AREAS),
        tps=(),
        zoom="17.02",
        names=_AREAS,
        opened_lately=len(alerts),
        clock=clock(),
    )


def _at(time: str) -> str:
    return f"2024-11-27T{time}+07:00"


def _area(code: str, *, drill: bool) -> AreaRow:
    kind: Literal["kabupaten", "kecamatan", "desa"] = (
        "kabupaten" if len(code) == 5 else "kecamatan" if len(code) == 8 else "desa"
    )
    return AreaRow(
        key=code,
        kind=kind,
        code=AreaCode(code),
        name=_AREAS[code],
        election=_ELECTION,
        drill=drill,
        at=_at("14:05:06"),
        now=_at("14:05:06"),
        heard=_at("14:05:04") if len(code) == 5 else None,
        colour=SituationColour.KUNING,
        colour_since=_at("14:03:00"),
        tps=445,
        stages={},
        classes={},
        never_heard=0,
        silent=12,
        raised=0,
        alerts=_NONE,
        unacknowledged=0,
        triage=0,
        counts=(),
        expected=None,
        strength=(),
        boxes=(),
        boxes_away=0,
    )
