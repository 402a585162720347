"""Days of gateways: TPS that speak through them, fall silent, are heard late, or are given up.

A gateway is well, stuck, freed, dead or lying about the time, in turns; what TPS send through it
waits while it is stuck, and comes when it is freed. Several may serve one TPS, a desa or all.
`python -m tests.oracle.days_gateways SEED [FOLDER]` writes the lines of a morning.
"""

import json
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracle.days import TINY
from tests.oracle.folder import Folder, covers, read_folder
from tests.oracle.times import MINUTE, SECOND, day_time, write_time

__all__ = ["make_gateway_day"]

_MOODS = ("well", "well", "well", "stuck", "stuck", "freed", "dead", "slow", "fast", "stands")
_EVERY = (30, 60, 120, 120, 300)
_HOURS = 3


@dataclass
class _Phase:
    """What a gateway is like for a while."""

    since: int
    until: int
    mood: str
    clock: int
    """By how much its clock is wrong."""


@dataclass
class _Gateway:
    """One gateway, and what it is like over the morning."""

    name: str
    areas: list[str]
    every_s: int
    phases: list[_Phase] = field(default_factory=list[_Phase])
    waiting: list[int] = field(default_factory=list[int])
    """When each message came to it that had to wait."""

    def handed_on(self, at: int) -> int:
        """When what comes to it at a moment is on Kafka."""
        for phase in self.phases:
            if phase.until > at and phase.mood not in {"stuck", "dead"}:
                return max(at, phase.since)
        return self.phases[-1].until


