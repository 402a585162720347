"""A gate without a socket: settings, a hall, and a writer that only remembers."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from streams.domain.events import CrowdReport, OperatorCommand
from streams.gate.answering import Answering
from streams.gate.callers import Callers
from streams.gate.events import DOORS, Hall, Times
from streams.gate.house import House
from streams.gate.people import People
from streams.gate.settings import parse_settings
from streams.sinks.mirror_settings import GrafanaSettings, MirrorSettings, PagerDutySettings
from streams.sinks.signing import sign, signing_key
from streams.territory.plan import Plan
from streams.web.buckets import Buckets
from streams.web.message import Answer, Incoming
from streams.web.refusal import Problem, Reason, Refusal
from streams.web.tracking import Tracker
from streams.web.writer import Record
from streams.wire.board import Board
from streams.wire.inputs import Input, decode_input
from tests.unit.territory.folders import AREAS

__all__ = [
    "ENVIRONMENT",
    "KEY",
    "NOW_S",
    "PSEUDONYM_KEY",
    "REPORT",
    "SETTINGS",
    "Clock",
    "Memory",
    "document",
    "hall_of",
    "house_of",
    "incoming",
    "problem",
    "report",
    "signed",
]

NOW_S: Final = 1_732_662_000.0
"""2024-11-27 at 06:00 in Serang."""
SECRET: Final = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes.").decode()
OTHER_SECRET: Final = "whsec_" + base64.b64encode(b"another secret of the tests, 32.").decode()
KEY: Final = signing_key(SECRET)
ANSWER_KEY: Final = b"a key of links and codes of the tests"
PSEUDONYM_KEY: Final = b"a key of pseudonyms"
ENVIRONMENT: Final = {
    "APP": SECRET,
    "ROOM": OTHER_SECRET,
    "TOKEN": "token-of-the-gateway",
    "META": "secret-of-meta",
    "HELLO": "hello-of-meta",
    "PD": "secret-of-pagerduty",
}
MIRRORS: Final[Mapping[str, MirrorSettings]] = {
    "polres": PagerDutySettings(),
    "grafana": GrafanaSettings(url="http://grafana.invalid"),
}
SETTINGS: Final = """\
[producers.app]
secret_env = "APP"
topics = ["tps.status", "crowd.reports", "vote.counts"]
roles = ["kpps", "warga", "operator"]
events_per_s = 10
burst = 100
[producers.room]
secret_env = "ROOM"
topics = ["operator.commands"]
"""
REPORT: Final[Mapping[str, object]] = {
    "id": "r-1",
    "at": "2024-11-27T06:00:00+07:00",
    "source": {"id": "warga-1", "role": "warga"},
    "text": "Ada keributan di TPS 1",
    "place": {"tps": "36.04.17.2010-001"},
}


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now_s = NOW_S

    def __call__(self) -> float:
        """Tell the time."""
        return self.now_s


class Memory:
    """A writer that keeps what it is given; or refuses everything, as if Kafka were away."""

    def __init__(self) -> None:
        self.records = list[Record]()
        self.is_away = False

    async def is_ready(self) -> bool:
        """Say whether it takes anything."""
        return not self.is_away

    async def put(self, records: Sequence[Record]) -> None:
        """Keep records."""
        if self.is_away:
            raise Refusal(Reason.UNAVAILABLE, retry_after_s=2)
        self.records += records

    @property
    def reports(self) -> list[CrowdReport]:
        """What was written to `crowd.reports`, as intake takes it."""
        return [one for one in map(_event, self.records) if isinstance(one, CrowdReport)]

    @property
    def commands(self) -> list[OperatorCommand]:
        """What was written to `operator.commands`, as intake takes it."""
        return [one for one in map(_event, self.records) if isinstance(one, OperatorCommand)]


def _event(record: Record) -> Input:
    return decode_input(record.topic, record.value, record.headers).event


def hall_of(
    text: str = SETTINGS,
    writer: Memory | None = None,
    clock: Clock | None = None,
    plans: Sequence[Plan] = (),
) -> Hall:
    """Return what the doors of these settings share."""
    settings, now = parse_settings(text, "gate.toml"), clock or Clock()
    return Hall(
        Callers(settings, DOORS, ENVIRONMENT),
        Buckets(),
        Tracker(plans, AREAS, PSEUDONYM_KEY),
        writer or Memory(),
        Times(now, now),
        settings.limits.batch_events,
    )


def house_of(
    text: str = SETTINGS,
    writer: Memory | None = None,
    board: Board | None = None,
    plans: Sequence[Plan] = (),
    clock: Clock | None = None,
) -> House:
    """Return a house with these settings."""
    hall = hall_of(text, writer, clock, plans)
    people = People(plans, hall.tracker)
    answering = Answering(board or Board(), people, (ANSWER_KEY,), hall.writer)
    return House(parse_settings(text, "gate.toml"), hall, answering, MIRRORS, ENVIRONMENT)


def report(name: str = "r-1", **fields: object) -> bytes:
    """Return a report as its sender writes it."""
    return json.dumps({**REPORT, "id": name, **fields}).encode()


def incoming(body: bytes = b"", **headers: str) -> Incoming:
    """Return a request; `content_type` is the header `content-type`."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Incoming(body=body, headers={"content-type": "application/json", **named})


def signed(body: bytes, name: str = "m-1", at_s: float = NOW_S, **headers: str) -> Incoming:
    """Return a request as the producer `app` signs it."""
    shown = sign([KEY], name, int(at_s), body)
    made = incoming(body, siaga_producer="app", **headers)
    return Incoming(body=body, headers={**shown, **made.headers})


def document(answer: Answer) -> Mapping[str, object]:
    """Return the JSON object of an answer."""
    return msgspec.json.decode(answer.body, type=dict[str, object])


def problem(answer: Answer) -> Problem:
    """Return what an answer says is wrong."""
    return msgspec.json.decode(answer.body, type=Problem)
