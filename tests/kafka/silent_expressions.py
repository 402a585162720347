"""Expressions that have no data on the day of `test_prometheus.py`, each with the reason.

The name is a place (`siaga-wall/Title/A`), a form of one (`siaga.yml/SiagaBlindArea (armed)`), or
an expression, where a selector stands in many places. Who is in the first list and has data fails
the test. The second is for moments: what lasts minutes of the day is a fraction of a second here,
and is seen by luck.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["AT_TIMES", "MAY_BE_EMPTY"]

_PLAYED: Final = "a played day has no time of receipt by a broker's clock, so nothing is measured"
_NO_OFFSET: Final = "a worker of a played day does not ask for the broker's clock"
_NO_FAULT: Final = "no rule has failed"
_DECISION: Final = "siaga-pipeline/Dari terima sampai putusan · Received to decided"

MAY_BE_EMPTY: Final[Mapping[str, str]] = {
    "siaga_broker_clock_offset_seconds": _NO_OFFSET,
    "alarms-judgment.yml/SiagaClockSkew (armed)": _NO_OFFSET,
    "rules.yml/job:siaga_event_decision_seconds:p50_5m": _PLAYED,
    "rules.yml/job:siaga_event_decision_seconds:p99_5m": _PLAYED,
    "job:siaga_event_decision_seconds:p99_5m": _PLAYED,
    f"{_DECISION}/A": _PLAYED,
    f"{_DECISION}/B": _PLAYED,
    f"{_DECISION}/C": _PLAYED,
    "siaga-pipeline/Aturan yang gagal · Rules that failed/A": _NO_FAULT,
    "siaga-alerts/Waktu sampai diakui, 9 dari 10 · Time until acknowledged, p90/D": (
        "nobody has acknowledged an alert of low severity"
    ),
}
AT_TIMES: Final[Mapping[str, str]] = {
    "siaga-wall/Kritis tertua · Oldest critical/A": "critical alerts are acknowledged in minutes",
}