class _Morning:
    """All lines of a morning."""

    def __init__(self, rng: random.Random, folder: Folder) -> None:
        self.rng = rng
        self.folder = folder
        self.begins = day_time(folder.day, "06:40", 7)
        self.ends = self.begins + _HOURS * 60 * MINUTE
        self.lines: list[tuple[int, int, str]] = []
        self.gateways = [self._gateway(number) for number in range(rng.choice((1, 1, 2, 3)))]

    def _within(self, first_minutes: int, last_minutes: int) -> int:
        return self.rng.randrange(first_minutes * 60, last_minutes * 60 + 1) * SECOND

    def put(self, topic: str, received_at: int, value: Mapping[str, object]) -> None:
        """Receive a message."""
        number = len(self.lines)
        written = {"id": f"m{number}", **value}
        line = {"topic": topic, "received_at": _written(received_at), "value": written}
        self.lines.append((received_at, number, json.dumps(line)))

    def begin(self) -> None:
        """Begin with a word of somebody's TPS, before anything is due."""
        source = {"id": "kpps-first", "role": "kpps"}
        at = self.begins - 30 * MINUTE
        value = {"at": _written(at), "kind": "heartbeat", "tps": min(self.folder.tps)}
        self.put("tps.status", at, {**value, "source": source})

    def _gateway(self, number: int) -> _Gateway:
        codes = sorted(self.folder.tps)
        lengths = self.rng.choice(((5,), (8,), (13,), (17,), (8, 17)))
        areas = sorted({self.rng.choice(codes)[:n] for n in lengths for _ in range(2)})
        gateway = _Gateway(f"sms-{number}", areas, self.rng.choice(_EVERY))
        at = self.begins + self.rng.choice((0, 0, self._within(0, 60)))
        while at < self.ends:
            until = at + self._within(2, 50)
            mood = self.rng.choice(_MOODS)
            clock = {"slow": -self._within(0, 20), "fast": self._within(0, 12)}.get(mood, 0)
            gateway.phases.append(_Phase(at, until, mood, clock))
            at = until
        return gateway

    def beats(self, gateway: _Gateway) -> None:
        """Let a gateway say that it lives."""
        for phase in gateway.phases:
            at = phase.since + self._within(0, 1)
            while phase.mood != "dead" and at < min(phase.until, self.ends):
                if self.rng.random() < 0.95:
                    self._beat(gateway, phase, at)
                step = gateway.every_s * SECOND
                at += self.rng.choice((step, step, step, step + 1, step + self._within(0, 1)))

    def _beat(self, gateway: _Gateway, phase: _Phase, at: int) -> None:
        shown = phase.since if phase.mood == "stands" else at + phase.clock
        value: dict[str, object] = {
            "at": _written(shown),
            "source": {"id": gateway.name, "role": "system"},
            "areas": gateway.areas,
            "every_seconds": gateway.every_s,
        }
        waits = [came for came in gateway.waiting if came <= at < gateway.handed_on(came)]
        if phase.mood == "stuck" and (waits or self.rng.random() < 0.5):
            oldest = min(waits, default=phase.since)
            value |= {"oldest_pending_at": _written(oldest + phase.clock), "pending": 1}
        elif self.rng.random() < 0.03:
            # It has found something that waited all the time: what it vouched for stays.
            value |= {"oldest_pending_at": _written(at - self._within(0, 30)), "pending": 2}
        delay = self.rng.choice((0, 0, 0, self.rng.randrange(5 * SECOND)))
        self.put("siaga.gateways", at + delay, value)

    def places(self) -> None:
        """Let every TPS speak, with holes: some of its own, some of a whole kecamatan."""
        codes = sorted(self.folder.tps)
        wide = {code[:8]: self._hole(0.7) for code in codes}
        for tps in codes:
            through = [g for g in self.gateways if any(covers(area, tps) for area in g.areas)]
            holes = [self._hole(0.5)]
            if self.rng.random() < 0.7:
                holes.append(wide[tps[:8]])
            for at, kind in self._words(tps, holes):
                self._say(tps, at, kind, through)

    def _hole(self, share: float) -> tuple[int, int]:
        since = self.begins + self._within(10, _HOURS * 60 - 20)
        return (since, since + self._within(15, 110)) if self.rng.random() < share else (0, 0)

    def _words(self, tps: str, holes: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        at = self.folder.tps[tps].opens_at + self._within(-20, 15)
        yield at, "opened"
        while (at := at + self._within(6, 14)) < self.ends:
            dice = self.rng.random()
            if any(since <= at < until for since, until in holes):
                continue
            yield at, "heartbeat"
            if dice < 0.02:
                yield at + SECOND, self.rng.choice(("suspended", "closed", "postponed"))
                if self.rng.random() < 0.6:
                    yield at + self._within(1, 30), self.rng.choice(("resumed", "opened"))

    def _say(self, tps: str, at: int, kind: str, through: list[_Gateway]) -> None:
        """Send a word, by some gateway of the TPS or by none."""
        role = self.rng.choice(("kpps", "kpps", "ptps", "pam_tps"))
        by = self.rng.choice(through) if through and self.rng.random() < 0.9 else None
        received_at = at if by is None else by.handed_on(at)
        if by is not None and received_at > at:
            by.waiting.append(at)
        if self.rng.random() < 0.04:
            received_at += self._within(0, 40)
        received_at += self.rng.choice((0, 0, self.rng.randrange(9 * SECOND)))
        source = {"id": f"{role}-{tps}", "role": role}
        value = {"at": _written(at), "kind": kind, "tps": tps, "source": source}
        self.put("tps.status", received_at, value)

    def patrols(self) -> None:
        """Let officers check in."""
        for officer in sorted(self.folder.officer_home):
            at = self.begins + self._within(0, 60)
            while at < self.ends:
                source = {"id": officer, "role": "pam_tps"}
                value = {"at": _written(at), "kind": "checkin", "officer": officer}
                self.put("tps.status", at, {**value, "source": source})
                at += self._within(10, 70)

    def stutter(self) -> None:
        """Receive some lines once more."""
        for received_at, _, line in list(self.lines):
            if self.rng.random() < 0.02:
                again = json.loads(line)
                later = received_at + self._within(0, 20)
                again["received_at"] = _written(later)
                self.lines.append((later, len(self.lines), json.dumps(again)))


def _written(ms: int) -> str:
    whole = write_time(ms, 7)
    return f"{whole[:19]}.{ms % SECOND:03d}{whole[19:]}" if ms % SECOND else whole


def make_gateway_day(seed: int, folder: Folder) -> list[str]:
    """Make the lines of a morning; the same seed and folder give the same lines."""
    morning = _Morning(random.Random(seed), folder)
    morning.begin()
    morning.places()
    for gateway in morning.gateways:
        morning.beats(gateway)
    morning.patrols()
    morning.stutter()
    return [line for *_, line in sorted(morning.lines)]


def main(arguments: list[str]) -> int:
    """Write the day of a seed, of the tiny folder or of another."""
    folder = read_folder(Path(arguments[1]) if len(arguments) > 1 else TINY)
    sys.stdout.writelines(f"{line}\n" for line in make_gateway_day(int(arguments[0]), folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
