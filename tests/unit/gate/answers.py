"""A contact who can answer, and an alert of which he was told."""

from typing import Final

from msgspec.structs import replace

from streams.answers.asked import Asked
from streams.answers.codes import codes_for
from streams.answers.links import sign_link
from streams.domain.ids import AlertId, AreaCode
from streams.domain.times import HOUR_MS, SECOND_MS, EpochMs
from streams.territory.plan import Contact, Plan, Way
from streams.wire.board import Board
from streams.wire.documents import AlertDocument
from tests.support.shown import board_of, shown
from tests.unit.gate.house import ANSWER_KEY, NOW_S
from tests.unit.territory.folders import plan_of

__all__ = ["ALERT", "CODE", "DESTINATION", "NUMBER", "asked", "board", "plan", "token"]

NUMBER: Final = "+62 812-3456-0001"
"""Of the contact, as the gateway writes it."""
DESTINATION: Final = "OPS/polsek@36.04/1"
ALERT: Final[AlertDocument] = shown()
CODE: Final = codes_for(ANSWER_KEY, DESTINATION, [AlertId(ALERT.id)])[AlertId(ALERT.id)]
_PLAN: Final = plan_of()


def plan(actor: str = "posko") -> Plan:
    """Return a folder whose one contact is told by Telegram, and by SMS where that fails."""
    contact = Contact(
        ladder="OPS",
        level="polsek",
        area=AreaCode("36.04"),
        name="Piket",
        channel="telegram",
        target="-100200300",
        language="id",
        hours="",
        fallback=(Way("sms", "081234560001"),),
        actor=actor,
    )
    return replace(_PLAN, contacts=(contact,))


def board(*more: AlertDocument) -> Board:
    """Return a board with the alert, and others."""
    return board_of(ALERT, *more)


def asked(drill: str = "") -> Asked:
    """Return what the contact was asked."""
    return Asked(
        alert=AlertId(ALERT.id),
        revision=1,
        told_at=EpochMs(round(NOW_S) * SECOND_MS),
        destination=DESTINATION,
        climbs=True,
        drill=drill,
    )


def token(drill: str = "", key: bytes = ANSWER_KEY, hours: float = 1) -> str:
    """Return the token of the contact's link."""
    expires_at = EpochMs(round(NOW_S * SECOND_MS + hours * HOUR_MS))
    return sign_link(asked(drill), expires_at, [key])
