"""Play an election day on this machine: broker, worker, a story, alerts, the control room.

Memutar satu hari pemungutan suara di komputer ini: tidak perlu Java, Docker, atau jaringan.

The day is invented and runs faster than the clock on the wall; everything else is what production
runs. Ctrl-C ends it at any time. Nothing is left behind: no process, no file, no topic.
"""

import argparse
import asyncio
import math
import signal
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct
from rich.console import Console

from streams.cli.broker import Found, Reader, Span, find_topics, open_reader
from streams.cli.demo_board import TOPICS, Board
from streams.cli.demo_day import Day, load_day
from streams.cli.demo_latency import Latency, Sent, TimedSink
from streams.cli.demo_room import WORKER, login_lines, made_login, start_room
from streams.cli.demo_screen import Headless, Look, Screen, Show
from streams.cli.demo_stage import Process, demo_config, own_broker, own_topics, running
from streams.cli.demo_words import EMBEDDED_NOTE, Language, Run, summary_lines
from streams.cli.settings import config_of
from streams.config import Config
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.topics import Topic
from streams.engine.transport_log import ProducerSettings
from streams.errors import UnavailableError
from streams.simulation.kafka_sink import KafkaSink, open_appender, source_partitions
from streams.simulation.player import PlaySettings, Progress, Sink, play

__all__ = ["add_arguments", "run"]

_EPILOG: Final = """\
examples:
  siaga demo                                   seven minutes: 06:38 to 13:30, 60 times as fast
  siaga demo --speed 300 --language en
  siaga demo --headless --for 60               plain lines, and a summary after a minute
  siaga demo --broker localhost:9092           on a Kafka of yours, in topics of its own

exit code: 0 played, or ended by Ctrl-C; 1 the folder cannot be used, 3 broker or worker is gone
"""
_DRAW_S: Final = 0.25
_BATCH_BYTES: Final = 262_144
_CATCH_UP_S: Final = 60.0
"""How long the worker may take to judge what a player that has finished has sent."""
_SETTLE_S: Final = 0.5
"""From the picture that says so to the last line before it, which lies on another topic."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of `siaga demo`."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "--headless", action="store_true", help="plain lines, also where there is a terminal"
    )
    parser.add_argument(
        "--for",
        dest="seconds",
        metavar="SECONDS",
        type=_seconds,
        help="play so long and end when all of it is judged (at --speed 0: the whole day)",
    )
    parser.add_argument(
        "--speed", metavar="N", type=_speed, default=60.0, help="times as fast; 0: all it can"
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=1, help="another morning, the same story"
    )
    parser.add_argument(
        "--election", dest="folder", metavar="FOLDER", type=Path, help="whose day is played"
    )
    parser.add_argument(
        "--broker", metavar="HOST:PORT", help="a Kafka broker (default: the embedded one)"
    )
    parser.add_argument("--no-room", action="store_true", help="without the control room's page")
    parser.add_argument(
        "--language", choices=[*Language], default=Language.ID, help="of titles (default: id)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Play the day, print what it came to, and return the exit code."""
    config = config_of(arguments)
    day = load_day(arguments.folder, arguments.seed)
    console = Console()
    options = Options(
        broker=arguments.broker or "",
        seconds=arguments.seconds,
        speed=arguments.speed,
        language=Language(arguments.language),
        is_headless=arguments.headless or not console.is_terminal,
        has_room=not arguments.no_room,
    )
    print(f"Siaga demo: {day.title.id} / {day.title.en}")
    if not options.broker:
        print(f"{EMBEDDED_NOTE.id}\n{EMBEDDED_NOTE.en}")
    print("Mulai / starting: broker, topic, worker, ruang kendali / room …", flush=True)
    demo = _Demo(day, options, console)
    asyncio.run(_until_signal(demo.run(config)))
    print("\n".join(summary_lines(demo.board, demo.outcome())))
    return 0


def _speed(text: str) -> float:
    with suppress(ValueError):
        if 0 <= (number := float(text)) < math.inf:
            return number
    raise argparse.ArgumentTypeError(f"expected a number, 0 or more, got {text!r}")


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (number := float(text)) < math.inf:
            return number
    raise argparse.ArgumentTypeError(f"expected a number above 0, got {text!r}")


class Options(Struct, frozen=True):
    """What the command line asks for."""

    broker: str
    """Empty: the embedded one."""
    seconds: float | None
    speed: float
    language: Language
    is_headless: bool
    has_room: bool = True


def last_second(day: Day, options: Options) -> EpochMs:
    """Return the last second that is played: of the day, or of as much of it as is asked for."""
    if options.seconds is None or not options.speed:
        return day.ends
    played_s = math.ceil(options.seconds * options.speed)
    return EpochMs(min(day.ends, day.starts + played_s * SECOND_MS))


