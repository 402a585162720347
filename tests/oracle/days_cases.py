"""Matters that only a person closes, on a nasty day: officers, money, illness, disaster."""

import random

from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.rows import TAXONOMY_OF_CLOSED
from tests.oracle.times import SECOND

__all__ = ["Cases"]

_ROLES = (
    "warga",
    "warga",
    "warga",
    "anonim",
    "saksi",
    "kpps",
    "linmas",
    "ptps",
    "polsek",
    "system",
)
_KINDS = ("photo", "video", "audio", "document", "witness")
_PAUSES = ((5, 40), (5, 40), (55, 65), (61, 95), (90, 150))
"""Minutes until somebody tells it again: within the window, about its end, after it."""


class Cases:
    """Sends what people say of such matters, at first and when it goes on."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin with nobody who has said anything."""
        self.rng = rng
        self.post = post
        self.folder = folder
        self.noon = noon
        self._tellers = 0

    def tell(self) -> None:
        """Some matters, each told by several people, and most of them again later."""
        for _ in range(self.rng.randrange(6, 12)):
            category = self.rng.choice((*sorted(TAXONOMY_OF_CLOSED), "NET-01", "NET-01"))
            tps = self.rng.choice(sorted(self.folder.tps))
            officer = self._officer() if category == "NET-01" else ""
            at = self.noon + self._within(-300, 300)
            for _ in range(self.rng.choice((1, 2, 3, 4))):
                self._say(category, tps, officer, at + self._within(0, 12))
            for _ in range(self.rng.choice((0, 1, 2, 3, 4))):
                at += self._within(*self.rng.choice(_PAUSES))
                for _ in range(self.rng.choice((1, 1, 2, 3))):
                    self._say(category, tps, officer, at + self._within(0, 4))

    def _officer(self) -> str:
        known = sorted(self.folder.officer_home)
        return self.rng.choice(("", "", *known, self.rng.choice(known), "X7"))

    def _say(self, category: str, tps: str, officer: str, at: int) -> None:
        who = self._teller()
        peers = sorted(code for code in self.folder.tps if code[:13] == tps[:13])
        elsewhere = sorted(self.folder.tps) if officer else peers
        there = tps if self.rng.random() < 0.75 else self.rng.choice(elsewhere)
        place = {"desa": there[:13]} if self.rng.random() < 0.2 else {"tps": there}
        fields: dict[str, object] = {"category": category, "place": place}
        if officer and self.rng.random() < 0.9:
            fields["subject"] = {"officer": officer}
        if self.rng.random() < 0.4:
            fields["text"] = f"perkara {category} {self.rng.choice(('', who['id']))}"
        if self.rng.random() < 0.5:
            fields["evidence"] = self.rng.choice(([], [self._shown()], [self._shown()]))
        self.post.send("crowd.reports", who, at, fields)

    def _teller(self) -> dict[str, object]:
        """Mostly somebody new."""
        self._tellers += self.rng.random() < 0.9
        role = self.rng.choice(_ROLES)
        who: dict[str, object] = {"id": f"c{self._tellers}", "role": role}
        if role == "saksi":
            who["camp"] = self.rng.choice(("01", "02"))
        if channel := self.rng.choice(("app", "sms", "radio", "")):
            who["channel"] = channel
        return who

    def _shown(self) -> dict[str, object]:
        shown: dict[str, object] = {"kind": self.rng.choice(_KINDS)}
        if self.rng.random() < 0.4:
            shown["sha256"] = f"{self.rng.choice((self._tellers, 7)):064x}"
        return shown

    def _within(self, first_minutes: int, last_minutes: int) -> int:
        return self.rng.randrange(first_minutes * 60, last_minutes * 60 + 1) * SECOND
