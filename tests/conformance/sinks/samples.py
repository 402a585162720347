"""Messages for tests of sinks: real ones and exercises, with names that must not get out."""

from collections.abc import Sequence
from typing import Final

from streams.domain.alert import AlertState, Change, Ladder, Text
from streams.domain.ids import DRILL_MARK, AlertId, AreaCode, ElectionId, Scope
from streams.domain.notice import Destination, NoticeKind, Post
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind, Severity
from streams.sinks.sink import Answer, Delivery, Exercise

__all__ = ["ALERT", "KEY", "NOTICE", "alert", "delivery", "exercise", "notice", "roll_up"]

ALERT: Final = AlertId("3604-ABCDEFGHIJKLMNOP")
NOTICE: Final = AlertId("3604-QRSTUVWXYZ234567")
KEY: Final = f"{NOTICE}:sms:0"
AT: Final = EpochMs(1_732_665_600_000)
"""2024-11-27, 07:00 WIB."""


def alert(
    id_: str = ALERT, *, kind: NoticeKind = NoticeKind.CALL, summary: str = "Tidak ada kabar."
) -> OutgoingAlert:
    """Return an alert as a notice tells it."""
    return OutgoingAlert(
        alert=AlertId(id_),
        revision=1,
        change=Change.OPENED,
        kind=kind,
        rule="T03",
        scope=Scope("36.04.17.2010-001"),
        scope_kind=ScopeKind.TPS,
        scope_name="TPS 001 Carenang",
        path=("Banten", "Serang", "Carenang", "Carenang"),
        key="",
        severity=Severity.HIGH,
        state=AlertState.UNACKNOWLEDGED,
        ladder=Ladder.OPS,
        level="polsek",
        title=Text("TPS belum buka", "Polling station not open"),
        summary=Text(summary, "No word."),
        action=Text("Hubungi petugas.", "Call the officer."),
        runbook="docs/runbooks/T03.md",
        opened_at=AT,
        due_at=EpochMs(AT + 600_000),
        taken_by=None,
        told=(),
        instead_of="",
        unreached=(),
        flapping=False,
    )


def notice(
    *alerts: OutgoingAlert,
    drill: bool = False,
    rolled_up: OutgoingRollUp | None = None,
    message: Text | None = None,
    restricted_to: tuple[str, ...] = (),
) -> Outgoing:
    """Return a notice to the first contact of the Polsek; it wants what its first alert wants."""
    return Outgoing(
        id=NOTICE,
        destination=Destination(Post("OPS", "polsek"), AreaCode("36.04"), 1),
        kind=alerts[0].kind if alerts else NoticeKind.INFORM,
        channel="sms",
        language="id",
        election=ElectionId(f"serang{DRILL_MARK}gladi" if drill else "serang"),
        drill=drill,
        restricted_to=restricted_to,
        severity=Severity.HIGH,
        at=AT,
        due_at=EpochMs(AT + 600_000),
        offset_minutes=420,
        alerts=alerts,
        message=message,
        rolled_up=rolled_up,
    )


def roll_up(count: int) -> OutgoingRollUp:
    """Return a roll-up of so many alerts."""
    ids = tuple(AlertId(f"3604-{'A' * 11}{_base32(number)}") for number in range(count))
    return OutgoingRollUp(
        kecamatan=AreaCode("36.04.17"), name="Carenang", since=AT, opened=count, alerts=ids
    )


def delivery(
    target: str,
    *notices: Outgoing,
    key: str = KEY,
    answers: Sequence[Answer] = (),
    replaces: str = "",
) -> Delivery:
    """Return a real message; without notices it tells of one alert."""
    return Delivery(
        key=key,
        target=target,
        notices=notices or (notice(alert()),),
        answers=tuple(answers),
        replaces=replaces,
    )


def exercise(target: str, *notices: Outgoing) -> Exercise:
    """Return a message of a drill; without notices it tells of one alert."""
    return Exercise(key=KEY, target=target, notices=notices or (notice(alert(), drill=True),))


def _base32(number: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "".join(letters[number // 32**place % 32] for place in range(5))
