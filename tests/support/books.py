"""Alerts for tests of the book: opened by one call, moved by one word.

`lived` reads a life as a short text: `ack 5` is the move ack at minute 5 after the opening.
"""

from typing import Final

from msgspec.structs import replace

from streams.alerts import book
from streams.alerts.case import Case, Judgment, Moment
from streams.alerts.ladder import levels_of
from streams.alerts.lifecycle import Move
from streams.domain.alert import Alert, Ladder, Text, Why
from streams.domain.effects import Line
from streams.domain.ids import AlertId, AreaCode, Scope
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Severity, TpsClass
from tests.support.world import ELECTION, KR, local

__all__ = [
    "CASE",
    "OPENED_AT",
    "PARENT",
    "alert_on",
    "judgment",
    "live",
    "lived",
    "minute",
    "moment",
    "opened",
]

OPENED_AT: Final = local("07:30")
CASE: Final = Case(ELECTION, "T03", Scope(KR), "", AreaCode(KR))
PARENT: Final = AlertId("1702-AAAAAAAAAAAAAAAA")
"""What speaks for an alert that `lived` inhibits."""
_TITLE: Final = Text("Judul", "Title")


def minute(minutes: float) -> EpochMs:
    """Return the moment so many minutes after the opening."""
    return EpochMs(round(OPENED_AT + minutes * MINUTE_MS))


def moment(minutes: float, cause: str = "0:1") -> Moment:
    """Return a moment of a line, so many minutes after the opening."""
    return Moment(minute(minutes), minute(minutes), cause)


def judgment(
    severity: Severity = Severity.HIGH,
    tps_class: TpsClass = TpsClass.KURANG_RAWAN,
    ladder: Ladder = Ladder.OPS,
    act_by_minutes: int | None = None,
) -> Judgment:
    """Return what a rule says when its condition holds; it may come back for 30 minutes."""
    return Judgment(
        rule_version="1@abc",
        tps_class=tps_class,
        severity=severity,
        ladder=ladder,
        levels=levels_of(ladder, "pilkada"),
        route=("ADM",),
        title=_TITLE,
        summary=_TITLE,
        action=_TITLE,
        runbook="docs/runbooks/T03.md",
        quiet_ms=30 * MINUTE_MS,
        act_by_ms=None if act_by_minutes is None else act_by_minutes * MINUTE_MS,
        restricted_to=(),
        drill=False,
        why=(Why("class", "kurang_rawan"),),
        evidence=(),
    )


def opened(judged: Judgment | None = None) -> Alert:
    """Return an alert that has just opened."""
    stepped = book.hold(None, CASE, judged or judgment(), moment(0))
    assert stepped is not None, "what has never held opens"
    return stepped[0]


def alert_on(ladder: Ladder) -> Alert:
    """Return an alert that has just opened on a ladder."""
    return opened(judgment(ladder=ladder))


def lived(alert: Alert, *acts: str, until: float = 0) -> list[str]:
    """Let an alert live through acts and the time between them; return what was told.

    Args:
        alert: Opened at minute 0.
        acts: Each a move, the minute, and what it needs: `ack 5`, `raise 10 high`,
            `shelve 5 25` (until minute 25), `escalate 5 polda`, `hold 20`, `end 12`,
            `inhibit 5`, `uninhibit 9`.
        until: Minute until which time passes after the last act.

    Returns:
        Of each line the minute, the change, the level and the state it leaves.
    """
    return live(alert, *acts, until=until)[1]


def live(alert: Alert, *acts: str, until: float = 0) -> tuple[Alert, list[str]]:
    """Let an alert live as `lived` does; return what has become of it, and what was told."""
    told: list[str] = []
    for act in acts:
        name, at, *more = act.split()
        alert = _passed(alert, float(at), told)
        stepped = _acted(alert, Move(name), moment(float(at)), "".join(more))
        if stepped is not None:
            alert = _kept(stepped, told)
    return _passed(alert, until, told), told


def _passed(alert: Alert, minutes: float, told: list[str]) -> Alert:
    """Do what falls due up to a minute, each at its time."""
    while (at := book.next_wake(alert)) <= minute(minutes):
        stepped = book.due(alert, at)
        assert stepped is not None, "what is due is done"
        alert = _kept(stepped, told)
    return alert


def _acted(alert: Alert, kind: Move, when: Moment, more: str) -> book.Stepped | None:
    match kind:
        case Move.HOLD:
            return book.hold(alert, CASE, judgment(alert.severity, alert.tps_class), when)
        case Move.END:
            return book.end(alert, when)
        case Move.TAKE_BACK:
            return book.take_back(alert, when)
        case Move.RAISE:
            return book.rise(alert, Severity(more), (), when)
        case Move.INHIBIT:
            return book.inhibit(alert, PARENT, when)
        case Move.UNINHIBIT:
            return book.uninhibit(alert, when)
        case Move.ESCALATE:
            alert = replace(alert, level=more)
        case Move.SHELVE:
            former = alert.former or alert.state
            alert = replace(alert, shelved_until=minute(float(more)), former=former)
        case Move.REOPEN:
            start = alert.levels[alert.start]
            alert = replace(alert, level=start, climbs_from=when.climbs_from)
        case _:
            pass
    return book.move(alert, kind, when)


def _kept(stepped: book.Stepped, told: list[str]) -> Alert:
    alert, lines = stepped
    told += [_short(line) for line in lines]
    return alert


def _short(line: Line) -> str:
    minutes = (line.at - OPENED_AT) / MINUTE_MS
    late = " late" if line.cause == "late" else ""
    return f"{minutes:g} {line.change} {line.level} {line.state}{late}"
