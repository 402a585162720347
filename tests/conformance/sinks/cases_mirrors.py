"""The machines: mirrors of Alertmanager, PagerDuty and Grafana, and receivers of CAP."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from streams.sinks.alertmanager_mirror import AlertmanagerMirror, Replica
from streams.sinks.cap import CapSender
from streams.sinks.cap_settings import CapSettings
from streams.sinks.grafana_mirror import GrafanaMirror
from streams.sinks.http import Http, trust
from streams.sinks.mirror import Equal, Mirror
from streams.sinks.mirror_api import Api, bearer
from streams.sinks.mirror_settings import (
    AlertmanagerSettings,
    GrafanaSettings,
    PagerDutySettings,
)
from streams.sinks.pagerduty_mirror import PagerDutyMirror
from streams.sinks.secret import Secret
from streams.sinks.sender import ToReceivers
from streams.sinks.sink import Delivered, Outcome, TryAgain
from tests.conformance.sinks.case import HTTP_OUTCOMES, TIMEOUT_S, Case
from tests.conformance.sinks.samples import delivery
from tests.conformance.sinks.server import Asked, Behaviour, Place
from tests.conformance.sinks.speaking_http import http_talk
from tests.support.shown import NOW, board_of, shown

__all__ = ["CASES"]

TOKEN: Final = "it opens everything"
FOLDER: Final = "/alamat-rahasia"
_IDENTIFIER: Final = re.compile(rb"<identifier>(.*)</identifier>")

ANSWERS: Final[Mapping[Behaviour, Outcome]] = {
    **HTTP_OUTCOMES,
    # What took it is not what it should be if what it says is not an answer of it.
    Behaviour.HUGE: TryAgain("answer"),
}


def looking(make: Callable[[Place, Api], Mirror]) -> Callable[[Place], Awaitable[Outcome]]:
    """Return how such a mirror is made, looks once at a board with one alert, and is let go of."""

    async def tell(place: Place) -> Outcome:
        http = Http(TIMEOUT_S, trust("ca_file", place.ca_file))
        mirror = make(place, Api(http, place.url + FOLDER, bearer(Secret(TOKEN))))
        try:
            outcome = await mirror.look(board_of(shown()), NOW)
        finally:
            await mirror.close()
        return Delivered() if isinstance(outcome, Equal) else outcome

    return tell


def alertmanager(place: Place, api: Api) -> Mirror:
    """Return a mirror in a replica of Alertmanager."""
    return AlertmanagerMirror(AlertmanagerSettings(urls=(place.url,)), Replica("am", "siaga"), api)


def pagerduty(_: Place, api: Api) -> Mirror:
    """Return a mirror in a service of PagerDuty."""
    return PagerDutyMirror("pagerduty", PagerDutySettings(), Secret(TOKEN), api)


def grafana(place: Place, api: Api) -> Mirror:
    """Return a mirror in a Grafana."""
    return GrafanaMirror("grafana", GrafanaSettings(url=place.url), api)


async def cap(place: Place) -> Outcome:
    """Tell a receiver of CAP one message."""
    http = Http(TIMEOUT_S, trust("ca_file", place.ca_file))
    sink = ToReceivers(CapSender(CapSettings(sender="s.example"), http, bearer(Secret(TOKEN))))
    try:
        outcome = await sink.deliver(delivery(place.url + FOLDER))
    finally:
        await sink.close()
    return Delivered() if isinstance(outcome, Delivered) else outcome


def dedup_key(asked: Asked) -> str:
    """Return the key of an event for PagerDuty."""
    return str(json.loads(asked.body)["dedup_key"])


def identifier(asked: Asked) -> str:
    """Return the identifier of a message of CAP."""
    found = _IDENTIFIER.search(asked.body)
    assert found is not None, "every message has one"
    return found[1].decode()


def grafana_says(asked: Asked) -> bytes:
    """Return what Grafana answers: it has nothing, and makes what it is asked to."""
    return b"[]" if asked.line.startswith("GET") else b'{"id": 7, "message": "Annotation added"}'


CASES: Final = (
    Case(
        name="alertmanager",
        talk=http_talk(lambda _: b"[]"),
        tell=looking(alertmanager),
        outcomes=ANSWERS,
        # Labels are the identity there: whatever is said again is the same alert.
        key_in=lambda _: "",
        secrets=(TOKEN, FOLDER),
    ),
    Case(
        name="pagerduty",
        talk=http_talk(lambda _: b'{"status": "success"}', 202),
        tell=looking(pagerduty),
        outcomes=HTTP_OUTCOMES,
        key_in=dedup_key,
        secrets=(TOKEN, FOLDER),
    ),
    Case(
        name="grafana",
        talk=http_talk(grafana_says),
        tell=looking(grafana),
        outcomes=ANSWERS,
        # It has no key: what is there is read before anything is made again.
        key_in=lambda _: "",
        secrets=(TOKEN, FOLDER),
    ),
    Case(
        name="cap",
        talk=http_talk(lambda _: b""),
        tell=cap,
        outcomes=HTTP_OUTCOMES,
        key_in=identifier,
        secrets=(TOKEN, FOLDER),
    ),
)
