"""What officers and citizens send on a nasty day: check-ins, calls for help, reports, calm."""

import random

from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.tables import W01_CORROBORATION, W04_CATEGORIES
from tests.oracle.times import MINUTE, SECOND

__all__ = ["Crowd"]

_OTHER_CATEGORIES = ("KAM-08", "PRO-01", "UMM-01", "KES-01")
_ROLES = ("warga", "warga", "warga", "anonim", "saksi", "saksi", "ptps", "kpps", "linmas", "system")
_CHANNELS = ("app", "app", "whatsapp", "sms", "radio", "")


class Crowd:
    """Sends what people say."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder, noon: int) -> None:
        """Begin before the polls open."""
        self.rng = rng
        self.post = post
        self.folder = folder
        self.noon = noon
        self._people = 0

    def check_in(self, *, duress: bool) -> None:
        """Officers report, with and without a TPS; a few call for help."""
        for officer in sorted(self.folder.officer_home):
            at = self._moment(-330, -260)
            while at < self.noon + 90 * MINUTE:
                self._officer(officer, at, "checkin", self.rng.choice(("aman", "aman", "waspada")))
                at += self._within(20, 110)
            if self.rng.random() < 0.25:
                self.post.offline(officer, at - 300 * MINUTE, at - self._within(180, 290))
        if duress:
            for _ in range(self.rng.choice((0, 1, 2, 3))):
                self._call(self.rng.choice((*sorted(self.folder.officer_home), "X9")))

    def _call(self, officer: str) -> None:
        """A call for help, and what may follow it, in any order."""
        at = self._moment(-300, 60)
        call = self._officer(officer, at, "duress", "")
        if self.rng.random() < 0.3:
            self._officer(officer, at + self._within(0, 20), "duress", "")
        if self.rng.random() < 0.15:
            mistaken = {"corrects": call}
            self._officer(officer, at + self._within(1, 9), "checkin", "waspada", mistaken)
        for _ in range(2):
            if self.rng.random() < 0.7:
                self._officer(officer, at + self._within(1, 50), "checkin", "aman")
            if self.rng.random() < 0.7:
                self._confirm(officer, at + self._within(1, 50))

    def _confirm(self, officer: str, at: int) -> None:
        actor, role = self.rng.choice(
            (
                ("chief", "commander"),
                ("chief", "commander"),
                ("ops", "commander"),
                ("who", "commander"),
            )
        )
        area = min(self.folder.kabupatens())
        self.post.send(
            "operator.commands",
            {"id": actor, "role": role, "area": area},
            at,
            {"command": "confirm_identity", "officer": officer, "area": area},
        )

    def _officer(
        self, officer: str, at: int, kind: str, mood: str, extra: dict[str, str] | None = None
    ) -> str:
        fields: dict[str, object] = {"kind": kind, "officer": officer, **(extra or {})}
        if mood:
            fields["situation"] = mood
        if officer == "X9" or self.rng.random() < 0.4:
            fields["tps"] = self.rng.choice(sorted(self.folder.tps))
        return self.post.send("tps.status", {"id": officer, "role": "pam_tps"}, at, fields)

    def report(self, *, copies: bool) -> None:
        """Incidents, each told by several people, and officers who say that it is over."""
        for _ in range(self.rng.randrange(6, 15)):
            category = self.rng.choice(
                (*W01_CORROBORATION, "KAM-01", *W04_CATEGORIES * 3, *_OTHER_CATEGORIES)
            )
            tps = self.rng.choice(sorted(self.folder.tps))
            since = self._moment(-320, 120)
            for _ in range(self.rng.choice((1, 2, 3, 4, 6))):
                self._tell(category, tps, since + self._within(0, 25), copies=copies)
            if self.rng.random() < 0.25:
                self._tell(category, tps, since + self._within(25, 75), copies=copies)
            for _ in range(self.rng.choice((0, 1, 1, 2))):
                self._all_clear(tps, since + self._within(1, 80))

    def _tell(self, category: str, tps: str, at: int, *, copies: bool) -> None:
        self._people += 1
        number = self._people - (1 if copies and self.rng.random() < 0.1 else 0)
        source: dict[str, object] = {"id": f"p{number}", "role": self.rng.choice(_ROLES)}
        if source["role"] == "saksi" and self.rng.random() < 0.7:
            source["camp"] = self.rng.choice(("01", "02"))
        if channel := self.rng.choice(_CHANNELS):
            source["channel"] = channel
        if self.rng.random() < 0.1:
            source = {"id": f"p{number}", "role": "operator"}
            if self.rng.random() < 0.7:
                source["for"] = self.rng.choice(("saksi", "ptps", "warga"))
        fields: dict[str, object] = {"category": category, "place": self._where(tps)}
        if self.rng.random() < 0.5:
            copied = copies and self.rng.random() < 0.2
            fields["text"] = f"kejadian {category} {'' if copied else f'kata {number}'}"
        if copies and self.rng.random() < 0.1:
            fields["evidence"] = [{"kind": "photo", "sha256": f"{len(tps):064x}"}]
        self.post.send("crowd.reports", source, at, fields)

    def _where(self, tps: str) -> dict[str, object]:
        """The place as people say it: mostly right, sometimes wide, sometimes wrong."""
        desa, kecamatan = tps[:13], tps[:8]
        other = min(code for code in self.folder.tps if code[:13] != desa)
        ways: tuple[dict[str, object], ...] = (
            {"tps": tps},
            {"tps": tps},
            {"tps": tps},
            {"desa": desa},
            {"desa": desa, "tps_number": int(tps[-3:])},
            {"desa": desa, "kecamatan": kecamatan, "lat": -3.471, "lon": 102.5205},
            {"tps": tps, "desa": other[:13]},
            {"kecamatan": kecamatan},
            {"tps": f"{desa}-009"},
        )
        return self.rng.choice(ways)

    def _all_clear(self, tps: str, at: int) -> None:
        """`aman` from somebody who may say so or may not, at the right place or at another."""
        there = tps if self.rng.random() < 0.8 else self.rng.choice(sorted(self.folder.tps))
        role = self.rng.choice(("pam_tps", "bhabinkamtibmas", "polsek", "kpps", "warga"))
        source = {"id": f"{role}-{there}", "role": role}
        if self.rng.random() < 0.5 and role != "warga":
            fields: dict[str, object] = {"kind": "heartbeat", "tps": there, "situation": "aman"}
            self.post.send("tps.status", source, at, fields)
        else:
            whole = self.rng.random() < 0.4
            place = {"desa": there[:13]} if whole else {"tps": there}
            said = {"text": "aman terkendali", "situation": "aman", "place": place}
            self.post.send("crowd.reports", source, at, said)

    def _moment(self, first: int, last: int) -> int:
        return self.noon + self._within(first, last)

    def _within(self, first_minutes: int, last_minutes: int) -> int:
        return self.rng.randrange(first_minutes * 60, last_minutes * 60 + 1) * SECOND
