"""Takes in what became of notices: who has been reached, and which call has reached nobody.

    told of an alert ──► a row a level: since which revision, and whom its newest call is for
    delivered ─────────► counted with the alert; a level that answers again ends its X09
    given up ──────────► counted; once nothing is left to try for anybody of the newest call: X09

A receipt is judged at the clock of the day as it stands. What was told before an alert came back is
over, and changes nothing. An X09 whose own calls fail stays the
one that it is: there is one for each level of an area, and it holds already.
"""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from streams.alerts.case import Case, Moment
from streams.domain.alert import Alert, Text, Told, Why
from streams.domain.effects import AlertShown
from streams.domain.journal import AcceptedReceipt
from streams.domain.notice import Destination, Notice, NoticeKind, Post, destination_of
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.domain.times import EpochMs
from streams.domain.words import TpsClass
from streams.judge.reaching import Reached
from streams.judge.roster import scope_of
from streams.judge.rows import Called, RolledUpRow
from streams.judge.state import PartitionState
from streams.judge.table import Key
from streams.judge.telling import Grounds, Teller
from streams.judge.unassigned import hold_anew
from streams.rules.compiled_areas import UndeliveredRule
from streams.texts.words import number_text

__all__ = ["note", "note_rolled_up", "note_told"]

_CONTACTS: Final = "contacts"
_CLASS: Final = TpsClass.KURANG_RAWAN
"""It watches no TPS, and has none in its evidence (contract §1)."""


def note_told(
    state: PartitionState, alert: Alert, one: Reached, kind: NoticeKind, *, anew: bool
) -> None:
    """Take in that a level is told; `anew`: for the first time since the alert has opened."""
    if not one.contacts:
        return
    key = _key_of(alert, one.post)
    row = state.called.get(key)
    if row is None or (anew and row.since < alert.revision):
        row = Called(alert.revision)
    if kind is NoticeKind.CALL:
        names = tuple(str(each.destination) for each in one.addressees)
        row = replace(row, revision=alert.revision, called=names, reached=(), lost=())
    state.called.put(key, row)


def note_rolled_up(state: PartitionState, notice: Notice) -> None:
    """Take in of what a roll-up tells beside its gravest alerts, which alone a receipt names."""
    assert notice.rolled_up is not None, "it is a roll-up"
    shown = {telling.alert.id for telling in notice.tellings}
    rest = tuple(
        ReceiptAlert(alert.id, alert.revision)
        for one in notice.rolled_up.alerts
        if one not in shown and (alert := state.alert(one)) is not None
    )
    if rest:
        state.rolled_up.put((notice.id,), RolledUpRow(rest))


def note(teller: Teller, accepted: AcceptedReceipt) -> None:
    """Count what became of a notice; end X09 of a level that is reached, or begin it."""
    event = accepted.event
    destination = destination_of(event.destination)
    unreached = [
        alert
        for alert, revision in _named(teller.state, accepted)
        if _count(teller, alert, revision, accepted)
    ]
    if not event.next:
        teller.state.rolled_up.delete((event.notice,))
    for rule in teller.state.world.of(accepted.election).rules.areas.undelivered:
        case = _case(rule, accepted, destination)
        moment = Moment(teller.now, teller.now, teller.cause)
        if event.outcome is ReceiptOutcome.DELIVERED:
            teller.end(case, moment)
        for alert in unreached[:1]:
            grounds = _grounds(teller, alert, destination)
            hold_anew(teller, rule.head, case, grounds, moment)


def _named(state: PartitionState, accepted: AcceptedReceipt) -> Iterator[tuple[Alert, int]]:
    """Yield the alerts that a notice told of, with the revisions that it told."""
    row = state.rolled_up.get((accepted.event.notice,))
    named = (*accepted.event.alerts, *(row.alerts if row else ()))
    for one in dict.fromkeys(named):
        alert = state.alert(one.alert)
        if alert is not None and alert.election == accepted.election:
            yield alert, one.revision


def _count(teller: Teller, alert: Alert, revision: int, accepted: AcceptedReceipt) -> bool:
    """Count a receipt for one alert; tell whether its newest call has reached nobody by it."""
    post = destination_of(accepted.event.destination).post
    key = _key_of(alert, post)
    row = teller.state.called.get(key)
    told = next((one for one in alert.told if Post(one.ladder, one.level) == post), None)
    if row is None or told is None or revision < row.since:
        return False
    after = _after(row, revision, accepted.event)
    teller.state.called.put(key, after)
    counted = replace(
        told,
        delivered=len(after.delivered),
        failed=told.failed + (accepted.event.outcome is not ReceiptOutcome.DELIVERED),
        delivered_at=_delivered_at(told, teller, accepted.event),
    )
    shown = replace(alert, told=tuple(counted if one is told else one for one in alert.told))
    teller.state.put_alert(shown)
    teller.effects.append(AlertShown(shown))
    given_up = accepted.event.outcome is not ReceiptOutcome.DELIVERED and not accepted.event.next
    return given_up and alert.is_open and revision >= after.revision and after.is_in_vain


def _after(row: Called, revision: int, receipt: Receipt) -> Called:
    """Return what is known of a level after a receipt of a notice to it."""
    name = receipt.destination
    newest = revision >= row.revision
    if receipt.outcome is ReceiptOutcome.DELIVERED:
        return replace(
            row,
            delivered=_with(row.delivered, name),
            reached=_with(row.reached, name) if newest else row.reached,
            lost=tuple(one for one in row.lost if one != name or not newest),
        )
    if receipt.next or not newest or name in row.reached:
        return row
    return replace(row, lost=_with(row.lost, name))


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _delivered_at(told: Told, teller: Teller, receipt: Receipt) -> EpochMs | None:
    first = receipt.outcome is ReceiptOutcome.DELIVERED and told.delivered_at is None
    return teller.now if first else told.delivered_at


def _key_of(alert: Alert, post: Post) -> Key:
    return alert.id, post.ladder, post.level


def _case(rule: UndeliveredRule, accepted: AcceptedReceipt, destination: Destination) -> Case:
    """Return what X09 of a level is about: the level in the area of its contacts."""
    kabupaten, post = accepted.place, destination.post
    key = f"{post.ladder}/{post.level}@{destination.area}"
    scope = scope_of(kabupaten, "pipeline", _CONTACTS)
    return Case(accepted.election, rule.head.rule.id, scope, key, kabupaten)


def _grounds(teller: Teller, alert: Alert, destination: Destination) -> Grounds:
    """Return what X09 rests on; a restricted alert is not named, for who mends lists may see it."""
    post = destination.post
    row = teller.state.called.get(_key_of(alert, post))
    assert row is not None, "it was counted just now"
    contacts = len(row.called)
    named = "" if alert.restricted_to else f" {alert.id}"
    area = teller.state.world.of(alert.election).plan.name_of(destination.area)
    return Grounds(
        tps_class=_CLASS,
        values={
            "ladder": Text(post.ladder, post.ladder),
            "level": Text(post.level, post.level),
            "area": Text(area, area),
            "contacts": number_text(contacts),
        },
        why=(
            Why("class", _CLASS.value),
            Why("called", f"{post.ladder}/{post.level}@{destination.area}{named}"),
            Why("arrived_at", 0, contacts, holds=False),
        ),
    )
