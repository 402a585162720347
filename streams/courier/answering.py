"""How a receiver can answer: a code for a text message, a link for a page with buttons.

Only a contact that is somebody in the list of actors can answer, and only for what asks for it: a
call, or news to its own ladder of what is still unacknowledged. A message that news edits would
lose its buttons otherwise, while everybody waits for somebody to press one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from streams.answers.codes import codes_for
from streams.answers.links import sign_link
from streams.courier.memory import Memory
from streams.delivery.parcel import addressee_of
from streams.domain.alert import AlertState
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.times import DAY_MS, SECOND_MS, EpochMs
from streams.sinks.asking import asked_of
from streams.sinks.sink import Answer
from streams.territory.plan import Contact

__all__ = ["Answering"]

_LINK_LASTS_MS: Final = DAY_MS
_CODES_MAX: Final = 50
"""Alerts of one message that get codes: nobody reads more in a text."""


class Answering(Struct, frozen=True):
    """The keys of an installation, and where its gate is."""

    keys: tuple[bytes, ...] = ()
    """The newest first; none: nobody can answer."""
    gate: str = ""
    """Empty: there are no links."""

    def answers(
        self, contact: Contact, notices: Sequence[Outgoing], memory: Memory, now: float
    ) -> tuple[Answer, ...]:
        """Return how a contact can answer for the alerts of a message."""
        if not self.keys or not contact.actor:
            return ()
        asked = list(_asking(notices))[:_CODES_MAX]
        destination = str(notices[0].destination)
        addressee = addressee_of(notices[0].election, destination)
        known = {*memory.alerts(addressee), *(alert.alert for _, alert in asked)}
        codes = codes_for(self.keys[0], destination, known)
        return tuple(
            Answer(alert.alert, codes[alert.alert], self._link(notice, alert, now))
            for notice, alert in asked
        )

    def _link(self, notice: Outgoing, alert: OutgoingAlert, now: float) -> str:
        if not self.gate:
            return ""
        expires_at = EpochMs(int(now * SECOND_MS) + _LINK_LASTS_MS)
        return f"{self.gate}/a/{sign_link(asked_of(notice, alert), expires_at, self.keys)}"


def _asking(notices: Iterable[Outgoing]) -> Iterator[tuple[Outgoing, OutgoingAlert]]:
    for notice in notices:
        for alert in notice.alerts:
            if _is_asked(notice, alert):
                yield notice, alert


def _is_asked(notice: Outgoing, alert: OutgoingAlert) -> bool:
    if NoticeKind.INFORM not in {notice.kind, alert.kind}:
        return alert.state is not AlertState.RESOLVED
    is_its_ladder = alert.ladder == notice.destination.post.ladder
    return is_its_ladder and alert.state is AlertState.UNACKNOWLEDGED
