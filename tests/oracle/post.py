"""The way from a sender to the broker: delays, phones that are offline, lines that come twice.

Whoever sends says what happened and when; here it is decided when it is received and in what shape
its times are written.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.times import MINUTE, SECOND, write_time

__all__ = ["Post"]

_OFFSETS_H = (7, 7, 7, 7, 7, 7, 7, 7, 9, 0)


@dataclass
class _Letter:
    received_at: int
    order: float
    """Among letters received together, and where one is moved."""
    topic: str
    value: dict[str, object]
    raw: str = ""
    """Of a line that is no letter at all."""
    bare: bool = False
    """Written without `received_at`."""


class Post:
    """All letters of a day."""

    def __init__(self, rng: random.Random, *, late: bool, ahead: bool, fractions: bool) -> None:
        """Begin with no letter."""
        self.rng = rng
        self.late = late
        self.ahead = ahead
        self.fractions = fractions
        self._letters: list[_Letter] = []
        self._offline: dict[str, list[tuple[int, int]]] = {}
        self._count = 0

    def offline(self, sender: str, since: int, until: int) -> None:
        """Whatever `sender` says in this time is received right after it."""
        if self.late:
            self._offline.setdefault(sender, []).append((since, until))

    def new_id(self, prefix: str) -> str:
        """An id that nobody has used."""
        self._count += 1
        return f"{prefix}{self._count}"

    def send(
        self, topic: str, who: Mapping[str, object], at: int, fields: Mapping[str, object]
    ) -> str:
        """Send a message of `who` about a moment; return its id."""
        identity = self.new_id("m")
        sender = "actor" if topic == "operator.commands" else "source"
        shown = at + self._clock_error(topic)
        value = {"id": identity, "at": self._written(shown), sender: dict(who), **fields}
        received_at = self._received_at(str(who["id"]), at, topic)
        bare = received_at == shown and self.rng.random() < 0.5
        self._letters.append(_Letter(received_at, len(self._letters), topic, value, bare=bare))
        return identity

    def put(self, topic: str, received_at: int, value: Mapping[str, object]) -> None:
        """Put in a message as it is, received when it says."""
        self._letters.append(_Letter(received_at, len(self._letters), topic, dict(value)))

    def _clock_error(self, topic: str) -> int:
        if not self.ahead or topic == "operator.commands" or self.rng.random() > 0.04:
            return 0
        near = self.rng.random() < 0.7
        return self.rng.randrange(5, 118) * SECOND if near else self.rng.randrange(3, 30) * MINUTE

    def _received_at(self, sender: str, at: int, topic: str) -> int:
        delay = self.rng.choice((0, 0, self.rng.randrange(8 * SECOND)))
        for since, until in self._offline.get(sender, []):
            if since <= at < until:
                return until + delay
        if self.late and topic != "operator.commands" and self.rng.random() < 0.05:
            delay += self.rng.randrange(60) * MINUTE
        return at + (delay if self.fractions else delay // SECOND * SECOND)

    def _written(self, ms: int) -> str:
        hours = self.rng.choice(_OFFSETS_H) if self.fractions else 7
        whole = write_time(ms, hours)
        return f"{whole[:19]}.{ms % SECOND:03d}{whole[19:]}" if ms % SECOND else whole

    def stutter(self) -> None:
        """Send some letters twice, and use some ids again for something else."""
        for letter in list(self._letters):
            dice = self.rng.random()
            if dice > 0.08:
                continue
            value = dict(letter.value)
            if dice < 0.03:
                value["reason"] = "lain"
                if letter.topic == "vote.counts":
                    value["invalid"] = 77
                if letter.topic != "operator.commands":
                    value["situation"] = "waspada"
            received_at = letter.received_at + self.rng.randrange(40 * MINUTE) // SECOND * SECOND
            self._letters.append(_Letter(received_at, len(self._letters), letter.topic, value))

    def spoil(self) -> None:
        """Put in lines that can't be taken, each for another reason."""
        good = self.rng.choice(self._letters)
        bad: list[tuple[str, dict[str, object], str]] = [
            ("", {}, "{not json"),
            ("tps.status", {**good.value, "id": ""}, ""),
            ("tps.state", dict(good.value), ""),
            ("tps.status", self._status("17.02.01.2001-001"), ""),
            ("tps.status", {**self._status("17.02.09.1012-001"), "at": "2019-11-27T07:00:00Z"}, ""),
            ("tps.status", {**self._status("17.02.09.1012-001"), "kind": "opening"}, ""),
            ("crowd.reports", {**self._status(""), "category": "KAM-99", "place": {}}, ""),
        ]
        for topic, value, raw in bad:
            received_at = self.rng.choice(self._letters).received_at
            self._letters.append(_Letter(received_at, len(self._letters), topic, value, raw))

    def _status(self, tps: str) -> dict[str, object]:
        at = self._written(self.rng.choice(self._letters).received_at)
        source = {"id": "spoiler", "role": "kpps"}
        named = {"tps": tps} if tps else {}
        return {"id": self.new_id("b"), "at": at, "kind": "heartbeat", "source": source, **named}

    def shuffle_a_little(self) -> None:
        """Move a few letters up, so that the line above was received later."""
        for letter in self._letters:
            if self.rng.random() < 0.05:
                letter.order -= 10_000

    def last(self) -> int:
        """When the last letter is received."""
        return max(letter.received_at for letter in self._letters)

    def lines(self) -> list[str]:
        """The day as the input of `siaga replay`."""
        moved = sorted(
            self._letters,
            key=lambda letter: (
                letter.received_at - (MINUTE if letter.order < 0 else 0),
                letter.order,
            ),
        )
        return [letter.raw or _line(letter) for letter in moved]


def _line(letter: _Letter) -> str:
    told: dict[str, object] = {"topic": letter.topic}
    if not letter.bare:
        ms = letter.received_at
        whole = write_time(ms, 7)
        told["received_at"] = (
            f"{whole[:19]}.{ms % SECOND:03d}{whole[19:]}" if ms % SECOND else whole
        )
    return json.dumps({**told, "value": letter.value})
