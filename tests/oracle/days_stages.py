"""The whole day of polling places: materials, closing, counting, boxes, and all that goes wrong."""

import random

from tests.oracle.days_areas import Outage
from tests.oracle.days_places import PollingPlaces
from tests.oracle.folder import Folder, Tps
from tests.oracle.post import Post
from tests.oracle.times import MINUTE

__all__ = ["WholePlaces"]

_HOUR = 60
_EVENTFUL = 9
"""So many TPS of a folder, in the order of its rows, have much to tell."""


class WholePlaces(PollingPlaces):
    """Sends the statuses of every TPS of a folder, from its materials to the arrival of its box."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin on the eve or at dawn."""
        super().__init__(rng, post, folder, noon)
        self.outage = Outage(rng, folder, noon)
        self.counting: dict[str, tuple[int, int]] = {}
        """By TPS: from when until when it counts, for whoever sends the counts."""

    def live_whole(self, *, corrections: bool) -> None:
        """Let the day of every TPS pass."""
        for number, tps in enumerate(self.folder.tps.values()):
            if number >= _EVENTFUL:
                self._live_plainly(tps)
                continue
            self._materials(tps)
            opened = self._open(tps.code, other_corrections=corrections)
            if opened is None:
                continue
            closes = self._close(tps, corrections=corrections)
            self._beat(tps.code, opened, min(closes, tps.closes_at + 30 * MINUTE))
            self._stop_and_go(tps.code, opened, closes, other_corrections=corrections)
            if corrections:
                self._err(tps.code, opened, closes)
            self._count(tps, closes, corrections=corrections)
            self._carry(tps, corrections=corrections)
            if corrections and self._chance(0.3):
                self._disorder(tps)

    def _live_plainly(self, tps: Tps) -> None:
        """A TPS of which there is little to tell, but that it is there."""
        opened = tps.opens_at + self._within(-5, 9)
        closes = tps.closes_at + self._within(0, 20)
        self._status(tps.code, opened, "opened")
        if self._chance(0.7):
            at = opened
            while (at := at + self._within(9, 15)) < closes:
                self._status(tps.code, at, "heartbeat")
        self._status(tps.code, closes, "closed")
        begins = closes + self._within(1, 20)
        self._status(tps.code, begins, "counting_started")
        ends = self.counting[tps.code] = begins, begins + self._within(60, 240)
        self._status(tps.code, ends[1], "counting_finished")

    def _status(self, tps: str, at: int, kind: str, role: str = "kpps", **extra: object) -> str:
        """Send a status, unless it is a sign of life in a time without a network."""
        if (
            kind == "heartbeat"
            and not extra.keys() - {"situation"}
            and self.outage.swallows(tps, at)
        ):
            return ""
        return super()._status(tps, at, kind, role, **extra)

    def strangers(self) -> None:
        """A TPS that nobody planned does what others do, in another order."""
        code = f"{min(self.folder.tps)[:13]}-009"
        self._disorder(self.folder.place(code))
        at = self.noon + self._within(-300, 60)
        for kind in ("opened", "closed", "counting_started", "box_departed"):
            at += self._within(1, 200)
            if self._chance(0.7):
                self._status(code, at, kind)

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _materials(self, tps: Tps) -> None:
        """Ballots of each contest: right, a few too many, far too few, counted again."""
        expected = self.folder.with_reserve(tps.dpt or 0)
        contests = self.folder.contests_of(tps.code)
        at = tps.logistics_due + self._within(-60, 50)
        for contest in contests:
            if self._chance(0.12):
                continue
            wrong = self.rng.choice((0, 0, 0, 1, -1, -3, 25, -expected // 3))
            extra: dict[str, object] = {"ballots": expected + wrong, "complete": wrong == 0}
            if len(contests) > 1 and self._chance(0.9):
                extra["contest"] = contest.id
            sent = self._status(tps.code, at, "logistics_received", "kpps", **extra)
            for _ in range(self.rng.choice((0, 1, 2, 3)) if wrong else 0):
                again = {**extra, "ballots": expected + self.rng.choice((0, 0, 2, wrong, 40))}
                if self._chance(0.3):
                    again["corrects"] = sent
                later = at + self._within(1, 90)
                role = "kpps" if "corrects" in again else self.rng.choice(("kpps", "ptps"))
                self._status(tps.code, later, "logistics_received", role, **again)

    def _close(self, tps: Tps, *, corrections: bool) -> int:
        """Close on time, too early, too late or never; with words of the queue before."""
        last = tps.closes_at
        for _ in range(self.rng.choice((0, 0, 1, 2, 3))):
            queue = self.rng.choice((0, 0, 3, 40))
            self._status(tps.code, last + self._within(-75, 90), "heartbeat", queue=queue)
        dice = self.rng.random()
        if dice < 0.2:
            early = last - self._within(1, 90)
            extra: dict[str, object] = {"all_voted": self._chance(0.4)} if self._chance(0.6) else {}
            wrong = self._status(tps.code, early, "closed", "kpps", **extra)
            after = early + self._within(1, 40)
            if corrections and self._chance(0.3):
                self._status(tps.code, after, "heartbeat", corrects=wrong)
            elif self._chance(0.5):
                kind = self.rng.choice(("opened", "resumed", "closed", "postponed"))
                self._status(tps.code, after, kind, all_voted=True)
        if 0.15 < dice < 0.22:
            return last + 3 * _HOUR * MINUTE  # It never says that it closes.
        closes = last + (self._within(30, 110) if dice > 0.85 else self._within(0, 25))
        self._status(tps.code, closes, "closed")
        if self._chance(0.25):
            self._status(tps.code, closes + self._within(-2, 30), "closed", role="ptps")
        return closes

    def _count(self, tps: Tps, closes: int, *, corrections: bool) -> None:
        """Begin soon, late or unheard; finish in the afternoon, at night, next day, or never."""
        begins = closes + self.rng.choice((self._within(1, 20), self._within(20, 100)))
        if self._chance(0.06):
            begins = closes - self._within(1, 30)
        hours = self.rng.choice((1, 2, 2, 3, 4, 4, 12, 20))
        ends = begins + hours * _HOUR * MINUTE + self._within(0, 50)
        self.counting[tps.code] = begins, ends
        if self._chance(0.92):
            self._status(tps.code, begins, "counting_started")
        if self._chance(0.15):
            self._status(tps.code, begins + self._within(-3, 60), "counting_started", role="ptps")
        if self._chance(0.8):
            done = self._status(tps.code, ends, "counting_finished")
            if corrections and self._chance(0.1):
                self._status(tps.code, ends + self._within(1, 60), "heartbeat", corrects=done)

    def _carry(self, tps: Tps, *, corrections: bool) -> None:
        """Carry one or two boxes away, and perhaps further on."""
        _, at = self.counting[tps.code]
        for number in range(self.rng.choice((0, 1, 1, 1, 1, 2))):
            named = self._chance(0.6)
            box: dict[str, object] = {"box": f"K-{tps.code[8:]}-{number}"} if named else {}
            at += self._within(2, 60)
            for _ in range(self.rng.choice((1, 1, 1, 2))):
                at = self._trip(tps, at, box, corrections=corrections) + self._within(5, 40)

    def _trip(self, tps: Tps, at: int, box: dict[str, object], *, corrections: bool) -> int:
        seal = {"seal": f"S-{self.rng.randrange(100)}"} if self._chance(0.7) else {}
        fields: dict[str, object] = {**box, **seal}
        if self._chance(0.2):
            self._status(
                tps.code, at - self._within(0, 20), "escort_joined", "kpps", **self._maybe(box)
            )
        if self._chance(0.6):
            fields["escort"] = self.rng.choice((["A1"], ["A1", "B1"], []))
        if self._chance(0.4):
            fields["eta_minutes"] = self.rng.choice((5, 20, 33.5, 60))
        left = self._status(tps.code, at, "box_departed", "kpps", **fields)
        if self._chance(0.15):
            self._status(tps.code, at + self._within(0, 4), "box_departed", "ptps", **box)
        if self._chance(0.4):
            self._status(
                tps.code, at + self._within(0, 25), "escort_joined", "kpps", **self._maybe(box)
            )
        if corrections and self._chance(0.08):
            self._status(tps.code, at + self._within(1, 90), "heartbeat", corrects=left)
        came = at + self.rng.choice((self._within(3, 40), self._within(30, 200)))
        if self._chance(0.9):
            self._arrive(tps, came, {**box, **seal}, corrections=corrections)
        return came

    def _escort(self, tps: Tps, at: int, box: dict[str, object]) -> None:
        self._status(tps.code, at, "escort_joined", "kpps", **self._maybe(box))

    def _arrive(self, tps: Tps, at: int, named: dict[str, object], *, corrections: bool) -> None:
        role = self.rng.choice(("ppk", "ppk", "ptps", "polsek"))
        wrong = self.rng.choice(({}, {}, {}, {"seal": "S-999"}, {"box": "K-0"}, {"broken": True}))
        fields = {**self._maybe(named), **wrong}
        if fields.pop("broken", False):
            fields["seal_intact"] = False
        elif self._chance(0.4):
            fields["seal_intact"] = True
        sent = self._status(tps.code, at, "box_arrived", role, **fields)
        if wrong and self._chance(0.6):
            again = at + self._within(1, 60)
            right = {**named, "seal_intact": True} if self._chance(0.7) else {}
            if corrections and self._chance(0.2):
                right["corrects"] = sent
            other = role if "corrects" in right else self.rng.choice(("ptps", "ptps", "ppk"))
            self._status(tps.code, again, "box_arrived", other, **right)

    def _maybe(self, fields: dict[str, object]) -> dict[str, object]:
        return fields if self._chance(0.7) else {}

    def _disorder(self, tps: Tps) -> None:
        """A stage at any time, by a sender who is wrong or has found an old form."""
        kind = self.rng.choice(
            ("closed", "resumed", "counting_started", "box_arrived", "box_departed", "opened")
        )
        since = tps.opens_at + self._within(0, 10 * _HOUR)
        self._status(tps.code, since, kind, role="linmas")
