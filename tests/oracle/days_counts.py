"""What is counted on a nasty day: provisional and final forms of all sides, right and wrong."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.folder import Contest, Folder, Tps
from tests.oracle.post import Post
from tests.oracle.times import MINUTE, SECOND

__all__ = ["Tally"]

_KPPS = {"role": "kpps"}
_OTHERS: tuple[dict[str, object], ...] = (
    {"role": "ptps"},
    {"role": "saksi", "camp": "01"},
    {"role": "saksi", "camp": "02"},
    {"role": "saksi"},
    {"role": "ppk"},
    {"role": "polsek"},
    {"role": "warga"},
    {"role": "system"},
    {"role": "operator", "for": "saksi"},
)


@dataclass(frozen=True)
class _Side:
    """Who counts what where."""

    tps: Tps
    contest: Contest
    who: Mapping[str, object]


class Tally:
    """Sends the counts of every TPS that counts."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder) -> None:
        """Some days are close everywhere, so that whole areas become narrow."""
        self.rng = rng
        self.post = post
        self.folder = folder
        self.close = rng.random() < 0.4

    def count(self, counting: dict[str, tuple[int, int]], *, corrections: bool) -> None:
        """Count every contest of every TPS, in its time."""
        for code, (begins, ends) in counting.items():
            for contest in self.folder.contests_of(code):
                if self.rng.random() < 0.9:
                    kpps = _Side(self.folder.tps[code], contest, _KPPS)
                    self._contest(kpps, (begins, ends), corrections=corrections)

    def spoil(self, counting: dict[str, tuple[int, int]]) -> None:
        """Counts of a contest, or with a choice, that nobody knows."""
        for code, (begins, _) in list(counting.items())[:1]:
            tps, contest = self.folder.tps[code], self.folder.contests_of(code)[0]
            for strange in (Contest("walikota", code, ("01",)), contest):
                side, at = _Side(tps, strange, {"role": "ptps"}), begins + self._minutes(0, 60)
                self._send(side, at, {"09": 3}, {"status": "provisional"})

    def _contest(self, kpps: _Side, span: tuple[int, int], *, corrections: bool) -> None:
        result = self._result(kpps.tps, kpps.contest)
        at, ends = span
        sent = ""
        for share in (0.2, 0.4, 0.6, 0.8):
            at += self.rng.choice((self.rng.randrange(3, 12), self.rng.randrange(5, 70))) * MINUTE
            if at >= ends or self.rng.random() < 0.2:
                break
            counted = {choice: int(got * share) for choice, got in result.items()}
            if self.rng.random() < 0.12:
                counted[min(counted)] -= self.rng.randrange(1, 30)
            again = {"corrects": sent} if corrections and sent and self.rng.random() < 0.1 else {}
            sent = self._send(kpps, at, counted, {"status": "provisional", **again})
        if self.rng.random() < 0.85:
            sent = self._send(kpps, ends, result, {"status": "final"})
        for who in self.rng.sample(_OTHERS, self.rng.choice((0, 1, 2, 3))):
            self._other_side(_Side(kpps.tps, kpps.contest, who), ends, result)
        if corrections and sent and self.rng.random() < 0.3:
            extra: dict[str, object] = {"status": "final", "corrects": sent}
            self._send(kpps, ends + self._minutes(5, 200), self._erred(result), extra)

    def _result(self, tps: Tps, contest: Contest) -> dict[str, int]:
        """Votes of each choice, often nearly as many of the first two."""
        cast = int((tps.dpt or 0) * self.rng.choice((0.6, 0.75, 0.9, 0.9, 0.97)))
        first, second, *others = contest.choices
        got = dict.fromkeys(others, cast // 10)
        left = cast - sum(got.values())
        margin = self.rng.choice((0, 1, 2, 3, 4, 5))
        if not self.close and self.rng.random() < 0.7:
            margin = self.rng.randrange(10, max(11, left // 2))
        if self.rng.random() < 0.5:
            first, second = second, first
        return {first: (left + margin) // 2, second: left - (left + margin) // 2, **got}

    def _erred(self, result: dict[str, int]) -> dict[str, int]:
        """The same, or a few votes apart, or two numbers exchanged."""
        dice, first, second = self.rng.random(), *sorted(result)[:2]
        if dice < 0.4:
            return dict(result)
        if dice < 0.7:
            return {**result, first: max(0, result[first] + self.rng.choice((-2, -1, 1, 3)))}
        return {**result, first: result[second], second: result[first]}

    def _other_side(self, side: _Side, ends: int, result: dict[str, int]) -> None:
        status = "final" if self.rng.random() < 0.8 else "provisional"
        counted, at = self._erred(result), ends + self._minutes(-20, 60)
        sent = self._send(side, at, counted, {"status": status})
        if self.rng.random() < 0.5:
            again: dict[str, object] = {"status": "final"}
            if self.rng.random() < 0.4:
                again["corrects"] = sent
            counted = result if self.rng.random() < 0.6 else self._erred(result)
            self._send(side, at + self._minutes(1, 90), counted, again)

    def _send(self, side: _Side, at: int, votes: dict[str, int], extra: dict[str, object]) -> str:
        tps = side.tps
        name = "-".join(str(part) for part in side.who.values())
        source = {"id": f"{name}-{tps.code}", **side.who}
        fields = {"tps": tps.code, "contest": side.contest.id, "votes": votes, **extra}
        if self.rng.random() < 0.06:
            fields["image_sha256"] = f"{self.rng.randrange(6):064x}"
        return self.post.send("vote.counts", source, at, {**fields, **self._sums(tps, votes)})

    def _sums(self, tps: Tps, votes: dict[str, int]) -> dict[str, object]:
        """The rest of the form: whole or in parts, right or wrong by some or by very much."""
        received = self.folder.with_reserve(tps.dpt or 0)
        valid, invalid, spoiled = sum(votes.values()), self.rng.randrange(9), self.rng.randrange(3)
        if self.rng.random() < 0.05:
            invalid += valid // 5
        used = valid + invalid
        wrong = self.rng.choice((0,) * 12 + (1, -1, 2, 5, 40, 9_000))
        numbers = {"valid": valid, "invalid": invalid, "used": used, "dpt": used - 4}
        if wrong:
            numbers[self.rng.choice(sorted(numbers))] += wrong
        if self.rng.random() < 0.03:
            numbers["invalid"] = -1
        ballots = {
            "received": received,
            "used": numbers["used"],
            "spoiled": spoiled,
            "unused": received - used - spoiled,
        }
        voters = {"dpt": numbers["dpt"], "dptb": 3, "dpk": 1}
        whole = {
            "valid": numbers["valid"],
            "invalid": numbers["invalid"],
            "ballots": {n: got for n, got in ballots.items() if self.rng.random() < 0.95},
            "voters": voters if self.rng.random() < 0.9 else {"dpt": numbers["dpt"]},
        }
        return {name: got for name, got in whole.items() if self.rng.random() < 0.85}

    def _minutes(self, first: int, last: int) -> int:
        return self.rng.randrange(first * 60, last * 60 + 1) * SECOND
