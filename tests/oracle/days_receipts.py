"""Days on which some calls reach nobody: what a notifier would write of each notice, or might.

A day has single reports of many kinds, and persons who act on their alerts. Each call of it gets
its receipts: delivered, given up by one way or by all, round after round, at once, late, twice or
never, alone or with another alert; and so do the calls that tell of those failures. News has some.
`python -m tests.oracle.days_receipts SEED` writes the lines of a day of the folder `wired`.
"""

import random
import sys
from pathlib import Path

from tests.oracle.acts import Acting
from tests.oracle.book import Book, Line
from tests.oracle.calls import Call, Calls
from tests.oracle.folder import Folder, read_folder
from tests.oracle.known_rules import WITH_RECEIPTS
from tests.oracle.post import Post
from tests.oracle.replay import Judged, judge_day
from tests.oracle.times import MINUTE, SECOND, day_time, write_time

__all__ = ["WIRED", "make_called_day"]

WIRED = Path(__file__).parent / "wired"
"""The places of `tiny`, and somebody to tell at every level."""
_CATEGORIES = ("KAM-04", "KAM-11", "HIT-01", "HIT-03", "LOG-01", "LOG-02", "PRO-01", "INF-01")
_WAYS = ("webhook", "sms", "telegram")
_NEWS = frozenset({"acknowledged", "shelved", "returned", "resolved", "lowered"})
_IN_VAIN = ("failed", "failed", "failed", "failed", "blocked", "unaddressed")
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_HOUR = 60 * MINUTE


class _Notifier:
    """Writes receipts of the calls of a judged day."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder) -> None:
        self.rng = rng
        self.post = post
        self.folder = folder

    def on(self, judged: Judged, rules: frozenset[str]) -> None:
        """Say what became of what was told of the alerts of some rules, or of no others."""
        book = Book(self.folder.election)
        book.lines, book.alerts = judged.lines, {alert.id: alert for alert in judged.alerts}
        calls = Calls(self.folder, book)
        calls.look()
        own = {line.alert for line in judged.lines if line.about.rule in rules}
        made = [call for call in calls.made if call.alert in own]
        for call in made:
            for number in sorted(call.numbers):
                self._end(call, number, made)
        for line in judged.lines:
            if line.alert in own and line.change in _NEWS and self.rng.random() < 0.4:
                self._news(line, made)

    def _end(self, call: Call, number: int, made: list[Call]) -> None:
        """Let a notice to one contact end: by a way that works, by none, or not at all."""
        dice, at = self.rng.random(), call.at
        if dice < 0.15:
            return
        told = [(call.alert, call.revision)]
        others = [one for one in made if one.key == call.key and one.alert != call.alert]
        near = [one for one in others if 0 <= call.at - one.at < 20 * MINUTE]
        if near and self.rng.random() < 0.4:
            told.append((near[-1].alert, near[-1].revision))
        ways = _WAYS[: self.rng.choice((1, 2, 2, 3))]
        notice, attempt = self._notice(call.alert), 0
        for round_ in range(1 if dice < 0.5 else self.rng.choice((1, 1, 2, 3))):
            for place, way in enumerate(ways):
                at += self.rng.randrange(1, 240) * SECOND
                last = place == len(ways) - 1
                works = dice < 0.5 and (last or self.rng.random() < 0.5)
                works = works or (round_ > 0 and self.rng.random() < 0.3)
                outcome = "delivered" if works else "failed" if not last else self._vain()
                following = "" if works or last else ways[place + 1]
                name = f"{notice}:{way}:{attempt}"
                self._receipt(at, name, f"{call.key}/{number}", (outcome, following), told)
                attempt += 1
                if works:
                    return
            at += 5 * MINUTE

    def _vain(self) -> str:
        return self.rng.choice(_IN_VAIN)

    def _news(self, line: Line, made: list[Call]) -> None:
        """A message that asks nobody goes to somebody who was called before."""
        known = [one for one in made if one.alert == line.alert and one.revision < line.revision]
        if known:
            call = self.rng.choice(known)
            number = self.rng.choice(sorted(call.numbers))
            outcome = self.rng.choice(("delivered", "failed", "failed"))
            name = f"{self._notice(line.alert)}:webhook:0"
            at = line.at + self.rng.randrange(1, 300) * SECOND
            told = [(line.alert, line.revision)]
            self._receipt(at, name, f"{call.key}/{number}", (outcome, ""), told)

    def _notice(self, alert: str) -> str:
        return f"{alert[:4]}-{''.join(self.rng.choice(_BASE32) for _ in range(16))}"

    def _receipt(
        self,
        at: int,
        name: str,
        destination: str,
        ended: tuple[str, str],
        told: list[tuple[str, int]],
    ) -> None:
        notice, channel, attempt = name.split(":")
        value: dict[str, object] = {
            "id": name,
            "at": write_time(at, 7),
            "notice": notice,
            "destination": destination,
            "channel": channel,
            "outcome": ended[0],
            "next": ended[1],
            "attempt": int(attempt),
            "alerts": [{"alert": alert, "revision": revision} for alert, revision in told],
        }
        at = at // SECOND * SECOND
        received_at = at + self.rng.choice((0, 0, SECOND, self.rng.randrange(30) * MINUTE))
        self.post.put("siaga.receipts", received_at, value)
        if self.rng.random() < 0.05:
            self.post.put("siaga.receipts", received_at + 7 * MINUTE, value)


def make_called_day(seed: int, folder: Folder) -> list[str]:
    """Make the lines of a day; the same seed and folder give the same lines."""
    rng = random.Random(seed)
    post = Post(rng, late=False, ahead=False, fractions=False)
    noon = day_time(folder.day, "12:00", 7)
    _report(rng, post, folder, noon)
    for round_ in range(2):
        Acting(rng, post, round_, shelving=True).on(_judged(folder, post))
    notifier = _Notifier(rng, post, folder)
    judged = _judged(folder, post)
    notifier.on(judged, frozenset(line.about.rule for line in judged.lines))
    judged = _judged(folder, post)
    judged.lines = [line for line in judged.lines if line.about.rule == "X09"]
    Acting(rng, post, 0, shelving=True).on(judged)
    notifier.on(_judged(folder, post), frozenset({"X09"}))
    return post.lines()


def _judged(folder: Folder, post: Post) -> Judged:
    return judge_day(folder, post.lines(), post.last() + _HOUR, rules=WITH_RECEIPTS)


def _report(rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
    """Let every TPS open, and somebody report one thing of each kind from a few desa."""
    for tps in sorted(folder.tps):
        source = {"id": f"kpps-{tps}", "role": "kpps"}
        for kind, minutes in (("logistics_received", -890), ("opened", -330)):
            fields = {"kind": kind, "tps": tps, "complete": True}
            post.send("tps.status", source, noon + minutes * MINUTE, fields)
    subjects = [(tps, category) for tps in sorted(folder.tps) for category in _CATEGORIES]
    by_desa = {(tps[:13], category): tps for tps, category in rng.sample(subjects, 14)}
    for number, ((_, category), tps) in enumerate(sorted(by_desa.items())):
        source = {"id": f"ptps-{number}", "role": "ptps"}
        at = noon - rng.randrange(60, 290) * MINUTE
        post.send("crowd.reports", source, at, {"category": category, "place": {"tps": tps}})


def main(arguments: list[str]) -> int:
    """Write the day of a seed."""
    day = make_called_day(int(arguments[0]), read_folder(WIRED))
    sys.stdout.writelines(f"{line}\n" for line in day)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
