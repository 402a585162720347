"""Run a worker: it takes in what is sent, judges it, and tells what follows.

A worker runs until SIGTERM or Ctrl-C, hands over within seconds, and can be killed at any time: the
next one goes on where it stopped. Workers of one prefix share the work. In production `intake` and
`watch` are workers of their own; each has a lasting --instance.
"""

import argparse
import asyncio
import logging
from pathlib import Path
from typing import Final, Never

from prometheus_client import CollectorRegistry

from streams.cli.broker import layout_of
from streams.cli.metrics_port import show_metrics
from streams.cli.settings import add_broker, add_roster, config_of
from streams.cli.worker_view import WorkerView
from streams.config import ClockSource, Config, Role, print_config
from streams.domain.ids import ElectionId
from streams.engine.admin import check_topics, open_admin
from streams.engine.ports import Fold
from streams.engine.topics import plan_topics
from streams.rules.reading import content_hash
from streams.setup import Setup, load_setup, room_actors, text_of, worker_settings
from streams.telemetry.areas import AreaText
from streams.telemetry.logs import let_libraries_speak
from streams.telemetry.metrics import Metrics
from streams.telemetry.observed import ObservedFold
from streams.telemetry.observer import EngineObserver
from streams.telemetry.partitions import EngineCollector
from streams.telemetry.states import StateCollector
from streams.telemetry.zeros import open_rules, show_zeros
from streams.territory.plan import Actor

__all__ = ["add_arguments", "run", "tell_roster"]

_EPILOG: Final = """\
examples:
  siaga worker --election elections/rejang-lebong-2024
  siaga worker --election elections/rejang-lebong-2024 --users-file users.toml
  siaga worker --role intake --instance intake-1 --metrics-port 9101
  siaga worker --config /etc/siaga/siaga.toml --print-config

exit code: 0 asked to end and handed over, 1 settings, folder or topics are bad, 3 no broker answers
"""
_log: Final = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga worker`."""
    parser.epilog = _EPILOG
    parser.add_argument("--role", choices=[*Role], help="what it does (default: all)")
    parser.add_argument("--instance", metavar="ID", help="its lasting name, another one for each")
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="elections",
        action="append",
        help="an election to watch; may be repeated",
    )
    add_roster(parser)
    add_broker(parser)
    parser.add_argument(
        "--clock",
        choices=[*ClockSource],
        help="whose time a day runs on (default: broker); played: of `siaga demo`",
    )
    parser.add_argument(
        "--metrics-port", metavar="PORT", help="show metrics at /metrics (default: nowhere)"
    )
    parser.add_argument(
        "--print-config", action="store_true", help="print the settings in effect, and end"
    )


def run(arguments: argparse.Namespace) -> int:
    """Work until asked to end: the process then ends with 0. Only `--print-config` returns."""
    config = config_of(arguments)
    if arguments.print_config:
        print(print_config(config), end="")
        return 0
    folders = [Path(folder) for folder in config.elections]
    room = room_actors(config)
    setup = load_setup(folders, worker_settings(config), room=room)
    asyncio.run(_check(config))
    let_libraries_speak()
    _warn(config)
    tell_roster(config.users_file, room)
    return _work(config, setup)


async def _check(config: Config) -> None:
    async with open_admin(config.broker) as admin:
        await check_topics(admin, plan_topics(layout_of(config)), embedded=config.embedded)


def _warn(config: Config) -> None:
    if not config.pseudonym_key_file:
        _log.warning(
            "pseudonym_key_file is not set: telephone numbers are hashed with a key that everybody"
            " knows; set it before real reports come in"
        )
    if config.embedded:
        _log.warning("the broker keeps everything in memory: this worker is for a demo")


def tell_roster(file: str, room: tuple[Actor, ...] | None) -> None:
    """Say whose orders are heard: a user that this worker does not know is refused."""
    if room is None:
        _log.info("no users file: who may command stands in actors.csv alone")
    else:
        _log.info("%d users of %s may command", len(room), file)


def _work(config: Config, setup: Setup) -> Never:
    # Faust takes a second to import, and only a worker needs it.
    from streams.app import build_app  # noqa: PLC0415 - said above
    from streams.engine.worker import run_worker  # noqa: PLC0415 - said above

    registry = CollectorRegistry()
    observer = EngineObserver(Metrics(registry))
    show_zeros(observer.metrics, open_rules(setup.world))
    is_played = config.clock is ClockSource.PLAYED

    def make_fold(partition: int) -> Fold:
        fold = setup.fold(partition, observer.on_fault)
        return ObservedFold(fold, observer, None if is_played else app.engine.clock.now)

    app = build_app(config, setup.acceptor, make_fold, observer)
    if config.metrics_port:
        look = WorkerView(app, config.partitions)
        states = StateCollector(look.states, _own_packs(setup))
        areas = AreaText(look.folds, setup.world, lambda: states.census)
        registry.register(states)
        registry.register(EngineCollector(look.engine))
        show_metrics(registry, config.metrics_port, areas.text)
    _log.info("worker %s: role %s, broker %s", config.instance or "-", config.role, config.broker)
    for election in setup.world.elections:
        _log.info("%s: judged by the pack of its folder until one is published", election)
    run_worker(app, config.stall_s)


def _own_packs(setup: Setup) -> dict[ElectionId, str]:
    """Return the hash of the pack that each election's folder names."""
    plans = ((name, watched.plan) for name, watched in setup.world.elections.items())
    return {name: content_hash(text_of(plan)) for name, plan in plans}
