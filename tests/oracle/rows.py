"""The numbers of domain §4a and §4b for the rules of stages, boxes, reports and counts.

`[a/b/c/d]` of the domain stands for kurang_rawan / rawan / sangat_rawan / khusus. How a row is read
is said where it is judged; ADR 18 has the readings.
"""

from dataclasses import dataclass

from tests.oracle.tables import by_class

__all__ = [
    "CLOSED_BY_PERSONS",
    "CLOSED_WINDOW_MINUTES",
    "GAP_MINUTES",
    "ILLEGAL_WITHOUT",
    "LOWERED_WEIGHT",
    "PAST_CLOSING_LIMIT",
    "POSTURE_MINUTES",
    "PROPAM_ALONE",
    "RESTRICTED",
    "SKEW_MINUTES",
    "T01_GRACE",
    "T08_LIMIT",
    "T10_LIMIT",
    "T11_LIMIT",
    "TAXONOMY_OF_CLOSED",
    "TAXONOMY_OF_W15",
    "V03_LIMIT_PERCENT",
    "V03_VOTERS",
    "V05_AT_ONCE",
    "V05_A_MINUTE",
    "V05_MINUTES",
    "V07_QUIET_MINUTES",
    "V09_SHARE_PERCENT",
    "V10_LIMIT",
    "V11_PEERS",
    "V11_SHARE",
    "V11_Z",
    "W03_CATEGORIES",
    "W03_THRESHOLD",
    "W03_WINDOW_MINUTES",
    "W05_QUARTERS",
    "W05_THRESHOLD",
    "W06_DESA",
    "W06_MINUTES",
    "W06_RAISED_DESA",
    "W07_CATEGORIES",
    "W07_MINUTES",
    "W07_SCORE",
    "W10_AFTER_KAM_MINUTES",
    "W10_LIMIT",
    "W11_ALIKE_PERCENT",
    "W11_DESA",
    "W11_LETTERS",
    "W11_MINUTES",
    "W11_RUN",
    "W11_SOURCES",
    "W14_REPORTS",
    "W14_WINDOW_MINUTES",
    "W15_WINDOW_MINUTES",
    "X01_BEGINS_PERCENT",
    "X01_ENDS_PERCENT",
    "X01_QUIET",
    "X01_QUIET_MINUTES",
    "X03_CALM_MINUTES",
    "X03_HIGH",
    "X03_MINUTES",
    "Row",
]

T01_GRACE = by_class(30, 20, 10, 20)
PAST_CLOSING_LIMIT = by_class(60, 45, 30, 60)
"""T05."""
T08_LIMIT = by_class(60, 45, 30, 60)
T10_LIMIT = by_class(120, 90, 45, 90)
T11_LIMIT = by_class(10, 5, 0, 5)
V10_LIMIT = by_class(90, 60, 30, 60)

ILLEGAL_WITHOUT = {
    "closed": "opened",
    "suspended": "opened",
    "resumed": "suspended",
    "counting_started": "closed",
    "counting_finished": "counting_started",
    "box_departed": "counting_finished",
    "box_arrived": "box_departed",
}
"""T13: what must stand before each stage."""
SKEW_MINUTES = 2
"""By how much the stage before may stand after it: two senders, two clocks."""
GAP_MINUTES = 10
"""How long T13 waits for something late to fill the gap."""

