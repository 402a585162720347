"""Rule W11 over a day: one rumour told in many places, in whatever words it is passed on.

ADR 18: "Alike are two texts of which 35 % of the runs of five letters are common; what is alike to
a third is in one claim. 5 sources of 3 desa within 60 minutes."
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from tests.oracle.book import Book, Identity, Moment
from tests.oracle.conditions import Condition, Shape
from tests.oracle.events import Event
from tests.oracle.evidence import in_time
from tests.oracle.folder import Folder, common_area
from tests.oracle.rows import (
    W11_ALIKE_PERCENT,
    W11_DESA,
    W11_LETTERS,
    W11_MINUTES,
    W11_RUN,
    W11_SOURCES,
)
from tests.oracle.tables import most_vulnerable
from tests.oracle.times import MINUTE
from tests.oracle.values import text

__all__ = ["ClaimRule", "are_alike", "letters_of"]


@dataclass
class _Claim:
    """Reports that say one thing."""

    condition: Condition
    reports: list[Event] = field(default_factory=list[Event])


class ClaimRule:
    """All claims that nobody has answered."""

    def __init__(self, folder: Folder, book: Book) -> None:
        """Begin without a rumour."""
        self.folder = folder
        self.book = book
        self.conditions: dict[Identity, Condition] = {}
        self._claims: list[_Claim] = []

    def take(self, report: Event, when: Moment) -> None:
        """Take a report, if it is of a rumour and says enough to be compared."""
        said = letters_of(text(report.value, "text"))
        if report.category != "INF-02" or not report.place.desa or not in_time(report):
            return
        if len(said) < W11_LETTERS:
            return
        claim = self._claim_of(report, said)
        claim.reports.append(report)
        if not claim.condition.holding and (spread := _spread(claim.reports, report)):
            codes = {item.place.tps for item in spread if item.place.tps}
            tps_class = most_vulnerable([self.folder.place(code).tps_class for code in codes])
            place = common_area(sorted({item.place.desa for item in spread}))
            shape = Shape("medium", "OPS", tps_class, place)
            claim.condition.begins(self.book, self.folder, shape, when)

    def _claim_of(self, report: Event, said: str) -> _Claim:
        """The claim of a text; several that it joins are one from now on, the oldest."""
        joined = [
            claim
            for claim in self._claims
            if any(are_alike(said, letters_of(text(r.value, "text"))) for r in claim.reports)
        ]
        if not joined:
            claim = _Claim(self._condition(report))
            self._claims.append(claim)
            return claim
        first, *others = joined
        for other in others:
            first.reports += other.reports
            self._claims.remove(other)
        return first

    def _condition(self, first: Event) -> Condition:
        """ADR 18 "Its id is the BLAKE2b … of source and id of its first report"."""
        said = f"{first.source}\x1f{text(first.value, 'id')}"
        name = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
        about = Identity("W11", f"claim:{first.place.kabupaten}/{name}")
        return self.conditions.setdefault(about, Condition(about))

    def quiet_at(self, condition: Condition) -> int | None:
        """Nothing ends it but a person; then it is over at once."""
        return condition.newest.resolved_at if condition.blocked and condition.newest else None

    def falls_due(self, condition: Condition, when: Moment) -> None:
        """ADR 18 "what was said of it until then is forgotten"."""
        self._claims = [claim for claim in self._claims if claim.condition is not condition]
        condition.clears(when.at)


def _spread(reports: list[Event], new: Event) -> list[Event]:
    """The first hour with the new report in it in which enough sources of enough desa told it."""
    span = W11_MINUTES * MINUTE
    for first in sorted(reports, key=lambda report: report.at):
        near = [report for report in reports if 0 <= report.at - first.at <= span]
        enough = len({report.source for report in near}) >= W11_SOURCES
        if new in near and enough and len({r.place.desa for r in near}) >= W11_DESA:
            return near
    return []


def letters_of(written: str) -> str:
    """Letters "without case, accents, digits, punctuation, blanks and repeats"."""
    letters = [
        letter for letter in unicodedata.normalize("NFKD", written).casefold() if letter.isalpha()
    ]
    return "".join(
        [letters[0], *(letter for before, letter in pairwise(letters) if letter != before)]
        if letters
        else []
    )


def are_alike(one: str, other: str) -> bool:
    """Whether enough of the runs of letters of two texts are common (Jaccard)."""
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) * 100 >= W11_ALIKE_PERCENT * len(mine | theirs)


def _runs(said: str) -> set[str]:
    return {said[at : at + W11_RUN] for at in range(len(said) - W11_RUN + 1)}
