"""The composition root: the one place where a worker is put together.

Config + Acceptor + FoldFactory + Observer ─► Faust app with agents, engine and transport
"""

import time
from typing import Final

from streams.agents import intake, watch
from streams.config import ClockSource, Config, Role
from streams.engine.crash import die
from streams.engine.engine import Engine, EngineSettings, Judgment
from streams.engine.flow import EngineTopics, Flow
from streams.engine.intake import Acceptor
from streams.engine.lease import Lease
from streams.engine.link import Link, TopicNames
from streams.engine.ports import FoldFactory, Observer
from streams.engine.topics import SOURCES, Topic
from streams.engine.transport_app import EngineApp
from streams.engine.transport_log import METADATA_MS, KafkaAppender, KafkaLog, ProducerSettings
from streams.engine.world import World

__all__ = ["ENGINE_TOPICS", "build_app"]

ENGINE_TOPICS: Final = EngineTopics(
    journal=Topic.JOURNAL,
    state=Topic.STATE,
    dead_letters=Topic.DEADLETTER,
    lines=(Topic.TRANSITIONS, Topic.RESTRICTED_TRANSITIONS),
    sources=SOURCES,
    unclaimed=(),
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


def build_app(
    config: Config, acceptor: Acceptor, make_fold: FoldFactory, observer: Observer
) -> EngineApp:
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
    app = _faust_app(config)
    app.appenders = appenders
    app.link = Link(
        engine=engine,
        flow=flow,
        lease=lease,
        names=names,
        die=die,
        fetch_wait_ms=_EMBEDDED_FETCH_WAIT_MS if config.embedded else _FETCH_WAIT_MS,
        fetch_pause_s=_FETCH_PAUSE_S,
    )
    _install_agents(app, config.role)
    return app


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


def _faust_app(config: Config) -> EngineApp:
    """Why each of these is set: docs/adr/0012."""
    return EngineApp(
        f"{config.prefix}siaga-{config.role}",
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


def _install_agents(app: EngineApp, role: Role) -> None:
    engine, topics, names = app.link.engine, app.link.flow.topics, app.link.names
    if role is not Role.WATCH:
        sources = [names.at_broker(topic) for topic in (*topics.sources, *topics.unclaimed)]
        intake.install(app, engine, sources)
    if role is not Role.INTAKE:
        watch.install(app, engine, names.at_broker(topics.journal))