async def _until_signal(work: Coroutine[None, None, None]) -> None:
    """Do it to its end, or until somebody wants the end: then let it put everything away."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    working, waiting = asyncio.ensure_future(work), asyncio.ensure_future(asked.wait())
    await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not working.done():
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


class _Demo:
    """One day, played once."""

    def __init__(self, day: Day, options: Options, console: Console) -> None:
        self._day = day
        self._options = options
        self._console = console
        self._sent = Sent()
        self._began_s = self._ended_s = 0.0
        self._all_judged = asyncio.Event()
        self._is_complete = False
        self._ends = last_second(day, options)
        self.board = Board(Latency(self._sent), day.captions, day.starts)

    async def run(self, config: Config) -> None:
        """Set the stage, play, and clear it away."""
        options = self._options
        async with AsyncExitStack() as stage:
            broker = await stage.enter_async_context(own_broker(options.broker))
            config = demo_config(config, self._day.folder, broker, embedded=not options.broker)
            await stage.enter_async_context(own_topics(config))
            login = stage.enter_context(made_login(config)) if options.has_room else None
            if login is not None:
                config = login.config
            processes = [await stage.enter_async_context(running(config, WORKER))]
            if login is not None:
                room, login = await start_room(stage, login)
                processes.append(room)
                told = login_lines(login, self._lasts_s())
                self._console.print(*told, sep="\n", markup=False, soft_wrap=True)
            found = await find_topics(config, TOPICS)
            reader = await stage.enter_async_context(open_reader(found))
            appender = await stage.enter_async_context(
                open_appender(_producer(config), config.prefix)
            )
            sink = TimedSink(KafkaSink(appender), self._sent, time.monotonic)
            settings = PlaySettings(
                starts=self._day.starts,
                ends=self._ends,
                partitions=await source_partitions(appender),
                speed=options.speed,
            )
            await self._play((sink, settings), (reader, found), processes)

    def _lasts_s(self) -> float:
        """Return how long the story takes on the wall's clock; as fast as it can: no time."""
        speed = self._options.speed
        return (self._ends - self._day.starts) / SECOND_MS / speed if speed else 0.0

    def outcome(self) -> Run:
        """Say what was played, for the summary."""
        return Run(
            story=self._day.story,
            starts=self._day.starts,
            offset_minutes=self._day.offset_minutes,
            sent=self._sent.messages,
            wall_s=self._ended_s - self._began_s,
            is_complete=self._is_complete,
        )

    async def _play(
        self,
        player: tuple[Sink, PlaySettings],
        source: tuple[Reader, Found],
        processes: list[Process],
    ) -> None:
        self._began_s = time.monotonic()
        show = self._show()
        playing = asyncio.create_task(self._send(*player))
        beside = [
            asyncio.create_task(self._read(*source)),
            asyncio.create_task(self._draw(show)),
            *(asyncio.create_task(one.until_ended()) for one in processes),
        ]
        catching_up = asyncio.create_task(self._catch_up(playing))
        try:
            # The day ends when all is judged, or when something fails.
            done, _ = await asyncio.wait(
                (catching_up, *beside), return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                task.result()
        finally:
            self._ended_s = time.monotonic()
            for task in (playing, catching_up, *beside):
                task.cancel()
            await asyncio.gather(playing, catching_up, *beside, return_exceptions=True)
            show.close()

    def _show(self) -> Show:
        day, options = self._day, self._options
        look = Look(day.title, day.offset_minutes, options.language, options.speed)
        return Headless(look) if options.is_headless else Screen(self._console, look)

    async def _send(self, sink: Sink, settings: PlaySettings) -> None:
        def tell(progress: Progress) -> None:
            self.board.play_to(progress.at)

        await play(self._day.messages, sink, settings, tell)

    async def _read(self, reader: Reader, found: Found) -> None:
        async for slot, record in reader.read(found.slots(), Span.ALL):
            self.board.take(slot, record, time.monotonic())
            is_mark = slot.topic == Topic.PICTURE
            if is_mark and self.board.judged_to(self._day.kabupaten) >= self._ends:
                self._all_judged.set()

    async def _draw(self, show: Show) -> None:
        while True:
            show.draw(self.board)
            await asyncio.sleep(_DRAW_S)

    async def _catch_up(self, playing: asyncio.Task[None]) -> None:
        """Wait until what is played was sent, and judged to its end."""
        await playing
        try:
            async with asyncio.timeout(_CATCH_UP_S):
                await self._all_judged.wait()
        except TimeoutError:
            raise UnavailableError(
                f"the worker has not judged what was played {_CATCH_UP_S:g} s after it was sent"
            ) from None
        await asyncio.sleep(_SETTLE_S)
        self._is_complete = self._ends == self._day.ends


def _producer(config: Config) -> ProducerSettings:
    return ProducerSettings(
        broker=config.broker,
        is_idempotent=not config.embedded,
        batch_bytes=_BATCH_BYTES,
        compression="lz4",
    )
