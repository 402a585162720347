"""Lines of an events file, as `siaga replay` reads them."""

import json
from collections.abc import Mapping

from streams.domain.ids import AreaCode
from streams.territory.areas import NO_AREAS
from streams.territory.loaded import Territory
from streams.wire.accept import Acceptor, AcceptSettings
from streams.wire.schemas import Json
from tests.support.world import DATE, pack, plan

__all__ = ["acceptor", "file_line", "heartbeat_line", "sent_without_receipt", "time_text"]


def acceptor() -> Acceptor:
    """Return intake for the tiny world, where an alert may be named by its case."""
    settings = AcceptSettings(by_scope=True)
    return Acceptor(Territory.of([plan()]), NO_AREAS, frozenset(pack().taxonomy), settings)


def time_text(clock: str) -> str:
    """Return `07:30`, `07:30:15` or `07:30:15.250` of the day as a message has it."""
    return f"{DATE}T{clock}{':00' if clock.count(':') == 1 else ''}+07:00"


def file_line(topic: str, received: str, value: Mapping[str, Json], happened: str = "") -> bytes:
    """Return a line; without another time it happened when it was received."""
    at = time_text(happened or received)
    line = {"topic": topic, "received_at": time_text(received), "value": {"at": at, **value}}
    return json.dumps(line).encode()


def heartbeat_line(
    received: str, tps: AreaCode | str, kind: str = "heartbeat", happened: str = ""
) -> bytes:
    """Return a line with a status of a TPS, of an id that no other line has."""
    value: dict[str, Json] = {
        "id": f"{kind}-{tps}-{received}",
        "kind": kind,
        "tps": tps,
        "source": {"id": "kpps", "role": "kpps"},
    }
    return file_line("tps.status", received, value, happened)


def sent_without_receipt(clock: str, tps: AreaCode | str) -> bytes:
    """Return a line that does not say when it was received."""
    line = json.loads(heartbeat_line(clock, tps))
    del line["received_at"]
    return json.dumps(line).encode()
