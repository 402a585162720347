"""Which rules there are."""

__all__ = ["AHEAD", "COMPARED", "KNOWN", "NOT_YET", "OF_OLD", "WITH_RECEIPTS"]

_STATUSES = {f"T{number:02d}" for number in range(1, 14)}
_REPORTS = {f"W{number:02d}" for number in range(1, 16)}
_COUNTS = {f"V{number:02d}" for number in range(1, 14)}
_AREAS = {"X01", "X03", "X05", "X06", "X07"}
KNOWN = frozenset(_STATUSES | _REPORTS | _COUNTS | _AREAS)
"""What the oracle judges of every day."""
WITH_RECEIPTS = KNOWN | {"X09"}
"""And of a day with receipts: none of the others has any, so nothing is to be seen of it there."""
NOT_YET = frozenset({"X02", "X08"})
"""What the product judges besides, and nobody has read a second time; it is not compared."""
AHEAD = frozenset({"W10", "X03", "X05"})
"""What the oracle judges and the product does not, or not as the texts say it: judged all the same,
because other rules ask for it, but not compared."""
COMPARED = KNOWN - AHEAD
"""What both judge."""
OF_OLD = frozenset({"T03", "T06", "T07", "W01", "W02", "W04"})
"""On their alerts persons act in `days.make_day`: with more its seeds would be other days."""
