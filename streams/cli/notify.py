"""Tell people: notices go to the channels of their contacts, receipts come back.

A notifier runs until SIGTERM or Ctrl-C, lets what is under way end within seconds, and can
be killed at any time: the next one sends what was not delivered, and repeats under the same key
what it cannot know of. Notifiers of one prefix share the work. One of them also keeps the mirrors
(Alertmanager, PagerDuty, Grafana), and every one hears the answers that its bots may hear. One
whose file has mirrors and no channel tells nobody and takes no notices: it only mirrors.

The file that `notify_file` names says by which channels; addresses are in the election folders.
`siaga notify test` sends a message to see whether it arrives.
"""

import argparse
import asyncio
import logging
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Never

import msgspec
from msgspec import Struct
from prometheus_client import CollectorRegistry

from streams.cli.actions import action_of, add_actions
from streams.cli.broker import layout_of
from streams.cli.metrics_port import show_metrics
from streams.cli.settings import add_broker, add_roster, config_of
from streams.config import Config, print_config
from streams.courier.answering import Answering
from streams.courier.leading import Group, Leading
from streams.courier.office import Office
from streams.courier.seals import Seals
from streams.domain.events import OperatorCommand
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.admin import check_topics, open_admin
from streams.engine.topics import Topic, plan_topics
from streams.errors import ConfigError, UnavailableError
from streams.setup import room_actors, worker_settings
from streams.sinks.channels import Channel, build_channels
from streams.sinks.contacts import check_contacts, listed_of
from streams.sinks.listeners import build_listeners, run_listeners
from streams.sinks.mirror import Mirroring, run_mirrors
from streams.sinks.mirrors import build_mirrors, sees_restricted
from streams.sinks.settings import NotifySettings, answer_keys, load_notify
from streams.telemetry.couriers import NotifyObserver
from streams.telemetry.logs import let_libraries_speak
from streams.territory.directory import Directory
from streams.territory.fault import errors_of
from streams.territory.loaded import Territory
from streams.territory.plan import Plan
from streams.web.refusal import Refusal
from streams.web.writer import Patience, Record, Writer, open_writer
from streams.wire.folder import load_plan
from streams.wire.producers import NO_PRODUCERS, Producers

__all__ = ["ACTIONS", "add_arguments", "run"]

