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
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
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
from streams.room.border_notes import notes_of, strange_files
from streams.room.borders import NO_BORDERS, Borders, watched_by
from streams.room.geojson import read_shapes
from streams.room.health import Health
from streams.room.names import Names
from streams.room.running import RoomParts, keep_running, made_house
from streams.room.settings import RoomSettings, read_settings, session_secrets
from streams.room.user_areas import unwatched
from streams.room.users_file import WatchedUsers
from streams.room.web import build_room
from streams.setup import pack_of, worker_settings
from streams.sinks.secret import Secret
from streams.telemetry.logs import let_libraries_speak
from streams.telemetry.rooms import RoomObserver
from streams.territory.fault import Fault
from streams.territory.plan import Plan
from streams.web.certificates import check_tls
from streams.web.doors import Web
from streams.web.serving import bind, parse_listen, serve
from streams.web.settings import Serving
from streams.web.tracking import Tracker
from streams.web.writer import Patience, open_writer
from streams.wire.accept import AcceptSettings
from streams.wire.folder import load_plan, shipped_areas

__all__ = ["add_arguments", "run", "warnings_of"]

_EPILOG: Final = """\
examples:
  siaga users add komandan --name "Komandan" --role commander --everywhere --users-file users.toml
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
    with bind(parse_listen(arguments.listen, _LISTEN)) as bound:
        asyncio.run(_check(config))
        let_libraries_speak()
        for warning in warnings_of(read.settings, bound.getsockname()[0]):
            _log.warning(warning)
        for fault in read.faults:
            _log.warning(str(fault))
        asyncio.run(_serve(read, bound))
    return 0


class _Read(Struct, frozen=True):
    """All that was read before the first request."""

    config: Config
    settings: RoomSettings
    accept: AcceptSettings
    secrets: tuple[Secret, ...]
    users: WatchedUsers
    faults: tuple[Fault, ...]
    names: Names
    borders: Borders
    tracker: Tracker


def _read(config: Config) -> _Read:
    settings, accept = read_settings(config.room_file), worker_settings(config)
    check_tls(settings.tls)
    if not config.users_file:
        raise ConfigError(
            "nobody could come in: name the file of users (--users-file FILE, `users_file` in "
            "siaga.toml, or SIAGA_USERS_FILE); `siaga users add` makes one"
        )
    plans = [load_plan(Path(folder)) for folder in config.elections]
    areas, users = shipped_areas(), WatchedUsers(Path(config.users_file))
    return _Read(
        config,
        settings,
        accept,
        session_secrets(settings, os.environ) or _secret_of_this_process(),
        users,
        unwatched(config.users_file, users.users.roster, plans),
        Names(plans, [pack_of(plan) for plan in plans], areas),
        _borders(settings, plans),
        Tracker(plans, areas, accept.pseudonym_key),
    )


def _borders(settings: RoomSettings, plans: Sequence[Plan]) -> Borders:
    if not settings.borders:
        return NO_BORDERS
    found, watched = read_shapes(settings.borders), watched_by(plans)
    # Of a whole country it takes most of a minute, in which the room answers nobody.
    _log.info("drawing borders")
    borders = Borders(found.shapes, watched)
    for note in notes_of(found, watched):
        _log.info(note)
    for strange in strange_files(found, [one.file for one in settings.borders], watched):
        _log.warning(strange)
    return borders


def _secret_of_this_process() -> tuple[Secret, ...]:
    return (Secret(secrets.token_urlsafe(_SECRET_BYTES)),)


def warnings_of(settings: RoomSettings, host: str) -> Iterator[str]:
    """Say what a room that listens at an address can do, and should not on the day."""
    if not settings.session_secret_file and not settings.session_secret_env:
        yield (
            "room_file names no session_secret: everybody must log in again when this room is "
            "started again, and sessions are good in this room only"
        )
    if not settings.is_secure and (settings.proxies or not ip_address(host).is_loopback):
        yield (
            "nothing says that browsers come by TLS, so passwords may go in clear, and cookies are "
            "good without it: set [tls] in room_file, or public_url to the https address of the "
            "proxy in front"
        )


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
        config,
        settings,
        read.secrets,
        read.users,
        read.names,
        read.borders,
        read.tracker,
        observer,
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
        is_secure=settings.is_secure,
        proxies=tuple(settings.proxies),
        connections=settings.limits.connections,
    )
