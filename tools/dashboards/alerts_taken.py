"""How fast alerts are acknowledged, held against what was promised.

The promise: nine of ten alerts are acknowledged before the ladder climbs for the first time, by the
usual ladder: after 3 minutes for critical ones, 5 for high and 15 for medium ones; low ones never
climb. Each of these limits is one of the buckets of the histogram.

What nobody has acknowledged yet is not in a histogram: it is counted on top of the dashboard.
"""

from typing import Final

from tools.dashboards.specs import Curve, Head, Heat, Number, Query, Row, Said, Spec
from tools.dashboards.words import AMBER, CALM, NONE, RED, SEVERITIES

__all__ = ["LIMITS", "PROMISED", "TAKEN"]

PROMISED: Final = 0.9
LIMITS: Final = {"critical": "180.0", "high": "300.0", "medium": "900.0"}
"""Upper bounds of the buckets, in seconds, that are in time."""


def _share(severity: str, over: str) -> str:
    """Return an expression: the share that was acknowledged in time."""
    chosen = f'severity="{severity}"'
    bound = f'{chosen},le="{LIMITS[severity]}"'
    in_time = f"increase(siaga_acknowledge_seconds_bucket{{{bound}}}[{over}])"
    taken = f"increase(siaga_acknowledge_seconds_count{{{chosen}}}[{over}])"
    return (
        f"sum without(instance, job, le) ({in_time}) / (sum without(instance, job) ({taken}) > 0)"
    )


def _burnt(severity: str, over: str) -> str:
    """Return an expression: how many times as many are late as may be."""
    return f"(1 - ({_share(severity, over)})) / {1 - PROMISED:.1f}"


def _quantile(share: float, severity: str) -> str:
    buckets = f'siaga_acknowledge_seconds_bucket{{severity="{severity}"}}'
    rate = f"sum without(instance, job) (rate({buckets}[5m]))"
    return f"histogram_quantile({share}, {rate})"


def _in_time(severity: str) -> Number:
    minutes = int(float(LIMITS[severity]) / 60)
    indonesian, english = SEVERITIES[severity][0].split(" · ")
    return Number(
        Head(
            Said(
                f"{indonesian.capitalize()} ≤ {minutes} menit",
                english,
            ),
            Said(
                "Dari yang diakui dalam jangka waktu yang dipilih. Janjinya 90 %. Di bawah itu: "
                "tambah orang atau bagi wilayah.",
                "Of those that were acknowledged in the chosen time. 90 % is promised. Below it: "
                "add people or divide areas.",
            ),
            (4, 4),
            NONE,
        ),
        "percentunit",
        _share(severity, "$__range"),
        ((0, RED), (0.75, AMBER), (PROMISED, CALM)),
    )


TAKEN: Final[tuple[Spec | Row, ...]] = (
    Row(Said("Diakui pada waktunya", "Acknowledged in time")),
    *(_in_time(severity) for severity in LIMITS),
    Curve(
        Head(
            Said("Janji yang terpakai", "Burn of the promise"),
            Said(
                "Berapa kali lebih banyak yang terlambat daripada yang boleh, selama satu jam. Di "
                "atas 1 janjinya tidak dipenuhi; di atas 5 panggil komandan.",
                "How many times as many are late as may be, over an hour. Above 1 the promise is "
                "not kept; above 5 tell the commander.",
            ),
            (12, 4),
            NONE,
        ),
        "none",
        tuple(Query(_burnt(severity, "1h"), severity) for severity in LIMITS),
        SEVERITIES,
        limits=((1, RED),),
    ),
    Curve(
        Head(
            Said("Waktu sampai diakui, 9 dari 10", "Time until acknowledged, p90"),
            Said(
                "Titik adalah satu peringatan: klik membukanya di ruang kendali. Bila garis naik, "
                "lihat siapa yang bertugas.",
                "A point is one alert: a click opens it in the control room. If a line climbs look "
                "who is on duty.",
            ),
            (12, 9),
            NONE,
        ),
        "s",
        tuple(Query(_quantile(0.9, severity), severity, exemplars=True) for severity in SEVERITIES),
        SEVERITIES,
    ),
    Heat(
        Head(
            Said("Sebaran waktu sampai diakui", "Spread of the time until acknowledged"),
            Said(
                "Semua tingkat. Dua pita berarti dua kelompok orang: yang satu menunggu sesuatu; "
                "tanyakan apa.",
                "All severities. Two bands are two groups of people: one of them waits for "
                "something; ask for what.",
            ),
            (12, 9),
            NONE,
        ),
        "s",
        "sum without(instance, job, severity)"
        " (increase(siaga_acknowledge_seconds_bucket[$__rate_interval]))",
    ),
)
