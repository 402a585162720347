"""What a whole area meets on a nasty day: rumours, trouble that spreads, a network that fails."""

import random

from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.times import MINUTE, SECOND

__all__ = ["Areas", "Outage"]

_RUMOURS = (
    "Surat suara sudah dicoblos semua sejak tadi malam di gudang kecamatan",
    "Pemungutan suara dihentikan, warga disuruh pulang oleh petugas",
    "Ada serangan fajar, uang dibagikan dari mobil hitam di depan pasar",
    "Listrik dipadamkan supaya penghitungan bisa diubah diam-diam",
)
_SHORT = "hoaks lagi!"
_SPREADS = ("KAM-01", "KAM-08", "KAM-09", "INT-01", "INT-02", "PID-01", "LOG-03", "BEN-01")
_ROLES = ("warga", "warga", "warga", "kpps", "linmas", "ptps", "saksi", "anonim")
_STRONG = ("ptps", "pam_tps", "kpps", "kpps")


class Outage:
    """A time in which the TPS of a kecamatan say little."""

    def __init__(self, rng: random.Random, folder: Folder, noon: int) -> None:
        """Most days have one or two in a kecamatan that has TPS enough to matter."""
        self.rng = rng
        by_kecamatan: dict[str, int] = {}
        for tps in folder.tps:
            by_kecamatan[tps[:8]] = by_kecamatan.get(tps[:8], 0) + 1
        large = sorted(code for code, count in by_kecamatan.items() if count > 5)
        self._spans: list[tuple[str, int, int]] = []
        for _ in range(rng.choice((0, 1, 1, 2)) if large else 0):
            since = noon + rng.randrange(-270, 30) * MINUTE
            until = since + rng.randrange(20, 100) * MINUTE
            self._spans.append((rng.choice(large), since, until))
        self._spared = {tps for tps in sorted(folder.tps) if rng.random() < 0.25}

    def swallows(self, tps: str, at: int) -> bool:
        """Whether a sign of life from a TPS is not sent."""
        return tps not in self._spared and any(
            tps[:8] == kecamatan and since <= at < until for kecamatan, since, until in self._spans
        )


class Areas:
    """Sends what is told in many places."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin with nothing told."""
        self.rng = rng
        self.post = post
        self.folder = folder
        self.noon = noon
        self._tellers = 0

    def tell(self) -> None:
        """Some rumours, and some trouble that spreads."""
        for rumour in self.rng.sample(_RUMOURS, self.rng.choice((1, 2, 3))):
            at = self._moment(-300, 300)
            for _ in range(self.rng.choice((1, 1, 2))):
                self._rumour(rumour, at)
                at += self._within(20, 200)
        for _ in range(self.rng.choice((1, 2, 3))):
            self._spread(self.rng.choice(_SPREADS), self._moment(-280, 300))

    def _rumour(self, rumour: str, since: int) -> None:
        """One text as people pass it on: shouted, with numbers, with letters doubled."""
        for _ in range(self.rng.randrange(3, 11)):
            at = since + self._within(0, self.rng.choice((20, 50, 90)))
            text = self.rng.choice((rumour, rumour.upper(), f"{rumour}!!! 100%", f"Awas! {rumour}"))
            text = text.replace("a", "aa") if self.rng.random() < 0.2 else text
            if self.rng.random() < 0.1:
                text = _SHORT
            said = {"category": "INF-02", "text": text, "place": self._somewhere()}
            self.post.send("crowd.reports", self._teller(_ROLES), at, said)

    def _spread(self, category: str, since: int) -> None:
        """The same trouble in desa after desa, told by who is believed, and that it is over."""
        desas = sorted({tps[:13] for tps in self.folder.tps})
        step = self.rng.choice((5, 12, 25))
        for number, desa in enumerate(self.rng.sample(desas, min(len(desas), 6))):
            at = since + number * self._within(1, step)
            peers = self.folder.tps_in(desa)
            there = self.rng.choice(peers)
            for _ in range(self.rng.choice((1, 2, 3))):
                place = {"tps": there} if self.rng.random() < 0.8 else {"desa": desa}
                said: dict[str, object] = {"category": category, "place": place}
                if category == "PID-01":
                    said["evidence"] = [{"kind": "photo"}]
                self.post.send("crowd.reports", self._teller(_STRONG), at, said)
            if self.rng.random() < 0.6:
                self._over(desa, at + self._within(10, 90))

    def _over(self, desa: str, at: int) -> None:
        mood = self.rng.choice(("aman", "aman", "gangguan"))
        said = {"text": "sudah dilihat", "situation": mood, "place": {"desa": desa}}
        role = self.rng.choice(("polsek", "bhabinkamtibmas", "kpps"))
        self.post.send(
            "crowd.reports", {"id": f"{role}{self.rng.randrange(3)}", "role": role}, at, said
        )

    def _somewhere(self) -> dict[str, str]:
        tps = self.rng.choice(sorted(self.folder.tps))
        return {"desa": tps[:13]} if self.rng.random() < 0.3 else {"tps": tps}

    def _teller(self, roles: tuple[str, ...]) -> dict[str, object]:
        """Mostly somebody new."""
        self._tellers += self.rng.random() < 0.85
        who: dict[str, object] = {"id": f"a{self._tellers}", "role": self.rng.choice(roles)}
        if who["role"] == "saksi":
            who["camp"] = self.rng.choice(("01", "02"))
        return who

    def _moment(self, first: int, last: int) -> int:
        return self.noon + self._within(first, last)

    def _within(self, first_minutes: int, last_minutes: int) -> int:
        return self.rng.randrange(first_minutes * 60, last_minutes * 60 + 1) * SECOND
