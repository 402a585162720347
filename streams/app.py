"""The composition root: the one place where a worker or a notifier is put together.

Config + Acceptor + FoldFactory + Observer  ─► Faust app with agents, engine and transport
Config + Office + CourierObserver           ─► Faust app with agent, courier and transport
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from streams.agents import intake, notify, watch
from streams.config import ClockSource, Config, Role
from streams.courier.courier import NOTICES, Courier, CourierWorld
from streams.courier.observer import CourierObserver
from streams.courier.office import Office
from streams.domain.times import EpochMs
from streams.engine.crash import die
from streams.engine.engine import Appenders, Engine, EngineSettings, Judgment
from streams.engine.flow import EngineTopics, Flow, Holding
from streams.engine.intake import Acceptor
from streams.engine.lease import Lease
from streams.engine.link import Link, TopicNames
from streams.engine.ports import FoldFactory, Observer
from streams.engine.topics import SOURCES, UNCLAIMED, Topic
from streams.engine.transport_app import EngineApp
from streams.engine.transport_log import METADATA_MS, KafkaAppender, KafkaLog, ProducerSettings
from streams.engine.world import World

__all__ = ["ENGINE_TOPICS", "NotifyApp", "WorkerApp", "build_app", "build_notify_app", "keep"]

ENGINE_TOPICS: Final = EngineTopics(
    journal=Topic.JOURNAL,
    state=Topic.STATE,
    dead_letters=Topic.DEADLETTER,
    lines=(Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS),
    sources=SOURCES,
    unclaimed=UNCLAIMED,
    packs=Topic.PACKS,
)
_MIB: Final = 1_048_576
_BATCH_BYTES: Final = _MIB // 2
_FETCH_PAUSE_S: Final = 0.002
_FETCH_WAIT_MS: Final = 500
_EMBEDDED_FETCH_WAIT_MS: Final = 20  # The embedded broker wakes no waiting fetch, it polls.
_REBALANCE_S: Final = 20.0
_REQUEST_S: Final = 30.0
_COMMIT_S: Final = 0.5
_POLL_RECORDS: Final = 2_000
_NEVER_S: Final = 1e9
_COMPRESSION: Final = "lz4"
_NOTIFY: Final = "notify"
_AGAIN_S: Final = 5.0

Companion = Callable[[], Awaitable[None]]
_log: Final = logging.getLogger(__name__)

_App = TypeVar("_App", bound=EngineApp)


class WorkerApp(EngineApp):
    """The app of a worker."""

    engine: Engine


class NotifyApp(EngineApp):
    """The app of a notifier."""

    courier: Courier
    companions: Sequence[Companion] = ()
    """What runs beside the courier, and must never hurt it: mirrors, listeners."""
    beside: Sequence[asyncio.Task[None]] = ()


def build_app(
    config: Config, acceptor: Acceptor, make_fold: FoldFactory, observer: Observer
) -> WorkerApp:
    """Return a worker's Faust app; nothing is connected and nothing runs yet."""
    names, lease = TopicNames(config.prefix), Lease(time.monotonic, config.session_s)
    # Compressing takes a sixth of intake's time; where records stay in memory it is worth it.
    flowing = _producer(config, _BATCH_BYTES, _COMPRESSION if config.embedded else None)
    state = _producer(config, config.state_batch_mib * _MIB, _COMPRESSION)
    appenders = [KafkaAppender(one, names, lease) for one in (flowing, flowing, state)]
    flow = Flow(ENGINE_TOPICS)
    log = KafkaLog(config.broker, names, appenders[0])
    world = World(log, observer, time.monotonic, die)
    engine = Engine(world, flow, _engine_settings(config), Judgment(acceptor, make_fold))
    app = _faust_app(WorkerApp, config, config.role)
    app.engine, app.appenders = engine, appenders
    app.begin = lambda: engine.start(Appenders(*appenders))
    # What is in the journal has waited once already, so it is handed out first.
    agents = ((ENGINE_TOPICS.journal,), (*ENGINE_TOPICS.sources, *ENGINE_TOPICS.unclaimed))
    app.link = Link(
        machine=engine,
        flow=flow,
        agents=agents,
        now=engine.clock.now,
        lease=lease,
        names=names,
        die=die,
        fetch_wait_ms=_EMBEDDED_FETCH_WAIT_MS if config.embedded else _FETCH_WAIT_MS,
        fetch_pause_s=_FETCH_PAUSE_S,
    )
    _install_agents(app, config.role)
    return app


