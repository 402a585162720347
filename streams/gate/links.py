"""The door behind a signed link: `GET /a/{token}` shows, `POST /a/{token}` answers.

The link is the whole authority: whoever has it was told, or was given it by who was. What it was
about, and to whom it was told, stands in it, signed (`streams.answers.links`). A link outlives an
answer: who lets an alert go can take it on again. So an answer is known by how the alert stood when
it was given, and not by how it was told.
"""

from typing import Final
from urllib.parse import parse_qs

from msgspec.structs import replace

from streams.answers.asked import Asked, Verb
from streams.answers.links import LinkFault, open_link
from streams.domain.times import SECOND_MS, EpochMs
from streams.gate.answering import Answering, Given
from streams.gate.events import Times
from streams.gate.page import FAULTS, MAY_NOT, SENT, alert_page, text_page
from streams.web.message import Answer, Incoming
from streams.web.refusal import MEANING, Reason, Refusal

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
            given = Given(verb, self._now(asked), person) if person else None
            if given and await self._answering.give(given, _CHANNEL):
                return text_page(202, SENT)
        except Refusal as refusal:
            return text_page(refusal.status, MEANING[refusal.reason], refusal.reason)
        return text_page(403, MAY_NOT, Reason.FORBIDDEN)

    def _now(self, asked: Asked) -> Asked:
        """Return what was asked, of the alert as it stands."""
        alert = self._answering.shown(asked.alert)
        return asked if alert is None else replace(asked, revision=alert.revision)

    def _open(self, incoming: Incoming) -> Asked | LinkFault:
        now = EpochMs(round(self._times.now_s() * SECOND_MS))
        return open_link(incoming.path.get("token", ""), self._answering.keys, now)


def _bad(fault: LinkFault) -> Answer:
    status = _GONE if fault is LinkFault.EXPIRED else 404
    return text_page(status, FAULTS[fault], Reason.UNKNOWN)
