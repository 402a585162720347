"""Played days on a real broker: the player in a thread, and what its clock shows of the workers.

All measurements are taken from the topics afterwards, by the broker's times of appending: so none
of them disturbs what it measures.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Final, Self

import msgspec
from msgspec import Struct

from streams.domain.journal import Accepted, IntakeMark
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.engine.ports import Slot
from streams.engine.transport_log import ProducerSettings
from streams.simulation.kafka_sink import KafkaSink, open_appender, source_partitions
from streams.simulation.played import Played, json_lines
from streams.simulation.player import PlaySettings, Progress, Sink, play
from streams.wire.journal import decode_record
from streams.wire.time import format_time, parse_time
from tests.support.installation import Installation, Record

__all__ = [
    "Player",
    "Span",
    "Told",
    "file_lines",
    "lags_ms",
    "openings",
    "percentile",
    "read_line",
    "unlike",
]

WIB: Final = 420
_BATCH_BYTES: Final = 262_144
_JOIN_S: Final = 600


Kind = tuple[str, str, str, str]
"""Rule, scope, key, change."""


class Told(Struct, frozen=True):
    """What is looked at of a line."""

    at: str
    rule: str
    scope: str
    key: str
    change: str
    level: str


read_line: Final[Callable[[bytes], Told]] = msgspec.json.Decoder(Told).decode
"""Read a line of `siaga.transitions`."""


class Span(Struct, frozen=True):
    """What part of a day is played, and how fast."""

    starts: EpochMs
    ends: EpochMs
    speed: float


class Player:
    """Plays a day inside `with`; the end of the block waits for the end of the day."""

    def __init__(
        self,
        installation: Installation,
        day: Sequence[Played],
        span: Span,
        through: Callable[[Sink], Sink] | None = None,
    ) -> None:
        """Prepare to play; the topics must be there.

        Args:
            installation: Where to.
            day: In the order of receipt.
            span: What part of it.
            through: Wraps where records go; some may be kept back there.
        """
        self.at = span.starts
        """The player's clock."""
        self.messages = 0
        self._installation = installation
        self._day = day
        self._span = span
        self._through = through
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._thread.join(_JOIN_S)
            assert not self._thread.is_alive(), "the day does not end"
            if self._failed:
                raise self._failed[0]

    @property
    def is_over(self) -> bool:
        """Whether the day was played to its end, or the player has failed."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._play())
        except BaseException as error:  # noqa: BLE001  Whatever it is, the test must see it.
            self._failed.append(error)

    async def _play(self) -> None:
        settings = ProducerSettings(
            broker=self._installation.broker,
            is_idempotent=True,
            batch_bytes=_BATCH_BYTES,
            compression="lz4",
        )
        async with open_appender(settings, self._installation.prefix) as appender:
            played = PlaySettings(
                starts=self._span.starts,
                ends=self._span.ends,
                partitions=await source_partitions(appender),
                speed=self._span.speed,
            )
            broker = KafkaSink(appender)
            sink = self._through(broker) if self._through else broker
            done = await play(self._day, sink, played, self._note)
            self.messages = done.messages

    def _note(self, progress: Progress) -> None:
        self.at = progress.at


def file_lines(installation: Installation, day: Iterable[Played], until: EpochMs) -> list[bytes]:
    """Return the lines of `siaga replay` of the day as a file."""
    file = installation.files / "events.jsonl"
    with file.open("wb") as out:
        out.writelines(json_lines(day, WIB))
    words = ("--until", format_time(until, WIB))
    run = installation.run("replay", str(installation.election), str(file), *words)
    return run.stdout.splitlines()


def openings(lines: Iterable[bytes]) -> list[bytes]:
    """Return the lines that tell of new alerts."""
    return [line for line in lines if read_line(line).change == "opened"]


def lags_ms(journal: Mapping[Slot, Sequence[Record]], since: EpochMs) -> list[int]:
    """Return, for each accepted event, how far `now` was beyond its time of receipt already.

    That is the whole disorder of a played day: events of source partitions that one worker reads
    are in order, those of another worker may come later. In played milliseconds; what was received
    before `since`, when no clock was played yet, is left out.
    """
    lags: list[int] = []
    for records in journal.values():
        now = 0
        for record in records:
            match decode_record(record.value or b""):
                case Accepted(received_at=received_at):
                    if received_at >= since:
                        lags.append(max(0, now - received_at))
                    now = max(now, received_at)
                case IntakeMark(clock=int(clock)):
                    now = max(now, clock)
                case _:
                    pass
    return sorted(lags)


def percentile(values: Sequence[int], share: float) -> int:
    """Return a percentile of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))]


def unlike(ours: Iterable[bytes], theirs: Iterable[bytes], within_ms: int) -> list[str]:
    """Compare lines by (rule, scope, key, change), and say which have no partner in time."""
    found = [_by_kind(ours), _by_kind(theirs)]
    complaints: list[str] = []
    for kind in sorted(found[0].keys() | found[1].keys()):
        first, second = (sorted(times.get(kind, [])) for times in found)
        far = [b - a for a, b in zip(first, second, strict=False) if abs(b - a) > within_ms]
        if len(first) != len(second) or far:
            times = "; ".join(" ".join(map(_clock, each)) or "none" for each in (first, second))
            complaints.append(f"{' '.join(kind)}: {times}")
    return complaints


def _by_kind(lines: Iterable[bytes]) -> dict[Kind, list[EpochMs]]:
    times: defaultdict[Kind, list[EpochMs]] = defaultdict(list)
    for line in lines:
        told = read_line(line)
        times[told.rule, told.scope, told.key, told.change].append(parse_time(told.at))
    return times


def _clock(at: EpochMs) -> str:
    seconds = (at + WIB * MINUTE_MS) // SECOND_MS % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
