"""From an event as it came to the record that Kafka gets, or to why it is not taken.

What is looked at is what intake looks at before it asks where an event belongs: encoding, JSON,
envelope, schema, times (`streams.wire.inputs`), and whether this sender may speak in this role.
So whoever is wrong hears of it at once, with the field, instead of finding a dead letter.
"""

from typing import Final

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.events import CrowdReport
from streams.domain.gateway import GatewayHeartbeat
from streams.domain.ids import AlertId
from streams.engine.topics import Topic
from streams.gate.callers import Caller, require_gateway, require_producer, require_role
from streams.gate.splitting import Item
from streams.texts.tracking import RECEIVED
from streams.web.refusal import Problem, Reason, Refusal, problem_of
from streams.web.tracking import Tracker
from streams.web.writer import Record
from streams.wire.accept import DRILL_HEADER, drill_id
from streams.wire.inputs import Decoded, decode_input, role_of
from streams.wire.records import Headers
from streams.wire.rejection import Rejection

__all__ = ["Ready", "Taken", "TakenBatch", "decode", "drill_headers", "prepare"]

_ACCEPTED: Final = 202


class Taken(Struct, frozen=True, omit_defaults=True):
    """What a sender is told of an event that Kafka has."""

    status: int
    topic: str
    id: str
    text: Text
    """For a gateway to pass on to whoever has sent it."""
    tracking: AlertId | None = None
    """By which a report is followed; missing where it is not sure in which kabupaten it is."""


class TakenBatch(Struct, frozen=True):
    """What a sender is told of a batch: its events one by one, in their order."""

    taken: int
    refused: int
    items: tuple[Taken | Problem, ...]


class Ready(Struct, frozen=True):
    """An event that can be written, and what is told of it then."""

    record: Record
    taken: Taken


def decode(topic: Topic, item: Item) -> Decoded:
    """Return the event of an item.

    Raises:
        Refusal: It is none, in intake's own words.
    """
    try:
        return decode_input(topic, item.value, item.headers)
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict


def prepare(
    topic: Topic, item: Item, caller: Caller, tracker: Tracker, drill: Headers
) -> Ready | Problem:
    """Return an event ready to be written, or why it is not."""
    try:
        decoded = decode(topic, item)
        event = decoded.event
        require_role(caller, role_of(event))
        if isinstance(event, GatewayHeartbeat):
            require_gateway(caller, event)
    except Refusal as refusal:
        return problem_of(refusal)
    tracking = tracker.tracking_id(event, decoded.at) if isinstance(event, CrowdReport) else None
    taken = Taken(_ACCEPTED, topic, event.id, RECEIVED, tracking)
    return Ready(Record(topic, item.value, (*item.headers, *drill)), taken)


def drill_headers(shown: str, caller: Caller) -> Headers:
    """Return the header that marks a drill's records, for what the request says of one.

    Raises:
        Refusal: `envelope`: it is no id of a drill; `forbidden`: only producers hold drills.
    """
    if not shown:
        return ()
    require_producer(caller, DRILL_HEADER)
    try:
        return ((DRILL_HEADER, drill_id(shown.encode()).encode()),)
    except Rejection as verdict:
        raise Refusal(Reason(verdict.reason), verdict.detail) from verdict
