"""Rules V11 and V12 over a day: forms that stand out among those of other TPS, or are another's."""

from fractions import Fraction
from statistics import median

from tests.oracle.book import Identity, Moment
from tests.oracle.conditions import Shape
from tests.oracle.count_checks import impossible
from tests.oracle.events import Event
from tests.oracle.folder import common_area
from tests.oracle.forms import is_final, not_replaced, side_of, standing_form, valid
from tests.oracle.held_rules import HeldRules
from tests.oracle.rows import V11_PEERS, V11_SHARE, V11_Z
from tests.oracle.tables import most_vulnerable
from tests.oracle.told import Told
from tests.oracle.values import integer, text

__all__ = ["PeerRules", "beyond_chance", "modified_z"]

_SCALE = Fraction(6745, 10_000)
"""Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993)."""


class PeerRules:
    """The two rules."""

    def __init__(self, told: Told, held: HeldRules) -> None:
        """Ask what was told."""
        self.told = told
        self.folder = told.folder
        self.held = held

    def take(self, count: Event, when: Moment) -> None:
        """Judge after a count, which is kept already."""
        self._judge_shares(count.place.tps[:8], when)
        images = {text(known.value, "image_sha256") for known in self.told.counts[count.place.tps]}
        for image in sorted(images - {""}):
            self._judge_image(count.place.kabupaten, image, when)

    def _judge_shares(self, kecamatan: str, when: Moment) -> None:
        """V11: "one alert a TPS, whatever the contest"."""
        codes = self.folder.tps_in(kecamatan)
        outliers = {
            tps for contest in self.folder.contests for tps in self._outliers(codes, contest.id)
        }
        for tps in codes:
            about, tps_class = Identity("V11", tps), self.folder.tps[tps].tps_class
            holding = {about: Shape("low", "ADM", tps_class, tps)} if tps in outliers else {}
            self.held.sync(tps, holding, when)

    def _outliers(self, codes: list[str], contest: str) -> list[str]:
        shares: dict[str, tuple[Fraction, int]] = {}
        for tps in codes:
            form = standing_form(self.told.counts.get(tps, []), contest)
            share = None if form is None else self._share(form)
            if share is not None:
                shares[tps] = share
        if len(shares) < V11_PEERS:
            return []
        every = [share for share, _ in shares.values()]
        return [
            tps
            for tps, (share, ballots) in shares.items()
            if share > V11_SHARE
            and modified_z(share, every) > V11_Z
            and beyond_chance(share, ballots, median(every))
        ]

    def _share(self, form: Event) -> tuple[Fraction, int] | None:
        """The invalid votes of all, and all; of a form that cannot be or is not final, none."""
        invalid = integer(form.value, "invalid")
        if invalid is None or not is_final(form) or impossible(self.folder, form):
            return None
        cast = valid(form) + invalid
        return (Fraction(invalid, cast), cast) if cast > 0 else None

    def _judge_image(self, kabupaten: str, image: str, when: Moment) -> None:
        """V12: forms of two TPS that nobody has corrected show one image."""
        codes = sorted(
            tps
            for tps, counts in self.told.counts.items()
            if tps.startswith(kabupaten)
            and any(text(f.value, "image_sha256") == image for f in _uncorrected(counts))
        )
        scope = f"image:{kabupaten}/{image}"
        holding: dict[Identity, Shape] = {}
        if len(codes) > 1:
            tps_class = most_vulnerable([self.folder.place(tps).tps_class for tps in codes])
            shape = Shape("medium", "ADM", tps_class, common_area(codes))
            holding[Identity("V12", scope)] = shape
        self.held.sync(scope, holding, when)


def _uncorrected(counts: list[Event]) -> list[Event]:
    """ADR 18 "that no other form of its side corrects"; `system` is on none."""
    sides = {side_of(count) for count in counts} - {""}
    return [
        form
        for side in sides
        for form in not_replaced(count for count in counts if side_of(count) == side)
    ]


def modified_z(value: Fraction, every: list[Fraction]) -> float:
    """How far a value lies from the median, in median deviations; without any, beyond measure."""
    middle = median(every)
    deviation = median([abs(one - middle) for one in every])
    if deviation == 0:
        return 0 if value == middle else float("inf")
    return float(_SCALE * (value - middle) / deviation)


def beyond_chance(share: Fraction, ballots: int, middle: Fraction) -> bool:
    """ADR 18 "and above 4 standard errors of the median share at so many ballots"; squared."""
    return (share - middle) ** 2 * ballots > V11_Z**2 * middle * (1 - middle)
