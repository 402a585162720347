"""All doors of a gate, and the document that describes them."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

import jsonschema
import msgspec
import pytest

from streams.errors import ConfigError
from streams.gate.house import doors_of
from streams.web.doors import Door
from streams.web.message import Incoming
from tests.support.json_schema import Judge
from tests.unit.gate.house import SETTINGS, Memory, house_of, report

ALL = (
    SETTINGS
    + """\
[gateways.sms]
channel = "sms"
sender = "from"
text = ["message"]
auth = [{by = "token", token_env = "TOKEN", parameter = "key"}]
[pagerduty.polres]
secret_env = "PD"
"""
)
TOPICS = ("tps.status", "crowd.reports", "vote.counts", "operator.commands", "siaga.gateways")


def doors(writer: Memory | None = None) -> tuple[Door, ...]:
    """Return the doors of a gate that has all kinds."""
    return doors_of(house_of(ALL, writer))


def document(found: tuple[Door, ...]) -> Mapping[str, object]:
    """Return what `GET /openapi.json` says."""
    (door,) = (one for one in found if one.path == "/openapi.json")
    answer = asyncio.run(door.handle(Incoming()))
    return msgspec.json.decode(answer.body, type=dict[str, object])


def test_there_are_the_doors_that_the_settings_open() -> None:
    """And no others."""
    expected = {
        *(f"POST /v1/{topic}" for topic in TOPICS),
        "POST /v1/heartbeat",
        "POST /v1/desk/110",
        "POST /v1/gateways/sms",
        "GET /v1/gateways/sms",
        "POST /v1/pagerduty/polres",
        "GET /a/{token}",
        "POST /a/{token}",
        "GET /healthz",
        "GET /readyz",
        "GET /openapi.json",
    }
    assert expected == {f"{one.method} {one.path}" for one in doors()}
    fewer = {one.path for one in doors_of(house_of(SETTINGS))}
    assert not any("gateways/" in path or "pagerduty" in path for path in fewer)


def test_every_door_is_described_and_nothing_else_is() -> None:
    """By its method and path."""
    found = doors()
    paths = cast("Mapping[str, Mapping[str, object]]", document(found)["paths"])
    described = {f"{method.upper()} {path}" for path, of in paths.items() for method in of}
    assert {f"{one.method} {one.path}" for one in found} == described


def test_the_description_is_whole() -> None:
    """OpenAPI 3.1; every reference leads somewhere, every name in a path is a parameter."""
    made = document(doors())
    assert "3.1.0" == made["openapi"]
    assert {"title", "version"} == set(cast("Mapping[str, str]", made["info"]))
    for reference in _references(made):
        node: object = dict(made)
        for part in reference.removeprefix("#/").split("/"):
            assert isinstance(node, dict)
            node = cast("Mapping[str, object]", node)[part]
        assert isinstance(node, dict)
    for path, operations in cast("Mapping[str, Mapping[str, object]]", made["paths"]).items():
        for one in operations.values():
            operation = cast("Mapping[str, list[Mapping[str, str]]]", one)
            names = [name["name"] for name in operation.get("parameters", [])]
            assert re.findall(r"{(\w+)}", path) == names
            assert {"summary", "responses"} <= set(operation)


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        fields = cast("Mapping[str, object]", node)
        found = fields.get("$ref")
        if isinstance(found, str):
            yield found
        for value in fields.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from _references(value)


def test_the_described_report_is_a_report() -> None:
    """What the document says of `crowd.reports` takes a good one and refuses a bad one."""
    made = document(doors())
    schema = {"$ref": "#/components/schemas/crowd-report", "components": made["components"]}
    judge = cast("Judge", jsonschema.Draft202012Validator(schema))
    assert judge.is_valid(json.loads(report()))
    assert not judge.is_valid({**json.loads(report()), "source": {"id": "x"}})


def test_a_probe_is_told_how_it_is() -> None:
    """Alive as long as it answers; ready as long as Kafka takes records."""
    writer = Memory()
    probes = {one.path: one.handle for one in doors(writer)}
    assert 200 == asyncio.run(probes["/readyz"](Incoming())).status
    writer.is_away = True
    answers = [asyncio.run(probes[path](Incoming())) for path in ("/healthz", "/readyz")]
    assert [(200, b'{"status":"ok"}'), (503, b'{"status":"kafka"}')] == [
        (one.status, one.body) for one in answers
    ]


def test_a_door_that_cannot_be_opened_is_named() -> None:
    """Before the first request."""
    with pytest.raises(ConfigError, match=r"pagerduty\.polres\.secret_env"):
        doors_of(house_of(ALL.replace('"PD"', '"NO"')))
