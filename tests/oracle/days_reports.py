"""Reports of every category on a nasty day, floods of one source, surges in a desa, trouble."""

import random

from tests.oracle.days_people import Crowd
from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.rows import TAXONOMY_OF_W15, W03_CATEGORIES
from tests.oracle.tables import TAXONOMY
from tests.oracle.times import MINUTE, SECOND

__all__ = ["WholeCrowd"]

_LIKELY = ("warga", "warga", "anonim", "saksi", "kpps", "linmas", "ptps", "polsek", "pam_tps")


class WholeCrowd(Crowd):
    """Sends what people say of everything."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin in the morning; people go on until the night."""
        super().__init__(rng, post, folder, noon)
        self._talkers = 0

    def talk(self, *, corrections: bool) -> None:
        """Incidents of every kind, each told by several people."""
        often = (*TAXONOMY_OF_W15, *W03_CATEGORIES * 4, "UMM-01")
        for _ in range(self.rng.randrange(15, 30)):
            category = self.rng.choice((*often, self.rng.choice(sorted(TAXONOMY))))
            self._incident(category, self._moment(-300, 500))
        for _ in range(self.rng.randrange(3)):
            self._flood(self._moment(-300, 400))
        for _ in range(self.rng.randrange(1, 4)):
            self._surge(self._moment(-300, 400))
        for _ in range(self.rng.randrange(6)):
            self._trouble(self._moment(-300, 400), corrections=corrections)

    def _incident(self, category: str, since: int) -> None:
        tps = self.rng.choice(sorted(self.folder.tps))
        peers = [code for code in self.folder.tps if code[:13] == tps[:13]]
        for _ in range(self.rng.choice((1, 1, 2, 3, 4, 6))):
            there = tps if self.rng.random() < 0.7 else self.rng.choice(sorted(peers))
            self._says(category, there, since + self._within(0, self.rng.choice((5, 20, 70))))

    def _says(self, category: str, tps: str, at: int, source: str = "") -> None:
        self._talkers += 1
        role = self.rng.choice(_LIKELY)
        who: dict[str, object] = {"id": source or f"t{self._talkers}", "role": role}
        if role == "saksi":
            who["camp"] = self.rng.choice(("01", "02"))
        if channel := self.rng.choice(("app", "sms", "radio", "")):
            who["channel"] = channel
        place = {"desa": tps[:13]} if self.rng.random() < 0.2 else {"tps": tps}
        self.post.send("crowd.reports", who, at, {"category": category, "place": place})

    def _flood(self, since: int) -> None:
        """One source that tells much, and then goes on, or is believed again."""
        source = f"flood{self.rng.randrange(3)}"
        at = since
        for _ in range(self.rng.randrange(9, 19)):
            tps = self.rng.choice(sorted(self.folder.tps))
            self._says(self.rng.choice(sorted(TAXONOMY_OF_W15)), tps, at, source)
            at += self.rng.randrange(75) * SECOND
        for _ in range(self.rng.randrange(4)):
            at += self._within(1, 35)
            tps = self.rng.choice(sorted(self.folder.tps))
            self._says(self.rng.choice(("INF-01", "UMM-01", "KAM-06")), tps, at, source)

    def _surge(self, since: int) -> None:
        """Many sources in one desa, after a time in which there were few or some."""
        desa = self.rng.choice(sorted(self.folder.tps))[:13]
        peers = sorted(code for code in self.folder.tps if code[:13] == desa)
        usual = self.rng.choice((0, 0, 1, 2))
        for quarter in range(1, 10):
            for _ in range(usual):
                at = since - quarter * 15 * MINUTE - self._within(0, 14)
                self._says("KES-02", self.rng.choice(peers), at)
        for _ in range(self.rng.randrange(4, 12)):
            at = since + self._within(0, 16)
            self._says(self.rng.choice(("KES-01", "PID-01")), self.rng.choice(peers), at)

    def _trouble(self, at: int, *, corrections: bool) -> None:
        """`gangguan` in a status, or in a report without a category."""
        tps = self.rng.choice(sorted(self.folder.tps))
        if self.rng.random() < 0.3:
            source = {"id": self.post.new_id("g"), "role": self.rng.choice(_LIKELY[4:])}
            said = {"text": "gangguan", "situation": "gangguan", "place": {"tps": tps}}
            self.post.send("crowd.reports", source, at, said)
            return
        source = {"id": f"kpps-{tps}", "role": "kpps"}
        fields = {"kind": "heartbeat", "tps": tps}
        sent = self.post.send("tps.status", source, at, {**fields, "situation": "gangguan"})
        if corrections and self.rng.random() < 0.4:
            later = at + self._within(1, 50)
            self.post.send("tps.status", source, later, {**fields, "corrects": sent})
