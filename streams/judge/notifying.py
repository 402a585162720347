"""Says who must be told, at the end of each record: one notice a destination (contract §3).

    lines of a record ─► `route`: posts ─► `reaching`: contacts on duty, else the level above
                                        ─► `storms`: now, or with others ─► notices

Told is what is so when the record has been judged: what opened and was inhibited at once calls
nobody. Who was told is kept in the alert, so that no one hears of an end without its beginning.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from streams.alerts import route
from streams.alerts.route import Due
from streams.domain.alert import Alert, Change, Told
from streams.domain.effects import AlertShown, Line
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind, Post, Telling
from streams.domain.times import HOUR_MS, EpochMs
from streams.judge import storms
from streams.judge.following import follow
from streams.judge.notices import Envelope, envelope_of, notice
from streams.judge.reaching import Reached, reached
from streams.judge.receipts import note_told
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.judge.unassigned import note_call

__all__ = ["tell"]

_OLD_MS: Final = 48 * HOUR_MS
"""Of what is older than this, time alone tells nobody any more; what people do is told."""
_BY_TIME: Final = frozenset({"deadline", "late"})
_COMES_AND_GOES: Final = frozenset({Change.REOPENED, Change.RETURNED})


_Told = dict[Envelope, dict[AlertId, Telling]]
"""By alert: whoever stands in for two levels is told once."""


def tell(teller: Teller) -> None:
    """Say who must be told of the lines of a record, and of what follows from saying so."""
    told: _Told = {}
    seen = 0
    while seen < len(teller.effects):
        lines: dict[AlertId, list[Line]] = {}
        shown: dict[AlertId, int] = {}
        for place, effect in enumerate(teller.effects[seen:], start=seen):
            match effect:
                case Line(alert=alert_id):
                    lines.setdefault(alert_id, []).append(effect)
                case AlertShown(alert=alert):
                    shown[alert.id] = place
                case _:
                    pass
        seen = len(teller.effects)
        for alert_id, own in lines.items():
            before = teller.state.alert(alert_id)
            assert before is not None, "a line is of an alert"
            alert = _tell_of(teller, before, own, told)
            if alert != before:
                # Where it was to be shown, it is shown as it is now.
                teller.state.put_alert(alert)
                teller.effects[shown[alert_id]] = AlertShown(alert)
        follow(teller)
    for envelope, tellings in told.items():
        teller.effects.append(notice(teller.now, envelope, tuple(tellings.values())))


def _tell_of(teller: Teller, before: Alert, lines: Sequence[Line], told: _Told) -> Alert:
    """Say who must be told of the lines of an alert; return it as it knows of that."""
    by_time = all(line.cause in _BY_TIME for line in lines)
    if by_time and teller.now - before.held_from > _OLD_MS:
        return before
    alert = _as_known(before, lines)
    flaps = route.is_flapping(alert)
    if flaps and route.is_flapping(before) and {line.change for line in lines} <= _COMES_AND_GOES:
        return alert
    if route.began(lines):
        alert = replace(alert, told=())
    dues = route.due(alert, lines, _kind(teller.state, alert))
    watched = teller.state.world.of(alert.election)
    found = [(due, reached(watched, alert.place, due.post, teller.now)) for due in dues]
    known = {Post(one.ladder, one.level) for one in alert.told}
    alert = _with_told(alert, (one for _, one in found), teller.now)
    for due, one in found:
        note_told(teller.state, alert, one, due.kind, anew=one.post not in known)
    aside = [(due, one) for due, one in found if due.kind is NoticeKind.INFORM]
    unreached = tuple(due.post.level for due, one in aside if not one.contacts)
    for due, one in found:
        if due.kind is NoticeKind.CALL:
            note_call(teller, alert, due.post, one)
    together = storms.is_stormy(teller, alert, new=route.began(lines) and bool(dues))
    for due, one in found:
        telling = _telling(alert, due, one, unreached, flaps=flaps)
        for addressee in one.addressees:
            if together:
                storms.hold_back(teller, alert, addressee.destination)
            else:
                storms.told_apart(teller, alert, addressee.destination)
                told.setdefault(envelope_of(addressee, alert), {}).setdefault(alert.id, telling)
    return alert


def _as_known(alert: Alert, lines: Sequence[Line]) -> Alert:
    """Return an alert that knows when it came back."""
    back = tuple(line.at for line in lines if line.change is Change.REOPENED)
    if not back:
        return alert
    return replace(alert, reopened=(*alert.reopened, *back)[-route.FLAPS :])


def _with_told(alert: Alert, found: Iterable[Reached], now: EpochMs) -> Alert:
    known = {(one.ladder, one.level) for one in alert.told}
    new = {(one.post.ladder, one.post.level): one.contacts for one in found}
    told = tuple(Told(*post, now, of) for post, of in new.items() if post not in known)
    return replace(alert, told=(*alert.told, *told)) if told else alert


def _telling(
    alert: Alert, due: Due, one: Reached, unreached: tuple[str, ...], *, flaps: bool
) -> Telling:
    return Telling(
        alert=alert,
        change=due.change,
        kind=due.kind,
        instead_of=one.instead_of,
        unreached=unreached if due.kind is NoticeKind.CALL else (),
        flapping=flaps,
    )


def _kind(state: PartitionState, alert: Alert) -> str:
    return state.world.of(alert.election).plan.election.kind
