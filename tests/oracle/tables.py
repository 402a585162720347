"""The numbers and words of contract §1, §5 and of domain §4a, §4b, written down once more.

`[a/b/c/d]` of the domain stands for kurang_rawan / rawan / sangat_rawan / khusus.
"""

__all__ = [
    "FACTOR_PERCENT",
    "LADDERS",
    "LATE_MINUTES",
    "LATE_RADIO_MINUTES",
    "MINUTES",
    "PILKADES_LADDERS",
    "POLICE",
    "QUIET_MINUTES",
    "REHEARSED_BEFORE",
    "SEVERITIES",
    "STAGES_OF_THE_DAY",
    "START",
    "T03_GRACE",
    "T06_LIMIT",
    "T07_PAIR_LIMIT",
    "T07_TPS_LIMIT",
    "TAXONOMY",
    "W01_CORROBORATION",
    "W01_WINDOW_MINUTES",
    "W04_CATEGORIES",
    "W04_THRESHOLD",
    "W04_WINDOW_MINUTES",
    "WEIGHT",
    "by_class",
    "most_vulnerable",
    "tighter",
]

CLASSES = ("kurang_rawan", "rawan", "sangat_rawan", "khusus")
_VULNERABILITY = ("kurang_rawan", "rawan", "khusus", "sangat_rawan")


def most_vulnerable(classes: list[str]) -> str:
    """The class of what watches several TPS; of none, `kurang_rawan`.

    §1 "khusus → sangat_rawan" is one class tighter, so sangat_rawan is the tightest of all, though
    the fixed order of printing names khusus last. Between rawan and khusus no number differs.
    """
    return max(classes, key=_VULNERABILITY.index, default="kurang_rawan")


def tighter(tps_class: str) -> str:
    """§1 "“One class tighter”: kurang_rawan → rawan → sangat_rawan, khusus → sangat_rawan"."""
    return "rawan" if tps_class == "kurang_rawan" else "sangat_rawan"


def by_class(*numbers: int) -> dict[str, int]:
    """Numbers in the order in which the domain writes them."""
    return dict(zip(CLASSES, numbers, strict=True))


T03_GRACE = by_class(30, 20, 10, 20)
T06_LIMIT = by_class(15, 10, 5, 10)
T07_TPS_LIMIT = by_class(90, 60, 30, 60)
T07_PAIR_LIMIT = by_class(45, 30, 15, 30)

W01_CORROBORATION = {
    "KAM-01": 3,
    "KAM-02": 2,
    "KAM-03": 2,
    "KAM-04": 0,
    "KAM-05": 2,
    "KAM-06": 0,
    "KAM-07": 0,
}
W01_WINDOW_MINUTES = 30
W04_CATEGORIES = ("INT-01", "INT-02")
W04_THRESHOLD = by_class(3, 2, 2, 2)
W04_WINDOW_MINUTES = 60
LATE_MINUTES = 10
LATE_RADIO_MINUTES = 60
QUIET_MINUTES = 30
"""§5: a condition that holds again within this reopens its alert; W01 waits for as much quiet."""

POLICE = ("pam_tps", "bhabinkamtibmas", "polsek", "polres")
WEIGHT = {
    **dict.fromkeys(POLICE, 3.0),
    "ptps": 3.0,
    "panwas": 3.0,
    "kpps": 2.0,
    "panitia": 2.0,
    "ppk": 2.0,
    "linmas": 2.0,
    "saksi": 1.0,
    "warga": 1.0,
    "anonim": 0.5,
    "system": 0.0,
}

_FAMILIES = {
    "KAM": 11,
    "INT": 3,
    "PID": 4,
    "NET": 3,
    "LOG": 4,
    "PRO": 3,
    "HIT": 3,
    "KES": 2,
    "BEN": 1,
    "INF": 2,
    "UMM": 1,
}
TAXONOMY = frozenset(
    f"{family}-{number:02d}" for family, last in _FAMILIES.items() for number in range(1, last + 1)
)

LADDERS = {
    "OPS": ("tps", "polsek", "polres_ops", "polres", "polda"),
    "ADM": ("kpps", "ppk", "kpu"),
    "GAK": ("ptps", "panwascam", "bawaslu"),
    "PROP": ("propam_polres", "propam_polda"),
    "SYS": ("it", "polres_ops"),
}
PILKADES_LADDERS = {
    **LADDERS,
    "ADM": ("panitia", "camat", "panitia_kab"),
    "GAK": ("panitia", "satreskrim"),
}

FACTOR_PERCENT = by_class(100, 75, 50, 75)
SEVERITIES = ("low", "medium", "high", "critical")
START = {"critical": 2, "high": 1, "medium": 0, "low": 0}
MINUTES = {
    "critical": {2: 0, 3: 3, 4: 8},
    "high": {1: 0, 2: 5, 3: 15},
    "medium": {0: 0, 1: 15, 2: 45},
    "low": {0: 0},
}
"""By severity: minutes from opening at which each level is told; the first is told at once."""
REHEARSED_BEFORE = 360
"""Minutes before the opening; ADR 6."""
STAGES_OF_THE_DAY = frozenset(
    {"opened", "suspended", "resumed", "closed", "counting_started", "counting_finished"}
)
