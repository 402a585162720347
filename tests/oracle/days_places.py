"""What polling places send on a nasty day: they open late, fall silent, stop, go on, close."""

import random

from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.times import MINUTE, SECOND

__all__ = ["PollingPlaces"]


class PollingPlaces:
    """Sends the statuses of every TPS of a folder."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin before the polls open."""
        self.rng = rng
        self.post = post
        self.folder = folder
        self.noon = noon

    def live(self, *, corrections: bool, other_corrections: bool) -> None:
        """Let the day of every TPS pass."""
        for tps in self.folder.tps:
            self._status(tps, self._minute(-330, -300), "logistics_received", complete=True)
            opened = self._open(tps, other_corrections=other_corrections)
            closes = self.noon + 60 * MINUTE + self._within(0, 30)
            if opened is not None:
                self._beat(tps, opened, closes)
                self._stop_and_go(tps, opened, closes, other_corrections=other_corrections)
                if corrections:
                    self._err(tps, opened, closes)
                if self.rng.random() < 0.9:
                    self._status(tps, closes, "closed")
                    self._status(tps, closes + self._within(1, 20), "counting_started")

    def strangers(self) -> None:
        """Messages from a TPS that nobody planned, in a desa that votes."""
        tps = "17.02.09.1012-009"
        since = self._minute(-340, -60)
        for kind, after in (("heartbeat", 0), ("opened", 20), ("suspended", 60), ("resumed", 90)):
            if self.rng.random() < 0.7:
                self._status(tps, since + after * MINUTE + self._within(0, 9), kind)

    def _open(self, tps: str, *, other_corrections: bool) -> int | None:
        opens_at = self.folder.tps[tps].opens_at
        dice = self.rng.random()
        if dice < 0.06:
            return None
        if dice < 0.12:
            self._status(tps, opens_at + self._within(-30, 40), "postponed")
            return None
        late = dice < 0.35
        opened = opens_at + (self._within(8, 70) if late else self._within(-10, 9))
        first = self._status(tps, opened, "opened")
        if self.rng.random() < 0.3:
            self._status(tps, opened + self._within(-4, 6), "opened", role="ptps")
        if other_corrections and self.rng.random() < 0.2:
            later = opened + self._within(3, 60)
            self._status(tps, later, "heartbeat", corrects=first)
        return opened

    def _beat(self, tps: str, opened: int, closes: int) -> None:
        """Heartbeats, with holes, and with times in which the phone is offline."""
        silent = [self._span(opened, closes, 220) for _ in range(self.rng.choice((0, 1, 1, 2)))]
        for role in ("kpps", "pam_tps"):
            if self.rng.random() < 0.3:
                self.post.offline(f"{role}-{tps}", *self._span(opened, closes, 120))
        at = opened
        while (at := at + self._within(8, 16)) < closes:
            if any(since <= at < until for since, until in silent):
                continue
            role = self.rng.choice(("kpps", "kpps", "ptps", "pam_tps"))
            mood = self.rng.choice(("aman", "aman", "waspada")) if role == "pam_tps" else ""
            extra = {"situation": mood} if mood else {}
            self._status(tps, at, "heartbeat", role=role, **extra)

    def _stop_and_go(self, tps: str, opened: int, closes: int, *, other_corrections: bool) -> None:
        at = opened
        for _ in range(self.rng.choice((0, 0, 1, 2, 3))):
            at += self._within(5, 120)
            if at >= closes:
                return
            self._status(tps, at, "suspended")
            if self.rng.random() < 0.3:
                self._status(tps, at + self._within(1, 6), "suspended", role="ptps")
            at += self._within(2, 40)
            over = self.rng.choice(("resumed", "resumed", "resumed", "resumed", "", "postponed"))
            if over:
                ended = self._status(tps, at, over)
                if other_corrections and self.rng.random() < 0.2:
                    self._status(tps, at + self._within(2, 30), "heartbeat", corrects=ended)

    def _err(self, tps: str, opened: int, closes: int) -> None:
        """Say something by mistake, and take it back."""
        for kind in ("closed", "suspended"):
            if self.rng.random() < 0.25:
                at = opened + self.rng.randrange(max(1, (closes - opened) // MINUTE)) * MINUTE
                wrong = self._status(tps, at + self._within(0, 1), kind)
                later = at + self._within(2, 150)
                self._status(tps, later, "heartbeat", corrects=wrong)

    def _status(self, tps: str, at: int, kind: str, role: str = "kpps", **extra: object) -> str:
        source = {"id": f"{role}-{tps}", "role": role}
        return self.post.send("tps.status", source, at, {"kind": kind, "tps": tps, **extra})

    def _span(self, opened: int, closes: int, minutes_max: int) -> tuple[int, int]:
        since = opened + self.rng.randrange(max(1, (closes - opened) // SECOND)) * SECOND
        return since, since + self._within(15, minutes_max)

    def _minute(self, first: int, last: int) -> int:
        """Some moment between two minutes counted from noon."""
        return self.noon + self._within(first, last)

    def _within(self, first_minutes: int, last_minutes: int) -> int:
        return self.rng.randrange(first_minutes * 60, last_minutes * 60 + 1) * SECOND
