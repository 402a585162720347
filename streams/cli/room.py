"""Show the control room: a page that people run an election day from.

Its users are made by `siaga users`; the file that `room_file` names has certificates, the secret of
sessions, and limits. Any number of rooms may run beside each other: each reads the topics into
memory and has nothing to lose. A click is a command on Kafka, and the worker decides.
"""

import argparse
import asyncio
import logging
import os
import secrets
import socket
import time
from pathlib import Path
from typing import Final

from msgspec import Struct
from prometheus_client import CollectorRegistry

from streams.cli.broker import layout_of
from streams.cli.metrics_port import show_metrics
from streams.cli.settings import add_broker, config_of
from streams.config import Config, print_config
from streams.engine.admin import check_topics, open_admin
from streams.engine.topics import plan_topics
from streams.errors import ConfigError
from streams.room.assets import Assets
from streams.room.health import Health
from streams.room.names import Names
from streams.room.running import RoomParts, keep_running, made_house
from streams.room.settings import RoomSettings, read_settings, session_secrets
from streams.room.users_file import WatchedUsers
from streams.room.web import build_room
from streams.setup import pack_of, worker_settings
from streams.sinks.secret import Secret
from streams.telemetry.logs import let_libraries_speak
from streams.telemetry.rooms import RoomObserver
from streams.web.doors import Web
from streams.web.serving import bind, parse_listen, serve
from streams.web.settings import Serving
from streams.web.tracking import Tracker
from streams.web.writer import Patience, open_writer
from streams.wire.accept import AcceptSettings
from streams.wire.folder import load_plan, shipped_areas

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga users add komandan --role commander --users-file users.toml
  siaga room --election elections/rejang-lebong-2024 --users-file users.toml
  siaga room --config /etc/siaga/siaga.toml --listen 0.0.0.0:8120 --metrics-port 9104
  curl http://127.0.0.1:8120/readyz

exit code: 0 asked to end, and what was under way is done, 1 settings are bad, 3 no broker answers
"""
_LISTEN: Final = "127.0.0.1:8120"
_SECRET_BYTES: Final = 32
_log: Final = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga room`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "--listen", metavar="HOST:PORT", default=_LISTEN, help=f"where (default: {_LISTEN})"
    )
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="elections",
        action="append",
        help="an election whose places and categories have names; may be repeated",
    )
    parser.add_argument("--users-file", metavar="FILE", help="who may come in (`siaga users`)")
    parser.add_argument("--room-file", metavar="FILE", help="certificates, secrets, limits")
    add_broker(parser)
    parser.add_argument(
        "--metrics-port", metavar="PORT", help="show metrics at /metrics (default: nowhere)"
    )
    parser.add_argument(
        "--print-config", action="store_true", help="print the settings in effect, and end"
    )


def run(arguments: argparse.Namespace) -> int:
    """Show the room until asked to end, and return the exit code."""
    config = config_of(arguments)
    if arguments.print_config:
        print(print_config(config), end="")
        return 0
    read = _read(config)
    with bind(parse_listen(arguments.listen)) as bound:
        asyncio.run(_check(config))
        let_libraries_speak()
        asyncio.run(_serve(read, bound))
    return 0


class _Read(Struct, frozen=True):
    """All that was read before the first request."""

    config: Config
    settings: RoomSettings
    accept: AcceptSettings
    secrets: tuple[Secret, ...]
    users: WatchedUsers
    names: Names
    tracker: Tracker


def _read(config: Config) -> _Read:
    settings, accept = read_settings(config.room_file), worker_settings(config)
    if not config.users_file:
        raise ConfigError(
            "nobody could come in: name the file of users (--users-file FILE, `users_file` in "
            "siaga.toml, or SIAGA_USERS_FILE); `siaga users add` makes one"
        )
    plans = [load_plan(Path(folder)) for folder in config.elections]
    areas = shipped_areas()
    return _Read(
        config,
        settings,
        accept,
        session_secrets(settings, os.environ) or _secret_of_this_process(),
        WatchedUsers(Path(config.users_file)),
        Names(plans, [pack_of(plan) for plan in plans], areas),
        Tracker(plans, areas, accept.pseudonym_key),
    )


def _secret_of_this_process() -> tuple[Secret, ...]:
    _log.warning(
        "room_file names no session_secret: everybody must log in again when this room is "
        "started again, and sessions are good in this room only"
    )
    return (Secret(secrets.token_urlsafe(_SECRET_BYTES)),)


async def _check(config: Config) -> None:
    async with open_admin(config.broker) as admin:
        await check_topics(admin, plan_topics(layout_of(config)), embedded=config.embedded)


async def _serve(read: _Read, bound: socket.socket) -> None:
    config, settings = read.config, read.settings
    patience = Patience(settings.limits.kafka_s, settings.limits.waiting_events)
    registry = CollectorRegistry()
    if config.metrics_port:
        show_metrics(registry, config.metrics_port)
    observer, health = RoomObserver(registry), Health(time.monotonic)
    parts = RoomParts(
        config, settings, read.secrets, read.users, read.names, read.tracker, observer
    )
    key = settings.producer_key
    async with open_writer(config, patience, read.accept.producers, key) as writer:
        house = made_house(parts, writer, health)
        web = Web(observer, settings.limits.body_s, settings.access_log)
        app = build_room(house, Assets(), health, web)

        def end() -> None:
            health.is_ending = True
            house.hub.end()

        async with keep_running(parts, house, health):
            await serve(app, bound, _serving(settings), end)


def _serving(settings: RoomSettings) -> Serving:
    return Serving(
        what="the room",
        tls=settings.tls,
        proxies=tuple(settings.proxies),
        connections=settings.limits.connections,
    )
