"""The same watch as an ordinary Faust agent, written as Faust's guide teaches it.

One event at a time (`async for`), state in a `faust.Table`, `await topic.send` for every output, a
timer for the clock, the default supervisor, the default settings. Why the comparison is fair:

- It reads the same input topics of the same broker, and calls the same acceptance and the same
  `pipeline.step`, and writes the same outputs as ours; only what lies around them differs.
- Where we could choose, we chose what is faster for it. Values are decoded once, by our decoder;
  by `faust.Record` it would take several times as long. The Table is in memory (no RocksDB), with
  raw values, and has one write an event: the facts of the TPS. A Faust application that had to
  survive a crash would have to keep all that `step` remembers there, four rows for a heartbeat.
- Its inputs are already partitioned by kabupaten. An application that gets any key, as ours does,
  would need `group_by`, that is another hop through Kafka with another send for each event.
- Its progress is counted when an event has been processed. Ours is counted when it is safe.

By default Faust sends every write to the Table at once, mostly alone, and that is half of what it
spends. The one setting that helps most, `producer_linger_ms`, is measured beside the default as
the *tuned* agent.

What it does not do at all: journal, replay, lines exactly once, claims of absence that hold when
intake lags (its timer simply trusts that everything has been read).

    python -m tests.bench.ordinary_agent        (settings from SIAGA_* and BENCH_LINGER_MS)
"""

import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Final, Protocol, cast

import faust
import msgspec

from streams import pipeline
from streams.app import ENGINE_TOPICS
from streams.config import Config, load_config
from streams.domain.journal import Accepted, IntakeMark
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.ports import Output
from streams.fold import documents
from streams.judge.state import PartitionState
from streams.setup import Setup, load_setup, worker_settings
from streams.wire.records import Inbound, Journaled
from tests.bench.figures import Sample
from tests.bench.stage import LINGER_VARIABLE
from tests.bench.worker import tell

__all__ = ["App", "Watch", "build_app", "main"]

_EVERY_S: Final = 0.05
_MARK_S: Final = 1.0
_encode: Final = msgspec.msgpack.Encoder().encode


class _Message(Protocol):
    """What an event of a stream says of where it came from."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    """Seconds."""


class _Event(Protocol):
    message: _Message
    key: bytes
    value: bytes


class _Stream(Protocol):
    def events(self) -> AsyncIterator[_Event]: ...


class _Topic(Protocol):
    async def send(
        self, *, key: bytes | None, value: bytes | None, headers: dict[str, bytes]
    ) -> object: ...


_Agent = Callable[[_Stream], Awaitable[None]]
_Timer = Callable[[], Awaitable[None]]


class App(Protocol):
    """What is used of `faust.App`, whose own types are Unknown."""

    def topic(self, *names: str, key_serializer: str, value_serializer: str) -> _Topic:
        """Describe topics."""
        ...

    def Table(  # noqa: N802  # Faust spells it so.
        self, name: str, *, partitions: int, key_type: type[bytes], value_type: type[bytes]
    ) -> MutableMapping[bytes, bytes]:
        """Describe a table."""
        ...

    def agent(self, channel: _Topic) -> Callable[[_Agent], object]:
        """Read topics by an agent."""
        ...

    def timer(self, interval: float) -> Callable[[_Timer], object]:
        """Call again and again."""
        ...

    def main(self) -> None:
        """Run Faust's command line."""
        ...


