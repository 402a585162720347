"""The house of all doors: which there are, in what order, and what is said of them.

A door is there if the settings open it. `GET /openapi.json` describes those that are.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from msgspec import Struct

from streams.engine.topics import Topic
from streams.gate.answering import Answering
from streams.gate.desk import Desk
from streams.gate.events import DOORS, Events, Hall
from streams.gate.links import Links
from streams.gate.openapi import Operation, openapi
from streams.gate.pagerduty import PagerDuty
from streams.gate.providers import Provider
from streams.gate.settings import GateSettings
from streams.sinks.mirror_settings import MirrorSettings
from streams.web.doors import Door
from streams.web.message import Answer, Incoming, json_answer
from streams.web.writer import Writer
from streams.wire.inputs import INPUT_TYPES
from streams.wire.schemas import SCHEMAS

__all__ = ["House", "doors_of"]

_ASK_BYTES: Final = 1_024
_FORM_BYTES: Final = 64 * 1024
_HOOK_BYTES: Final = 1 << 20
_HTML: Final = "text/html"
_TAKEN: Final = (202, 207)
_SCHEMA_OF: Final = {spec.kind: name for name, spec in SCHEMAS.items()}

Described = tuple[Door, Operation]


class House(Struct, frozen=True):
    """What doors are made of."""

    settings: GateSettings
    hall: Hall
    answering: Answering
    mirrors: Mapping[str, MirrorSettings]
    """Of `notify_file`: what the services whose webhooks come in are shown."""
    environment: Mapping[str, str]
    """Where secrets may be."""


class _State(Struct, frozen=True):
    """What a probe is told."""

    status: str


def doors_of(house: House) -> tuple[Door, ...]:
    """Return all doors that the settings open.

    Raises:
        ConfigError: A gateway or subscription has no secret, or a subscription no mirror.
    """
    described = [*_events(house), *_gateways(house), *_answers(house), *_probes(house.hall.writer)]
    page = Operation("what doors there are")

    async def describe(_incoming: Incoming) -> Answer:
        return Answer(200, document)

    door = Door("GET", "/openapi.json", describe, _ASK_BYTES)
    document = openapi([*described, (door, page)])
    return (*(one for one, _ in described), door)


def _events(house: House) -> Iterator[Described]:
    events, most = Events(house.hall), house.settings.limits.batch_bytes
    for topic in DOORS.values():
        schema = _SCHEMA_OF[INPUT_TYPES[topic]]
        operation = Operation(f"put events on {topic}", schema, is_event=True, statuses=_TAKEN)
        yield Door("POST", f"/v1/{topic}", partial(events.take, topic), most), operation
        if topic is Topic.GATEWAYS:
            yield Door("POST", "/v1/heartbeat", partial(events.take, topic), most), operation
    desk = Door("POST", "/v1/desk/110", Desk(house.hall).take, _FORM_BYTES)
    yield desk, Operation("a report by telephone", "DeskForm", statuses=(202,))


def _gateways(house: House) -> Iterator[Described]:
    shared = (house.hall, house.answering)
    for name, settings in house.settings.gateways.items():
        provider = Provider(name, settings, shared, house.environment)
        path = f"/v1/gateways/{name}"
        operation = Operation(f"messages of the gateway {name}")
        yield Door("POST", path, provider.take, _HOOK_BYTES), operation
        yield Door("GET", path, provider.shake_hands, _ASK_BYTES), Operation("handshake")
    for name, subscription in house.settings.pagerduty.items():
        hook = PagerDuty(name, subscription, shared, house.mirrors, house.environment)
        door = Door("POST", f"/v1/pagerduty/{name}", hook.take, _HOOK_BYTES)
        yield door, Operation("webhooks of PagerDuty", statuses=(202,))


def _answers(house: House) -> Iterator[Described]:
    if house.answering.keys:
        links = Links(house.answering, house.hall.times)
        show = Operation("what a link is about", gives=_HTML)
        yield Door("GET", "/a/{token}", links.show, _ASK_BYTES), show
        answer = Operation("answer it", gives=_HTML, statuses=(202,))
        yield Door("POST", "/a/{token}", links.answer, _ASK_BYTES), answer


def _probes(writer: Writer) -> Iterator[Described]:
    async def healthz(_incoming: Incoming) -> Answer:
        return json_answer(200, _State("ok"))

    async def readyz(_incoming: Incoming) -> Answer:
        is_ready = await writer.is_ready()
        return json_answer(200, _State("ok")) if is_ready else json_answer(503, _State("kafka"))

    yield Door("GET", "/healthz", healthz, _ASK_BYTES), Operation("does the process live?")
    ready = Operation("does Kafka take records?", statuses=(200, 503))
    yield Door("GET", "/readyz", readyz, _ASK_BYTES), ready
