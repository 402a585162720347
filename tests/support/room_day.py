"""The day of a scene: a story as it has gone until a moment, and as it goes on from there."""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId, AreaCode
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.engine.topics import Topic
from streams.errors import InputError
from streams.room.arrived import Arrived
from streams.room.feed import Feed
from streams.room.model import Model
from streams.room.names import Names
from streams.setup import pack_of
from streams.simulation.played import Played
from streams.wire.folder import shipped_areas
from streams.wire.records import Headers
from streams.wire.time import format_time, parse_time
from tests.support.room_world import RoomWorld, story_messages

__all__ = ["FOLDER", "STARTS", "Scene"]

_ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = _ROOT / "elections" / "rejang-lebong-2024"
STARTS: Final = parse_time("2024-11-27T14:05:00+07:00")
_ZONE: Final = 420
_STEP_MS: Final = 20 * SECOND_MS
_MUTED: Final = 26
_SILENT_FROM: Final = (parse_time("2024-11-27T09:30:00+07:00"), STARTS)
_FEW: Final = 10
_CATEGORIES: Final = (
    "KAM-01",
    "INT-01",
    "PID-01",
    "LOG-01",
    "PRO-01",
    "KES-01",
    "INF-01",
    "NET-01",
)


class Scene:
    """The day as it has gone until the scene begins, and as it goes on."""

    def __init__(self, folder: Path = FOLDER, starts: EpochMs = STARTS, seed: int = 1) -> None:
        """Judge everything that came before the scene."""
        self.model = Model()
        self.world = RoomWorld(folder, self._read)
        plan = self.world.plan
        self.names = Names([plan], [pack_of(plan)], shipped_areas())
        self.feed = Feed(self.model, self.names)
        self._luck = random.Random(seed)
        self._number = 0
        self._ahead_ms = time.time_ns() // 1_000_000 - starts
        self._day = list(_without(story_messages(plan, folder, seed), self._muted()))
        self._day.reverse()
        self.now = EpochMs(self._day[-1].received_at)
        self._run(starts)

    def pass_to(self, now: EpochMs) -> None:
        """Let the day go on to a moment."""
        while self.now + SECOND_MS <= now:
            self.now = EpochMs(self.now + SECOND_MS)
            self._send_until(self.now)
            self.world.second(self.now)
            self.world.picture(self.now)

    def arrive(self, topic: str, value: bytes, headers: Headers = ()) -> None:
        """Let a record arrive, now."""
        if topic == Topic.DEADLETTER:
            self.world.write(topic, (None, value), self.now, headers)
        else:
            self.world.send(topic, value, self.now, headers)

    def act(self) -> None:
        """Let somebody else do something, or report something."""
        open_alerts = [
            one
            for one in self.model.alerts.values()
            if one.state in {AlertState.UNACKNOWLEDGED, AlertState.ACKNOWLEDGED}
        ]
        if open_alerts and self._luck.random() < 0.5:
            alert = self._luck.choice(open_alerts)
            is_taken = alert.state is AlertState.ACKNOWLEDGED
            self._order(AlertId(alert.id), "unack" if is_taken else "ack")
        else:
            self._report()

    def _order(self, alert: AlertId, kind: str) -> None:
        self.arrive(
            Topic.OPERATOR_COMMANDS,
            _json(
                id=self._id("other"),
                at=format_time(self.now, _ZONE),
                actor={"id": "kabag-ops", "role": "commander"},
                command=kind,
                alert=alert,
                channel="room",
            ),
        )

    def _report(self) -> None:
        tps = self._luck.choice([*self.world.plan.tps])
        is_placed = self._luck.random() < 0.7
        name = self.names.of(tps[:13])
        place = {"tps": tps} if is_placed else {"name": name, "kabupaten": self.names.of(tps[:5])}
        value = _json(
            id=self._id("report"),
            at=format_time(EpochMs(self.now - 30 * SECOND_MS), _ZONE),
            source={"id": f"warga-{self._number % 17}", "role": "warga", "channel": "whatsapp"},
            category=self._luck.choice(_CATEGORIES),
            text="Ada keributan di depan TPS, mohon petugas datang.",
            place=place,
        )
        self.world.send(Topic.CROWD_REPORTS, value, self.now)

    def _id(self, what: str) -> str:
        self._number += 1
        return f"scene-{what}-{self._number}"

    def _run(self, until: EpochMs) -> None:
        while self.now < until:
            self.now = EpochMs(min(self.now + _STEP_MS, until))
            self._send_until(self.now)
            self.world.second(self.now)
        for _ in range(24):
            self._report()
        for tps in list(self.world.plan.tps)[:3]:
            bad = _json(id=self._id("bad"), at="kemarin", kind="opened", tps=tps)
            self.world.send(Topic.TPS_STATUS, bad, self.now)
        self.world.second(self.now)
        while self.world.picture(self.now) > _FEW:
            pass

    def _send_until(self, now: EpochMs) -> None:
        while self._day and self._day[-1].received_at <= now:
            played = self._day.pop()
            self.world.send(played.topic, played.value, played.received_at)

    def _muted(self) -> dict[AreaCode, EpochMs]:
        """Return TPS that nothing is heard of from a moment on: there must be something to see."""
        chosen = self._luck.sample(sorted(self.world.plan.tps), _MUTED)
        first, last = _SILENT_FROM
        return {tps: EpochMs(self._luck.randint(first, last - 20 * MINUTE_MS)) for tps in chosen}

    def _read(self, arrived: Arrived) -> None:
        try:
            # A broker has the time of the wall, whatever day is played. Only that of a letter is
            # on the page: beside the day's clock it must be of the day.
            is_shown = arrived.topic == Topic.DEADLETTER
            ahead_ms = 0 if is_shown else self._ahead_ms
            self.model.apply(replace(arrived, timestamp=EpochMs(arrived.timestamp + ahead_ms)))
        except InputError as error:
            sys.stderr.write(f"{error}\n")


def _without(day: tuple[Played, ...], muted: dict[AreaCode, EpochMs]) -> Iterator[Played]:
    for played in day:
        found = [at for tps, at in muted.items() if tps.encode() in played.value]
        if not found or played.received_at < min(found):
            yield played


def _json(**fields: object) -> bytes:
    return json.dumps(fields).encode()
