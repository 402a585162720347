"""What a busy election day sends: mostly heartbeats, 1 % reports, some commands and calls for help.

First every TPS opens and some officers call for help; then comes an endless mixture. The same seed
gives the same events but for their time. Values are plain JSON, as a producer that knows nothing
of us would write it.
"""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Final, NamedTuple

from streams.domain.ids import ElectionId, Scope, alert_id
from tests.bench.country import ELECTION, OPERATOR, Country, Officer

__all__ = ["DURESS_RULE", "Message", "Traffic", "acknowledgement", "duress", "officer_alert"]

DURESS_RULE: Final = "W02"
CALLS: Final = 200
"""Officers who call for help at the beginning; the commands are about their alerts."""
REPORT_SHARE: Final = 0.01
COMMAND_SHARE: Final = 0.005
_CATEGORIES: Final = ("KAM-01", "KAM-08", "INT-01", "PID-01", "LOG-02", "LOG-03", "UMM-01")


class Message(NamedTuple):
    """One message for an input topic, which is named as the contract names it."""

    topic: str
    kabupaten: str
    value: bytes


class Traffic:
    """Makes the events of a country."""

    def __init__(self, country: Country, seed: int) -> None:
        self._country = country
        self._chance = Random(seed)
        self._count = 0
        self.callers = country.officers[:: max(1, len(country.officers) // CALLS)]
        """Who calls for help in the opening."""

    def opening(self, at: str) -> Iterator[Message]:
        """Open every TPS, and call for help; `at` is RFC 3339."""
        for tps in self._country.tps:
            yield _message("tps.status", tps, {**_status(f"open-{tps}", at, tps), "kind": "opened"})
        for caller in self.callers:
            yield duress(caller, at)

    def next(self, at: str) -> Message:
        """Return the next event of the mixture."""
        self._count += 1
        drawn = self._chance.random()
        if drawn < COMMAND_SHARE:
            return self._command(at)
        tps = self._chance.choice(self._country.tps)
        if drawn < COMMAND_SHARE + REPORT_SHARE:
            return self._report(tps, at)
        return self._heartbeat(tps, at)

    def _heartbeat(self, tps: str, at: str) -> Message:
        # Written by hand: json.dumps would take longer than the broker has for it.
        queue = self._count % 40
        value = (
            f'{{"id":"h{self._count}","at":"{at}","kind":"heartbeat","tps":"{tps}",'
            f'"situation":"aman","queue":{queue},"voters":{queue * 7},'
            f'"source":{{"id":"kpps-{tps}","role":"kpps","channel":"app"}}}}'
        )
        return Message("tps.status", tps[:5], value.encode())

    def _report(self, tps: str, at: str) -> Message:
        value = {
            "id": f"r{self._count}",
            "at": at,
            "category": self._chance.choice(_CATEGORIES),
            "text": f"Laporan {self._count} dari lapangan",
            "place": {"tps": tps},
            "source": {"id": f"warga-{self._count}", "role": "warga", "channel": "app"},
        }
        return _message("crowd.reports", tps, value)

    def _command(self, at: str) -> Message:
        caller = self.callers[self._count % len(self.callers)]
        return acknowledgement(f"c{self._count}", caller, at, undo=self._chance.random() < 0.5)


def duress(officer: Officer, at: str) -> Message:
    """Return an officer's call for help; his first one opens an alert at once."""
    value = {
        **_status(f"duress-{officer.id}", at, officer.tps),
        "kind": "duress",
        "officer": officer.id,
        "source": {"id": officer.id, "role": "pam_tps"},
    }
    return _message("tps.status", officer.tps, value)


def acknowledgement(name: str, officer: Officer, at: str, *, undo: bool = False) -> Message:
    """Return the command that takes up, or lets go of, the alert of an officer's call."""
    province = officer.tps[:2]
    value = {
        "id": name,
        "at": at,
        "actor": {"id": f"{OPERATOR}-{province}", "role": "operator", "area": province},
        "command": "unack" if undo else "ack",
        "alert": officer_alert(officer),
    }
    return _message("operator.commands", officer.tps, value)


def officer_alert(officer: Officer) -> str:
    """Return the id of the first alert of an officer's call for help."""
    kabupaten = officer.tps[:5]
    scope = Scope(f"officer:{kabupaten}/{officer.id}")
    return alert_id(kabupaten, (ElectionId(ELECTION), DURESS_RULE, scope, ""), 1)


def _status(name: str, at: str, tps: str) -> dict[str, object]:
    return {"id": name, "at": at, "tps": tps, "source": {"id": f"kpps-{tps}", "role": "kpps"}}


def _message(topic: str, tps: str, value: Mapping[str, object]) -> Message:
    return Message(topic, tps[:5], json.dumps(value, separators=(",", ":")).encode())
