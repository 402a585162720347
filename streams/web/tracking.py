"""Whose a report is and how it is followed: pseudonyms and tracking ids, as the fold makes them.

A tracking id is made of the report's kabupaten, its sender's pseudonym and its own id (contract
§4). Which kabupaten that is the gate asks the same election folders that intake asks. Where they
do not agree on one, or none is loaded, there is no id: a wrong one would follow another's report.
"""

import hmac
from collections.abc import Iterable
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from streams.domain.events import CrowdReport, TpsStatus
from streams.domain.ids import AlertId
from streams.domain.times import EpochMs
from streams.judge.triage import tracking_id
from streams.territory.areas import Areas
from streams.territory.loaded import Territory
from streams.territory.plan import Plan
from streams.wire.placing import Placed, Placer
from streams.wire.pseudonym import pseudonym_of
from streams.wire.rejection import Rejection

__all__ = ["Tracker"]

_HEX_DIGITS: Final = 32


class Tracker:
    """Knows the loaded elections, and the key of pseudonyms."""

    def __init__(self, plans: Iterable[Plan], areas: Areas, pseudonym_key: bytes) -> None:
        """Index the elections; without any, nothing gets an id."""
        territory = Territory.of(plans)
        self._placer = Placer(territory, areas, frozenset()) if territory.plans else None
        self._pseudonym_key = pseudonym_key

    def hidden(self, number: str) -> str:
        """Return the pseudonym of a number that a gateway names; whatever else it is, a hash.

        However it is written, one telephone is one sender, here and at intake. Gateways of WhatsApp
        write foreign numbers without the plus sign.
        """
        for written in (number, f"+{number}"):
            shown = pseudonym_of(written, self._pseudonym_key)
            if shown != written:
                return shown
        made = hmac.new(self._pseudonym_key, number.encode(errors="surrogatepass"), "sha256")
        return f"src-{made.hexdigest()[:_HEX_DIGITS]}"

    def tracking_id(self, event: CrowdReport, at: EpochMs) -> AlertId | None:
        """Return the id of a report; None if its kabupaten is not sure."""
        placed = self.placed(event, at)
        if placed is None:
            return None
        return tracking_id(
            placed.area, pseudonym_of(event.source.id, self._pseudonym_key), event.id
        )

    def placed(self, event: CrowdReport | TpsStatus, at: EpochMs) -> Placed | None:
        """Return where intake will place an event; None: nowhere, or no election is loaded."""
        if self._placer is None:
            return None
        try:
            if isinstance(event, TpsStatus):
                return self._placer.status(event, at)
            # Whether somebody knows its category does not move it.
            return self._placer.report(replace(event, category=UNSET), at)
        except Rejection:
            return None