def build_notify_app(config: Config, office: Office, observer: CourierObserver) -> NotifyApp:
    """Return a notifier's Faust app; nothing is connected and nothing runs yet."""
    names, lease = TopicNames(config.prefix), Lease(time.monotonic, config.session_s)
    appender = KafkaAppender(_producer(config, _BATCH_BYTES, None), names, lease)
    log = KafkaLog(config.broker, names, appender)
    flow = Holding(claimed=())
    courier = Courier(CourierWorld(log, observer, _clock(), lease, die), flow, office)
    app = _faust_app(NotifyApp, config, _NOTIFY)
    app.courier, app.appenders = courier, [appender]
    app.begin = partial(_begin, app, appender)
    app.link = Link(
        machine=courier,
        flow=flow,
        agents=(NOTICES,),
        now=lambda: EpochMs(0),
        lease=lease,
        names=names,
        die=die,
        fetch_wait_ms=_EMBEDDED_FETCH_WAIT_MS if config.embedded else _FETCH_WAIT_MS,
        fetch_pause_s=_FETCH_PAUSE_S,
    )
    notify.install(app, courier, [names.at_broker(topic) for topic in NOTICES])
    return app


def _begin(app: NotifyApp, appender: KafkaAppender) -> None:
    app.courier.start(appender)
    app.beside = [asyncio.create_task(keep(one)) for one in app.companions]


async def keep(
    companion: Companion, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Run a companion to its end; begin it again a moment after a fault."""
    while True:
        try:
            await companion()
        except Exception as error:  # noqa: BLE001 - notices go on, whatever happens beside them
            # Without the words of the error: they may have an address in them.
            _log.error("a companion of the courier failed: %s", type(error).__name__)
            await pause(_AGAIN_S)
        else:
            return


def _clock() -> Callable[[], float]:
    """Return a clock that shows the time on the wall and is never set back, in seconds."""
    ahead = time.time() - time.monotonic()
    return lambda: ahead + time.monotonic()


def _producer(config: Config, batch_bytes: int, compression: str | None) -> ProducerSettings:
    return ProducerSettings(
        broker=config.broker,
        is_idempotent=not config.embedded,
        batch_bytes=batch_bytes,
        compression=compression,
    )


def _engine_settings(config: Config) -> EngineSettings:
    return EngineSettings(
        journal_partitions=config.partitions,
        is_played=config.clock is ClockSource.PLAYED,
        checkpoint_s=config.checkpoint_s,
    )


def _faust_app(kind: type[_App], config: Config, group: str) -> _App:
    """Why each of these is set: docs/adr/0012."""
    return kind(
        f"{config.prefix}siaga-{group}",
        broker=[f"siaga://{host}" for host in config.broker.split(",")],
        store="memory://",
        consumer_group_instance_id=None if config.embedded else config.instance or None,
        consumer_auto_offset_reset="earliest",
        broker_session_timeout=config.session_s,
        broker_heartbeat_interval=config.heartbeat_s,
        broker_rebalance_timeout=_REBALANCE_S,
        broker_request_timeout=_REQUEST_S,
        broker_commit_interval=_COMMIT_S,
        broker_max_poll_records=_POLL_RECORDS,
        broker_commit_livelock_soft_timeout=_NEVER_S,
        consumer_metadata_max_age_ms=METADATA_MS,
        stream_processing_timeout=_NEVER_S,
        stream_wait_empty=False,
        agent_supervisor="mode.CrashingSupervisor",
        table_standby_replicas=0,
        topic_partitions=config.partitions,
        topic_replication_factor=config.replication_factor,
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )


def _install_agents(app: WorkerApp, role: Role) -> None:
    topics, names = ENGINE_TOPICS, app.link.names
    if role is not Role.WATCH:
        sources = [names.at_broker(topic) for topic in (*topics.sources, *topics.unclaimed)]
        intake.install(app, app.engine, sources)
    if role is not Role.INTAKE:
        watch.install(app, app.engine, names.at_broker(topics.journal))