ACTIONS: Final = ("test",)
"""Each is a module `streams.cli.notify_…`."""
_EPILOG: Final = """\
examples:
  siaga notify --election elections/rejang-lebong-2024 --notify-file notify.toml
  siaga notify --config /etc/siaga/siaga.toml --instance notify-1 --metrics-port 9102
  siaga notify --notify-file mirrors.toml
  siaga notify test OPS/polsek@17.02/1

exit code: 0 asked to end and handed over, 1 settings, folder or topics are bad, 3 no broker answers
"""
_PATIENCE: Final = Patience(kafka_s=5.0, waiting_events=1_000)
_log: Final = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga notify`."""
    parser.epilog = _EPILOG
    parser.add_argument("--instance", metavar="ID", help="its lasting name, another one for each")
    parser.add_argument(
        "--election",
        metavar="FOLDER",
        dest="elections",
        action="append",
        help="an election whose contacts are told; may be repeated",
    )
    parser.add_argument(
        "--notify-file", metavar="FILE", help="channels and mirrors (default: there are none)"
    )
    add_roster(parser)
    add_broker(parser)
    parser.add_argument(
        "--metrics-port", metavar="PORT", help="show metrics at /metrics (default: nowhere)"
    )
    parser.add_argument(
        "--print-config", action="store_true", help="print the settings in effect, and end"
    )
    add_actions(parser, "notify", ACTIONS, required=False)


def run(arguments: argparse.Namespace) -> int:
    """Tell until asked to end: the process then ends with 0. Only an action returns."""
    if arguments.action is not None:
        return action_of("notify", arguments.action).run(arguments)
    config = config_of(arguments)
    if arguments.print_config:
        print(print_config(config), end="")
        return 0
    loaded = _load(config)
    asyncio.run(_check(config))
    let_libraries_speak()
    if loaded.channels:
        return _work(config, loaded)
    asyncio.run(_mirror_alone(config, loaded))
    return 0


class _Loaded(Struct, frozen=True):
    """All that was read before the first notice."""

    settings: NotifySettings
    plans: tuple[Plan, ...]
    channels: dict[str, Channel]
    producers: Producers

    @property
    def office(self) -> Office:
        """Contacts and channels, put together."""
        directories = {one.election.id: Directory.of(one.contacts) for one in self.plans}
        answering = Answering(answer_keys(self.settings), self.settings.gate)
        seals = Seals.of(self.producers, self.settings.producer_key)
        return Office.of(directories, self.channels, answering, seals)


def _load(config: Config) -> _Loaded:
    settings = load_notify(config.notify_file)
    mirrors_alone = bool(settings.mirrors) and not settings.channels
    if not config.elections and not mirrors_alone:
        raise ConfigError(
            "no election is named, so nobody has an address: name its folder (--election FOLDER, "
            '`elections = ["FOLDER"]` in siaga.toml, or SIAGA_ELECTIONS)'
        )
    room = room_actors(config)
    plans = Territory.of(load_plan(Path(folder), room=room) for folder in config.elections).plans
    if mirrors_alone:
        return _Loaded(settings, tuple(plans.values()), {}, NO_PRODUCERS)
    _refuse_unreachable(settings, plans.values())
    producers = worker_settings(config).producers
    Seals.of(producers, settings.producer_key)
    return _Loaded(settings, tuple(plans.values()), dict(build_channels(settings)), producers)


def _refuse_unreachable(settings: NotifySettings, plans: Iterable[Plan]) -> None:
    """Refuse contacts that no channel reaches: each of their notices would go nowhere.

    Raises:
        ConfigError: Names the first, and how many more there are; or there is no channel at all.
    """
    if not settings.channels:
        raise ConfigError(
            "there is no channel, so nobody can be told, and no mirror: add a [channels.NAME] to "
            "the file of channels, and name it (--notify-file FILE, "
            '`notify_file = "FILE"` in siaga.toml, or SIAGA_NOTIFY_FILE)'
        )
    found = [
        f"{plan.election.id}: {fault}"
        for plan in plans
        for fault in errors_of(check_contacts(settings, plan))
    ]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise ConfigError(
            f"{found[0]}{more}: mend contacts.toml or the file of channels (siaga check FOLDER "
            "names all)"
        )


async def _check(config: Config) -> None:
    async with open_admin(config.broker) as admin:
        await check_topics(admin, plan_topics(layout_of(config)), embedded=config.embedded)


def _work(config: Config, loaded: _Loaded) -> Never:
    # Faust takes a second to import, and only a notifier needs it.
    from streams.app import build_notify_app  # noqa: PLC0415 - said above
    from streams.engine.worker import run_worker  # noqa: PLC0415 - said above

    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    app = build_notify_app(config, loaded.office, observer)
    app.companions = (
        lambda: _mirror(config, loaded.settings, observer, lambda: app.courier.leads),
        lambda: _listen(config, loaded),
    )
    if config.metrics_port:
        show_metrics(registry, config.metrics_port)
    names = ", ".join(f"{name} ({one.type})" for name, one in loaded.channels.items())
    _log.info("notifier %s: broker %s", config.instance or "-", config.broker)
    _log.info("channels: %s", names)
    run_worker(app, config.stall_s)


async def _mirror_alone(config: Config, loaded: _Loaded) -> None:
    """Keep the mirrors until a signal asks for the end; whoever has channels tells people."""
    from streams.app import keep  # noqa: PLC0415 - as in `_work`

    registry = CollectorRegistry()
    observer = NotifyObserver(registry)
    if config.metrics_port:
        show_metrics(registry, config.metrics_port)
    leading = Leading(
        Group(
            broker=config.broker,
            prefix=config.prefix,
            session_s=config.session_s,
            heartbeat_s=config.heartbeat_s,
        ),
        _now(),
    )
    _log.info("notifier %s: broker %s", config.instance or "-", config.broker)
    _log.info("mirrors: %s", ", ".join(loaded.settings.mirrors))
    _log.warning("%s", _left_to_others(loaded.plans))
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    async with asyncio.TaskGroup() as group:
        working = (
            group.create_task(leading.run()),
            group.create_task(
                keep(lambda: _mirror(config, loaded.settings, observer, lambda: leading.leads))
            ),
        )
        await asked.wait()
        for task in working:
            task.cancel()


def _left_to_others(plans: Iterable[Plan]) -> str:
    """Say whom a notifier without channels does not tell, by the words of their channels."""
    listed = Counter(one.contact.channel for plan in plans for one in listed_of(plan))
    named = "; ".join(f"{count} by {channel}" for channel, count in sorted(listed.items()))
    return (
        "there is no channel, so this notifier tells nobody and takes no notices: another one "
        f"must tell the contacts ({named or 'no election is named'})"
    )


async def _mirror(
    config: Config,
    settings: NotifySettings,
    observer: NotifyObserver,
    leads: Callable[[], bool],
) -> None:
    """Keep the mirrors equal to the alerts while this notifier leads."""
    around = Mirroring(
        broker=config.broker,
        prefix=config.prefix,
        now=_now,
        observer=observer,
        leads=leads,
    )
    restricted = sees_restricted(settings.mirrors.values())
    await run_mirrors(build_mirrors(settings.mirrors), around, restricted=restricted)


def _now() -> EpochMs:
    return EpochMs(int(time.time() * SECOND_MS))


async def _listen(config: Config, loaded: _Loaded) -> None:
    """Put the answers that come to bots on `operator.commands`."""
    key = loaded.settings.producer_key
    async with open_writer(config, _PATIENCE, loaded.producers, key) as writer:

        async def submit(command: OperatorCommand) -> None:
            await _submit(writer, command)

        await run_listeners(build_listeners(loaded.settings, loaded.channels, loaded.plans, submit))


async def _submit(writer: Writer, command: OperatorCommand) -> None:
    try:
        await writer.put([Record(Topic.OPERATOR_COMMANDS, msgspec.json.encode(command))])
    except Refusal as error:
        raise UnavailableError("Kafka has not acknowledged an answer in time") from error
