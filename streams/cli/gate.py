"""Open the doors in, over HTTP: for those who do not speak Kafka.

The file that `gate_file` names says who may come in: producers who sign, gateways of SMS and
WhatsApp, the 110 desk, PagerDuty. People who were told answer here by the links in their messages.
What is answered with 202 is on Kafka. Any number of gates may run beside each other.
"""

import argparse
import asyncio
import os
import socket
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from msgspec import Struct
from prometheus_client import (
    CollectorRegistry,
)

from streams.cli.broker import layout_of
from streams.cli.metrics_port import show_metrics
from streams.cli.settings import add_broker, add_roster, config_of
from streams.config import Config, print_config
from streams.engine.admin import check_topics, open_admin
from streams.engine.topics import plan_topics
from streams.gate.answering import Answering
from streams.gate.boards import followed_board
from streams.gate.callers import Callers
from streams.gate.events import DOORS, Hall, Times
from streams.gate.house import House, doors_of
from streams.gate.people import People
from streams.gate.settings import GateSettings, read_settings
from streams.setup import room_actors, worker_settings
from streams.sinks.settings import NotifySettings, answer_keys, load_notify
from streams.telemetry.doors import DoorObserver
from streams.telemetry.logs import let_libraries_speak
from streams.territory.plan import Plan
from streams.web.buckets import Buckets
from streams.web.certificates import check_tls
from streams.web.doors import Web, build_web
from streams.web.serving import bind, parse_listen, serve
from streams.web.settings import Serving
from streams.web.tracking import Tracker
from streams.web.writer import Patience, Writer, open_writer
from streams.wire.accept import AcceptSettings
from streams.wire.board import Board
from streams.wire.folder import load_plan, shipped_areas

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga gate --config /etc/siaga/siaga.toml --listen 127.0.0.1:8110
  siaga gate --election elections/rejang-lebong-2024 --metrics-port 9103
  curl http://127.0.0.1:8110/openapi.json

exit code: 0 asked to end, and what was under way is done, 1 settings are bad, 3 no broker answers
"""
_LISTEN: Final = "127.0.0.1:8110"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga gate`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "--listen", metavar="HOST:PORT", default=_LISTEN, help=f"where (default: {_LISTEN})"
    )
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="elections",
        action="append",
        help="an election that reports are for and contacts are of; may be repeated",
    )
    parser.add_argument("--gate-file", metavar="FILE", help="who may come in (default: nobody)")
    add_roster(parser)
    add_broker(parser)
    parser.add_argument(
        "--metrics-port", metavar="PORT", help="show metrics at /metrics (default: nowhere)"
    )
    parser.add_argument(
        "--print-config", action="store_true", help="print the settings in effect, and end"
    )


def run(arguments: argparse.Namespace) -> int:
    """Take requests until asked to end, and return the exit code."""
    config = config_of(arguments)
    if arguments.print_config:
        print(print_config(config), end="")
        return 0
    gate = _load(config)
    with bind(parse_listen(arguments.listen, _LISTEN)) as bound:
        asyncio.run(_check(config))
        let_libraries_speak()
        asyncio.run(_serve(gate, bound))
    return 0


class _Gate(Struct, frozen=True):
    """All that was read before the first request."""

    config: Config
    settings: GateSettings
    accept: AcceptSettings
    plans: tuple[Plan, ...]
    notify: NotifySettings
    keys: tuple[bytes, ...]
    callers: Callers


def _load(config: Config) -> _Gate:
    settings = read_settings(config.gate_file)
    check_tls(settings.tls)
    notify, room = load_notify(config.notify_file), room_actors(config)
    return _Gate(
        config,
        settings,
        worker_settings(config),
        tuple(load_plan(Path(folder), room=room) for folder in config.elections),
        notify,
        answer_keys(notify),
        Callers(settings, DOORS, os.environ),
    )


async def _check(config: Config) -> None:
    async with open_admin(config.broker) as admin:
        await check_topics(admin, plan_topics(layout_of(config)), embedded=config.embedded)


async def _serve(gate: _Gate, bound: socket.socket) -> None:
    config, settings = gate.config, gate.settings
    limits = settings.limits
    patience = Patience(limits.kafka_s, limits.waiting_events)
    async with AsyncExitStack() as stack:
        writer = await stack.enter_async_context(
            open_writer(config, patience, gate.accept.producers, settings.producer_key)
        )
        board = Board()
        if gate.keys or settings.pagerduty:
            await stack.enter_async_context(followed_board(config, board))
        doors = doors_of(_house(gate, writer, board))
        web = Web(DoorObserver(_shown(config.metrics_port)), limits.body_s, settings.access_log)
        await serve(build_web(doors, web), bound, _serving(settings))


def _serving(settings: GateSettings) -> Serving:
    return Serving(
        what="the gate",
        tls=settings.tls,
        is_secure=settings.tls is not None,
        proxies=tuple(settings.proxies),
        connections=settings.limits.connections,
    )


def _house(gate: _Gate, writer: Writer, board: Board) -> House:
    tracker = Tracker(gate.plans, shipped_areas(), gate.accept.pseudonym_key)
    times = Times(time.time, time.monotonic)
    batch = gate.settings.limits.batch_events
    hall = Hall(gate.callers, Buckets(), tracker, writer, times, batch)
    people = People(gate.plans, tracker)
    answering = Answering(board, people, gate.keys, writer)
    return House(gate.settings, hall, answering, gate.notify.mirrors, os.environ)


def _shown(port: int) -> CollectorRegistry:
    """Return a registry, shown at a port if there is one."""
    registry = CollectorRegistry()
    if port:
        show_metrics(registry, port)
    return registry
