"""What stands in the journal alone: times and weights of evidence, and the words of reports."""

from collections.abc import Sequence
from typing import Final

from streams.room.evidence import evidence_rows, said_row
from streams.room.house import House, Request
from streams.room.kinds import Kind
from streams.web.message import Answer, json_answer
from streams.web.refusal import Reason, Refusal
from streams.wire.documents import TriageDocument

__all__ = ["REPORTS_MAX", "KeptApi"]

REPORTS_MAX: Final = 50
"""Reports that one question may ask for: a page of the desk."""


class KeptApi:
    """Handlers of what is read from the journal."""

    def __init__(self, house: House) -> None:
        """Share the house."""
        self._house = house
        self._feed = house.feed

    async def evidence(self, request: Request) -> Answer:
        """Return what the journal adds to the evidence of one alert."""
        house, model = self._house, self._feed.model
        sight, key = request.sight(house), request.incoming.path["id"]
        if not self._feed.sees(sight, Kind.ALERTS, key):
            raise Refusal(Reason.UNKNOWN)
        alert = model.alerts[key]
        if alert.restricted_to:
            house.audit.shown(request.asking.person.user, alert.id)
        kept = await house.journal.kept([one.offset for one in alert.evidence])
        return json_answer(200, {"evidence": evidence_rows(alert, kept)})

    async def said(self, request: Request) -> Answer:
        """Return the words of the reports that are asked for, of those in sight."""
        asked = request.incoming.query.get("reports", "").split(",")
        if len(asked) > REPORTS_MAX:
            raise Refusal(Reason.SIZE, f"expected {REPORTS_MAX} reports at most")
        reports = self._seen(request, asked)
        person = request.asking.person
        hidden = sum(bool(one.restricted_to) for one in reports)
        self._house.audit.reports(person.user, hidden)
        kept = await self._house.journal.kept([one.evidence.offset for one in reports])
        return json_answer(200, {"said": [said_row(one, kept, person.role) for one in reports]})

    def _seen(self, request: Request, asked: Sequence[str]) -> Sequence[TriageDocument]:
        sight, model = request.sight(self._house), self._feed.model
        return [
            model.reports[key]
            for key in dict.fromkeys(asked)
            if self._feed.sees(sight, Kind.TRIAGE, key)
        ]
