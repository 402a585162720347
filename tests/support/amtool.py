"""What the real Alertmanager has, by its own tool, and what it should have."""

import socket
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection

import msgspec
from msgspec import Struct

from streams.sinks.mirror_settings import AlertmanagerSettings, shows
from streams.wire.board import Board
from tests.support.alertmanager import Alertmanager

__all__ = ["free_ports", "groups", "held", "should_have", "silences"]


class Status(Struct, frozen=True, rename="camel"):
    """Why an alert calls nobody."""

    state: str
    silenced_by: tuple[str, ...]


class Has(Struct, frozen=True, rename="camel"):
    """An alert as `amtool` shows it."""

    labels: Mapping[str, str]
    starts_at: str
    status: Status


class Silenced(Struct, frozen=True, rename="camel"):
    """A silence as `amtool` shows it."""

    id: str
    matchers: tuple[Mapping[str, str | bool], ...]
    created_by: str


class Grouped(Struct, frozen=True):
    """A group of alerts that are told together."""

    labels: Mapping[str, str]
    receiver: Mapping[str, str]
    alerts: tuple[Has, ...]


def free_ports(count: int) -> list[int]:
    """Return free ports of the loopback interface."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def held(replica: Alertmanager, source: str) -> dict[str, tuple[str, str]]:
    """Return what `amtool` shows of a mirror: severity and level by the id of each alert."""
    query = ("alert", "query", "-o", "json", "--active", "--silenced", "--inhibited")
    answer = replica.ask(*query, f"source={source}")
    found = msgspec.json.decode(answer, type=list[Has])
    names = [one.labels["alert"] for one in found]
    assert sorted(set(names)) == sorted(names), "no alert is there twice"
    return {one.labels["alert"]: (one.labels["severity"], one.labels["level"]) for one in found}


def silences(replica: Alertmanager, source: str) -> list[str]:
    """Return which alerts `amtool` shows as silenced by a mirror."""
    found = msgspec.json.decode(replica.ask("silence", "query", "-o", "json"), type=list[Silenced])
    ours = [one for one in found if one.created_by == source]
    return sorted(str(matcher["value"]) for one in ours for matcher in one.matchers)


def groups(replica: Alertmanager, source: str) -> dict[tuple[str, str], set[str]]:
    """Return the alerts of a mirror by receiver and kabupaten, as they are told together."""
    connection = HTTPConnection("127.0.0.1", replica.port)
    connection.request("GET", f"/api/v2/alerts/groups?filter=source%3D%22{source}%22")
    with closing(connection):
        found = msgspec.json.decode(connection.getresponse().read(), type=list[Grouped])
    return {
        (one.receiver["name"], one.labels["kabupaten"]): {
            each.labels["alert"] for each in one.alerts
        }
        for one in found
    }


def should_have(board: Board) -> dict[str, tuple[str, str]]:
    """Return what a mirror of everything must hold of a board."""
    settings = AlertmanagerSettings(urls=("http://127.0.0.1",))
    alerts = [one for one in board.open.values() if shows(settings, one)]
    return {one.id: (one.severity.value, one.level) for one in alerts}