W03_CATEGORIES = ("KAM-08", "KAM-10")
W03_THRESHOLD = by_class(4, 3, 2, 3)
W03_WINDOW_MINUTES = 45
PROPAM_ALONE = frozenset({"NET-01"})
"""W08 "hidden from OPS": what no other rule may show."""
W05_THRESHOLD = by_class(6, 5, 4, 5)
W05_QUARTERS = 8
W06_DESA = 3
W06_RAISED_DESA = 5
W06_MINUTES = 60
W07_CATEGORIES = frozenset(
    {*(f"KAM-{number:02d}" for number in range(1, 12)), "INT-01", "INT-02", "HIT-01", "BEN-01"}
    | {"UMM-01"}
) - {"KAM-07"}
W07_MINUTES = 30
W07_SCORE = 3
"""In every class."""
W10_LIMIT = by_class(90, 60, 30, 60)
W10_AFTER_KAM_MINUTES = 10
W11_LETTERS = 12
W11_RUN = 5
W11_ALIKE_PERCENT = 35
W11_SOURCES = 5
W11_DESA = 3
W11_MINUTES = 60
W14_REPORTS = 10
"""More than this many."""
W14_WINDOW_MINUTES = 10
LOWERED_WEIGHT = 0.1
W15_WINDOW_MINUTES = 60
X01_QUIET_MINUTES = 15
X01_QUIET = 5
"""At least so many."""
X01_BEGINS_PERCENT = 30
X01_ENDS_PERCENT = 10
X03_HIGH = 3
X03_MINUTES = 60
X03_CALM_MINUTES = 45
RESTRICTED = frozenset({"W08", *(f"V{number:02d}" for number in range(1, 14))}) - {"V10"}
"""Contract §3: whose alerts only some may see."""

POSTURE_MINUTES = 120
"""How long a posture lasts after its cause has ended."""
V07_QUIET_MINUTES = 12 * 60
V03_LIMIT_PERCENT = by_class(98, 96, 95, 100)
V03_VOTERS = 100
"""A list shorter than this says nothing."""
V05_A_MINUTE = 20
"""Ballots that can be counted in a minute."""
V05_MINUTES = 5
V05_AT_ONCE = 100
V09_SHARE_PERCENT = (48, 52)
V11_SHARE = 0.1
V11_Z = 4
V11_PEERS = 20
"""Among fewer forms nobody stands out."""


@dataclass(frozen=True)
class Row:
    """A row of the taxonomy, as far as the rules of reports need it."""

    severity: str
    needed: int
    """Score; 0: any evidence at all."""
    ladder: str
    official: bool = False
    two_classes: bool = False
    documented: bool = False
    """`+ evidence`."""


TAXONOMY_OF_W15 = {
    "KAM-09": Row("high", 3, "OPS"),
    "KAM-11": Row("high", 2, "OPS"),
    "INT-03": Row("medium", 2, "ADM"),
    "PID-04": Row("medium", 2, "GAK"),
    "NET-02": Row("medium", 1, "GAK"),
    "NET-03": Row("high", 2, "ADM"),
    "LOG-01": Row("high", 0, "ADM", official=True),
    "LOG-02": Row("high", 0, "ADM", official=True),
    "LOG-03": Row("high", 2, "ADM"),
    "LOG-04": Row("high", 2, "ADM"),
    "PRO-01": Row("medium", 0, "ADM"),
    "PRO-02": Row("high", 2, "GAK"),
    "PRO-03": Row("medium", 2, "ADM"),
    "HIT-01": Row("high", 2, "OPS"),
    "HIT-03": Row("medium", 2, "GAK"),
    "INF-01": Row("medium", 1, "ADM"),
    "UMM-01": Row("low", 1, "OPS"),
}
"""Domain §4b W15: the categories that no other rule names, with their rows of §4a."""

CLOSED_BY_PERSONS = {
    "NET-01": "W08",
    "PID-01": "W09",
    "PID-02": "W09",
    "PID-03": "W09",
    "KES-01": "W12",
    "KES-02": "W12",
    "BEN-01": "W13",
}
"""Domain §4b: which rule names a category; ADR 18 "Nothing but a person ends them"."""
CLOSED_WINDOW_MINUTES = 60
TAXONOMY_OF_CLOSED = {
    "NET-01": Row("medium", 1, "PROP"),
    "PID-01": Row("medium", 1, "GAK", documented=True),
    "PID-02": Row("high", 2, "GAK"),
    "PID-03": Row("high", 2, "GAK"),
    "KES-01": Row("high", 1, "OPS"),
    "KES-02": Row("medium", 2, "OPS"),
    "BEN-01": Row("critical", 2, "OPS"),
}
"""Domain §4a, the rows of these categories; their numbers hold in each class."""