class Watch:
    """Acceptance and judgment, one event at a time."""

    def __init__(self, setup: Setup, prefix: str, partitions: int) -> None:
        """Begin with empty memories, one for each partition of the input."""
        self._setup = setup
        self._prefix = prefix
        self.states = [PartitionState(number, setup.world) for number in range(partitions)]
        self.processed = 0

    def judge(self, event: _Event) -> tuple[Accepted | None, list[Output]]:
        """Return the accepted event, if it was accepted, and what must be written."""
        self.processed += 1
        message = event.message
        topic = message.topic.removeprefix(self._prefix)
        at = EpochMs(round(message.timestamp * SECOND_MS))
        origin = topic, message.partition, message.offset
        taken = self._setup.acceptor.accept(Inbound(*origin, at, event.key, event.value))
        if not isinstance(taken, Journaled) or not isinstance(taken.record, Accepted):
            return None, []
        state = self.states[message.partition]
        name = f"{message.partition}:{self.processed}"
        effects = pipeline.step(state, pipeline.Step(name, at, taken.record))
        place = message.partition, self.processed
        return taken.record, documents(self._setup.world, effects, taken.record, place)

    def facts(self, accepted: Accepted, partition: int) -> bytes:
        """Return what is kept in the Table: the facts of the event's place."""
        facts = self.states[partition].facts.get((accepted.election, accepted.place))
        return b"" if facts is None else _encode(facts)

    def pass_time(self, now: EpochMs) -> list[Output]:
        """Return what time alone asks for."""
        sources = dict.fromkeys(ENGINE_TOPICS.sources, len(self.states))
        claims = {f"{topic}/{n}": now for topic, count in sources.items() for n in range(count)}
        mark = IntakeMark(claims, sources, len(self.states))
        return [
            output
            for number, state in enumerate(self.states)
            for output in documents(
                self._setup.world,
                pipeline.step(state, pipeline.Step("timer", now, mark)),
                mark,
                (number, self.processed),
            )
        ]


def build_app(config: Config, watch: Watch, linger_ms: int) -> App:
    """Return the application: an agent, a table, a timer."""
    made = faust.App(
        f"{config.prefix}ordinary-{linger_ms}",
        broker=f"kafka://{config.broker}",
        store="memory://",
        topic_partitions=config.input_partitions,
        topic_replication_factor=1,
        consumer_auto_offset_reset="earliest",
        producer_linger_ms=linger_ms,
        web_enabled=False,
        datadir=Path(config.elections[0]).parent / "faust",  # Else it litters the work tree.
    )
    app = cast("App", made)
    names = [config.prefix + topic for topic in ENGINE_TOPICS.sources]
    inputs = app.topic(*names, key_serializer="raw", value_serializer="raw")
    partitions = config.input_partitions
    facts = app.Table("facts", partitions=partitions, key_type=bytes, value_type=bytes)
    send = _sender(app, config.prefix)

    @app.agent(inputs)
    async def judge(stream: _Stream) -> None:
        async for event in stream.events():
            accepted, outputs = watch.judge(event)
            if accepted is not None:
                facts[accepted.place.encode()] = watch.facts(accepted, event.message.partition)
            for output in outputs:
                await send(output)

    @app.timer(_MARK_S)
    async def pass_time() -> None:
        for output in watch.pass_time(EpochMs(round(time.time() * SECOND_MS))):
            await send(output)

    return app


def _sender(app: App, prefix: str) -> Callable[[Output], Awaitable[None]]:
    topics: dict[str, _Topic] = {}

    async def send(output: Output) -> None:
        topic = topics.get(output.topic)
        if topic is None:
            name = prefix + output.topic
            topic = app.topic(name, key_serializer="raw", value_serializer="raw")
            topics[output.topic] = topic
        headers = {name: value or b"" for name, value in output.headers}
        await topic.send(key=output.key, value=output.value, headers=headers)

    return send


def main() -> None:
    """Work until a signal, and say how far it is."""
    config = load_config(None, os.environ)
    setup = load_setup([Path(folder) for folder in config.elections], worker_settings(config))
    watch = Watch(setup, config.prefix, config.input_partitions)
    app = build_app(config, watch, int(os.environ[LINGER_VARIABLE]))
    threading.Thread(target=_tell_for_ever, args=(watch,), daemon=True).start()
    sys.argv = [sys.argv[0], "worker", "--without-web", "--loglevel", "info"]
    app.main()


def _tell_for_ever(watch: Watch) -> None:
    while True:
        done = watch.processed
        tell(Sample(time.monotonic(), done, done, time.process_time()))
        time.sleep(_EVERY_S)


if __name__ == "__main__":
    main()
