"""The door behind a signed link: `GET /a/{token}` shows, `POST /a/{token}` answers.

The link is the whole authority: whoever has it was told, or was given it by who was. What it was
about, and to whom it was told, stands in it, signed (`streams.answers.links`).
"""

from typing import Final
from urllib.parse import parse_qs

from streams.answers.asked import Asked, Verb
from streams.answers.links import LinkFault, open_link
from streams.domain.times import SECOND_MS, EpochMs
from streams.gate.answering import Answering, Given
from streams.gate.events import Times
from streams.gate.message import Answer, Incoming
from streams.gate.page import DONE, FAULTS, MAY_NOT, alert_page, text_page
from streams.gate.refusal import MEANING, Reason, Refusal

__all__ = ["Links"]

_CHANNEL: Final = "link"
_GONE: Final = 410


class Links:
    """Shows and takes answers by signed links."""

    def __init__(self, answering: Answering, times: Times) -> None:
        """Share what all answers share."""
        self._answering = answering
        self._times = times

    async def show(self, incoming: Incoming) -> Answer:
        """Show what a link is about; nothing is changed by it."""
        asked = self._open(incoming)
        if isinstance(asked, LinkFault):
            return _bad(asked)
        person = self._answering.people.named(asked.destination, asked.alert)
        may_answer = person is not None and bool(person.answerer.actor)
        alert = self._answering.shown(asked.alert)
        return alert_page(alert, is_drill=bool(asked.drill), may_answer=may_answer)

    async def answer(self, incoming: Incoming) -> Answer:
        """Pass on what a button of the page says."""
        asked = self._open(incoming)
        if isinstance(asked, LinkFault):
            return _bad(asked)
        person = self._answering.people.named(asked.destination, asked.alert)
        form = parse_qs(incoming.body.decode(errors="replace"), max_num_fields=10)
        try:
            verb = Verb(form.get("verb", [""])[0])
        except ValueError:
            return text_page(400, MEANING[Reason.SCHEMA], Reason.SCHEMA)
        try:
            if person and await self._answering.give(Given(verb, asked, person), _CHANNEL):
                return text_page(202, DONE[verb])
        except Refusal as refusal:
            return text_page(refusal.status, MEANING[refusal.reason], refusal.reason)
        return text_page(403, MAY_NOT, Reason.FORBIDDEN)

    def _open(self, incoming: Incoming) -> Asked | LinkFault:
        now = EpochMs(round(self._times.now_s() * SECOND_MS))
        return open_link(incoming.path.get("token", ""), self._answering.keys, now)


def _bad(fault: LinkFault) -> Answer:
    status = _GONE if fault is LinkFault.EXPIRED else 404
    return text_page(status, FAULTS[fault], Reason.UNKNOWN)
