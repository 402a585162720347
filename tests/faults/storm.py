"""Faults while a day is played: workers are killed, and paused beyond their sessions.

Only workers that judge are hit: to kill one that is still starting is no fault, and a slow machine
would never get beyond starting.
"""

import random
import signal
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.config import Role
from streams.domain.effects import DeadLetterReason
from streams.simulation.played import Played
from streams.wire.folder import load_plan
from tests.faults.load import busy_hour
from tests.faults.province import Size, province
from tests.support.fleet import Fleet
from tests.support.installation import CLI, Installation
from tests.support.played import Player, Span

__all__ = ["Storm", "Trial"]

_LOOK_S: Final = 0.1
_CATCH_UP_S: Final = 180


class Storm(Struct, frozen=True, kw_only=True):
    """What befalls a fleet, in seconds of the clock on the wall."""

    seed: int
    workers: int
    kill_every_s: float
    pause_every_s: float
    pause_s: float
    """Longer than a session, so that the paused worker wakes up as a stranger."""


class Trial:
    """A province, workers for it, and a bad day."""

    def __init__(self, broker: str, prefix: str, files: Path, size: Size) -> None:
        """Write the election folder; `files` is where it and all logs go."""
        self.size = size
        self.installation = Installation(broker, prefix, province(files / "lampung", size), files)
        self.day: Sequence[Played] = ()
        """What was played."""
        self.dead: Mapping[bytes, DeadLetterReason] = {}
        """Which values of it cannot be taken, and why."""

    @contextmanager
    def fleet(self, module: str = CLI) -> Generator[Fleet]:
        """Have workers for the time of the block."""
        self.installation.run("topics", "create")
        with Fleet(self.installation, module) as fleet:
            yield fleet

    def play(self, fleet: Fleet, storm: Storm, *, minutes: int, speed: float) -> tuple[int, int]:
        """Play the day through the storm, and wait until all is judged.

        Returns:
            How many kills and pauses there were.
        """
        plan = load_plan(self.installation.election)
        load = busy_hour(plan, storm.seed, minutes)
        self.day, self.dead = load.day, load.dead
        fleet.start(*[Role.ALL] * storm.workers)
        fleet.await_assigned()
        with Player(self.installation, self.day, Span(load.starts, load.ends, speed)) as player:
            hits = _weather(fleet, player, storm)
        fleet.await_judged(load.ends, _CATCH_UP_S)
        return hits


def _weather(fleet: Fleet, player: Player, storm: Storm) -> tuple[int, int]:
    """Let faults happen while a day is played; return how many kills and pauses there were.

    Whoever has ended is started again at once; at the end nobody is paused.
    """
    kills, pauses = _Kills(fleet, storm), _Pauses(fleet, storm)
    while not player.is_over:
        now = time.monotonic()
        paused = pauses.look(now)
        kills.look(now, paused)
        fleet.revive()
        time.sleep(_LOOK_S)
    pauses.end()
    fleet.revive()
    return kills.count, pauses.count


class _Kills:
    def __init__(self, fleet: Fleet, storm: Storm) -> None:
        self.count = 0
        self._fleet = fleet
        self._storm = storm
        self._chance = random.Random(storm.seed)
        self._next_s = time.monotonic() + storm.kill_every_s

    def look(self, now_s: float, paused: int | None) -> None:
        """Kill a worker if it is time; not the one that is paused."""
        judging = [one for one in range(self._storm.workers) if self._fleet.judges(one)]
        victims = [one for one in judging if one != paused]
        if now_s >= self._next_s and victims:
            self._fleet.kill(self._chance.choice(victims))
            self.count += 1
            self._next_s = now_s + self._storm.kill_every_s


class _Pauses:
    def __init__(self, fleet: Fleet, storm: Storm) -> None:
        self.count = 0
        self._fleet = fleet
        self._storm = storm
        self._chance = random.Random(storm.seed + 1)
        self._paused: int | None = None
        self._next_s = time.monotonic() + storm.pause_every_s

    def look(self, now_s: float) -> int | None:
        """Begin or end a pause if it is time, and return who is paused."""
        if now_s >= self._next_s:
            if self._paused is None:
                self._begin()
            else:
                self.end()
            is_long = self._paused is not None
            self._next_s = now_s + (self._storm.pause_s if is_long else self._storm.pause_every_s)
        return self._paused

    def _begin(self) -> None:
        victims = [one for one in range(self._storm.workers) if self._fleet.judges(one)]
        if victims:
            self._paused = self._chance.choice(victims)
            self._fleet.signal(self._paused, signal.SIGSTOP)
            self.count += 1

    def end(self) -> None:
        """Let the paused worker, if there is one, go on."""
        if self._paused is not None:
            self._fleet.signal(self._paused, signal.SIGCONT)
            self._paused = None
