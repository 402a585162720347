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
_NO_5XX: Final = (
    "the gate has never answered 5xx, and a share of a series that is not there is none"
)
_NO_FAULT: Final = "no rule has failed"
_ALL_TOLD: Final = "no call failed or was blocked: every receiver answers at once"
_ONE_BY_ONE: Final = "a webhook bundles nothing and has no limit of calls"
_ALL_READ: Final = "every record could be read"
_DECISION: Final = "siaga-pipeline/Dari terima sampai putusan · Received to decided"
_HOUR: Final = "siaga-notices/Satu jam terakhir · The last hour"
_BUNDLED: Final = "siaga-notices/Digabung, melewati batas · Bundled, over the limit"

MAY_BE_EMPTY: Final[Mapping[str, str]] = {
    "siaga_broker_clock_offset_seconds": _NO_OFFSET,
    "alarms-judgment.yml/SiagaClockSkew (armed)": _NO_OFFSET,
    "rules.yml/job:siaga_event_decision_seconds:p50_5m": _PLAYED,
    "rules.yml/job:siaga_event_decision_seconds:p99_5m": _PLAYED,
    "job:siaga_event_decision_seconds:p99_5m": _PLAYED,
    f"{_DECISION}/A": _PLAYED,
    f"{_DECISION}/B": _PLAYED,
    f"{_DECISION}/C": _PLAYED,
    "rules.yml/job:siaga_gate_requests_failed:ratio_rate2m": _NO_5XX,
    "job:siaga_gate_requests_failed:ratio_rate2m": _NO_5XX,
    "siaga_rule_faults_total": _NO_FAULT,
    "alarms-judgment.yml/SiagaRuleFault (armed)": _NO_FAULT,
    "siaga-pipeline/Aturan yang gagal · Rules that failed/A": _NO_FAULT,
    f"{_HOUR}/B": _ALL_TOLD,
    f"{_HOUR}/D": _ALL_TOLD,
    f"{_BUNDLED}/A": _ONE_BY_ONE,
    f"{_BUNDLED}/B": _ONE_BY_ONE,
    "siaga-notices/Cermin, tak terbaca · Mirrors, unreadable/B": _ALL_READ,
    "siaga-alerts/Waktu sampai diakui, 9 dari 10 · Time until acknowledged, p90/D": (
        "nobody has acknowledged an alert of low severity"
    ),
}
AT_TIMES: Final[Mapping[str, str]] = {
    "siaga-wall/Kritis tertua · Oldest critical/A": "critical alerts are acknowledged in minutes",
}
