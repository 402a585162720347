"""A notice as a sender has it: TPS 003 of Mekarsari has not opened, and the Polsek is called.

Tests change it by `msgspec.structs.replace`; `noticed` makes a notice of other alerts.
"""

from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState, Change, Ladder, Text, Told
from streams.domain.ids import AlertId, AreaCode, ElectionId, Scope
from streams.domain.notice import Destination, NoticeKind, Post
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.words import ScopeKind, Severity
from tests.support.world import local

__all__ = [
    "CALL",
    "CODE",
    "CODES",
    "ENDED",
    "LINK",
    "LINKS",
    "MESSAGE",
    "NOTICE",
    "ROLL_UP",
    "noticed",
]

POLSEK: Final = Destination(Post("OPS", "polsek"), AreaCode("36.04"), 1)
CALL: Final = OutgoingAlert(
    alert=AlertId("3604-MZXW6YTBOI2HGZLM"),
    revision=1,
    change=Change.OPENED,
    kind=NoticeKind.CALL,
    rule="T03",
    scope=Scope("36.04.17.2010-003"),
    scope_kind=ScopeKind.TPS,
    scope_name="TPS 003 Mekarsari",
    path=("Banten", "Serang", "Carenang", "Mekarsari", "TPS 003 Mekarsari"),
    key="",
    severity=Severity.HIGH,
    state=AlertState.UNACKNOWLEDGED,
    ladder=Ladder.OPS,
    level="polsek",
    title=Text("TPS 003 Mekarsari belum buka", "TPS 003 Mekarsari has not opened"),
    summary=Text(
        "Belum ada kabar buka sampai 07:30; jadwal buka 07:00, tenggang 30 menit.",
        "No word of opening by 07:30; due 07:00, grace 30 minutes.",
    ),
    action=Text(
        "Hubungi KPPS dan Pam TPS: sudah buka tetapi belum lapor, atau ada hambatan?",
        "Call the KPPS and the officer at the TPS: opened but not reported, or hindered?",
    ),
    runbook="docs/runbooks/T03.md",
    opened_at=local("07:30"),
    due_at=local("07:35"),
    taken_by=None,
    told=(Told("OPS", "polsek", local("07:30"), 1),),
    instead_of="",
    unreached=(),
    flapping=False,
)
ENDED: Final = replace(
    CALL,
    alert=AlertId("3604-KRUGS4ZANFZSAYJA"),
    revision=3,
    change=Change.RESOLVED,
    kind=NoticeKind.INFORM,
    severity=Severity.CRITICAL,
    state=AlertState.RESOLVED,
    title=Text("Rusuh, bentrok massa: Mekarsari", "Riot, clash: Mekarsari"),
    path=("Banten", "Serang", "Carenang", "Mekarsari"),
    due_at=None,
)
"""News of another alert, for which nobody must answer."""
NOTICE: Final = Outgoing(
    id=AlertId("3604-AAAAAAAAAAAAAAAA"),
    destination=POLSEK,
    kind=NoticeKind.CALL,
    channel="sms",
    language="id",
    election=ElectionId("serang-2024"),
    drill=False,
    restricted_to=(),
    severity=Severity.HIGH,
    at=local("07:30"),
    due_at=local("07:35"),
    offset_minutes=420,
    alerts=(CALL,),
    message=None,
    rolled_up=None,
)
ROLL_UP: Final = replace(
    NOTICE,
    kind=NoticeKind.ROLL_UP,
    rolled_up=OutgoingRollUp(
        kecamatan=AreaCode("36.04.17"),
        name="Carenang",
        since=local("07:29"),
        opened=14,
        alerts=(CALL.alert, *(AlertId(f"3604-{letter * 16}") for letter in "ABCDEFGHIJK")),
    ),
)
"""Twelve alerts of a kecamatan, of which one is told whole."""
MESSAGE: Final = replace(
    NOTICE,
    kind=NoticeKind.INFORM,
    severity=Severity.LOW,
    due_at=None,
    alerts=(),
    message=Text(
        "Catatan hari ini baru dimulai pukul 07:30.", "The log of this day begins at 07:30."
    ),
)
CODE: Final = "482135"
LINK: Final = "https://siaga.example/a/QUJD"
CODES: Final = {CALL.alert: CODE}
LINKS: Final = {CALL.alert: LINK}


def noticed(*alerts: OutgoingAlert) -> Outgoing:
    """Return the notice of some alerts."""
    return replace(NOTICE, alerts=alerts)
