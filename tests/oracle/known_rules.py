"""Which rules there are."""

__all__ = ["KNOWN", "NOT_YET", "OF_OLD"]

_STATUSES = {f"T{number:02d}" for number in range(1, 14)}
_REPORTS = {"W01", "W02", "W03", "W04", "W05", "W08", "W09", "W12", "W13", "W14", "W15"}
_COUNTS = {"V01", "V02", "V04", "V06", "V07", "V10"}
KNOWN = frozenset(_STATUSES | _REPORTS | _COUNTS)
"""What the oracle judges."""
NOT_YET = frozenset({"V03", "V08", "V09", "V13"})
"""What the product judges besides, and nobody has read a second time."""
OF_OLD = frozenset({"T03", "T06", "T07", "W01", "W02", "W04"})
"""On their alerts persons act in `days.make_day`: with more its seeds would be other days."""
