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
    "SKEW_MINUTES",
    "T01_GRACE",
    "T08_LIMIT",
    "T10_LIMIT",
    "T11_LIMIT",
    "TAXONOMY_OF_CLOSED",
    "TAXONOMY_OF_W15",
    "V07_QUIET_MINUTES",
    "V10_LIMIT",
    "W03_CATEGORIES",
    "W03_THRESHOLD",
    "W03_WINDOW_MINUTES",
    "W05_QUARTERS",
    "W05_THRESHOLD",
    "W14_REPORTS",
    "W14_WINDOW_MINUTES",
    "W15_WINDOW_MINUTES",
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
W05_THRESHOLD = by_class(6, 5, 4, 5)
W05_QUARTERS = 8
W14_REPORTS = 10
"""More than this many."""
W14_WINDOW_MINUTES = 10
LOWERED_WEIGHT = 0.1
W15_WINDOW_MINUTES = 60

POSTURE_MINUTES = 120
"""How long a posture lasts after its cause has ended."""
V07_QUIET_MINUTES = 12 * 60


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
