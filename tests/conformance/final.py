"""What holds when a day is over: the part of a telling that no order and no delay may change."""

from collections.abc import Iterable

from streams.domain.alert import Alert, AlertState, Change
from streams.domain.effects import Line
from tests.conformance.playing import Played

__all__ = ["early_lines", "ended_late", "holding", "openings"]


def holding(played: Played) -> tuple[str, ...]:
    """Return the alerts whose condition holds: what of, how bad, and whether somebody has them."""
    return tuple(
        f"{one.rule}@{one.scope}|{one.key} {one.severity} {one.state} {one.tps_class} {one.ladder}"
        for one in played.alerts
        if one.holds
    )


def openings(played: Played, rule: str) -> tuple[Line, ...]:
    """Return the lines with which alerts of a rule opened."""
    opened = (line for line in played.lines if line.change is Change.OPENED)
    return tuple(line for line in opened if line.rule == rule)


def ended_late(played: Played) -> tuple[Alert, ...]:
    """Return the alerts that should never have been told: a late word has shown that."""
    late = {
        line.alert
        for line in played.lines
        if line.change is Change.RESOLVED and line.cause == "late"
    }
    return tuple(one for one in played.alerts if one.id in late and _is_over(one))


def _is_over(alert: Alert) -> bool:
    return alert.state is AlertState.RESOLVED and not alert.holds


def early_lines(played: Played) -> Iterable[str]:
    """Complain of each line that says it was known before what it rests on was received."""
    received = {one.received_ms for one in played.causes.values()}
    for line in played.lines:
        cause = played.causes.get(line.cause)
        if cause is not None and line.at < cause.received_ms:
            yield f"{line}: received at {cause.received_ms}"
        if line.cause == "late" and line.change is Change.RESOLVED and line.at not in received:
            yield f"{line}: nothing was received then"
